import MarkdownIt from 'markdown-it';
import { escapeHtml } from '../../lib/html.ts';
import { highlightCode } from './highlight.ts';
import { isExternal, isSafeImage, isSafeLink } from './links.ts';
import { textOf } from './parser.ts';
import { sanitise } from './sanitise.ts';

/** Descriptions stand below headings of their own, so theirs begin here. */
const FIRST_LEVEL = 4;
const MAX_NESTING = 20;

const descriptionParser = (): MarkdownIt => {
  const md = new MarkdownIt({ html: true, linkify: true }).set({ maxNesting: MAX_NESTING } as object);
  md.validateLink = (href) => isSafeLink(href) || isSafeImage(href);
  md.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  md.core.ruler.push('portico', (state) => {
    for (const token of state.tokens) {
      if (token.type === 'heading_open' || token.type === 'heading_close')
        token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + FIRST_LEVEL - 1)}`;
      else if (token.type === 'th_open' || token.type === 'td_open') token.attrs = null;
      else if (token.type === 'html_block') state.env.hasHtml = true;
      for (const child of token.children ?? []) {
        if (child.type === 'html_inline') state.env.hasHtml = true;
        else if (child.type === 'link_open') {
          const href = child.attrGet('href') ?? '';
          if (!isSafeLink(href)) child.attrs = null;
          else if (isExternal(href)) child.attrSet('rel', 'noopener noreferrer');
        } else if (child.type === 'image' && !isSafeImage(child.attrGet('src') ?? '')) child.attrSet('src', '');
      }
    }
  });
  md.renderer.rules['fence'] = (tokens, at) =>
    block(tokens[at]?.content ?? '', /^[\w+#.-]+/.exec(tokens[at]?.info.trim() ?? '')?.[0]?.toLowerCase());
  md.renderer.rules['code_block'] = (tokens, at) => block(tokens[at]?.content ?? '', undefined);
  md.renderer.rules['table_open'] = () => '<div class="table-scroll" role="region" tabindex="0" aria-label="Table"><table>\n';
  md.renderer.rules['table_close'] = () => '</table></div>\n';
  return md;
};

const block = (code: string, language: string | undefined): string =>
  `<div class="code-block"><pre tabindex="0"><code class="hljs">${highlightCode(code, language)}</code></pre></div>\n`;

const parser = descriptionParser();

/** Text in which Markdown could mean anything: its special characters, several lines, lists, addresses. */
const MARKED = /[\\`*_[\]<>#|~!&\n\r]|^\s*(?:[-+]|\d+[.)])\s|:\/\/|^(?: {4}|\t)/;

/** A description inside an OpenAPI document as safe HTML, without ids; plain sentences take a short cut. */
export const renderDescription = (source: string): string => {
  if (!MARKED.test(source)) return source.trim() === '' ? '' : `<p>${escapeHtml(source.trim())}</p>`;
  const env = { hasHtml: false };
  const html = parser.render(source, env);
  return env.hasHtml ? sanitise(html) : html;
};

/** The words of Markdown on one line, cut at a word's end before `maxLength` characters. */
export const plainText = (source: string, maxLength = Number.POSITIVE_INFINITY): string => {
  const text = MARKED.test(source) ? wordsOf(source.slice(0, maxLength * 8)) : source;
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= maxLength) return line;
  const cut = line.slice(0, maxLength - 1);
  const whole = cut.replace(/\s\S*$/, '');
  return `${(whole.length > maxLength / 2 ? whole : cut).replace(/[\uD800-\uDBFF]$/, '').trimEnd()}…`;
};

const wordsOf = (source: string): string =>
  parser
    .parse(source, { hasHtml: false })
    .map((token) => (token.type === 'inline' ? textOf(token.children ?? []) : token.type === 'fence' ? token.content : ''))
    .filter((part) => part !== '')
    .join(' ');
