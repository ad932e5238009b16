import { escapeHtml } from '../../lib/html.ts';
import { createDescriptionParser, type Environment } from './parser.ts';
import { print } from './print.ts';
import { textOfBlocks, withoutByteOrderMark } from './tokens.ts';

const parser = createDescriptionParser();

/** Whether Markdown could mean anything in a text: special characters (not the `_` of `user_id`), lines, beginnings of lists, addresses. */
const MARKED = /[\\`*[<~&\n\r\0\uFEFF]|(?<!\w)_|_(?!\w)|^[\s+#>-]|^\d+[.)](?:\s|$)|\/\/|mailto:/;

/** Characters of Markdown that are read to find one character of text. */
const MARKUP_ALLOWANCE = 8;

const environment = (): Environment => ({ resolveLink: undefined, resolveImage: undefined, idPrefix: '', heldBack: undefined });

/**
 * A description inside an OpenAPI document as safe HTML: headings begin at level 4, nothing has an id. Made for tens of thousands of
 * short texts: plain sentences take a short cut.
 */
export const renderDescription = (source: string): string => {
  const text = source.trimEnd();
  if (!MARKED.test(text)) return text === '' ? '' : `<p>${escapeHtml(text)}</p>`;
  const env = environment();
  return print(parser, parser.parse(withoutByteOrderMark(text), env), env);
};

/** The words of Markdown on one line, cut at a word's end before `maxLength` UTF-16 units. */
export const plainText = (source: string, maxLength = Number.POSITIVE_INFINITY): string => {
  const text = MARKED.test(source) ? wordsOf(source.slice(0, maxLength * MARKUP_ALLOWANCE)) : source;
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= maxLength) return line;
  const cut = line.slice(0, maxLength - 1);
  const whole = cut.replace(/\s\S*$/, '');
  return `${(whole.length > maxLength / 2 ? whole : cut).replace(/[\uD800-\uDBFF]$/, '').trimEnd()}…`;
};

const wordsOf = (source: string): string => textOfBlocks(parser.parse(withoutByteOrderMark(source), environment()), ' ');
