import { unescapeHtml } from '../../lib/html.ts';

const TOKEN = /<(\/?)([a-z][\w-]*)((?:\s+[^<>]*?)?)\s*\/?>|([^<]+)/gi;

const attribute = (attributes: string, name: string): string | undefined =>
  new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1];

const FENCE = '```\n';

const INLINE: Readonly<Record<string, string>> = { strong: '**', em: '*', code: '`', del: '~~' };
const BLOCKS = new Set(
  'p div section article header footer ul ol dl dt dd table tr details summary blockquote figure nav h1 h2 h3 h4 h5 h6'.split(
    ' ',
  ),
);

/** What of a page is no text: its own links, and what only scripts need. */
const isSkipped = (tag: string, attributes: string): boolean =>
  ['script', 'style', 'svg', 'button', 'template'].includes(tag) || attribute(attributes, 'class') === 'heading-anchor';

/**
 * HTML of our own making as Markdown, for readers that are programs: headings, lists, tables line by line, links, code. What is nested in
 * tables and lists comes as lines; no text is lost.
 */
export const markdownFromHtml = (html: string): string => {
  let out = '';
  let skipped: { tag: string; depth: number } | undefined;
  let isPre = false;
  const links: string[] = [];

  const lineBreak = (count: number): void => {
    if (!isPre && out !== '') out = `${out.replace(/[ \n]+$/, '')}${'\n'.repeat(count)}`;
  };
  const open = (tag: string, attributes: string): void => {
    const level = /^h([1-6])$/.exec(tag)?.[1];
    if (tag === 'pre') {
      lineBreak(2);
      out += FENCE;
      isPre = true;
    } else if (tag === 'code' && isPre && out.endsWith(FENCE)) {
      const language = /language-([\w+#-]+)/.exec(attributes)?.[1] ?? '';
      out = `${out.slice(0, -1)}${language}\n`;
    } else if (level) {
      lineBreak(2);
      out += `${'#'.repeat(Number(level))} `;
    } else if (tag === 'li') {
      lineBreak(1);
      out += '- ';
    } else if (tag === 'td' || tag === 'th') out += ' | ';
    else if (tag === 'br') lineBreak(1);
    else if (tag === 'a') {
      links.push(unescapeHtml(attribute(attributes, 'href') ?? ''));
      out += '[';
    } else if (INLINE[tag] && !isPre) out += INLINE[tag];
    else if (BLOCKS.has(tag)) lineBreak(tag === 'p' || tag === 'section' || tag === 'table' ? 2 : 1);
  };
  const close = (tag: string): void => {
    if (tag === 'pre') {
      isPre = false;
      out = `${out.replace(/\n$/, '')}\n\`\`\`\n\n`;
    } else if (tag === 'a') {
      const href = links.pop() ?? '';
      out += href === '' ? ']' : `](${href})`;
    } else if (INLINE[tag] && !isPre) out += INLINE[tag];
    else if (/^h[1-6]$/.test(tag) || tag === 'p' || tag === 'table') lineBreak(2);
    else if (BLOCKS.has(tag) || tag === 'li') lineBreak(1);
  };

  for (const [, slash, name = '', attributes = '', text] of html.matchAll(TOKEN)) {
    const tag = name.toLowerCase();
    if (skipped) {
      if (tag === skipped.tag) skipped.depth += slash ? -1 : 1;
      if (skipped.depth === 0) skipped = undefined;
    } else if (text !== undefined) {
      const plain = unescapeHtml(text);
      out += isPre ? plain : plain.replace(/\s+/g, ' ').replace(/^ /, /[\s[]$/.test(out) || out === '' ? '' : ' ');
    } else if (slash) close(tag);
    else if (isSkipped(tag, attributes)) skipped = { tag, depth: 1 };
    else open(tag, attributes);
  }
  return `${out.replace(/\n{3,}/g, '\n\n').trim()}\n`;
};
