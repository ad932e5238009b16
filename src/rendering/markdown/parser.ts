import { alert } from '@mdit/plugin-alert';
import { tasklist } from '@mdit/plugin-tasklist';
import MarkdownIt from 'markdown-it';
import { full as emoji } from 'markdown-it-emoji';
import footnote from 'markdown-it-footnote';
import { escapeHtml } from '../../lib/html.ts';
import { type DiagramSource, diagramKindOf, MAX_DIAGRAMS } from '../diagrams/diagram.ts';
import { placeDiagram } from '../diagrams/figure.ts';
import { printCodeBlock } from './code-block.ts';
import { readFenceInfo } from './fence-info.ts';
import type { HeadingIds } from './ids.ts';
import { isExternal, isRelative, isSafeImage, isSafeLink } from './links.ts';
import { OWN_ID } from './sanitise.ts';
import { alignmentOf, type Token, textOf } from './tokens.ts';

/** A heading, for "on this page". */
export interface OutlineEntry {
  readonly id: string;
  readonly level: number;
  readonly text: string;
}

/** What one rendering is given, and what it gathers; markdown-it hands it through. */
export interface Environment {
  /** The address of a relative link; undefined leaves it as it is. */
  readonly resolveLink: ((href: string) => string | undefined) | undefined;
  /** The address of a picture; undefined leaves it as it is. */
  readonly resolveImage: ((src: string) => string | undefined) | undefined;
  /** In front of every id. */
  readonly idPrefix: string;
  /**
   * Set when the source holds raw HTML, so that the result must be sanitised: the blocks of code, which are safe already and most of the
   * work. They are put back after sanitising.
   */
  heldBack: string[] | undefined;
  /** Gathers the diagrams of a document; where there is no such list, they are code like any other. */
  readonly diagrams?: DiagramSource[];
}

export interface DocumentEnvironment extends Environment {
  readonly headingIds: HeadingIds;
  readonly outline: OutlineEntry[];
}

/** Deeper quotes and lists are not read. */
const MAX_NESTING = 40;

/** Descriptions stand below headings of their own, so theirs begin here. */
const FIRST_DESCRIPTION_LEVEL = 4;

/** The parser of documents, with everything that they may use. Its output is safe but for raw HTML. */
export const createDocumentParser = (): MarkdownIt => {
  const md = createParser();
  md.use(alert, { deep: true }).use(tasklist, { label: false }).use(footnote);
  // Only `:names:`. An address or a list holds `:/` and `8)` without smiling.
  md.use(emoji, { shortcuts: {} });
  md.core.ruler.push('document', ({ tokens, env }) => addHeadings(tokens, env as DocumentEnvironment));
  const { rules } = md.renderer;
  rules['heading_anchor'] = (tokens, at) => {
    const token = tokens[at];
    const id = escapeHtml(token?.attrGet('id') ?? '');
    return ` <a class="heading-anchor" href="#${id}" aria-label="Link to “${escapeHtml(token?.content ?? '')}”">#</a>`;
  };
  // The full stop keeps them apart from the ids of headings, which never hold one.
  rules['footnote_anchor_name'] = (tokens, at, _options, env: Environment) =>
    `.${escapeHtml(ownPrefix(env))}${Number(tokens[at]?.meta.id) + 1}`;
  const footnoteAnchor = rules['footnote_anchor'];
  rules['footnote_anchor'] = (...args) => footnoteAnchor?.(...args).replace('<a ', '<a aria-label="Back to the text" ') ?? '';
  return md;
};

const createBlockParser = (): MarkdownIt => {
  const md = createDocumentParser();
  md.core.ruler.enableOnly(['normalize', 'block']);
  return md;
};

/** The parser of descriptions inside OpenAPI documents: CommonMark with tables; no ids. Its output is safe but for raw HTML. */
export const createDescriptionParser = (): MarkdownIt => {
  const md = createParser();
  md.core.ruler.push('description', ({ tokens }) => {
    for (const token of tokens) {
      if (!token.type.startsWith('heading_')) continue;
      token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + FIRST_DESCRIPTION_LEVEL - 1)}`;
    }
  });
  return md;
};

const createParser = (): MarkdownIt => {
  const md = new MarkdownIt({ html: true, linkify: true });
  // Not among the options' types.
  md.set({ maxNesting: MAX_NESTING } as object);
  md.validateLink = (href) => isSafeLink(href) || isSafeImage(href);
  md.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  md.core.ruler.push('safety', ({ tokens, env }) => finish(tokens, env as Environment));
  const { rules } = md.renderer;
  rules['fence'] = (tokens, at, _options, env: Environment) => codeBlock(tokens[at], env);
  rules['code_block'] = rules['fence'];
  rules['table_open'] = () => '<div class="table-scroll" role="group" tabindex="0" aria-label="Table"><table>\n';
  rules['table_close'] = () => '</table></div>\n';
  return md;
};

/** In front of ids while rendering: besides the page's own prefix, what tells our ids from the author's. */
const ownPrefix = (env: Environment): string => (env.heldBack ? OWN_ID : '') + env.idPrefix;

/** The diagram that a block of code holds, if it holds one. */
const diagramIn = ({ info, content }: Token): (DiagramSource & { title: string | undefined }) | undefined => {
  const { language, title } = readFenceInfo(info);
  const kind = diagramKindOf(language, content);
  return kind && { kind, source: content, title };
};

const codeBlock = (token: Token | undefined, env: Environment): string => {
  const diagram = token && env.diagrams && env.diagrams.length < MAX_DIAGRAMS && diagramIn(token);
  if (diagram) env.diagrams?.push({ kind: diagram.kind, source: diagram.source });
  const block = diagram ? placeDiagram(diagram) : printCodeBlock(token?.content ?? '', token?.info ?? '');
  if (!env.heldBack) return block;
  env.heldBack.push(block);
  return `<div id="${OWN_ID}code-${env.heldBack.length - 1}"></div>`;
};

/** The diagrams in a document: of its blocks alone, which takes a fraction of the time of rendering it. */
export const diagramsIn = (source: string): DiagramSource[] =>
  blockParser
    .parse(source, {})
    .flatMap((token) => {
      const diagram = token.type === 'fence' ? diagramIn(token) : undefined;
      return diagram ? [{ kind: diagram.kind, source: diagram.source }] : [];
    })
    .slice(0, MAX_DIAGRAMS);

/** Walks all tokens once: links get their addresses, table cells classes instead of styles, raw HTML is noticed. */
const finish = (tokens: Token[], env: Environment): void => {
  if (tokens.some(holdsHtml)) env.heldBack = [];
  for (const [at, token] of tokens.entries()) {
    if (token.type === 'th_open' || token.type === 'td_open') alignByClass(token);
    if (token.type === 'th_open' && tokens[at + 1]?.content === '') asPlainCell(tokens, at);
    for (const child of token.children ?? []) finishInline(child, env);
  }
};

/** A heading without words, such as the corner of a table, heads nothing. */
const asPlainCell = (tokens: Token[], at: number): void => {
  for (const part of [tokens[at], tokens[at + 2]]) if (part) part.tag = 'td';
};

const holdsHtml = ({ type, children }: Token): boolean =>
  type === 'html_block' || (children?.some((child) => child.type === 'html_inline') ?? false);

const finishInline = (token: Token, env: Environment): void => {
  if (token.type === 'link_open') finishLink(token, env);
  else if (token.type === 'checkbox_input') {
    removeAttribute(token, 'id');
    token.attrSet('aria-label', token.attrGet('checked') === null ? 'not done' : 'done');
  } else if (token.type === 'image') {
    token.attrSet('loading', 'lazy');
    const src = token.attrGet('src') ?? '';
    token.attrSet('src', isSafeImage(src) ? (env.resolveImage?.(src) ?? src) : '');
  }
};

const finishLink = (token: Token, env: Environment): void => {
  const href = token.attrGet('href') ?? '';
  if (!isSafeLink(href)) removeAttribute(token, 'href');
  else if (isExternal(href)) token.attrSet('rel', 'noreferrer');
  else if (isRelative(href)) token.attrSet('href', env.resolveLink?.(decode(href)) ?? href);
  else if (href.startsWith('#') && href.length > 1) token.attrSet('href', `#${env.idPrefix}${href.slice(1)}`);
};

const removeAttribute = (token: Token, name: string): void => {
  token.attrs = token.attrs?.filter(([key]) => key !== name) ?? null;
};

const decode = (href: string): string => {
  try {
    return decodeURI(href);
  } catch {
    return href;
  }
};

const alignByClass = (token: Token): void => {
  const align = alignmentOf(token);
  removeAttribute(token, 'style');
  if (align) token.attrSet('class', `align-${align}`);
};

/** Gives headings ids and links to themselves, and notes them in the outline. */
const addHeadings = (tokens: Token[], env: DocumentEnvironment): void => {
  tokens.forEach((open, at) => {
    const children = open.type === 'heading_open' ? tokens[at + 1]?.children : undefined;
    const text = textOf(children ?? []).trim();
    if (!children || text === '') return;
    const id = env.headingIds(text);
    env.outline.push({ id: env.idPrefix + id, level: Number(open.tag.slice(1)), text });
    open.attrSet('id', ownPrefix(env) + id);
    const anchor = new (open.constructor as new (type: string, tag: string, nesting: 0) => Token)('heading_anchor', '', 0);
    anchor.attrSet('id', env.idPrefix + id);
    anchor.content = text;
    children.push(anchor);
  });
};

const blockParser = createBlockParser();
