import { type Kysely, sql } from 'kysely';
import { columns, type Engine } from '../../columns.ts';

/**
 * Names that are written together are known apart from words: many begin alike, and few of them are ever needed. All is written anew.
 * PostgreSQL finds the entries of a product by the number in their ids.
 */
export const up = async (db: Kysely<unknown>, engine: Engine): Promise<void> => {
  const c = columns(engine);
  await db.schema
    .createTable('search_compounds')
    .addColumn('first_length', c.integer, (col) => col.notNull())
    .addColumn('word', c.key, (col) => col.notNull())
    .addPrimaryKeyConstraint('search_compounds_pk', ['first_length', 'word'])
    .modifyEnd(engine === 'sqlite' ? sql`without rowid` : sql``)
    .execute();
  if (engine === 'postgres')
    await sql`create index search_index_of_product on search_index (((id >> 20) & 16777215))`.execute(db);
  await sql`delete from search_typos`.execute(db);
  await sql`delete from search_words`.execute(db);
  await sql`update search_sources set state = 'forced'`.execute(db);
  await sql`insert into search_due (kind, subject_id, round, attempts, due_at)
    select 'product', id, 0, 0, created_at from products where true on conflict (kind, subject_id) do nothing`.execute(db);
};
