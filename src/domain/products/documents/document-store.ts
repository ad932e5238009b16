import type { Selectable } from 'kysely';
import { fromJson, toJson } from '../../../database/codec.ts';
import { isUniqueViolation } from '../../../database/errors.ts';
import type { DocumentsTable } from '../../../database/schema.ts';
import type { Context } from '../../context.ts';
import { conflict } from '../../errors.ts';
import type { DocumentId, ProductId } from '../../ids.ts';
import type { Document, DocumentAddress, DocumentSummary } from './document.ts';

const SUMMARY = [
  'id',
  'product_id',
  'parent_id',
  'position',
  'slug',
  'title',
  'status',
  'metadata',
  'created_at',
  'updated_at',
] as const satisfies (keyof DocumentsTable)[];

const summaryFromRow = (row: Pick<Selectable<DocumentsTable>, (typeof SUMMARY)[number]>): DocumentSummary => ({
  id: row.id as DocumentId,
  productId: row.product_id as ProductId,
  parentId: row.parent_id as DocumentId | null,
  position: row.position,
  slug: row.slug,
  title: row.title,
  status: row.status,
  metadata: fromJson(row.metadata),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const mutable = (document: Document) => ({
  parent_id: document.parentId,
  position: document.position,
  slug: document.slug,
  title: document.title,
  status: document.status,
  metadata: toJson(document.metadata),
  content: document.content,
  content_hash: document.contentHash,
  edition: document.edition,
  updated_at: document.updatedAt,
});

export const findDocument = async (ctx: Context, { productId, documentId }: DocumentAddress): Promise<Document | undefined> => {
  const row = await ctx.db
    .selectFrom('documents')
    .selectAll()
    .where('id', '=', documentId)
    .where('product_id', '=', productId)
    .executeTakeFirst();
  return row && { ...summaryFromRow(row), content: row.content, contentHash: row.content_hash, edition: row.edition };
};

/** All documents of a product, without their texts, in no order. */
export const selectDocuments = async (ctx: Context, productId: ProductId): Promise<DocumentSummary[]> => {
  const rows = await ctx.db.selectFrom('documents').select(SUMMARY).where('product_id', '=', productId).execute();
  return rows.map(summaryFromRow);
};

const translated = (error: unknown, { slug }: Document): unknown =>
  isUniqueViolation(error) ? conflict(`The API product has a document with the slug '${slug}' already`) : error;

/** @throws conflict when the product has a document with this slug */
export const insertDocument = async (ctx: Context, document: Document): Promise<void> => {
  await ctx.db
    .insertInto('documents')
    .values({ ...mutable(document), id: document.id, product_id: document.productId, created_at: document.createdAt })
    .execute()
    .catch((error: unknown) => {
      throw translated(error, document);
    });
};

/** @throws conflict when the product has another document with this slug */
export const storeDocument = async (ctx: Context, document: Document): Promise<void> => {
  await ctx.db
    .updateTable('documents')
    .set(mutable(document))
    .where('id', '=', document.id)
    .execute()
    .catch((error: unknown) => {
      throw translated(error, document);
    });
};

/** Moves a document, and nothing else about it. */
export const storePlace = async (
  ctx: Context,
  { id, parentId, position }: Pick<DocumentSummary, 'id' | 'parentId' | 'position'>,
): Promise<void> => {
  await ctx.db.updateTable('documents').set({ parent_id: parentId, position }).where('id', '=', id).execute();
};

export const removeDocument = async (ctx: Context, id: DocumentId): Promise<void> => {
  await ctx.db.deleteFrom('documents').where('id', '=', id).execute();
};
