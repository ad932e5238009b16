import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { fromBit } from '../../database/codec.ts';
import { likePattern } from '../../lib/text.ts';
import type { Context } from '../context.ts';
import type { Portal } from '../portals/index.ts';
import { wordsOf } from './catalogue.ts';
import { isPublishedIn, isVisibleProduct, seesPortal, type Visitor } from './visitor.ts';

/** Where something that was found belongs: slugs and names of its product and version. */
interface Belonging {
  readonly product: { readonly slug: string; readonly name: string };
}

/** An operation that was found. */
export interface FoundOperation extends Belonging {
  readonly version: { readonly slug: string; readonly name: string };
  readonly address: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string | undefined;
  readonly deprecated: boolean;
}

/** A document that was found. */
export interface FoundDocument extends Belonging {
  readonly slug: string;
  readonly title: string;
}

export interface PartSearch {
  readonly query: string;
  /** how many are answered at most */
  readonly limit: number;
}

const holds = (text: RawBuilder<string>, word: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`${text} like ${likePattern(word)} escape '\\'`;

const OPERATION_TEXT = sql<string>`lower(operation.method || ' ' || operation.path || ' ' || coalesce(operation.operation_id, '')
  || ' ' || coalesce(operation.summary, ''))`;

/** Operations of the published versions that a visitor may see, which hold each word of a query in method, path, id or summary. */
export const searchVisibleOperations = async (
  ctx: Context,
  portal: Portal,
  visitor: Visitor,
  { query, limit }: PartSearch,
): Promise<FoundOperation[]> => {
  const words = wordsOf(query);
  if (words.length === 0 || !seesPortal(portal, visitor)) return [];
  const found = words.reduce(
    (operations, word) => operations.where(holds(OPERATION_TEXT, word)),
    ctx.db
      .selectFrom('specification_operations as operation')
      .innerJoin('specifications', 'specifications.content_hash', 'operation.content_hash')
      .innerJoin('product_versions', 'product_versions.id', 'specifications.version_id')
      .innerJoin('products', 'products.id', 'product_versions.product_id')
      .innerJoin('publications', 'publications.version_id', 'product_versions.id')
      .where(isPublishedIn(portal))
      .where(isVisibleProduct(portal, visitor)),
  );
  const rows = await found
    .select(['operation.address', 'operation.method', 'operation.path', 'operation.summary', 'operation.deprecated'])
    .select(['products.slug as product_slug', 'products.name as product_name'])
    .select(['product_versions.slug as version_slug', 'product_versions.name as version_name'])
    .orderBy('publications.deprecated')
    .orderBy('operation.deprecated')
    .orderBy('products.name_key')
    .orderBy('product_versions.created_at', 'desc')
    .orderBy('operation.position')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    product: { slug: row.product_slug, name: row.product_name },
    version: { slug: row.version_slug, name: row.version_name },
    address: row.address,
    method: row.method,
    path: row.path,
    summary: row.summary ?? undefined,
    deprecated: fromBit(row.deprecated),
  }));
};

/** Documents that a visitor may read, which hold each word of a query in title or text; those with a fitting title first. */
export const searchVisibleDocuments = async (
  ctx: Context,
  portal: Portal,
  visitor: Visitor,
  { query, limit }: PartSearch,
): Promise<FoundDocument[]> => {
  const words = wordsOf(query);
  if (words.length === 0 || !seesPortal(portal, visitor)) return [];
  const title = sql<string>`lower(documents.title)`;
  const text = sql<string>`lower(documents.title || ' ' || documents.content)`;
  const found = words.reduce(
    (documents, word) => documents.where(holds(text, word)),
    ctx.db
      .withRecursive('readable', (db) =>
        db
          .selectFrom('documents')
          .innerJoin('products', 'products.id', 'documents.product_id')
          .select(['documents.id', 'documents.product_id'])
          .where('documents.parent_id', 'is', null)
          .where('documents.status', '=', 'published')
          .where(isVisibleProduct(portal, visitor))
          .unionAll(
            db
              .selectFrom('readable')
              .innerJoin('documents', (join) =>
                join.onRef('documents.product_id', '=', 'readable.product_id').onRef('documents.parent_id', '=', 'readable.id'),
              )
              .select(['documents.id', 'documents.product_id'])
              .where('documents.status', '=', 'published'),
          ),
      )
      .selectFrom('readable')
      .innerJoin('documents', 'documents.id', 'readable.id')
      .innerJoin('products', 'products.id', 'documents.product_id'),
  );
  const rows = await found
    .select(['documents.slug', 'documents.title', 'products.slug as product_slug', 'products.name as product_name'])
    .orderBy(
      sql`case when ${sql.join(
        words.map((word) => holds(title, word)),
        sql` and `,
      )} then 0 else 1 end`,
    )
    .orderBy('products.name_key')
    .orderBy('documents.position')
    .orderBy('documents.id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    product: { slug: row.product_slug, name: row.product_name },
    slug: row.slug,
    title: row.title,
  }));
};
