import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { fromJson } from '../../database/codec.ts';
import { fold } from '../../lib/text.ts';
import type { Context } from '../context.ts';
import { asId, type DocumentId, type ProductId } from '../ids.ts';

/** A document that can be read, without its text. */
export interface VisibleDocument {
  readonly id: DocumentId;
  readonly parentId: DocumentId | null;
  /** orders it among its siblings */
  readonly position: number;
  readonly slug: string;
  readonly title: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A document that can be read, with its text. */
export interface VisibleDocumentContent extends VisibleDocument {
  /** Markdown */
  readonly content: string;
  readonly contentHash: string;
}

/** The documents of products which are published, as are all those above them. Whether the products are visible is the caller's care. */
const readable = (ctx: Context, productIds: readonly ProductId[]) =>
  ctx.db.withRecursive('readable', (db) =>
    db
      .selectFrom('documents')
      .select(['documents.id', 'documents.product_id'])
      .where('documents.product_id', 'in', productIds)
      .where('documents.parent_id', 'is', null)
      .where('documents.status', '=', 'published')
      .unionAll(
        db
          .selectFrom('readable')
          .innerJoin('documents', (join) =>
            join.onRef('documents.product_id', '=', 'readable.product_id').onRef('documents.parent_id', '=', 'readable.id'),
          )
          .select(['documents.id', 'documents.product_id'])
          .where('documents.status', '=', 'published'),
      ),
  );

/**
 * The condition, on `documents`, that one is published, as are all those above it. Whether its product is visible is the caller's care.
 * It is for single documents; of all those of a product, one walk down from the top tells more cheaply.
 */
export const isReadableDocument: RawBuilder<SqlBool> = sql`(documents.status = 'published'
  and (documents.parent_id is null or not exists (
    with recursive above(id, parent_id, status) as (
      select id, parent_id, status from documents as parent where parent.id = documents.parent_id
      union all
      select parent.id, parent.parent_id, parent.status from above inner join documents as parent on parent.id = above.parent_id)
    select 1 from above where status <> 'published')))`;

/** How many documents of each product can be read. */
export const countVisibleDocuments = async (ctx: Context, productIds: readonly ProductId[]): Promise<Map<string, number>> => {
  if (productIds.length === 0) return new Map();
  const rows = await readable(ctx, productIds)
    .selectFrom('readable')
    .select(['product_id', ({ fn }) => fn.countAll<number>().as('count')])
    .groupBy('product_id')
    .execute();
  return new Map(rows.map(({ product_id, count }) => [product_id, count]));
};

/** Whether one of the documents of products that can be read holds a diagram. */
export const isDiagramReadable = async (ctx: Context, productIds: readonly ProductId[], hash: string): Promise<boolean> => {
  if (productIds.length === 0) return false;
  const row = await readable(ctx, productIds)
    .selectFrom('readable')
    .innerJoin('document_diagrams', 'document_diagrams.document_id', 'readable.id')
    .select('readable.id')
    .where('document_diagrams.hash', '=', hash)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
};

/** Whether a document of a product that can be read shows an image, as it is now. */
export const isImageReadable = async ({ db }: Context, productId: ProductId, hash: string): Promise<boolean> => {
  const row = await db
    .selectFrom('document_image_uses as used')
    .innerJoin('documents', (join) =>
      join.onRef('documents.id', '=', 'used.document_id').onRef('documents.edition', '=', 'used.number'),
    )
    .select('documents.id')
    .where('used.hash', '=', hash)
    .where('documents.product_id', '=', productId)
    .where(isReadableDocument)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
};

const SUMMARY = [
  'documents.id',
  'documents.parent_id',
  'documents.position',
  'documents.slug',
  'documents.title',
  'documents.metadata',
  'documents.created_at',
  'documents.updated_at',
] as const;

interface Row {
  id: string;
  parent_id: string | null;
  position: number;
  slug: string;
  title: string;
  metadata: string;
  created_at: string;
  updated_at: string;
}

const fromRow = (row: Row): VisibleDocument => ({
  id: row.id as DocumentId,
  parentId: row.parent_id as DocumentId | null,
  position: row.position,
  slug: row.slug,
  title: row.title,
  metadata: fromJson(row.metadata),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** The documents of a visible product that can be read, siblings in their order. */
export const selectReadableDocuments = async (ctx: Context, productId: ProductId): Promise<VisibleDocument[]> => {
  const rows = await readable(ctx, [productId])
    .selectFrom('documents')
    .select(SUMMARY)
    .where('documents.id', 'in', (eb) => eb.selectFrom('readable').select('readable.id'))
    .orderBy('documents.position')
    .orderBy('documents.id')
    .execute();
  return rows.map(fromRow);
};

/** The document of a visible product with this id or slug, if it can be read. */
export const findReadableDocument = async (
  ctx: Context,
  productId: ProductId,
  idOrSlug: string,
): Promise<VisibleDocumentContent | undefined> => {
  const id = asId<DocumentId>(idOrSlug);
  const rows = await readable(ctx, [productId])
    .selectFrom('documents')
    .select([...SUMMARY, 'documents.content', 'documents.content_hash'])
    .where('documents.id', 'in', (eb) => eb.selectFrom('readable').select('readable.id'))
    .where(({ eb, or }) =>
      or([
        eb(sql`lower(${sql.ref('documents.slug')})`, '=', fold(idOrSlug)),
        ...(id === undefined ? [] : [eb('documents.id', '=', id)]),
      ]),
    )
    .execute();
  const row = rows.find((candidate) => candidate.id === id) ?? rows.find(({ slug }) => slug === idOrSlug) ?? rows[0];
  return row && { ...fromRow(row), content: row.content, contentHash: row.content_hash };
};
