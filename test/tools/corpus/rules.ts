import { htmlMistakes } from '../../support/html-validity.ts';
import type { Crawled } from './crawl.ts';
import type { DocumentOperation } from './document.ts';
import type { Visited } from './reader.ts';

const MAX_BYTES = 300 * 1024;
const MAX_COMPRESSED = 40 * 1024;

export const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(1);

/** What is wrong with the pages of a reference. */
export const whatIsWrong = async (crawled: Crawled, expected: readonly DocumentOperation[]): Promise<string[]> => [
  ...crawled.problems,
  ...whatIsMissing(crawled, expected),
  ...whatIsTooLarge(crawled.pages),
  ...(await whatIsInvalid(crawled)),
];

const whatIsMissing = ({ operations, tagged, ids, consoles }: Crawled, expected: readonly DocumentOperation[]): string[] => {
  const unlisted = [...operations].filter((address) => !tagged.has(address));
  const lost = expected.flatMap(({ id }) => (id === undefined || ids.has(id) ? [] : [id]));
  const untried = expected.filter(({ isCallable, key }) => isCallable && !consoles.has(key)).map(({ key }) => key);
  return [
    ...(operations.size === expected.length ? [] : [`${operations.size} operation pages, ${expected.length} operations`]),
    ...(unlisted.length === 0 ? [] : [`on no page of a tag: ${unlisted.length}, such as ${unlisted[0]}`]),
    ...(lost.length === 0 ? [] : [`operation ids without a page: ${lost.length}, such as ${lost[0]}`]),
    ...(untried.length === 0 ? [] : [`without a console: ${untried.length}, such as ${untried[0]}`]),
  ];
};

const whatIsTooLarge = (pages: readonly Visited[]): string[] =>
  pages
    .filter(({ bytes, compressed }) => bytes > MAX_BYTES || compressed > MAX_COMPRESSED)
    .map(
      ({ address, kind, bytes, compressed }) =>
        `${address}${kind === 'first' ? ' (first page)' : ''} has ${kilobytes(bytes)} KB, ${kilobytes(compressed)} compressed`,
    );

const whatIsInvalid = async ({ largest }: Crawled): Promise<string[]> => {
  const mistakes: string[] = [];
  for (const { address, html } of largest.values())
    mistakes.push(...(await htmlMistakes(html)).map((mistake) => `${address}: ${mistake}`));
  return mistakes;
};
