import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { send } from '../support/app.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { ROOT } from '../support/source.ts';
import { untilAtRest } from './at-rest.ts';
import { largeSpecification, longDocument } from './material.ts';
import { compare, printTable } from './measure.ts';
import { startPeer } from './peer.ts';

const PRODUCTS = 1000;

/** Pages of a public portal, and the product list of the management API, each against a bare Express handler in the same run. */
export const benchPages = async (): Promise<void> => {
  const server = await startServerProcess({ LOG_LEVEL: 'warn', NODE_ENV: 'production' });
  const folder = mkdtempSync(path.join(tmpdir(), 'portico-bench-'));
  let peer: { port: number; stop(): void } | undefined;
  try {
    const token = server.run('token', 'create', '--name', 'bench').trim();
    const pages = await populate(server, token);
    await untilAtRest(server.dataDir);
    for (const [name, target] of Object.entries(pages)) {
      const answer = await send(server.port, 'GET', target);
      if (answer.status !== 200) throw new Error(`${target}: ${answer.status}`);
      writeFileSync(path.join(folder, name), answer.body);
    }
    peer = await startPeer(folder, server.dataDir);
    const rows: (string | number)[][] = [];
    const ratios: Record<string, number> = {};
    const bare = peer.port;
    const measure = (name: string, target: string, turns?: number) =>
      compare({ port: server.port, path: target }, { port: bare, path: `/${name}` }, turns);
    for (const [name, target] of Object.entries(pages)) await measure(name, target, 1); // the first page is to be as warm as the last
    for (const [name, target] of Object.entries(pages)) {
      const { ours, peer: bare, ratio } = await measure(name, target);
      ratios[name] = ratio;
      rows.push([name, `${Math.round(readFileSync(path.join(folder, name)).length / 1024)} KB`, ours, bare, ratio]);
    }
    const headers = { authorization: `Bearer ${token}`, host: 'localhost' };
    const api = await compare(
      { port: server.port, path: '/v2/api-products?page[size]=100', headers },
      { port: peer.port, path: '/api-products', headers },
    );
    rows.push(['GET /v2/api-products', '', api.ours, api.peer, api.ratio]);
    printTable(['page', 'size', 'requests/s', 'bare Express', 'ratio'], rows);
    console.log(
      JSON.stringify({ bench: 'pages', ratios: { ...ratios, worst: Math.min(...Object.values(ratios)) }, api: api.ratio }),
    );
  } finally {
    peer?.stop();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

const populate = async (server: ServerProcess, token: string): Promise<Record<string, string>> => {
  const call = async (method: string, target: string, json: unknown): Promise<string> => {
    const answer = await send(server.port, method, `/v2${target}`, { token, json, host: 'localhost' });
    if (answer.status >= 300) throw new Error(`${method} ${target}: ${answer.status} ${answer.text.slice(0, 300)}`);
    return answer.text === '' ? '' : answer.json.id;
  };
  const publication = {
    publish_status: 'published',
    deprecated: false,
    application_registration_enabled: false,
    auto_approve_registration: false,
    auth_strategy_ids: [],
  };
  const portal = await call('POST', '/portals', { name: 'bench', is_public: true });
  for (let n = 0; n < PRODUCTS; n++) {
    const product = await call('POST', '/api-products', {
      name: `Product ${String(n).padStart(4, '0')}`,
      description: `What product number ${n} is for, in a sentence of ordinary length, as a catalogue shows it.`,
      public_labels: { area: `area-${n % 12}`, stage: n % 5 === 0 ? 'beta' : 'stable' },
      portal_ids: [portal],
    });
    await call('POST', `/api-products/${product}/product-versions`, { name: 'v1', publish_status: 'published' });
  }
  const product = await call('POST', '/api-products', { name: 'Reference', portal_ids: [portal] });
  const version = await call('POST', `/api-products/${product}/product-versions`, { name: 'v1' });
  const github = path.join(process.env['SHARED_DIR'] ?? path.join(ROOT, '../shared'), 'corpus/github.json');
  const source = existsSync(github) ? readFileSync(github) : Buffer.from(largeSpecification(1200));
  await call('POST', `/api-products/${product}/product-versions/${version}/specifications`, {
    name: 'openapi.json',
    content: source.toString('base64'),
  });
  await call('PUT', `/portals/${portal}/product-versions/${version}`, publication);
  for (const slug of ['overview', 'guide', 'changes'])
    await call('POST', `/api-products/${product}/documents`, {
      slug,
      title: slug,
      status: 'published',
      content: longDocument(slug),
    });
  return {
    catalogue: '/',
    product: `/docs/${product}`,
    document: `/docs/${product}/guide`,
    reference: `/spec/${product}/${version}?tag=${existsSync(github) ? 'repos' : 'things-1'}`,
  };
};
