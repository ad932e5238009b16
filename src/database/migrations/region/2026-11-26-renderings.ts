import { type Kysely, sql } from 'kysely';
import { columns, type Engine } from '../../columns.ts';

/** How far the HTML of a specification is becomes a table of its own: what is small and changes lies apart from what is large and stays. */
export const up = async (db: Kysely<unknown>, engine: Engine): Promise<void> => {
  const c = columns(engine);
  await db.schema
    .createTable('specification_renderings')
    .addColumn('content_hash', c.key, (col) =>
      col.primaryKey().references('specification_contents.content_hash').onDelete('cascade'),
    )
    .addColumn('renderer_version', c.integer, (col) => col.notNull())
    .addColumn('refused_by', c.integer, (col) => col.notNull())
    .addColumn('attempts', c.integer, (col) => col.notNull())
    .execute();
  await sql`insert into specification_renderings (content_hash, renderer_version, refused_by, attempts)
    select content_hash, renderer_version, 0, 0 from specification_contents`.execute(db);
  await db.schema
    .createIndex('specification_renderings_version')
    .on('specification_renderings')
    .column('renderer_version')
    .execute();
  await db.schema.alterTable('specification_contents').dropColumn('renderer_version').execute();
};
