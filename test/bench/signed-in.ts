import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { SYSTEM } from '../../src/domain/access/index.ts';
import { createPortal } from '../../src/domain/portals/index.ts';
import { createDocument } from '../../src/domain/products/index.ts';
import { createProductInPortals, createVersionInPortals } from '../../src/domain/publications/index.ts';
import { addTeamMember, assignTeamRole, createTeam } from '../../src/domain/teams/index.ts';
import { send } from '../support/app.ts';
import { addDeveloper, signIn } from '../support/developers.ts';
import { startServerProcess } from '../support/server-process.ts';
import { longDocument } from './material.ts';
import { compare, printTable } from './measure.ts';
import { startPeer } from './peer.ts';

const PRODUCTS = 1000;

/** Pages of a private portal with access by roles, for somebody who is signed in, each against a bare Express handler in the same run. */
export const benchSignedIn = async (): Promise<void> => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'portico-bench-'));
  const folder = mkdtempSync(path.join(tmpdir(), 'portico-bench-pages-'));
  const env = { DATA_DIR: dataDir, LOG_LEVEL: 'warn', NODE_ENV: 'production', BASE_URL: 'http://localhost' };
  const cookie = await populate(env);
  const server = await startServerProcess(env);
  let peer: { port: number; stop(): void } | undefined;
  try {
    const headers = { cookie, host: 'localhost' };
    const pages = { catalogue: '/', product: '/docs/product-0500', document: '/docs/product-0500/guide' };
    for (const [name, target] of Object.entries(pages)) {
      const answer = await send(server.port, 'GET', target, { headers });
      if (answer.status !== 200) throw new Error(`${target}: ${answer.status}`);
      writeFileSync(path.join(folder, name), answer.body);
    }
    peer = await startPeer(folder, dataDir);
    const rows: (string | number)[][] = [];
    const ratios: Record<string, number> = {};
    const measure = (name: string, target: string, turns?: number) =>
      compare({ port: server.port, path: target, headers }, { port: peer?.port ?? 0, path: `/${name}` }, turns);
    await measure('catalogue', pages.catalogue, 1); // both are to be warm
    for (const [name, target] of Object.entries(pages)) {
      const found = await measure(name, target);
      ratios[name] = found.ratio;
      rows.push([name, found.ours, found.peer, found.ratio]);
    }
    printTable(['page, signed in', 'requests/s', 'bare Express', 'ratio'], rows);
    console.log(JSON.stringify({ bench: 'signed-in', ratios: { ...ratios, worst: Math.min(...Object.values(ratios)) } }));
  } finally {
    peer?.stop();
    await server.stop();
    for (const used of [dataDir, folder]) rmSync(used, { recursive: true, force: true });
  }
};

/** A portal whose developer has a role on every product. Answers the developer's cookie. */
const populate = async (env: Record<string, string>): Promise<string> => {
  const installation = await compose(readConfig({ ...env, LOG_LEVEL: 'silent' }));
  await installation.prepare();
  const ctx = installation.regionContext('us', SYSTEM);
  if (!ctx) throw new Error('the region us is not served');
  const hosts = { portalDomain: 'portals.localhost', reservedHosts: [] };
  const portal = await createPortal(ctx, { name: 'bench', rbacEnabled: true }, hosts);
  const developer = await addDeveloper(ctx, portal);
  const team = await createTeam(ctx, portal.id, { name: 'bench' });
  const address = { portalId: portal.id, teamId: team.id };
  await addTeamMember(ctx, address, developer.id);
  for (let n = 0; n < PRODUCTS; n++) {
    const name = `Product ${String(n).padStart(4, '0')}`;
    const product = await createProductInPortals(ctx, { name, description: `What ${name} is for.`, portalIds: [portal.id] });
    await createVersionInPortals(ctx, product.id, { name: 'v1', publishStatus: 'published' });
    await assignTeamRole(ctx, address, { role: 'API Viewer', productId: product.id });
    if (n !== PRODUCTS / 2) continue;
    for (const slug of ['overview', 'guide'])
      await createDocument(ctx, product.id, { slug, title: slug, status: 'published', content: longDocument(slug) });
  }
  const { cookie } = await signIn(ctx, portal);
  await installation.worker.runDue(); // what follows from all this is done before anything is measured
  await installation.close();
  return cookie;
};
