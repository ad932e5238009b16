import { operationKey } from './document.ts';
import { kindOf, type PageReader, type Read, type Visited } from './reader.ts';

/** What was found on the pages of a reference. */
export interface Crawled {
  readonly pages: Visited[];
  /** What was not answered as it should be. */
  readonly problems: string[];
  /** Addresses of the operations that have pages, and of those that are listed on the page of a tag. */
  readonly operations: Set<string>;
  readonly tagged: Set<string>;
  /** Operation ids that the pages of operations show. */
  readonly ids: Set<string>;
  /** Addresses of consoles by the keys of their operations; all that are linked to, whether they were visited or not. */
  readonly consoles: Map<string, string>;
  /** The largest page of each kind. */
  readonly largest: Map<string, Read>;
}

/** How many first pages are visited of each kind, of those that compressed are the largest. */
const FIRST_PAGES = 5;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const decode = (html: string): string => html.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? '');

const addressOfOperation = (address: string): string | undefined => /\/operations\/([^/?#]+)$/.exec(address)?.[1];

/** Tags can be chosen in every combination; each alone is enough. */
const combinesTags = (url: string): boolean => new URLSearchParams(url.split('?')[1] ?? '').getAll('tag').length > 1;

const isPage = (url: string): boolean =>
  !/\.(?:md|ya?ml|json)$|\/(?:download|redoc)(?:\?|$)/.test(url) && !combinesTags(url) && kindOf(url) !== 'console';

/**
 * Follows every link that stays below the reference, page after page, from its first; then visits some of the consoles that these link to,
 * and the largest pages once more as first pages.
 */
export const crawl = async (
  reader: PageReader,
  base: string,
  choose: (consoles: Crawled['consoles']) => readonly string[],
): Promise<Crawled> => {
  const crawled: Crawled = {
    ...{ pages: [], problems: [], consoles: new Map(), largest: new Map() },
    ...{ operations: new Set(), tagged: new Set(), ids: new Set() },
  };
  await followLinks(reader, base, crawled);
  for (const address of choose(crawled.consoles)) note(crawled, await reader.page(address));
  for (const addresses of largestFirst(crawled)) await visitFirstPages(reader, addresses, crawled);
  return crawled;
};

const followLinks = async (reader: PageReader, base: string, crawled: Crawled): Promise<void> => {
  const first = await reader.page(base);
  const canonical = /href="(\/spec\/[^"/?#]+\/[^"/?#]+)\/download"/.exec(first.html)?.[1] ?? base;
  const pending = [base];
  const seen = new Set(pending);
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const read = await reader.page(at);
    note(crawled, read);
    noteOperation(crawled, read);
    for (const [, href] of read.html.matchAll(/href="([^"]+)"/g)) {
      const target = decode(href ?? '').replace(/#.*$/, '');
      const url = target.startsWith('?') ? at.replace(/\?.*$/, '') + target : target;
      if (!(url === canonical || url.startsWith(`${canonical}/`) || url.startsWith(`${canonical}?`))) continue;
      const operation = addressOfOperation(url);
      if (operation !== undefined && at.includes('tag=')) crawled.tagged.add(operation);
      if (!isPage(url) || seen.has(url)) continue;
      seen.add(url);
      pending.push(url);
    }
  }
};

const note = ({ pages, problems, largest }: Crawled, read: Read): void => {
  const { address, kind, bytes, compressed, status, html } = read;
  pages.push({ address, kind, bytes, compressed });
  if (status !== 200) problems.push(`${address}: ${status}`);
  if (html.length > (largest.get(kind)?.html.length ?? 0)) largest.set(kind, read);
};

/** What the page of an operation tells of it. */
const noteOperation = ({ operations, ids, consoles }: Crawled, { address, html }: Read): void => {
  const operation = addressOfOperation(address);
  if (operation === undefined) return;
  operations.add(operation);
  const id = /class="operation-id">[^<]*<code[^>]*>([^<]*)</.exec(html)?.[1];
  if (id !== undefined) ids.add(decode(id));
  const [, method, path] = /<article class="operation[^>]* data-method="([^"]*)" data-path="([^"]*)"/.exec(html) ?? [];
  const link = [...html.matchAll(/href="([^"]*)"/g)]
    .map(([, href]) => decode(href ?? ''))
    .find((href) => kindOf(href) === 'console');
  if (method !== undefined && path !== undefined && link !== undefined)
    consoles.set(operationKey(decode(method), decode(path)), link);
};

/** Pages of each kind that others may come to from elsewhere, those first that compressed are the largest. */
const largestFirst = ({ pages }: Crawled): string[][] => {
  const kinds = new Map<string, Visited[]>();
  for (const page of pages) if (page.kind !== 'console') kinds.set(page.kind, [...(kinds.get(page.kind) ?? []), page]);
  return [...kinds.values()].map((each) =>
    each.sort((left, right) => right.compressed - left.compressed).map(({ address }) => address),
  );
};

/** Visits as many as are to be of those that carry their stylesheets; a large page does not, and is as it was seen before. */
const visitFirstPages = async (reader: PageReader, addresses: readonly string[], crawled: Crawled): Promise<void> => {
  let visited = 0;
  for (const address of addresses) {
    if (visited === FIRST_PAGES) return;
    const read = await reader.firstPage(address);
    if (!read.html.slice(0, read.html.indexOf('</head>')).includes('<style>')) continue;
    note(crawled, read);
    visited++;
  }
};
