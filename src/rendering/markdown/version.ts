/** Bumped with every change of the HTML that is made of Markdown: what was rendered by an older version is made anew. */
export const MARKDOWN_RENDERER_VERSION = 4;
