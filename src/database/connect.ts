import SqliteDatabase from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import pg from 'pg';
import type { Engine } from './columns.ts';
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
  close(): Promise<void>;
}

const REVISION_QUERY = 'select value from region_revision where id = 1';

const POSTGRES_URL = /^postgres(ql)?:\/\//;

/** Whether an address names a PostgreSQL server; anything else is a SQLite file. */
export const engineOf = (url: string): Engine => (POSTGRES_URL.test(url) ? 'postgres' : 'sqlite');

/**
 * Opens a database.
 * @param url a `postgres://` address, a path of a SQLite file, or `:memory:`
 */
export const connect = (url: string, options: { poolSize?: number } = {}): Connection =>
  engineOf(url) === 'postgres' ? connectPostgres(url, options.poolSize ?? 10) : connectSqlite(url);

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
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: sqlite }) });
  let statement: SqliteDatabase.Statement<[], number> | undefined;
  const revision = (): number => {
    statement ??= sqlite.prepare<[], number>(REVISION_QUERY).pluck();
    return statement.get() ?? 0;
  };
  return { db, engine: 'sqlite', handle: { sqlite }, revision, close: () => db.destroy() };
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

const connectPostgres = (url: string, max: number): Connection => {
  const types: pg.CustomTypesConfig = {
    getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
      parsers[oid] ?? pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
  };
  const pool = new pg.Pool({ connectionString: url, max, types, application_name: 'portico', connectionTimeoutMillis: 10_000 });
  pool.on('error', () => undefined); // an idle connection that breaks is replaced by the pool; its next user sees the error
  pool.on('connect', (client) => client.on('error', () => undefined)); // one in use fails its statement, and must not end the process too
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  const revision = async (): Promise<number> =>
    (await pool.query<{ value: number }>({ name: 'revision', text: REVISION_QUERY })).rows[0]?.value ?? 0;
  return { db, engine: 'postgres', handle: { postgres: pool }, revision, close: () => db.destroy() };
};
