export { type DocumentNode, markdownToAst } from './ast.ts';
export { decodeContent } from './content.ts';
export { plainText, renderDescription } from './description.ts';
export { type RenderedDocument, renderDocument } from './document.ts';
export { markdownFromHtml } from './from-html.ts';
export { highlightCode } from './highlight.ts';
export { diagramsIn, type OutlineEntry } from './parser.ts';
export { type RenderedMarkdown, type RenderOptions, renderMarkdown } from './render.ts';
export { type DocumentSection, readSections } from './sections.ts';

/** Bumped with every change of the HTML that is made of Markdown: what was rendered by an older version is made anew. */
export const MARKDOWN_RENDERER_VERSION = 4;
