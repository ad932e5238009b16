import { alert } from '@mdit/plugin-alert';
import { tasklist } from '@mdit/plugin-tasklist';
import MarkdownIt from 'markdown-it';
import { full as emoji } from 'markdown-it-emoji';
import footnote from 'markdown-it-footnote';
import { escapeHtml } from '../../lib/html.ts';
import { highlightCode } from './highlight.ts';
import { isExternal, isRelative, isSafeImage, isSafeLink } from './links.ts';

type Token = ReturnType<MarkdownIt['parse']>[number];

/** A heading, for "on this page". */
export interface OutlineEntry {
  readonly id: string;
  readonly level: number;
  readonly text: string;
}

/** What one rendering is given, and what it gathers; markdown-it hands it through. */
export interface Environment {
  readonly resolveLink: ((href: string) => string | undefined) | undefined;
  /** In front of every id. */
  readonly idPrefix: string;
  readonly outline: OutlineEntry[];
  /** Whether the source holds raw HTML, so that the result must be sanitised. */
  hasHtml: boolean;
  /** For the footnote plugin: part of its ids. */
  readonly docId: string;
}

const MAX_NESTING = 40;

/** The parser of documents, with everything that they may use. Its output is safe but for raw HTML. */
export const documentParser = (): MarkdownIt => {
  const md = new MarkdownIt({ html: true, linkify: true }).set({ maxNesting: MAX_NESTING } as object);
  md.use(alert, { deep: true }).use(tasklist, { label: false }).use(footnote).use(emoji);
  md.validateLink = (href) => isSafeLink(href) || isSafeImage(href);
  md.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  md.core.ruler.push('portico', (state) => finish(state.tokens, state.env as Environment));
  const { rules } = md.renderer;
  rules['fence'] = (tokens, at) => codeBlock(tokens[at]?.content ?? '', languageOf(tokens[at]?.info ?? ''));
  rules['code_block'] = (tokens, at) => codeBlock(tokens[at]?.content ?? '', undefined);
  rules['table_open'] = () => '<div class="table-scroll" role="region" tabindex="0" aria-label="Table"><table>\n';
  rules['table_close'] = () => '</table></div>\n';
  rules['heading_anchor'] = (tokens, at) => {
    const token = tokens[at];
    const id = escapeHtml(token?.attrGet('id') ?? '');
    return ` <a class="heading-anchor" href="#${id}" aria-label="Link to “${escapeHtml(token?.content ?? '')}”">#</a>`;
  };
  return md;
};

const languageOf = (info: string): string | undefined => /^[\w+#.-]+/.exec(info.trim())?.[0]?.toLowerCase();

const codeBlock = (code: string, language: string | undefined): string => {
  const name = language ? escapeHtml(language) : undefined;
  return `<div class="code-block"${name ? ` data-language="${name}"` : ''}><pre tabindex="0"><code class="hljs${
    name ? ` language-${name}` : ''
  }">${highlightCode(code, language)}</code></pre></div>\n`;
};

/** Walks all tokens once: headings get ids, links their addresses, table cells classes instead of styles. */
const finish = (tokens: Token[], env: Environment): void => {
  const taken = new Set<string>();
  tokens.forEach((token, at) => {
    if (token.type === 'heading_open') addHeading(token, tokens[at + 1], env, taken);
    else if (token.type === 'th_open' || token.type === 'td_open') alignByClass(token);
    else if (token.type === 'html_block') env.hasHtml = true;
    for (const child of token.children ?? []) finishInline(child, env);
  });
};

const finishInline = (token: Token, env: Environment): void => {
  if (token.type === 'html_inline') env.hasHtml = true;
  else if (token.type === 'link_open') finishLink(token, env);
  else if (token.type === 'checkbox_input') {
    token.attrs = (token.attrs ?? []).filter(([name]) => name !== 'id');
    token.attrSet('aria-label', token.attrGet('checked') === null ? 'not done' : 'done');
  } else if (token.type === 'image') {
    token.attrSet('loading', 'lazy');
    if (!isSafeImage(token.attrGet('src') ?? '')) token.attrSet('src', '');
  }
};

const finishLink = (token: Token, env: Environment): void => {
  const href = token.attrGet('href') ?? '';
  if (!isSafeLink(href)) token.attrs = (token.attrs ?? []).filter(([name]) => name !== 'href');
  else if (isExternal(href)) token.attrSet('rel', 'noopener noreferrer');
  else if (isRelative(href)) token.attrSet('href', env.resolveLink?.(decode(href)) ?? href);
  else if (href.startsWith('#') && href.length > 1) token.attrSet('href', `#${env.idPrefix}${href.slice(1)}`);
};

const decode = (href: string): string => {
  try {
    return decodeURI(href);
  } catch {
    return href;
  }
};

const addHeading = (open: Token, inline: Token | undefined, env: Environment, taken: Set<string>): void => {
  const text = textOf(inline?.children ?? []).trim();
  const base = slugOf(text);
  let slug = base;
  for (let n = 2; taken.has(slug); n++) slug = `${base}-${n}`;
  taken.add(slug);
  const id = env.idPrefix + slug;
  open.attrSet('id', id);
  env.outline.push({ id, level: Number(open.tag.slice(1)), text });
  if (!inline?.children) return;
  const anchor = new (open.constructor as new (type: string, tag: string, nesting: 0) => Token)('heading_anchor', '', 0);
  anchor.attrSet('id', id);
  anchor.content = text;
  inline.children.push(anchor);
};

/** Letters of every script are kept; everything else becomes a hyphen. */
const slugOf = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80) || 'section';

/** The plain text of inline tokens. */
export const textOf = (tokens: readonly Token[]): string =>
  tokens
    .map((token) => {
      if (token.type === 'text' || token.type === 'code_inline' || token.type === 'emoji') return token.content;
      if (token.type === 'softbreak' || token.type === 'hardbreak') return ' ';
      return token.type === 'image' ? token.content : '';
    })
    .join('');

const alignByClass = (token: Token): void => {
  const align = /text-align:\s*(left|right|center)/.exec(token.attrGet('style') ?? '')?.[1];
  token.attrs = (token.attrs ?? []).filter(([name]) => name !== 'style');
  if (align) token.attrSet('class', `align-${align}`);
};
