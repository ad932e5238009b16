import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, describe, inject } from 'vitest';
import type { Engine } from '../../src/database/columns.ts';
import { type Connection, connect, connectSqlite } from '../../src/database/connect.ts';
import { migrate } from '../../src/database/migrate.ts';
import { openDatabase, reuseDatabase } from './postgres-reuse.ts';

let serialized: Promise<Buffer> | undefined;

/** The bytes of a migrated, empty SQLite database; made once a worker, cloned by every test in well under a millisecond. */
const migratedSqlite = (): Promise<Buffer> => {
  serialized ??= (async () => {
    const file = path.join(tmpdir(), `portico-${randomBytes(8).toString('hex')}.sqlite`);
    const connection = connectSqlite(file);
    await migrate(connection, 'organisation');
    await migrate(connection, 'region');
    await connection.close();
    const sqlite = new SqliteDatabase(file);
    sqlite.pragma('journal_mode = DELETE');
    const bytes = sqlite.serialize();
    sqlite.close();
    await rm(file);
    return bytes;
  })();
  return serialized;
};

/** A fresh, migrated database of the given kind, holding both the organisation's and one region's tables. */
export const freshDatabase = async (engine: Engine): Promise<Connection> => {
  if (engine === 'sqlite') return connectSqlite(await migratedSqlite());
  const used = await reuseDatabase();
  if (used) return used;
  const template = inject('postgresTemplate');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const admin = connect(template.replace(/\/[^/]*$/, '/postgres'), { poolSize: 1 });
  await sql`create database ${sql.id(name)} template template_portico`.execute(admin.db);
  await admin.close();
  return openDatabase(template.replace(/\/[^/]*$/, `/${name}`));
};

/**
 * Describes behaviour once for each database. `open()` inside gives a fresh, migrated database, closed after the test.
 *
 *     onEachDatabase('products', (open) => { it('…', async () => { const { db } = await open(); … }); });
 */
export const onEachDatabase = (title: string, define: (open: () => Promise<Connection>, engine: Engine) => void): void => {
  for (const engine of ['sqlite', 'postgres'] as const) {
    describe(`${title} (${engine})`, () => {
      const opened: Connection[] = [];
      afterEach(async () => {
        await Promise.all(opened.splice(0).map((connection) => connection.close()));
      });
      define(async () => {
        const connection = await freshDatabase(engine);
        opened.push(connection);
        return connection;
      }, engine);
    });
  }
};
