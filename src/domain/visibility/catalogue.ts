import { type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import { fromBit, fromJson } from '../../database/codec.ts';
import { applyFilters, applyPage, applySort, type ListColumn } from '../../database/listing.ts';
import type { Schema } from '../../database/schema.ts';
import { fold, likePattern } from '../../lib/text.ts';
import type { Context } from '../context.ts';
import { asId, type ProductId, type VersionId } from '../ids.ts';
import type { Labels } from '../labels/index.ts';
import type { Filter, LabelCondition, Listed, Page, Sort } from '../listing.ts';
import type { Portal } from '../portals/index.ts';
import { countVisibleDocuments } from './documents.ts';
import { isPublishedIn, isVisibleAssignment, isVisibleProduct, seesPortal, type Visitor } from './visitor.ts';

/** The newest published version of a product. */
export interface LatestVersion {
  readonly id: VersionId;
  readonly name: string;
  readonly slug: string;
  readonly deprecated: boolean;
}

/** A product as a visitor of a portal sees it; counts only what this visitor may see. */
export interface CatalogueProduct {
  readonly id: ProductId;
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly publicLabels: Labels;
  readonly versionCount: number;
  readonly latestVersion: LatestVersion | null;
  readonly documentCount: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type CatalogueFilterField = 'id' | 'name' | 'description';
export type CatalogueSortField = 'name' | 'created_at' | 'updated_at';

export interface CatalogueQuery {
  /** words, each of which has to stand in the name, the description or a public label */
  readonly search?: string | undefined;
  /** public labels, all of which have to be there */
  readonly labels?: readonly LabelCondition[] | undefined;
  readonly filters?: readonly Filter<CatalogueFilterField>[] | undefined;
  /** by name unless told otherwise */
  readonly sort?: readonly Sort<CatalogueSortField>[] | undefined;
  readonly page: Page;
}

const COLUMNS: Record<CatalogueFilterField | CatalogueSortField, ListColumn> = {
  id: { column: sql.ref('products.id'), type: 'uuid' },
  name: { column: sql.ref('products.name_key'), type: 'key' },
  description: { column: sql.ref('products.description'), type: 'text', nullable: true },
  created_at: { column: sql.ref('products.created_at'), type: 'instant' },
  updated_at: { column: sql.ref('products.updated_at'), type: 'instant' },
};

const BY_NAME: readonly Sort<CatalogueSortField>[] = [{ field: 'name', direction: 'asc' }];

type Products<O> = SelectQueryBuilder<Schema, 'products', O>;

/** The products that a visitor may see, narrowed by search, labels and filters. */
const matching = (
  ctx: Context,
  portal: Portal,
  visitor: Visitor,
  { search, labels, filters }: Omit<CatalogueQuery, 'page'>,
): Products<object> => {
  let products: Products<object> = ctx.db.selectFrom('products').where(isVisibleProduct(portal, visitor));
  for (const word of wordsOf(search)) products = products.where(mentions(word));
  for (const { key, value } of labels ?? [])
    products = products.where(sql<SqlBool>`exists (select 1 from product_labels
      where product_labels.product_id = products.id and audience = 'public' and key = ${key}
      ${value === undefined ? sql`` : sql`and value_key = ${fold(value)}`})`);
  return applyFilters(products, filters ?? [], COLUMNS);
};

const MAX_WORDS = 8;

/** The words of a search, folded; eight at most. */
export const wordsOf = (search: string | undefined): string[] =>
  fold(search ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS);

/** The condition that a word stands in the name, the description or a public label of a product. */
export const mentions = (word: string) => sql<SqlBool>`products.found_by like ${likePattern(word)} escape '\\'`;

/** How many products match; all that a visitor sees of a catalogue is counted from indexes alone. */
const countMatching = async (ctx: Context, portal: Portal, visitor: Visitor, query: CatalogueQuery): Promise<number> => {
  if (!seesPortal(portal, visitor)) return 0;
  const narrowed = wordsOf(query.search).length + (query.labels?.length ?? 0) + (query.filters?.length ?? 0) > 0;
  const { total } = await (narrowed
    ? matching(ctx, portal, visitor, query)
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow()
    : ctx.db
        .selectFrom('product_assignments')
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .where(isVisibleAssignment(portal, visitor))
        .executeTakeFirstOrThrow());
  return total;
};

/** One page of the products that a visitor of a portal may see. */
export const catalogue = async (
  ctx: Context,
  portal: Portal,
  visitor: Visitor,
  query: CatalogueQuery,
): Promise<Listed<CatalogueProduct>> => {
  const total = await countMatching(ctx, portal, visitor, query);
  if (total === 0) return { items: [], total, page: query.page };
  const sort = query.sort && query.sort.length > 0 ? query.sort : BY_NAME;
  const found = applySort(matching(ctx, portal, visitor, query), sort, COLUMNS, sql.ref('products.id'));
  const rows = await applyPage(found.select(SHOWN), query.page).execute();
  return { items: await withCounts(ctx, portal, rows), total, page: query.page };
};

/** The product with this id or slug, if a visitor of the portal may see it. */
export const findVisibleProduct = async (
  ctx: Context,
  portal: Portal,
  visitor: Visitor,
  idOrSlug: string,
): Promise<CatalogueProduct | undefined> => {
  const id = asId<ProductId>(idOrSlug);
  const rows = await ctx.db
    .selectFrom('products')
    .select(SHOWN)
    .where(({ eb, or }) => or([eb('slug', '=', fold(idOrSlug)), ...(id === undefined ? [] : [eb('id', '=', id)])]))
    .where(isVisibleProduct(portal, visitor))
    .execute();
  const row = rows.find((candidate) => candidate.id === id) ?? rows[0];
  return row && (await withCounts(ctx, portal, [row]))[0];
};

export const SHOWN = [
  'products.id',
  'products.slug',
  'products.name',
  'products.description',
  'products.public_labels',
  'products.created_at',
  'products.updated_at',
] as const;

type Row = Pick<
  { [Column in keyof Schema['products']]: string },
  'id' | 'slug' | 'name' | 'public_labels' | 'created_at' | 'updated_at'
> & { description: string | null };

/** Completes visible products by what is visible in them: two queries, however many products. */
export const withCounts = async (ctx: Context, portal: Portal, rows: readonly Row[]): Promise<CatalogueProduct[]> => {
  const ids = rows.map(({ id }) => id as ProductId);
  const versions = await latestVersions(ctx, portal, ids);
  const documents = await countVisibleDocuments(ctx, ids);
  return rows.map((row) => ({
    id: row.id as ProductId,
    slug: row.slug,
    name: row.name,
    description: row.description,
    publicLabels: fromJson(row.public_labels),
    versionCount: versions.get(row.id)?.count ?? 0,
    latestVersion: versions.get(row.id)?.latest ?? null,
    documentCount: documents.get(row.id) ?? 0,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }));
};

const latestVersions = async (
  ctx: Context,
  portal: Portal,
  ids: readonly ProductId[],
): Promise<Map<string, { count: number; latest: LatestVersion }>> => {
  if (ids.length === 0) return new Map();
  const newestFirst = sql`product_versions.product_id order by product_versions.created_at desc, product_versions.id desc`;
  const rows = await ctx.db
    .with('ranked', (db) =>
      db
        .selectFrom('product_versions')
        .innerJoin('publications', 'publications.version_id', 'product_versions.id')
        .select([
          'product_versions.product_id',
          'product_versions.id',
          'product_versions.name',
          'product_versions.slug',
          'publications.deprecated',
          sql<number>`count(*) over (partition by product_versions.product_id)`.as('count'),
          sql<number>`row_number() over (partition by ${newestFirst})`.as('rank'),
        ])
        // from the versions of these few products, not from all that the portal publishes: SQLite has no statistics to tell
        .where('publications.version_id', 'in', db.selectFrom('product_versions').select('id').where('product_id', 'in', ids))
        .where(isPublishedIn(portal)),
    )
    .selectFrom('ranked')
    .selectAll()
    .where('rank', '=', 1)
    .execute();
  return new Map(
    rows.map(({ product_id, id, name, slug, deprecated, count }) => [
      product_id,
      { count, latest: { id: id as VersionId, name, slug, deprecated: fromBit(deprecated) } },
    ]),
  );
};

/** A public label in use, and on how many products. */
export interface LabelCount {
  readonly key: string;
  readonly value: string;
  readonly count: number;
}

/** The public labels of the products that a visitor may see, for a filter: by key, then value; values that differ only in case are one. */
export const listCatalogueLabels = async (ctx: Context, portal: Portal, visitor: Visitor): Promise<LabelCount[]> => {
  if (!seesPortal(portal, visitor)) return [];
  return ctx.db
    .selectFrom('product_labels')
    .select(['key', sql<string>`min(value)`.as('value'), ({ fn }) => fn.countAll<number>().as('count')])
    .where('audience', '=', 'public')
    .where('product_id', 'in', ({ selectFrom }) =>
      selectFrom('product_assignments').select('product_assignments.product_id').where(isVisibleAssignment(portal, visitor)),
    )
    .groupBy(['key', 'value_key'])
    .orderBy('key')
    .orderBy('value_key')
    .execute();
};
