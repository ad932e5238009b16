import { type Kysely, sql } from 'kysely';
import { columns, type Engine } from '../../columns.ts';

type Columns = ReturnType<typeof columns>;

/** What can be found, the index that finds it, and what is still to be written into it: to begin with, everything. */
export const up = async (db: Kysely<unknown>, engine: Engine): Promise<void> => {
  const c = columns(engine);
  await entries(db, engine, c);
  await (engine === 'sqlite' ? sqliteIndex(db) : postgresIndex(db));
  await vocabulary(db, engine, c);
  await db.schema
    .createTable('search_due')
    .addColumn('kind', c.key, (col) => col.notNull())
    .addColumn('subject_id', c.uuid, (col) => col.notNull())
    .addColumn('round', c.integer, (col) => col.notNull())
    .addColumn('attempts', c.integer, (col) => col.notNull())
    .addColumn('due_at', c.instant, (col) => col.notNull())
    .addPrimaryKeyConstraint('search_due_pk', ['kind', 'subject_id'])
    .execute();
  await db.schema.createIndex('search_due_at').on('search_due').columns(['due_at', 'subject_id']).execute();
  await sql`insert into search_due (kind, subject_id, round, attempts, due_at)
    select 'product', id, 0, 0, created_at from products`.execute(db);
};

const entries = async (db: Kysely<unknown>, engine: Engine, c: Columns): Promise<void> => {
  await db.schema
    .createTable('search_products')
    .addColumn('product_id', c.uuid, (col) => col.primaryKey())
    .addColumn('number', c.integer, (col) => col.notNull().unique())
    .execute();
  // No foreign keys: a large product is deleted at once, its entries afterwards. None shows once what it stands for is gone.
  await db.schema
    .createTable('search_sources')
    .addColumn('id', c.bigint, (col) =>
      engine === 'postgres' ? col.primaryKey().generatedByDefaultAsIdentity() : col.primaryKey(),
    )
    .addColumn('kind', c.key, (col) => col.notNull())
    .addColumn('subject_id', c.uuid, (col) => col.notNull())
    .addColumn('product_id', c.uuid, (col) => col.notNull())
    .addColumn('content_hash', c.key)
    .addColumn('state', c.key, (col) => col.notNull())
    .addUniqueConstraint('search_sources_subject', ['kind', 'subject_id'])
    .execute();
  await db.schema.createIndex('search_sources_product').on('search_sources').column('product_id').execute();
  await db.schema
    .createTable('search_entries')
    .addColumn('id', c.bigint, (col) => col.primaryKey())
    .addColumn('source_id', c.bigint, (col) => col.notNull().references('search_sources.id').onDelete('cascade'))
    .addColumn('key', c.key, (col) => col.notNull())
    .addColumn('digest', c.key, (col) => col.notNull())
    .addColumn('title', c.text, (col) => col.notNull())
    .addColumn('label', c.text, (col) => col.notNull())
    .addColumn('target', c.text, (col) => col.notNull())
    .addColumn('name_key', c.text, (col) => col.notNull())
    .addColumn('body', c.text, (col) => col.notNull())
    .addColumn('deprecated', c.boolean, (col) => col.notNull())
    .addUniqueConstraint('search_entries_key', ['source_id', 'key'])
    .execute();
};

/**
 * Without copies of the texts. Words come cut and folded already, so that both engines see the same ones: the tokenizer only has to part
 * them at spaces. The signs mark what a word stands for (see `domain/search/marked-words.ts`).
 */
const sqliteIndex = async (db: Kysely<unknown>): Promise<void> => {
  await sql`create virtual table search_index using fts5 (name, body, marks, content = '', contentless_delete = 1,
    tokenize = "ascii tokenchars '=@#$'", prefix = '2 3 4')`.execute(db);
};

/** A part for each kind, each with an index of its own: what is rare of its kind is found without reading what is frequent. */
const postgresIndex = async (db: Kysely<unknown>): Promise<void> => {
  await sql`create table search_index (id bigint not null, kind text collate "C" not null, words tsvector not null,
    primary key (kind, id)) partition by list (kind)`.execute(db);
  for (const kind of ['product', 'version', 'document', 'operation', 'schema']) {
    const part = sql.id(`search_index_${kind}`);
    await sql`create table ${part} partition of search_index for values in (${sql.lit(kind)})`.execute(db);
    // Without a list of what is still to be sorted in, which each search would have to read.
    await sql`create index ${sql.id(`search_index_${kind}_words`)} on ${part} using gin (words) with (fastupdate = off)`.execute(
      db,
    );
  }
};

/** Words, and what is left of them when letters are left out. None is ever taken out, so none refers to another. */
const vocabulary = async (db: Kysely<unknown>, engine: Engine, c: Columns): Promise<void> => {
  const alone = engine === 'sqlite' ? sql`without rowid` : sql``; // the key is all there is
  await db.schema
    .createTable('search_words')
    .addColumn('word', c.key, (col) => col.primaryKey().notNull())
    .modifyEnd(alone)
    .execute();
  await db.schema
    .createTable('search_typos')
    .addColumn('spelling', c.key, (col) => col.notNull())
    .addColumn('word', c.key, (col) => col.notNull())
    .addPrimaryKeyConstraint('search_typos_pk', ['spelling', 'word'])
    .modifyEnd(alone)
    .execute();
};
