import { type Kysely, sql } from 'kysely';
import { columns, type Engine } from '../../columns.ts';

/**
 * Earlier documents of specifications, and what differs between two of them. Each specification begins with the document that is there.
 * How long a version has been published is kept too: what was replaced before is nothing that developers have seen.
 */
export const up = async (db: Kysely<unknown>, engine: Engine): Promise<void> => {
  const c = columns(engine);
  await db.schema
    .createTable('specification_editions')
    .addColumn('version_id', c.uuid, (col) => col.notNull().references('product_versions.id').onDelete('cascade'))
    .addColumn('number', c.integer, (col) => col.notNull())
    .addColumn('name', c.text, (col) => col.notNull())
    .addColumn('content_hash', c.key, (col) => col.notNull().references('specification_contents.content_hash'))
    .addColumn('actor_kind', c.text, (col) => col.notNull())
    .addColumn('actor_id', c.uuid)
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('replaced_at', c.instant)
    .addPrimaryKeyConstraint('specification_editions_key', ['version_id', 'number'])
    .execute();
  await db.schema.createIndex('specification_editions_content').on('specification_editions').column('content_hash').execute();
  await sql`insert into specification_editions (version_id, number, name, content_hash, actor_kind, actor_id, created_at)
    select version_id, 1, name, content_hash, 'system', null, updated_at from specifications`.execute(db);
  await db.schema
    .createTable('specification_comparisons')
    .addColumn('before_hash', c.key, (col) => col.notNull().references('specification_contents.content_hash').onDelete('cascade'))
    .addColumn('after_hash', c.key, (col) => col.notNull().references('specification_contents.content_hash').onDelete('cascade'))
    .addColumn('comparer_version', c.integer, (col) => col.notNull())
    .addColumn('comparison', c.bytes)
    .addPrimaryKeyConstraint('specification_comparisons_key', ['before_hash', 'after_hash'])
    .execute();
  await db.schema.createIndex('specification_comparisons_after').on('specification_comparisons').column('after_hash').execute();
  await db.schema
    .alterTable('publications')
    .addColumn('published_at', c.instant, (col) => col.notNull().defaultTo('1970-01-01T00:00:00.000Z'))
    .execute();
  await sql`update publications set published_at = created_at`.execute(db);
};
