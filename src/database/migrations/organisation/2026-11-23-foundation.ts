import type { Kysely } from 'kysely';
import { columns, type Engine } from '../../columns.ts';

/** People who run the installation, and their tokens. */
export const up = async (db: Kysely<unknown>, engine: Engine): Promise<void> => {
  const c = columns(engine);
  await db.schema
    .createTable('administrators')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('email', c.text, (col) => col.notNull())
    .addColumn('email_key', c.key, (col) => col.notNull().unique())
    .addColumn('name', c.text, (col) => col.notNull())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .execute();
  await db.schema
    .createTable('tokens')
    .addColumn('id', c.uuid, (col) => col.primaryKey())
    .addColumn('administrator_id', c.uuid, (col) => col.references('administrators.id').onDelete('cascade'))
    .addColumn('name', c.text, (col) => col.notNull())
    .addColumn('hash', c.key, (col) => col.notNull().unique())
    .addColumn('prefix', c.text, (col) => col.notNull())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('expires_at', c.instant)
    .execute();
  await db.schema.createIndex('tokens_administrator_id').on('tokens').column('administrator_id').execute();
};
