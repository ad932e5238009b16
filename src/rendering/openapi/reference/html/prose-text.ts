import { wordsOfHtml } from '../../../../lib/html.ts';

/** HTML that is read, at most, for each character of text. */
const MARKUP_ALLOWANCE = 16;

/**
 * The words of rendered prose on one line, cut at a word's end before `max` UTF-16 units. Prose has been parsed already to be shown; to
 * take its tags away is much quicker than to parse it again.
 */
export const textOfProse = (html: string, max: number): string => {
  const line = wordsOfHtml(html.slice(0, max * MARKUP_ALLOWANCE));
  if (line.length <= max) return line;
  const cut = line.slice(0, max - 1);
  const end = cut.lastIndexOf(' ');
  return `${(end > max / 2 ? cut.slice(0, end) : cut).replace(/[\uD800-\uDBFF]$/, '').trimEnd()}…`;
};
