import { type Selectable, sql } from 'kysely';
import { fromJson, toInstant } from '../../database/codec.ts';
import { applyAllowed, applyFilters, applyPage, applySort, type ListColumn } from '../../database/listing.ts';
import type { ProductsTable } from '../../database/schema.ts';
import { allowed } from '../access/index.ts';
import type { Context } from '../context.ts';
import type { PortalId, ProductId } from '../ids.ts';
import type { Listed, ListQuery } from '../listing.ts';
import type { AssignedProduct, AssignedProductFilterField, AssignedProductSortField } from './publication.ts';

/** How many values one statement is given at most; SQLite takes 32,766. */
const CHUNK = 1000;

const inChunks = async <T, R>(items: readonly T[], act: (chunk: readonly T[]) => Promise<readonly R[]>): Promise<R[]> => {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += CHUNK) results.push(...(await act(items.slice(start, start + CHUNK))));
  return results;
};

/** Those of the given ids that are products. */
export const selectExistingProducts = (ctx: Context, ids: readonly ProductId[]): Promise<string[]> =>
  inChunks(ids, async (chunk) => {
    const rows = await ctx.db.selectFrom('products').select('id').where('id', 'in', chunk).execute();
    return rows.map(({ id }) => id);
  });

/** The portals that a product is assigned to. */
export const selectPortalIds = async (ctx: Context, productId: ProductId): Promise<PortalId[]> => {
  const rows = await ctx.db
    .selectFrom('product_assignments')
    .select('portal_id')
    .where('product_id', '=', productId)
    .orderBy('portal_id')
    .execute();
  return rows.map(({ portal_id }) => portal_id as PortalId);
};

/** Assigns products to a portal; answers those that were not assigned before. */
export const insertAssignments = (ctx: Context, portalId: PortalId, productIds: readonly ProductId[]): Promise<ProductId[]> => {
  const at = toInstant(ctx.now());
  return inChunks(productIds, async (chunk) => {
    const rows = await ctx.db
      .insertInto('product_assignments')
      .values(chunk.map((id) => ({ portal_id: portalId, product_id: id, created_at: at })))
      .onConflict((existing) => existing.doNothing())
      .returning('product_id')
      .execute();
    return rows.map(({ product_id }) => product_id as ProductId);
  });
};

/** Takes products out of a portal; answers those that were in it. */
export const removeAssignments = (ctx: Context, portalId: PortalId, productIds: readonly ProductId[]): Promise<ProductId[]> =>
  inChunks(productIds, async (chunk) => {
    const rows = await ctx.db
      .deleteFrom('product_assignments')
      .where('portal_id', '=', portalId)
      .where('product_id', 'in', chunk)
      .returning('product_id')
      .execute();
    return rows.map(({ product_id }) => product_id as ProductId);
  });

const COLUMNS: Record<AssignedProductFilterField | AssignedProductSortField, ListColumn> = {
  id: { column: sql.ref('products.id'), type: 'uuid' },
  name: { column: sql.ref('products.name_key'), type: 'key' },
  description: { column: sql.ref('products.description'), type: 'text', nullable: true },
  created_at: { column: sql.ref('products.created_at'), type: 'instant' },
};

/** One page of the products that are assigned to a portal. */
export const selectAssignedProducts = async (
  ctx: Context,
  portalId: PortalId,
  query: ListQuery<AssignedProductFilterField, AssignedProductSortField>,
): Promise<Listed<AssignedProduct>> => {
  const filtered = applyFilters(
    ctx.db
      .selectFrom('product_assignments')
      .innerJoin('products', 'products.id', 'product_assignments.product_id')
      .where('product_assignments.portal_id', '=', portalId),
    query.filters,
    COLUMNS,
  );
  const { total } = await filtered.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const versionCount = sql<number>`(select count(*) from product_versions
    inner join publications on publications.version_id = product_versions.id
    where product_versions.product_id = products.id and publications.portal_id = ${portalId}
      and publications.publish_status = 'published')`;
  const rows = await applyPage(
    applySort(
      filtered.selectAll('products').select(versionCount.as('version_count')),
      query.sort,
      COLUMNS,
      sql.ref('products.id'),
    ),
    query.page,
  ).execute();
  const portals = await portalIdsOf(ctx, rows);
  return {
    items: rows.map((row) => ({
      id: row.id as ProductId,
      name: row.name,
      description: row.description,
      labels: fromJson(row.labels),
      portalIds: portals.get(row.id) ?? [],
      versionCount: row.version_count,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    })),
    total,
    page: query.page,
  };
};

/** The portals that products are assigned to, as far as the actor may read them. */
const portalIdsOf = async (
  ctx: Context,
  products: readonly Pick<Selectable<ProductsTable>, 'id'>[],
): Promise<Map<string, PortalId[]>> => {
  const ids = new Map<string, PortalId[]>(products.map(({ id }) => [id, []]));
  if (products.length === 0) return ids;
  const readable = allowed(ctx.actor, 'portal.read');
  const rows = await applyAllowed(ctx.db.selectFrom('product_assignments'), ctx.engine, 'portal_id', readable)
    .select(['product_id', 'portal_id'])
    .where('product_id', 'in', [...ids.keys()])
    .orderBy('portal_id')
    .execute();
  for (const row of rows) ids.get(row.product_id)?.push(row.portal_id as PortalId);
  return ids;
};
