import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import { fromJson, toJson } from '../../database/codec.ts';
import { applyAllowed, applyFilters, applyPage, applySort, type ListColumn } from '../../database/listing.ts';
import type { ProductsTable } from '../../database/schema.ts';
import { fold, slugify, uniqueSlug } from '../../lib/text.ts';
import type { Context } from '../context.ts';
import { asId, type PortalId, type ProductId } from '../ids.ts';
import type { Labels } from '../labels/index.ts';
import type { LabelCondition, Listed } from '../listing.ts';
import type { Product, ProductFilterField, ProductQuery, ProductSortField } from './product.ts';

const VERSION_COUNT = sql<number>`(select count(*) from product_versions where product_versions.product_id = products.id)`;

const fromRow = (row: Selectable<ProductsTable> & { version_count: number }): Product => ({
  id: row.id as ProductId,
  slug: row.slug,
  name: row.name,
  description: row.description,
  labels: fromJson(row.labels),
  publicLabels: fromJson(row.public_labels),
  versionCount: row.version_count,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const mutable = (product: Omit<Product, 'slug'>) => ({
  name: product.name,
  name_key: fold(product.name),
  description: product.description,
  labels: toJson(product.labels),
  public_labels: toJson(product.publicLabels),
  found_by: [product.name, product.description ?? '', ...Object.values(product.publicLabels)].map(fold).join('\n'),
  updated_at: product.updatedAt,
});

const selectProducts = (ctx: Context) =>
  ctx.db.selectFrom('products').selectAll('products').select(VERSION_COUNT.as('version_count'));

export const findProduct = async (ctx: Context, id: ProductId): Promise<Product | undefined> => {
  const row = await selectProducts(ctx).where('products.id', '=', id).executeTakeFirst();
  return row && fromRow(row);
};

/** The product with this id, or else with this slug, in any case. */
export const findProductByIdOrSlug = async (ctx: Context, idOrSlug: string): Promise<Product | undefined> => {
  const id = asId<ProductId>(idOrSlug);
  const product = id && (await findProduct(ctx, id));
  if (product) return product;
  if (idOrSlug.includes('\0')) return undefined; // which PostgreSQL does not take for text
  const row = await selectProducts(ctx).where('slug', '=', fold(idOrSlug)).executeTakeFirst();
  return row && fromRow(row);
};

/** Stores a new product under the first free slug for its name; answers it with that slug. */
export const insertProduct = async (ctx: Context, product: Omit<Product, 'slug'>): Promise<Product> => {
  const wanted = slugify(product.name, 'product');
  for (;;) {
    const slug = uniqueSlug(wanted, await takenSlugs(ctx, wanted));
    const inserted = await ctx.db
      .insertInto('products')
      .values({ ...mutable(product), id: product.id, slug, created_at: product.createdAt })
      .onConflict((clash) => clash.column('slug').doNothing()) // someone else was quicker: look again
      .returning('id')
      .executeTakeFirst();
    if (!inserted) continue;
    await storeLabels(ctx, product);
    return { ...product, slug };
  }
};

const takenSlugs = async (ctx: Context, wanted: string): Promise<Set<string>> => {
  const rows = await ctx.db
    .selectFrom('products')
    .select('slug')
    .where('slug', '>=', wanted)
    .where('slug', '<', `${wanted}~`) // "~" sorts after every character of a slug
    .execute();
  return new Set(rows.map((row) => row.slug));
};

export const storeProduct = async (ctx: Context, product: Product): Promise<void> => {
  await ctx.db.updateTable('products').set(mutable(product)).where('id', '=', product.id).execute();
  await ctx.db.deleteFrom('product_labels').where('product_id', '=', product.id).execute();
  await storeLabels(ctx, product);
};

const storeLabels = async (ctx: Context, { id, labels, publicLabels }: Omit<Product, 'slug'>): Promise<void> => {
  const rowsOf = (audience: 'internal' | 'public', of: Labels) =>
    Object.entries(of).map(([key, value]) => ({ product_id: id, audience, key, value, value_key: fold(value) }));
  const rows = [...rowsOf('internal', labels), ...rowsOf('public', publicLabels)];
  if (rows.length > 0) await ctx.db.insertInto('product_labels').values(rows).execute();
};

/** Deletes a product with all it holds; answers whether it was there. */
export const removeProduct = async (ctx: Context, id: ProductId): Promise<boolean> => {
  const { numDeletedRows } = await ctx.db.deleteFrom('products').where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
};

const COLUMNS: Record<ProductFilterField | ProductSortField, ListColumn> = {
  name: { column: sql.ref('products.name_key'), type: 'key' },
  created_at: { column: sql.ref('products.created_at'), type: 'instant' },
  updated_at: { column: sql.ref('products.updated_at'), type: 'instant' },
};

const hasLabel = (
  audience: 'internal' | 'public' | undefined,
  { key, value }: LabelCondition,
): RawBuilder<SqlBool> => sql`exists (
  select 1 from product_labels where product_labels.product_id = products.id and key = ${key}
  ${audience === undefined ? sql`` : sql`and audience = ${audience}`}
  ${value === undefined ? sql`` : sql`and value_key = ${fold(value)}`})`;

const isInPortal = (portalId: PortalId): RawBuilder<SqlBool> => sql`exists (
  select 1 from product_assignments where product_assignments.product_id = products.id and portal_id = ${portalId})`;

/** One page of those of the given products that fit all filters and carry all labels; the oldest first unless told otherwise. */
export const selectProductPage = async (
  ctx: Context,
  query: ProductQuery,
  ids: 'all' | readonly string[],
): Promise<Listed<Product>> => {
  const wanted = [
    ...(query.labels ?? []).map((label) => hasLabel('internal', label)),
    ...(query.publicLabels ?? []).map((label) => hasLabel('public', label)),
    ...(query.anyLabels ?? []).map((label) => hasLabel(undefined, label)),
    ...(query.portalId === undefined ? [] : [isInPortal(query.portalId)]),
  ];
  const matching = wanted.reduce(
    (products, condition) => products.where(condition),
    applyFilters(applyAllowed(ctx.db.selectFrom('products'), ctx.engine, 'products.id', ids), query.filters, COLUMNS),
  );
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const sort = query.sort.length > 0 ? query.sort : [{ field: 'created_at', direction: 'asc' } as const];
  const sorted = applySort(matching, sort, COLUMNS, sql.ref('products.id'));
  const rows = await applyPage(sorted.selectAll('products').select(VERSION_COUNT.as('version_count')), query.page).execute();
  return { items: rows.map(fromRow), total, page: query.page };
};
