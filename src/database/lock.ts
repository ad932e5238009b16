import type { Engine } from './columns.ts';
import type { Db } from './connect.ts';

type Lockable =
  | 'applications'
  | 'audit_destinations'
  | 'auth_strategies'
  | 'control_planes'
  | 'developer_teams'
  | 'developers'
  | 'gateway_services'
  | 'gateway_routes'
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
