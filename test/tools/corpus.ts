/**
 * Ingests, publishes and reads OpenAPI documents through a running server: uploads each over the management API, visits every page of its
 * reference by following links from the first, and compares the download byte for byte. Operations are counted against the document
 * itself; each must have a page of its own and be listed on the page of a tag, and every operationId must lead there. No page may be
 * larger than the greatest size, and the largest of each kind of page must be valid HTML. Tells how long the upload took, and how long it
 * took until the first page was there.
 *
 *     npm run corpus [-- DIR|FILE…]      (default: corpus/ in SHARED_DIR, else in ../shared)
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseDocument } from 'yaml';
import { type Answer, readPage, send } from '../support/app.ts';
import { htmlMistakes } from '../support/html-validity.ts';
import { childrenOf, peakMemoryMb, type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { ROOT } from '../support/source.ts';

interface Row {
  readonly document: string;
  readonly operations: number;
  readonly acceptedMs: number;
  readonly readableMs: number;
  readonly peakMb: number | undefined;
  readonly sizes: Sizes;
  readonly problems: readonly string[];
}

/** Bytes of the pages of a reference: of the largest, as it is and compressed, and of a page of an operation on average. */
interface Sizes {
  readonly pages: number;
  readonly largest: number;
  readonly compressed: number;
  readonly operation: number;
}

const MAX_BYTES = 300 * 1024;
const MAX_COMPRESSED = 40 * 1024;

const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A path item, or the one that it refers to. */
const referredTo = (document: Record<string, unknown>, item: unknown): unknown => {
  const reference = isRecord(item) ? item['$ref'] : undefined;
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return item;
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>(
      (node, key) => (isRecord(node) ? node[key.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined),
      document,
    );
};

/** The operations of a document by the plainest reading: path items times methods, but for what is internal. */
const operationsOf = (source: string): Record<string, unknown>[] => {
  const document: unknown = source.trimStart().startsWith('{')
    ? JSON.parse(source)
    : parseDocument(source).toJS({ maxAliasCount: -1 });
  if (!isRecord(document)) return [];
  return [document['paths'], document['webhooks'], document['x-webhooks']]
    .filter(isRecord)
    .flatMap((items) =>
      Object.values(items)
        .map((item) => referredTo(document, item))
        .filter(isRecord),
    )
    .filter((item) => item['x-internal'] !== true)
    .flatMap((item) => [
      ...Object.entries(item).flatMap(([key, value]) => (METHODS.has(key) ? [value] : [])),
      ...Object.values(isRecord(item['additionalOperations']) ? item['additionalOperations'] : {}),
    ])
    .filter(isRecord)
    .filter((operation) => operation['x-internal'] !== true);
};

const main = async (): Promise<number> => {
  const shared = process.env['SHARED_DIR'] ?? path.join(ROOT, '../shared');
  const given = process.argv.slice(2);
  const places = given.length > 0 ? given : [path.join(shared, 'corpus')];
  const files = places.filter(existsSync).flatMap((place) =>
    statSync(place).isFile()
      ? [place]
      : readdirSync(place)
          .sort()
          .map((name) => path.join(place, name)),
  );
  if (files.length === 0) {
    console.error(`There is no document in ${places.join(', ')}.`);
    return 1;
  }
  const server = await startServerProcess({ LOG_LEVEL: 'warn', NODE_ENV: 'production', MAX_SPECIFICATION_BYTES: '100000000' });
  const rows: Row[] = [];
  try {
    const token = server.run('token', 'create', '--name', 'corpus').trim();
    const portal = await api(server, token, 'POST', '/portals', { name: 'corpus', is_public: true });
    for (const file of files) {
      const row = await visit(server, token, portal, file);
      rows.push(row);
      console.log(line(row));
    }
    if (server.errors.length > 0) console.log('errors in the log:', JSON.stringify(server.errors.slice(0, 3), null, 2));
  } finally {
    await server.stop();
  }
  const failed = rows.filter(({ problems }) => problems.length > 0).length;
  console.log(`documents ${rows.length}, failed ${failed}`);
  return failed > 0 || server.errors.length > 0 ? 1 : 0;
};

const api = async (server: ServerProcess, token: string, method: string, target: string, json: unknown): Promise<string> => {
  const answer = await send(server.port, method, `/v2${target}`, { token, json, host: 'localhost' });
  if (answer.status >= 300) throw new Error(`${method} ${target}: ${answer.status} ${answer.text.slice(0, 500)}`);
  return answer.text === '' ? '' : answer.json.id;
};

const visit = async (server: ServerProcess, token: string, portal: string, file: string): Promise<Row> => {
  const name = path.basename(file);
  const bytes = readFileSync(file);
  const expected = operationsOf(bytes.toString('utf8'));
  const errorsBefore = server.errors.length;
  const problems: string[] = [];
  let acceptedMs = 0;
  let readableMs = 0;
  let sizes: Sizes = { pages: 0, largest: 0, compressed: 0, operation: 0 };
  try {
    const product = await api(server, token, 'POST', '/api-products', { name, portal_ids: [portal] });
    const version = await api(server, token, 'POST', `/api-products/${product}/product-versions`, { name: '1' });
    const started = performance.now();
    await api(server, token, 'POST', `/api-products/${product}/product-versions/${version}/specifications`, {
      name: /\.(ya?ml|json)$/.test(name) ? name : `${name}.yaml`,
      content: bytes.toString('base64'),
    });
    acceptedMs = Math.round(performance.now() - started);
    await api(server, token, 'PUT', `/portals/${portal}/product-versions/${version}`, {
      publish_status: 'published',
      deprecated: false,
      application_registration_enabled: false,
      auto_approve_registration: false,
      auth_strategy_ids: [],
    });
    await page(server, `/spec/${product}/${version}`);
    readableMs = Math.round(performance.now() - started);
    const crawled = await crawl(server, `/spec/${product}/${version}`, problems);
    sizes = sizesOf(crawled);
    problems.push(...whatIsMissing(crawled, expected), ...whatIsTooLarge(crawled), ...(await whatIsInvalid(crawled)));
    const download = await send(server.port, 'GET', `/spec/${product}/${version}/download`, { host: 'corpus.localhost' });
    if (!download.body.equals(bytes)) problems.push('the download is not the upload');
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  if (server.errors.length > errorsBefore) problems.push('errors in the log');
  const memory = [server.pid, ...childrenOf(server.pid)].map(peakMemoryMb).filter((mb) => mb !== undefined);
  return {
    document: name,
    operations: expected.length,
    acceptedMs,
    readableMs,
    peakMb: memory.length > 0 ? Math.max(...memory) : undefined,
    sizes,
    problems,
  };
};

/** A page of a reference as it was read. */
interface Visited {
  readonly address: string;
  readonly bytes: number;
  readonly compressed: number;
}

/** What was found on the pages of a reference. */
interface Crawled {
  readonly pages: Visited[];
  /** Addresses of the operations that have pages, and of those that are listed on the page of a tag. */
  readonly operations: Set<string>;
  readonly tagged: Set<string>;
  /** Operation ids that the pages of operations show. */
  readonly ids: Set<string>;
  /** The largest page of each kind, such as `schemas` or `tag`. */
  readonly largest: Map<string, { address: string; html: string }>;
}

/** How many consoles of a document are looked at: each has the whole document read, and is made as the others are. */
const MAX_CONSOLES = 5;

const isConsole = (address: string): boolean => /\/try(?:\?|$)/.test(address);

const kindOf = (address: string): string => (isConsole(address) ? 'console' : pageKindOf(address));

const pageKindOf = (address: string): string =>
  /\/(operations|schemas)\b/.exec(address)?.[1] ?? (address.includes('tag=') ? 'tag' : 'overview');

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const decode = (html: string): string => html.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? '');

/** Follows every link that stays below the reference, page after page, from its first. */
const crawl = async (server: ServerProcess, base: string, problems: string[]): Promise<Crawled> => {
  const first = await page(server, base);
  const canonical = /href="(\/spec\/[^"/?#]+\/[^"/?#]+)\/download"/.exec(first.text)?.[1] ?? base;
  const pending = [base];
  const seen = new Set(pending);
  let consoles = 0;
  const crawled: Crawled = { pages: [], operations: new Set(), tagged: new Set(), ids: new Set(), largest: new Map() };
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const answer = await page(server, at);
    if (answer.status !== 200) problems.push(`${at}: ${answer.status}`);
    note(crawled, at, answer);
    for (const [, href] of answer.text.matchAll(/href="([^"]+)"/g)) {
      const target = decode(href ?? '').replace(/#.*$/, '');
      const url = target.startsWith('?') ? at.replace(/\?.*$/, '') + target : target;
      if (!(url === canonical || url.startsWith(`${canonical}/`) || url.startsWith(`${canonical}?`))) continue;
      const operation = /\/operations\/([^/?#]+)$/.exec(url)?.[1];
      if (operation !== undefined && at.includes('tag=')) crawled.tagged.add(operation);
      if (!/\.(?:md|ya?ml|json)$|\/(?:download|redoc)(?:\?|$)/.test(url) && !combinesTags(url) && !seen.has(url)) {
        seen.add(url);
        if (!isConsole(url) || ++consoles <= MAX_CONSOLES) pending.push(url);
      }
    }
  }
  return crawled;
};

const note = ({ pages, operations, ids, largest }: Crawled, address: string, { body, text }: Answer): void => {
  pages.push({ address, bytes: body.length, compressed: gzipSync(body).length });
  const operation = /\/operations\/([^/?#]+)$/.exec(address)?.[1];
  if (operation !== undefined) operations.add(operation);
  const id = operation && /class="operation-id">[^<]*<code[^>]*>([^<]*)</.exec(text)?.[1];
  if (id !== undefined) ids.add(decode(id));
  const kind = kindOf(address);
  if (text.length > (largest.get(kind)?.html.length ?? 0)) largest.set(kind, { address, html: text });
};

const sizesOf = ({ pages }: Crawled): Sizes => {
  const operations = pages.filter(({ address }) => kindOf(address) === 'operations');
  return {
    pages: pages.length,
    largest: Math.max(0, ...pages.map(({ bytes }) => bytes)),
    compressed: Math.max(0, ...pages.map(({ compressed }) => compressed)),
    operation: operations.reduce((sum, { bytes }) => sum + bytes, 0) / Math.max(1, operations.length),
  };
};

const whatIsMissing = ({ operations, tagged, ids }: Crawled, expected: readonly Record<string, unknown>[]): string[] => {
  const unlisted = [...operations].filter((address) => !tagged.has(address));
  const lost = expected
    .map(({ operationId }) => operationId)
    .filter((id) => typeof id === 'string' && id.trim() !== '' && !ids.has(id));
  return [
    ...(operations.size === expected.length ? [] : [`${operations.size} operation pages, ${expected.length} operations`]),
    ...(unlisted.length === 0 ? [] : [`on no page of a tag: ${unlisted.length}, such as ${unlisted[0]}`]),
    ...(lost.length === 0 ? [] : [`operation ids without a page: ${lost.length}, such as ${lost[0]}`]),
  ];
};

const whatIsTooLarge = ({ pages }: Crawled): string[] =>
  pages
    .filter(({ bytes, compressed }) => bytes > MAX_BYTES || compressed > MAX_COMPRESSED)
    .map(({ address, bytes, compressed }) => `${address} has ${kilobytes(bytes)} KB, ${kilobytes(compressed)} compressed`);

const whatIsInvalid = async ({ largest }: Crawled): Promise<string[]> => {
  const mistakes: string[] = [];
  for (const { address, html } of largest.values())
    mistakes.push(...(await htmlMistakes(html)).map((mistake) => `${address}: ${mistake}`));
  return mistakes;
};

const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(1);

/** Tags can be chosen in every combination; each alone is enough. */
const combinesTags = (url: string): boolean => new URLSearchParams(url.split('?')[1] ?? '').getAll('tag').length > 1;

const page = (server: ServerProcess, target: string): Promise<Answer> => readPage(server.port, target, 'corpus.localhost');

const line = ({ document, operations, acceptedMs, readableMs, peakMb, sizes, problems }: Row): string =>
  [
    document.padEnd(28),
    `${operations} operations`.padStart(16),
    `accepted ${acceptedMs} ms`.padStart(18),
    `readable ${readableMs} ms`.padStart(18),
    `${peakMb ?? '-'} MB peak`.padStart(13),
    `${sizes.pages} pages`.padStart(12),
    `largest ${kilobytes(sizes.largest)} KB`.padStart(18),
    `(${kilobytes(sizes.compressed)} gzip)`.padStart(13),
    `operation ${kilobytes(sizes.operation)} KB`.padStart(19),
    problems.length === 0 ? '  ok' : `  FAILED: ${problems.slice(0, 3).join('; ')}`,
  ].join('');

process.exitCode = await main();
