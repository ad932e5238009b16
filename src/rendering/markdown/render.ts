import { type DiagramSource, diagramHash } from '../diagrams/diagram.ts';
import { createHeadingIds } from './ids.ts';
import { createDocumentParser, type DocumentEnvironment, type OutlineEntry } from './parser.ts';
import { print } from './print.ts';
import { textOfBlocks, withoutByteOrderMark } from './tokens.ts';

export interface RenderOptions {
  /** The address of a relative link, which is given decoded; undefined leaves it as it is. */
  readonly resolveLink?: (href: string) => string | undefined;
  /** The address of a picture; undefined leaves it as it is. */
  readonly resolveImage?: (src: string) => string | undefined;
  /** In front of the ids of headings and footnotes, where several renderings share a page. */
  readonly headingPrefix?: string;
  /** Ids that the page around has given away. */
  readonly reservedIds?: Iterable<string>;
}

export interface RenderedMarkdown {
  /** Safe to print. */
  readonly html: string;
  /** Hashes of the diagrams, whose places are still to be filled. */
  readonly diagrams: readonly string[];
  /** The headings, in order. */
  readonly outline: readonly OutlineEntry[];
  /** The words alone, for search and summaries. */
  readonly text: string;
}

const parser = createDocumentParser();

/** Renders a document: CommonMark with tables, task lists, footnotes, alerts, emoji, heading anchors, highlighted code, sanitised HTML. */
export const renderMarkdown = (
  source: string,
  { resolveLink, resolveImage, headingPrefix = '', reservedIds }: RenderOptions = {},
): RenderedMarkdown => {
  const diagrams: DiagramSource[] = [];
  const env: DocumentEnvironment = {
    resolveLink,
    resolveImage,
    idPrefix: headingPrefix,
    headingIds: createHeadingIds(reservedIds),
    outline: [],
    heldBack: undefined,
    diagrams,
  };
  const tokens = parser.parse(withoutByteOrderMark(source), env);
  const html = print(parser, tokens, env);
  return { html, diagrams: diagrams.map(diagramHash), outline: env.outline, text: textOfBlocks(tokens, '\n') };
};
