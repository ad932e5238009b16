import { type Kysely, sql } from 'kysely';
import { columns, type Engine } from '../../columns.ts';

/** Whether the console of a version in a portal may send its requests by way of the server. */
export const up = async (db: Kysely<unknown>, engine: Engine): Promise<void> => {
  const c = columns(engine);
  await db.schema
    .alterTable('publications')
    .addColumn('console_proxy', c.boolean, (col) => col.notNull().defaultTo(engine === 'postgres' ? sql`false` : sql`0`))
    .execute();
};
