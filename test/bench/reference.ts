import path from 'node:path';
import { load } from 'cheerio';
import { readPage, send } from '../support/app.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { untilAtRest } from './at-rest.ts';
import { median, printTable, round } from './measure.ts';
import { type Asked, documentsToAsk } from './reference/documents.ts';
import { installPeers } from './reference/peer-packages.ts';
import { type PeerServer, startPeerServer } from './reference/peer-server.ts';
import { PATIENCE_MS, type Reading, readOperation } from './reference/read-operation.ts';
import { RENDERERS, slug } from './reference/renderers.ts';

const HOST = 'bench.localhost';
const RUNS = 3;

/** What ever took less is read so many times more in each turn, one after the other: what else the machine does weighs more in it. */
const QUICK_MS = 400;
const MORE_READINGS = 6;

/** What takes longer is read once: runs of it differ by less than it is behind. */
const SLOW_MS = 8_000;

/** A page that shows the operation, and what readings of it came to; undefined: nothing could be read in time. */
interface Page {
  readonly name: string;
  readonly url: string;
  readonly readings: (Reading | undefined)[];
}

/** What readings came to: medians; undefined where nothing could be read in time. */
interface Row {
  readonly name: string;
  readonly reading: Reading | undefined;
}

/**
 * How soon an operation can be read that somebody was sent a link to, in a browser that was never there: on our page, on the pages of
 * renderers that run in the browser, given the same document, and on a page that is nothing but its HTML, the limit. One after the other,
 * in turns.
 */
export const benchReference = async (names: readonly string[]): Promise<void> => {
  const documents = documentsToAsk(names);
  const peers = await startPeerServer(installPeers());
  const portal = await startServerProcess({ LOG_LEVEL: 'warn', NODE_ENV: 'production' });
  const ratios: Record<string, number> = {};
  const limit: Record<string, number> = {};
  try {
    const publish = await createPublisher(portal);
    for (const asked of documents) {
      const ours = await publish(asked);
      await untilAtRest(portal.dataDir);
      const rows = await readEverywhere(asked, peers, ours);
      print(asked, rows);
      const [own, still, ...others] = rows.map(({ reading }) => reading?.readable ?? PATIENCE_MS);
      ratios[asked.name] = round(Math.min(...others) / (own ?? PATIENCE_MS), 1);
      limit[asked.name] = round((own ?? PATIENCE_MS) / (still ?? PATIENCE_MS));
    }
  } finally {
    peers.stop();
    await portal.stop();
  }
  console.log(JSON.stringify({ bench: 'reference', ratios, limit }));
};

/** Where our page of the operation is, and the HTML of the operation alone. */
interface Ours {
  readonly url: string;
  readonly html: string;
}

const createPublisher = async (server: ServerProcess): Promise<(asked: Asked) => Promise<Ours>> => {
  const token = server.run('token', 'create', '--name', 'bench').trim();
  const call = async (method: string, target: string, json: unknown): Promise<string> => {
    const answer = await send(server.port, method, `/v2${target}`, { token, json, host: 'localhost' });
    if (answer.status >= 300) throw new Error(`${method} ${target}: ${answer.status} ${answer.text.slice(0, 300)}`);
    return answer.json.id;
  };
  const portal = await call('POST', '/portals', { name: 'bench', is_public: true });
  return async (asked) => {
    const product = await call('POST', '/api-products', { name: asked.name, portal_ids: [portal] });
    const versions = `/api-products/${product}/product-versions`;
    const version = await call('POST', versions, { name: 'v1', publish_status: 'published' });
    await call('POST', `${versions}/${version}/specifications`, {
      name: path.basename(asked.file),
      content: asked.bytes.toString('base64'),
    });
    const target = `/spec/${asked.name}/v1/operations/${asked.address ?? asked.operationId}`;
    const { status, text } = await readPage(server.port, target, HOST);
    if (status !== 200) throw new Error(`${target}: ${status}`);
    return { url: `http://${HOST}:${server.port}${target}`, html: load(text)('article.operation').html() ?? '' };
  };
};

const readEverywhere = async (asked: Asked, peers: PeerServer, { url, html }: Ours): Promise<Row[]> => {
  const specification = `/specification${path.extname(asked.file)}`;
  peers.put(specification, specification.endsWith('.json') ? 'application/json' : 'application/yaml', asked.bytes);
  peers.put('/static', 'text/html', `<!doctype html><html lang="en"><title>${asked.name}</title><body>${html}</body></html>`);
  const at = `http://127.0.0.1:${peers.port}`;
  const pages: Page[] = [
    { name: 'this portal', url, readings: [] },
    { name: 'static HTML', url: `${at}/static`, readings: [] },
  ];
  for (const { name, page, fragment } of RENDERERS) {
    const target = `/${slug(name)}`;
    peers.put(target, 'text/html', page('/packages', specification));
    pages.push({ name, url: `${at}${target}#${fragment(asked)}`, readings: [] });
  }
  const read = async ({ url, readings }: Page) => readings.push(await readOperation(url, asked.phrase));
  for (let run = 0; run < RUNS; run++) {
    for (const page of pages)
      if (page.readings.every((reading) => reading !== undefined && reading.readable < SLOW_MS)) await read(page);
    const quick = pages.filter(({ readings }) =>
      readings.some((reading) => reading !== undefined && reading.readable < QUICK_MS),
    );
    for (let more = 0; more < MORE_READINGS; more++) for (const page of quick) await read(page);
  }
  return pages.map(({ name, readings }) => ({ name, reading: medianOf(readings) }));
};

const medianOf = (readings: readonly (Reading | undefined)[]): Reading | undefined => {
  const found = readings.filter((reading) => reading !== undefined);
  if (found.length < readings.length) return undefined;
  const of = (key: keyof Reading): number => median(found.map((reading) => reading[key]));
  return { readable: of('readable'), blocking: of('blocking'), bytes: of('bytes'), heap: of('heap') };
};

const print = ({ name, method, path: at, bytes }: Asked, rows: readonly Row[]): void => {
  const own = rows[0]?.reading?.readable ?? PATIENCE_MS;
  console.log(`\n${name} (${round(bytes.length / 1e6, 1)} MB): ${method.toUpperCase()} ${at}`);
  printTable(
    ['page', 'readable', 'blocking', 'transferred', 'heap', 'ours = 1'],
    rows.map(({ name, reading }) =>
      reading
        ? [
            name,
            `${Math.round(reading.readable)} ms`,
            `${Math.round(reading.blocking)} ms`,
            `${Math.round(reading.bytes / 1024)} KB`,
            `${round(reading.heap / 1e6, 1)} MB`,
            round(reading.readable / own, 1),
          ]
        : [name, `not within ${PATIENCE_MS / 1000} s`, '', '', '', ''],
    ),
  );
};
