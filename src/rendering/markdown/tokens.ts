import type MarkdownIt from 'markdown-it';
import { wordsOfHtml } from '../../lib/html.ts';

export type Token = ReturnType<MarkdownIt['parse']>[number];

export type Alignment = 'left' | 'right' | 'center';

/** The alignment of a table's cell. */
export const alignmentOf = (cell: Token): Alignment | undefined => {
  const found = /text-align:\s*(left|right|center)/.exec(cell.attrGet('style') ?? '')?.[1];
  return found as Alignment | undefined;
};

/** The plain text of inline tokens. */
export const textOf = (tokens: readonly Token[]): string => tokens.map(textOfOne).join('');

const textOfOne = ({ type, content }: Token): string => {
  switch (type) {
    case 'text':
    case 'code_inline':
    case 'emoji':
    case 'image':
      return content;
    case 'softbreak':
    case 'hardbreak':
      return ' ';
    case 'html_inline':
      return /^<br\b/i.test(content) ? ' ' : '';
    default:
      return '';
  }
};

/** The plain text of a whole document, its blocks separated. */
export const textOfBlocks = (tokens: readonly Token[], separator: string): string =>
  tokens
    .map((token) => {
      if (token.type === 'inline') return textOf(token.children ?? []);
      if (token.type === 'fence' || token.type === 'code_block') return token.content;
      return token.type === 'html_block' ? textOfHtml(token.content) : '';
    })
    .filter((text) => text !== '')
    .join(separator);

/** What is left of raw HTML for readers of plain text. */
const textOfHtml = (html: string): string => (/^\s*<(?:script|style|textarea|!|\?)/i.test(html) ? '' : wordsOfHtml(html));

/** Text as the parser expects it: a byte order mark would hide what the first line is. */
export const withoutByteOrderMark = (source: string): string => (source.startsWith('\uFEFF') ? source.slice(1) : source);
