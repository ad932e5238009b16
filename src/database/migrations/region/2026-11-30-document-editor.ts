import { type Kysely, sql } from 'kysely';
import { columns, type Engine } from '../../columns.ts';

type Columns = ReturnType<typeof columns>;

/** What the editor of documents keeps: earlier editions, drafts, images. Each document begins with the edition that is there. */
export const up = async (db: Kysely<unknown>, engine: Engine): Promise<void> => {
  const c = columns(engine);
  await editions(db, c);
  await drafts(db, c);
  await images(db, c);
};

const editions = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  await db.schema
    .alterTable('documents')
    .addColumn('edition', c.integer, (col) => col.notNull().defaultTo(1))
    .execute();
  await db.schema
    .createTable('document_editions')
    .addColumn('document_id', c.uuid, (col) => col.notNull().references('documents.id').onDelete('cascade'))
    .addColumn('number', c.integer, (col) => col.notNull())
    .addColumn('parent_id', c.uuid)
    .addColumn('slug', c.text, (col) => col.notNull())
    .addColumn('title', c.text, (col) => col.notNull())
    .addColumn('status', c.text, (col) => col.notNull())
    .addColumn('metadata', c.json, (col) => col.notNull())
    .addColumn('content', c.text, (col) => col.notNull())
    .addColumn('content_hash', c.key, (col) => col.notNull())
    .addColumn('actor_kind', c.text, (col) => col.notNull())
    .addColumn('actor_id', c.uuid)
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addPrimaryKeyConstraint('document_editions_key', ['document_id', 'number'])
    .execute();
  await sql`insert into document_editions (document_id, number, parent_id, slug, title, status, metadata, content, content_hash,
      actor_kind, actor_id, created_at)
    select id, 1, parent_id, slug, title, status, metadata, content, content_hash, 'system', null, updated_at from documents`.execute(
    db,
  );
};

const drafts = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  await db.schema
    .createTable('document_drafts')
    .addColumn('administrator_id', c.uuid, (col) => col.notNull())
    .addColumn('place', c.uuid, (col) => col.notNull())
    .addColumn('product_id', c.uuid, (col) => col.notNull().references('products.id').onDelete('cascade'))
    .addColumn('document_id', c.uuid, (col) => col.references('documents.id').onDelete('cascade'))
    .addColumn('base', c.integer, (col) => col.notNull())
    .addColumn('title', c.text, (col) => col.notNull())
    .addColumn('content', c.text, (col) => col.notNull())
    .addColumn('updated_at', c.instant, (col) => col.notNull())
    .addPrimaryKeyConstraint('document_drafts_key', ['administrator_id', 'place'])
    .execute();
  await db.schema.createIndex('document_drafts_document').on('document_drafts').column('document_id').execute();
  await db.schema.createIndex('document_drafts_product').on('document_drafts').column('product_id').execute();
  await db.schema.createIndex('document_drafts_age').on('document_drafts').column('updated_at').execute();
};

const images = async (db: Kysely<unknown>, c: Columns): Promise<void> => {
  await db.schema
    .createTable('document_images')
    .addColumn('product_id', c.uuid, (col) => col.notNull().references('products.id').onDelete('cascade'))
    .addColumn('hash', c.key, (col) => col.notNull())
    .addColumn('name', c.text, (col) => col.notNull())
    .addColumn('type', c.text, (col) => col.notNull())
    .addColumn('width', c.integer, (col) => col.notNull())
    .addColumn('height', c.integer, (col) => col.notNull())
    .addColumn('size', c.integer, (col) => col.notNull())
    .addColumn('bytes', c.bytes, (col) => col.notNull())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addPrimaryKeyConstraint('document_images_key', ['product_id', 'hash'])
    .execute();
  await db.schema.createIndex('document_images_age').on('document_images').column('created_at').execute();
  await db.schema
    .createTable('document_image_uses')
    .addColumn('document_id', c.uuid, (col) => col.notNull())
    .addColumn('number', c.integer, (col) => col.notNull())
    .addColumn('hash', c.key, (col) => col.notNull())
    .addPrimaryKeyConstraint('document_image_uses_key', ['document_id', 'number', 'hash'])
    .addForeignKeyConstraint(
      'document_image_uses_edition',
      ['document_id', 'number'],
      'document_editions',
      ['document_id', 'number'],
      (constraint) => constraint.onDelete('cascade'),
    )
    .execute();
  await db.schema.createIndex('document_image_uses_hash').on('document_image_uses').column('hash').execute();
};
