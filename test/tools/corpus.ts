/**
 * Ingests, publishes and reads OpenAPI documents through a running server: uploads each over the management API, visits every page of its
 * reference by following links from the first, and compares the download byte for byte. Operations are counted against the document
 * itself; each must have a page of its own and be listed on the page of a tag, every operationId must lead there, and whatever can be called
 * must have a console. Some thirty consoles are visited, those that ask most and some others; and the largest pages of
 * each kind are visited a second time as those get them who come from elsewhere. No page may be larger than the greatest size, neither
 * as it is nor as it is sent to whoever takes gzip, and the largest of each kind must be valid HTML. Tells how long the upload took, and how
 * long it took until the first page was there.
 *
 *     npm run corpus [-- DIR|FILE…]      (default: corpus/ in SHARED_DIR, else in ../shared)
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { send } from '../support/app.ts';
import { childrenOf, peakMemoryMb, type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { ROOT } from '../support/source.ts';
import { chooseConsoles } from './corpus/consoles.ts';
import { type Crawled, crawl } from './corpus/crawl.ts';
import { operationsOf, parseSource } from './corpus/document.ts';
import { type Kind, pageReader } from './corpus/reader.ts';
import { kilobytes, whatIsWrong } from './corpus/rules.ts';

interface Row {
  readonly document: string;
  readonly operations: number;
  readonly acceptedMs: number;
  readonly readableMs: number;
  readonly peakMb: number | undefined;
  readonly crawled: Crawled | undefined;
  readonly problems: readonly string[];
}

const HOST = 'corpus.localhost';

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
  const document = parseSource(bytes.toString('utf8'));
  const expected = operationsOf(document);
  const errorsBefore = server.errors.length;
  const problems: string[] = [];
  let acceptedMs = 0;
  let readableMs = 0;
  let crawled: Crawled | undefined;
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
    const reader = pageReader(server.port, HOST);
    await reader.page(`/spec/${product}/${version}`);
    readableMs = Math.round(performance.now() - started);
    crawled = await crawl(reader, `/spec/${product}/${version}`, (consoles) => chooseConsoles(document, consoles));
    problems.push(...(await whatIsWrong(crawled, expected)));
    const download = await send(server.port, 'GET', `/spec/${product}/${version}/download`, { host: HOST });
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
    crawled,
    problems,
  };
};

/** How many pages of some kinds were visited, and the largest of them, as it is and as it is sent. */
const sizesOf = (crawled: Crawled | undefined, isMeant: (kind: Kind) => boolean): string => {
  const pages = (crawled?.pages ?? []).filter(({ kind }) => isMeant(kind));
  const [bytes, compressed] = [pages.map((page) => page.bytes), pages.map((page) => page.compressed)].map((each) =>
    kilobytes(Math.max(0, ...each)),
  );
  return `${String(pages.length).padStart(5)} to ${String(bytes).padStart(5)} KB (${String(compressed).padStart(4)} gzip)`;
};

const averageOperation = (crawled: Crawled | undefined): number => {
  const operations = (crawled?.pages ?? []).filter(({ kind }) => kind === 'operations');
  return operations.reduce((sum, { bytes }) => sum + bytes, 0) / Math.max(1, operations.length);
};

const line = ({ document, operations, acceptedMs, readableMs, peakMb, crawled, problems }: Row): string =>
  [
    document.padEnd(23),
    `${operations} operations`.padStart(15),
    `accepted ${acceptedMs} ms`.padStart(18),
    `readable ${readableMs} ms`.padStart(18),
    `${peakMb ?? '-'} MB peak`.padStart(13),
    `  pages ${sizesOf(crawled, (kind) => kind !== 'console' && kind !== 'first')}`,
    `  first ${sizesOf(crawled, (kind) => kind === 'first')}`,
    `  consoles ${sizesOf(crawled, (kind) => kind === 'console')}`,
    `operation ${kilobytes(averageOperation(crawled))} KB`.padStart(19),
    problems.length === 0 ? '  ok' : `  FAILED: ${problems.slice(0, 3).join('; ')}`,
  ].join('');

process.exitCode = await main();
