import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import { pino } from 'pino';
import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import type { Engine } from '../../src/database/columns.ts';
import { type Connection, connect } from '../../src/database/connect.ts';
import { SYSTEM } from '../../src/domain/access/index.ts';
import { createOrganisationAdmin, logInAdministrator } from '../../src/domain/administrators/index.ts';
import type { DeveloperId } from '../../src/domain/ids.ts';
import { createPortal } from '../../src/domain/portals/index.ts';
import { openSession } from '../../src/domain/sessions/index.ts';
import { send } from '../support/app.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { median, printTable, round } from './measure.ts';
import { developerId, fillRegion } from './scale-data.ts';

/** Products; versions, developers and registrations are 10, 10 and 100 times as many. */
const SMALL = 100;
const LARGE = 10_000;
const REQUESTS = 300;
const READERS = 20;

interface Site {
  readonly server: ServerProcess;
  readonly connection: Connection;
  readonly admin: string;
  readonly readers: readonly string[];
  stop(): Promise<void>;
}

/** A page with its reader; every request is for another one, as far as there are more. */
type Ask = (site: Site, n: number) => { readonly path: string; readonly cookie: string };

const reader = (site: Site, n: number): string => site.readers[n % site.readers.length] ?? '';

const PAGES: Readonly<Record<string, Ask>> = {
  catalogue: (site, n) => ({ path: `/?page=${1 + (n % 4)}`, cookie: reader(site, n) }),
  'product found': (site, n) => ({ path: `/?q=product%20${String(n % SMALL).padStart(6, '0')}`, cookie: reader(site, n) }),
  product: (site, n) => ({ path: `/docs/product-${String(n % SMALL).padStart(6, '0')}`, cookie: reader(site, n) }),
  'my apps': (site, n) => ({ path: '/my-apps', cookie: reader(site, n) }),
  queue: (site, n) => ({ path: `/admin/us/requests?page=${1 + (n % 2)}`, cookie: site.admin }),
  'queue searched': (site, n) => ({ path: `/admin/us/requests?q=${['app', 'someone', 'app%207'][n % 3]}`, cookie: site.admin }),
};

/** How pages take longer where there is a hundred times as much of everything, on both databases; none comes out of a cache of pages. */
export const benchScale = async (): Promise<void> => {
  const postgres = await startPostgres();
  const ratios: Record<string, Record<string, number>> = {};
  const rows: (string | number)[][] = [];
  try {
    for (const engine of ['sqlite', 'postgres'] as const) {
      const [small, large] = [await startSite(engine, postgres, SMALL), await startSite(engine, postgres, LARGE)];
      ratios[engine] = {};
      for (const [name, ask] of Object.entries(PAGES)) {
        const times = await measure(ask, [small, large]);
        const [few, many] = times as [number[], number[]];
        const ratio = round(quantile(many, 0.99) / quantile(few, 0.99));
        Object.assign(ratios[engine] ?? {}, { [name]: ratio });
        const shown = [median(few), median(many), quantile(few, 0.99), quantile(many, 0.99)].map((time) => round(time, 1));
        rows.push([`${engine}: ${name}`, ...shown, ratio]);
      }
      await Promise.all([small.stop(), large.stop()]);
    }
    const worst = Math.max(...Object.values(ratios).flatMap((of) => Object.values(of)));
    printTable(
      ['page, milliseconds', `median, ${SMALL}`, `median, ${LARGE}`, `p99, ${SMALL}`, `p99, ${LARGE}`, 'ratio of p99'],
      rows,
    );
    console.log(JSON.stringify({ bench: 'scale', ratios: { ...ratios, worst } }));
  } finally {
    await postgres.stop();
  }
};

const quantile = (values: readonly number[], part: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
};

/** Asks all sites in turns. Between requests the data's revision goes on, so that every page is made anew. */
const measure = async (ask: Ask, sites: readonly Site[]): Promise<number[][]> => {
  const times = sites.map((): number[] => []);
  for (let n = -20; n < REQUESTS; n++)
    for (const [index, site] of sites.entries()) {
      await sql`update region_revision set value = value + 1`.execute(site.connection.db);
      const { path: target, cookie } = ask(site, n + 20);
      const begin = performance.now();
      const { status } = await send(site.server.port, 'GET', target, { headers: { cookie, host: 'localhost' } });
      const took = performance.now() - begin;
      if (status !== 200) throw new Error(`${target}: ${status}`);
      if (n >= 0) times[index]?.push(took);
    }
  return times;
};

const newDatabase = async (engine: Engine, postgres: PostgresServer, dataDir: string): Promise<string> => {
  if (engine === 'sqlite') return path.join(dataDir, 'portico.sqlite');
  const name = `scale_${randomBytes(6).toString('hex')}`;
  const admin = connect(postgres.url('postgres'), { poolSize: 1 });
  await sql`create database ${sql.id(name)}`.execute(admin.db);
  await admin.close();
  return postgres.url(name);
};

/** A server with so many products and all that belongs to them, on a database of its own. */
const startSite = async (engine: Engine, postgres: PostgresServer, products: number): Promise<Site> => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'portico-scale-'));
  const database = await newDatabase(engine, postgres, dataDir);
  const env = {
    ...{ DATA_DIR: dataDir, DATABASE_URL: database, SECRET_KEY: randomBytes(32).toString('hex') },
    ...{ BASE_URL: 'http://localhost', LOG_LEVEL: 'error', PASSWORD_MEMORY_KIB: '8', PASSWORD_PASSES: '1' },
  };
  const cookies = await fill(env, database, products);
  const server = await startServerProcess(env);
  const connection = connect(database, { poolSize: 1 });
  return {
    ...cookies,
    server,
    connection,
    stop: async () => {
      await connection.close();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

/** Fills the database, logs somebody in who decides, and developers who read. Answers their cookies. */
const fill = async (
  env: Record<string, string>,
  database: string,
  products: number,
): Promise<Pick<Site, 'admin' | 'readers'>> => {
  const installation = await compose(readConfig(env), { log: pino({ level: 'silent' }) });
  try {
    await installation.prepare();
    const ctx = installation.regionContext('us', SYSTEM);
    if (!ctx) throw new Error('the region us is not served');
    const portal = await createPortal(ctx, { name: 'scale' }, { portalDomain: 'portals.localhost', reservedHosts: [] });
    const credentials = { email: 'approver@example.org', password: 'four harbours in the fog' };
    await createOrganisationAdmin(installation.organisation, { name: 'Approver', ...credentials });
    const { secret } = await logInAdministrator(installation.organisation, credentials, {
      device: undefined,
      userAgent: undefined,
    });
    const { id: strategyId } = await ctx.db.selectFrom('auth_strategies').select('id').executeTakeFirstOrThrow();
    const connection = connect(database, { poolSize: 1 });
    await fillRegion(connection, { portalId: portal.id, strategyId }, products);
    await connection.close();
    const readers: string[] = [];
    for (let n = 0; n < READERS; n++) {
      const { accessToken } = await openSession(
        ctx,
        { portalId: portal.id, developerId: developerId(2 * n) as DeveloperId },
        { id: 'a browser', userAgent: 'Bench' },
      );
      readers.push(`portalaccesstoken=${accessToken}`);
    }
    return { admin: `portico_admin=${secret}`, readers };
  } finally {
    await installation.close();
  }
};
