import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { type RawBuilder, sql } from 'kysely';
import type { Engine } from '../../src/database/columns.ts';
import { type Connection, connect } from '../../src/database/connect.ts';
import { migrate } from '../../src/database/migrate.ts';
import type { ContextWithPorts } from '../../src/domain/context.ts';
import { createPortal, type Portal } from '../../src/domain/portals/index.ts';
import { search } from '../../src/domain/search/index.ts';
import { addTeamMember, assignTeamRole, createTeam } from '../../src/domain/teams/index.ts';
import { ANONYMOUS, developerVisitor, type Visitor } from '../../src/domain/visibility/index.ts';
import { testContext } from '../support/context.ts';
import { givenDeveloper } from '../support/developers.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { printTable, round } from './measure.ts';
import { fillAndIndex, productId, type Queries } from './search-data.ts';

const PRODUCTS = Number(process.env['BENCH_PRODUCTS'] ?? 10_000);
/** How many of all products each member of teams may see: a few, some, many. */
const SHARES = [0.003, 0.03, 0.3];
const PAGE = { number: 1, size: 20 };
/** Searches that are not counted: PostgreSQL plans a statement anew the first five times in each of its connections. */
const WARM = 20;
/** A server as it comes holds 128 MB of a database that is thirteen times as large; its manual advises a quarter of the memory. */
const SETTINGS = ['shared_buffers=1GB'];
const TARGETS = { p50: 10, p95: 40 };

interface Reader {
  readonly name: string;
  readonly portal: Portal;
  readonly visitor: Visitor;
}

/**
 * How long searches take among 10,000 products, 50,000 documents and 500,000 operations, on both databases, for whom and for what.
 * `BENCH_POSTGRES` is the address of a server that is measured instead of one of our own, which is compiled for size rather than speed.
 */
export const benchSearch = async (): Promise<void> => {
  const postgres = await serverToMeasure();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'portico-search-'));
  const milliseconds: Record<string, object> = {};
  const rows: (string | number)[][] = [];
  try {
    for (const engine of ['sqlite', 'postgres'] as const) {
      const { connection, remove } = await newDatabase(engine, postgres, dataDir);
      const ctx = testContext(connection, { now: () => new Date() });
      const { readers, queries } = await prepare(ctx);
      const all: number[] = [];
      for (const [kind, texts] of Object.entries(queries))
        for (const reader of readers) {
          const times = await measure(ctx, reader, texts);
          all.push(...times);
          rows.push([`${engine}: ${kind}, ${reader.name}`, ...[0.5, 0.95, 1].map((part) => round(quantile(times, part), 1))]);
        }
      milliseconds[engine] = { p50: round(quantile(all, 0.5)), p95: round(quantile(all, 0.95)) };
      await remove();
    }
    printTable(['search, milliseconds', 'p50', 'p95', 'longest'], rows);
    console.log(JSON.stringify({ bench: 'search', milliseconds, targets: TARGETS, server: await versionOf(postgres) }));
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
};

const serverToMeasure = async (): Promise<PostgresServer> => {
  const given = process.env['BENCH_POSTGRES'];
  if (given === undefined) return startPostgres(SETTINGS);
  const url = (database: string): string => Object.assign(new URL(given), { pathname: `/${database}` }).href;
  return { url, stop: async () => undefined };
};

const versionOf = async (postgres: PostgresServer): Promise<string> => {
  const admin = connect(postgres.url('postgres'), { poolSize: 1 });
  const { rows } = await sql<{ version: string }>`select version()`.execute(admin.db);
  await admin.close();
  return rows[0]?.version ?? '';
};

/** A database of the bench, which is removed when it was measured. */
interface Measured {
  readonly connection: Connection;
  remove(): Promise<void>;
}

const newDatabase = async (engine: Engine, postgres: PostgresServer, dataDir: string): Promise<Measured> => {
  const open = async (): Promise<Measured> => {
    if (engine === 'sqlite') {
      const connection = connect(path.join(dataDir, 'portico.sqlite'));
      return { connection, remove: connection.close };
    }
    const name = `search_${randomBytes(6).toString('hex')}`;
    const asAdmin = async (statement: RawBuilder<unknown>): Promise<void> => {
      const admin = connect(postgres.url('postgres'), { poolSize: 1 });
      await statement.execute(admin.db);
      await admin.close();
    };
    await asAdmin(sql`create database ${sql.id(name)}`);
    const connection = connect(postgres.url(name));
    const remove = async (): Promise<void> => {
      await connection.close();
      await asAdmin(sql`drop database ${sql.id(name)}`);
    };
    return { connection, remove };
  };
  const measured = await open();
  await migrate(measured.connection, 'organisation');
  await migrate(measured.connection, 'region');
  return measured;
};

/** Fills a public portal and one with access by roles, and finds readers for both. */
const prepare = async (ctx: ContextWithPorts): Promise<{ readers: Reader[]; queries: Queries }> => {
  const hosts = { portalDomain: 'portals.localhost', reservedHosts: [] };
  const open = await createPortal(ctx, { name: 'open', isPublic: true }, hosts);
  const closed = await createPortal(ctx, { name: 'closed', rbacEnabled: true }, hosts);
  const started = performance.now();
  const queries = await fillAndIndex(ctx, [open.id, closed.id], PRODUCTS);
  console.log(`${ctx.engine}: filled and indexed in ${Math.round((performance.now() - started) / 1000)} s`);
  const readers: Reader[] = [{ name: 'anybody', portal: open, visitor: ANONYMOUS }];
  for (const share of SHARES) {
    const developer = await givenDeveloper(ctx, closed.id);
    const count = Math.ceil(PRODUCTS * share);
    for (let half = 0; half < 2; half++) {
      const team = { portalId: closed.id, teamId: (await createTeam(ctx, closed.id, { name: `${share} ${half}` })).id };
      await addTeamMember(ctx, team, developer);
      for (let n = half; n < count; n += 2)
        await assignTeamRole(ctx, team, { role: 'API Viewer', productId: productId(Math.floor(n / share)) as never });
    }
    const visitor = await developerVisitor(ctx, closed, developer);
    readers.push({ name: `a member who sees ${count}`, portal: closed, visitor });
  }
  return { readers, queries };
};

const measure = async (ctx: ContextWithPorts, { portal, visitor }: Reader, texts: readonly string[]): Promise<number[]> => {
  const times: number[] = [];
  for (const text of [...texts.slice(0, WARM), ...texts]) {
    const begin = performance.now();
    await search(ctx, portal, visitor, { text, page: PAGE });
    times.push(performance.now() - begin);
  }
  return times.slice(WARM);
};

const quantile = (values: readonly number[], part: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
};
