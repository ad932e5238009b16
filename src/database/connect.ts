import { createRequire } from 'node:module';
import SqliteDatabase from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  Kysely,
  PostgresDialect,
  type PostgresPoolClient,
  type PostgresQueryResult,
  SqliteDialect,
} from 'kysely';
import type pg from 'pg';
import type { Engine } from './columns.ts';
import { isGivenUp } from './errors.ts';
import { preparedNames } from './prepared.ts';
import type { Schema } from './schema.ts';

export type Db = Kysely<Schema>;

/** An open database: its handle, which engine it is, and how to close it. */
export interface Connection {
  db: Db;
  engine: Engine;
  /** The driver's own handle, for a library that brings its own statements. */
  handle: { sqlite: SqliteDatabase.Database } | { postgres: pg.Pool };
  /** The region's revision (see `domain/events`), by the shortest way the engine has: it is asked for with every page. */
  revision(): number | Promise<number>;
  /** Runs an act whose statements may take as long as they need: a change of the schema. */
  unhurried<T>(act: (db: Db) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const REVISION_QUERY = 'select value from region_revision where id = 1';

const POSTGRES_URL = /^postgres(ql)?:\/\//;

/** Whether an address names a PostgreSQL server; anything else is a SQLite file. */
export const engineOf = (url: string): Engine => (POSTGRES_URL.test(url) ? 'postgres' : 'sqlite');

export interface ConnectOptions {
  readonly poolSize?: number;
  /** How long PostgreSQL may take to take a connection or to answer a statement, in milliseconds; 0 for ever. */
  readonly timeoutMs?: number;
}

/**
 * Opens a database.
 * @param url a `postgres://` address, a path of a SQLite file, or `:memory:`
 */
export const connect = (url: string, options: ConnectOptions = {}): Connection =>
  engineOf(url) === 'postgres' ? connectPostgres(url, options) : connectSqlite(url);

/**
 * Transactions take their lock when they begin, and wait for it: one that had read before would be refused as soon as another process (a
 * command beside the server) has written meanwhile.
 */
const beginningAtOnce = (dialect: SqliteDialect): Dialect => ({
  createAdapter: () => dialect.createAdapter(),
  createQueryCompiler: () => dialect.createQueryCompiler(),
  createIntrospector: (db) => dialect.createIntrospector(db),
  createDriver: () =>
    Object.assign(dialect.createDriver(), {
      beginTransaction: (connection: DatabaseConnection) => connection.executeQuery(CompiledQuery.raw('begin immediate')),
    }),
});

/** Opens a SQLite database from a file, from memory, or from the bytes of a serialized one (tests clone migrated databases so). */
export const connectSqlite = (source: string | Buffer): Connection => {
  const sqlite = new SqliteDatabase(source);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('busy_timeout = 5000');
  sqlite.pragma('cache_size = -32000');
  // the built-in lower() knows ASCII only
  sqlite.function('lower', { deterministic: true }, (text: unknown) => (typeof text === 'string' ? text.toLowerCase() : text));
  const db = new Kysely<Schema>({ dialect: beginningAtOnce(new SqliteDialect({ database: sqlite })) });
  let statement: SqliteDatabase.Statement<[], number> | undefined;
  const revision = (): number => {
    statement ??= sqlite.prepare<[], number>(REVISION_QUERY).pluck();
    return statement.get() ?? 0;
  };
  return { db, engine: 'sqlite', handle: { sqlite }, revision, unhurried: (act) => act(db), close: () => db.destroy() };
};

const INT8 = 20;
const TIMESTAMPTZ = 1184;
const JSONB = 3802;

/** Answers of PostgreSQL in the shapes that `codec.ts` expects. */
const parsers: Record<number, (text: string) => unknown> = {
  [INT8]: Number,
  [TIMESTAMPTZ]: (text) => new Date(text).toISOString(),
  [JSONB]: (text) => text,
};

const require = createRequire(import.meta.url);

const connectPostgres = (url: string, { poolSize = 10, timeoutMs = 0 }: ConnectOptions): Connection => {
  // Loaded where there is a server to talk to: most installations have none.
  const { Pool, types: builtIn } = require('pg') as typeof pg;
  const types: pg.CustomTypesConfig = {
    getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
      parsers[oid] ?? builtIn.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
  };
  const pool = new Pool({
    connectionString: url,
    max: poolSize,
    types,
    application_name: 'portico',
    connectionTimeoutMillis: timeoutMs,
    // The server is told to give up; one that does not listen any more is given up here.
    ...(timeoutMs > 0 ? { statement_timeout: timeoutMs, query_timeout: timeoutMs } : {}),
    // Many servers compile what they take for expensive, each time anew: a search of 10 ms took 300 ms more, and none of ours ever gains by it.
    onConnect: (client): Promise<unknown> => client.query('set jit = off'),
  });
  pool.on('error', () => undefined); // an idle connection that breaks is replaced by the pool; its next user sees the error
  pool.on('connect', (client) => client.on('error', () => undefined)); // one in use fails its statement, and must not end the process too
  const nameOf = preparedNames();
  const db = new Kysely<Schema>({
    dialect: new PostgresDialect({
      pool: { connect: async () => discardable(await pool.connect(), nameOf), end: () => pool.end() },
    }),
  });
  const revision = async (): Promise<number> =>
    (await pool.query<{ value: number }>({ name: 'revision', text: REVISION_QUERY })).rows[0]?.value ?? 0;
  const unhurried: Connection['unhurried'] = async (act) => {
    const other = connectPostgres(url, { poolSize: 2 });
    try {
      return await act(other.db);
    } finally {
      await other.close();
    }
  };
  return { db, engine: 'postgres', handle: { postgres: pool }, revision, unhurried, close: () => db.destroy() };
};

/** A client of the pool that is thrown away once a statement was given up: its answer may still come, and would be taken for that of the next. */
const discardable = (client: pg.PoolClient, nameOf: (text: string) => string | undefined): PostgresPoolClient => {
  let givenUp: Error | undefined;
  const query = async (text: string, values: readonly unknown[]): Promise<PostgresQueryResult<unknown>> => {
    if (givenUp) throw givenUp;
    try {
      return (await client.query({ name: nameOf(text), text, values: [...values] })) as PostgresQueryResult<unknown>;
    } catch (error) {
      if (isGivenUp(error)) givenUp = error;
      throw error;
    }
  };
  return { query: query as PostgresPoolClient['query'], release: () => client.release(givenUp) };
};
