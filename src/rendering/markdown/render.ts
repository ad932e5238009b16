import { documentParser, type Environment, type OutlineEntry, textOf } from './parser.ts';
import { OWN_ID, sanitise } from './sanitise.ts';

export interface RenderOptions {
  /** The address of a relative link, which is given decoded; undefined leaves it as it is. */
  readonly resolveLink?: (href: string) => string | undefined;
  /** In front of the ids of headings and footnotes, where several renderings share a page. */
  readonly headingPrefix?: string;
}

export interface RenderedMarkdown {
  /** Safe to print. */
  readonly html: string;
  /** The headings, in order. */
  readonly outline: readonly OutlineEntry[];
  /** The words alone, for search and summaries. */
  readonly text: string;
}

const parser = documentParser();

/** Renders a document: CommonMark with tables, task lists, footnotes, alerts, emoji, heading anchors, highlighted code, sanitised HTML. */
export const renderMarkdown = (source: string, options: RenderOptions = {}): RenderedMarkdown => {
  const prefix = options.headingPrefix ?? '';
  const env = environment(prefix, options);
  const tokens = parser.parse(source, env);
  const text = tokens
    .map((token) => (token.type === 'inline' ? textOf(token.children ?? []) : token.type === 'fence' ? token.content : ''))
    .filter((part) => part !== '')
    .join('\n');
  if (!env.hasHtml) return { html: parser.renderer.render(tokens, parser.options, env), outline: env.outline, text };
  const marked = environment(OWN_ID + prefix, options);
  const html = sanitise(parser.render(source, marked)).replaceAll(OWN_ID, '');
  return { html, outline: env.outline, text };
};

const environment = (idPrefix: string, { resolveLink }: RenderOptions): Environment => ({
  resolveLink,
  idPrefix,
  outline: [],
  hasHtml: false,
  docId: idPrefix,
});
