import { type Kysely, sql } from 'kysely';
import { columns, type Engine } from '../../columns.ts';

/** The organisation's part of the audit trail is sent on with that of the regions. */
export const up = async (db: Kysely<unknown>, engine: Engine): Promise<void> => {
  const c = columns(engine);
  await db.schema.alterTable('organisation_events').addColumn('sequence', c.bigint).execute();
  await db.schema.createIndex('organisation_events_sequence').on('organisation_events').column('sequence').execute();
  await db.schema
    .createIndex('organisation_events_unnumbered')
    .on('organisation_events')
    .column('id')
    .where(sql.ref('sequence'), 'is', null)
    .execute();
  await db.schema
    .createTable('organisation_numbering')
    .addColumn('id', c.integer, (col) => col.primaryKey())
    .addColumn('value', c.bigint, (col) => col.notNull())
    .execute();
  await sql`insert into organisation_numbering (id, value) values (1, 0)`.execute(db);
};
