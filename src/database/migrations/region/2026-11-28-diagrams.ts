import type { Kysely } from 'kysely';
import { columns, type Engine } from '../../columns.ts';

/** Diagrams of documents by the hash of their source, and which documents hold them. */
export const up = async (db: Kysely<unknown>, engine: Engine): Promise<void> => {
  const c = columns(engine);
  await db.schema
    .createTable('diagrams')
    .addColumn('hash', c.key, (col) => col.primaryKey())
    .addColumn('kind', c.text, (col) => col.notNull())
    .addColumn('source', c.text, (col) => col.notNull())
    .addColumn('renderer_version', c.integer, (col) => col.notNull())
    .addColumn('attempts', c.integer, (col) => col.notNull())
    .addColumn('not_before', c.instant, (col) => col.notNull())
    .addColumn('light', c.bytes)
    .addColumn('dark', c.bytes)
    .addColumn('width', c.integer)
    .addColumn('height', c.integer)
    .addColumn('message', c.text)
    .execute();
  await db.schema.createIndex('diagrams_due').on('diagrams').columns(['renderer_version', 'not_before']).execute();
  await db.schema
    .createTable('document_diagrams')
    .addColumn('document_id', c.uuid, (col) => col.notNull().references('documents.id').onDelete('cascade'))
    .addColumn('hash', c.key, (col) => col.notNull().references('diagrams.hash').onDelete('cascade'))
    .addPrimaryKeyConstraint('document_diagrams_key', ['document_id', 'hash'])
    .execute();
  await db.schema.createIndex('document_diagrams_hash').on('document_diagrams').column('hash').execute();
};
