import { sql } from 'kysely';
import type { Engine } from './columns.ts';
import type { Db } from './connect.ts';

type Lockable =
  | 'applications'
  | 'audit_destinations'
  | 'auth_strategies'
  | 'control_planes'
  | 'developer_teams'
  | 'developers'
  | 'portals'
  | 'publications'
  | 'registrations';

/**
 * Holds a row until the transaction ends, so that whoever reads it, changes what was read and writes it back overwrites nobody else's
 * change. SQLite has a single writer anyway. Answers whether the row is there.
 */
export const lockRow = async (db: Db, engine: Engine, table: Lockable, id: string): Promise<boolean> => {
  const row = await db
    .selectFrom(table)
    .select('id')
    .where('id', '=', id)
    .$if(engine === 'postgres', (query) => query.forNoKeyUpdate())
    .executeTakeFirst();
  return row !== undefined;
};

/**
 * Runs an act that takes long and that no two processes should do at once; answers undefined when another one is at it. The act has to
 * use the handle that it is given, whose connection holds the lock: a process that dies lets go. A SQLite file has one process.
 */
export const withoutRivals = async <T>(
  db: Db,
  engine: Engine,
  name: string,
  act: (db: Db) => Promise<T>,
): Promise<T | undefined> => {
  if (engine === 'sqlite') return act(db);
  return db.connection().execute(async (connection) => {
    const key = sql`hashtextextended(${name}, 0)`;
    const { rows } = await sql<{ locked: boolean }>`select pg_try_advisory_lock(${key}) as locked`.execute(connection);
    if (!rows[0]?.locked) return undefined;
    try {
      return await act(connection);
    } finally {
      await sql`select pg_advisory_unlock(${key})`.execute(connection).catch(() => undefined); // cut off: then it is gone already
    }
  });
};
