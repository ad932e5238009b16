export { type DocumentNode, markdownToAst } from './ast.ts';
export { plainText, renderDescription } from './description.ts';
export { type RenderedDocument, renderDocument } from './document.ts';
export { highlightCode } from './highlight.ts';
export { diagramsIn, type OutlineEntry } from './parser.ts';
export { type RenderedMarkdown, type RenderOptions, renderMarkdown } from './render.ts';
export { type DocumentSection, readSections } from './sections.ts';
