/**
 * Ingests, publishes and reads whole folders of OpenAPI documents through a running server: uploads each over the management
 * API, visits every page of its reference by following links from the first, counts operations against the document itself,
 * and compares the download byte for byte. Tells how long the upload took, and how long it took until the first page was there.
 *
 *     npm run corpus [-- DIR…]      (default: corpus/ in SHARED_DIR, else in ../shared)
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { type Answer, readPage, send } from '../support/app.ts';
import { childrenOf, peakMemoryMb, type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { ROOT } from '../support/source.ts';

interface Row {
  readonly document: string;
  readonly operations: number;
  readonly acceptedMs: number;
  readonly readableMs: number;
  readonly peakMb: number | undefined;
  readonly pages: number;
  readonly largestKb: number;
  readonly problems: readonly string[];
}

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

/** Operations by the plainest reading of a document: path items times methods. */
const countOperations = (source: string): number => {
  const document: unknown = source.trimStart().startsWith('{')
    ? JSON.parse(source)
    : parseDocument(source).toJS({ maxAliasCount: -1 });
  if (!isRecord(document)) return 0;
  return [document['paths'], document['webhooks'], document['x-webhooks']]
    .filter(isRecord)
    .flatMap((items) =>
      Object.values(items)
        .map((item) => referredTo(document, item))
        .filter(isRecord),
    )
    .reduce((count, item) => {
      const additional = isRecord(item['additionalOperations']) ? Object.keys(item['additionalOperations']).length : 0;
      return count + additional + Object.entries(item).filter(([key, value]) => METHODS.has(key) && isRecord(value)).length;
    }, 0);
};

const main = async (): Promise<number> => {
  const shared = process.env['SHARED_DIR'] ?? path.join(ROOT, '../shared');
  const given = process.argv.slice(2);
  const folders = given.length > 0 ? given : [path.join(shared, 'corpus')];
  const files = folders.flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder)
          .sort()
          .map((name) => path.join(folder, name))
      : [],
  );
  if (files.length === 0) {
    console.error(`There is no document in ${folders.join(', ')}.`);
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
  const expected = countOperations(bytes.toString('utf8'));
  const errorsBefore = server.errors.length;
  const problems: string[] = [];
  let acceptedMs = 0;
  let readableMs = 0;
  let crawled = { pages: 0, operations: 0, largest: 0 };
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
    crawled = await crawl(server, `/spec/${product}/${version}`, problems);
    if (crawled.operations !== expected) problems.push(`${crawled.operations} operation pages, ${expected} operations`);
    const download = await send(server.port, 'GET', `/spec/${product}/${version}/download`, { host: 'corpus.localhost' });
    if (!download.body.equals(bytes)) problems.push('the download is not the upload');
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  if (server.errors.length > errorsBefore) problems.push('errors in the log');
  const memory = [server.pid, ...childrenOf(server.pid)].map(peakMemoryMb).filter((mb) => mb !== undefined);
  return {
    document: name,
    operations: expected,
    acceptedMs,
    readableMs,
    peakMb: memory.length > 0 ? Math.max(...memory) : undefined,
    pages: crawled.pages,
    largestKb: Math.round(crawled.largest / 1024),
    problems,
  };
};

/** Follows every link that stays below the reference, page after page, from its first. */
const crawl = async (
  server: ServerProcess,
  base: string,
  problems: string[],
): Promise<{ pages: number; operations: number; largest: number }> => {
  const first = await page(server, base);
  const canonical = /href="(\/spec\/[^"/?#]+\/[^"/?#]+)\/download"/.exec(first.text)?.[1] ?? base;
  const pending = [base];
  const seen = new Set(pending);
  const operations = new Set<string>();
  let largest = 0;
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const answer = await page(server, at);
    if (answer.status !== 200) problems.push(`${at}: ${answer.status}`);
    largest = Math.max(largest, answer.body.length);
    const operation = /\/operations\/([^?#]+)$/.exec(at)?.[1];
    if (operation !== undefined) operations.add(operation);
    for (const [, href] of answer.text.matchAll(/href="([^"]+)"/g)) {
      const target = (href ?? '').replace(/&amp;/g, '&').replace(/#.*$/, '');
      const url = target.startsWith('?') ? at.replace(/\?.*$/, '') + target : target;
      if (!(url === canonical || url.startsWith(`${canonical}/`) || url.startsWith(`${canonical}?`))) continue;
      if (/\/download(\?|$)/.test(url) || combinesTags(url) || seen.has(url)) continue;
      seen.add(url);
      pending.push(url);
    }
  }
  return { pages: seen.size, operations: operations.size, largest };
};

/** Tags can be chosen in every combination; each alone is enough. */
const combinesTags = (url: string): boolean => new URLSearchParams(url.split('?')[1] ?? '').getAll('tag').length > 1;

const page = (server: ServerProcess, target: string): Promise<Answer> => readPage(server.port, target, 'corpus.localhost');

const line = ({ document, operations, acceptedMs, readableMs, peakMb, pages, largestKb, problems }: Row): string =>
  [
    document.padEnd(28),
    `${operations} operations`.padStart(16),
    `accepted ${acceptedMs} ms`.padStart(18),
    `readable ${readableMs} ms`.padStart(18),
    `${peakMb ?? '-'} MB peak`.padStart(13),
    `${pages} pages`.padStart(12),
    `largest ${largestKb} KB`.padStart(16),
    problems.length === 0 ? '  ok' : `  FAILED: ${problems.slice(0, 3).join('; ')}`,
  ].join('');

process.exitCode = await main();
