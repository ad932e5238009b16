/** The names of emoji that the renderer of documents knows; bundled into `static/vendor` by the build. */
export { default as EMOJI } from 'markdown-it-emoji/lib/data/full.mjs';
