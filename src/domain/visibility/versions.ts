import { type SqlBool, sql } from 'kysely';
import { fromBit, fromJson } from '../../database/codec.ts';
import { applyFilters, type ListColumn } from '../../database/listing.ts';
import { fold } from '../../lib/text.ts';
import type { StrategyConfig, StrategySummary } from '../auth-strategies/index.ts';
import type { Context } from '../context.ts';
import { type AuthStrategyId, asId, type ProductId, type PublicationId, type SpecificationId, type VersionId } from '../ids.ts';
import type { Filter } from '../listing.ts';
import type { Portal } from '../portals/index.ts';
import { isPublishedIn, isVisibleProduct, type Visitor } from './visitor.ts';

/** A version as a visitor of a portal sees it, with what was decided about it there. */
export interface VisibleVersion {
  readonly id: VersionId;
  readonly productId: ProductId;
  readonly slug: string;
  readonly name: string;
  readonly publicationId: PublicationId;
  readonly deprecated: boolean;
  readonly applicationRegistrationEnabled: boolean;
  readonly autoApproveRegistration: boolean;
  /** whether the console may send requests by way of the server */
  readonly consoleProxy: boolean;
  /** one at most */
  readonly authStrategies: readonly StrategySummary[];
  readonly specification: {
    readonly id: SpecificationId;
    readonly name: string;
    readonly contentHash: string;
  } | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

interface Product {
  readonly id: ProductId;
}

const COLUMNS: Record<'name', ListColumn> = { name: { column: sql.ref('product_versions.name_key'), type: 'key' } };

/** The versions that a visitor may see, the newest first, in one query. */
const visibleVersions = (ctx: Context, portal: Portal, visitor: Visitor) =>
  ctx.db
    .selectFrom('product_versions')
    .innerJoin('products', 'products.id', 'product_versions.product_id')
    .innerJoin('publications', 'publications.version_id', 'product_versions.id')
    .leftJoin('specifications', 'specifications.version_id', 'product_versions.id')
    .leftJoin('publication_auth_strategies as used', 'used.publication_id', 'publications.id')
    .leftJoin('auth_strategies', 'auth_strategies.id', 'used.auth_strategy_id')
    .select([
      'product_versions.id',
      'product_versions.product_id',
      'product_versions.slug',
      'product_versions.name',
      'product_versions.created_at',
      'product_versions.updated_at',
      'publications.id as publication_id',
      'publications.deprecated',
      'publications.application_registration_enabled',
      'publications.auto_approve_registration',
      'publications.console_proxy',
      'specifications.id as specification_id',
      'specifications.name as specification_name',
      'specifications.content_hash',
      'auth_strategies.id as strategy_id',
      'auth_strategies.name as strategy_name',
      'auth_strategies.display_name as strategy_display_name',
      'auth_strategies.configs as strategy_configs',
    ])
    .where(isPublishedIn(portal))
    .where(isVisibleProduct(portal, visitor))
    .orderBy('product_versions.created_at', 'desc')
    .orderBy('product_versions.id', 'desc');

const versionsOfProduct = (ctx: Context, portal: Portal, visitor: Visitor, { id }: Product) =>
  visibleVersions(ctx, portal, visitor).where('product_versions.product_id', '=', id);

type Row = Awaited<ReturnType<ReturnType<typeof visibleVersions>['executeTakeFirstOrThrow']>>;

const fromRow = (row: Row): VisibleVersion => ({
  id: row.id as VersionId,
  productId: row.product_id as ProductId,
  slug: row.slug,
  name: row.name,
  publicationId: row.publication_id as PublicationId,
  deprecated: fromBit(row.deprecated),
  applicationRegistrationEnabled: fromBit(row.application_registration_enabled),
  autoApproveRegistration: fromBit(row.auto_approve_registration),
  consoleProxy: fromBit(row.console_proxy),
  authStrategies: strategyOf(row),
  specification:
    row.specification_id === null || row.specification_name === null || row.content_hash === null
      ? null
      : { id: row.specification_id as SpecificationId, name: row.specification_name, contentHash: row.content_hash },
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const strategyOf = (row: Row): StrategySummary[] => {
  const { strategy_id, strategy_name, strategy_display_name, strategy_configs } = row;
  if (strategy_id === null || strategy_name === null || strategy_display_name === null || strategy_configs === null) return [];
  const config = fromJson<StrategyConfig>(strategy_configs);
  return [{ id: strategy_id as AuthStrategyId, name: strategy_name, displayName: strategy_display_name, config }];
};

/** The versions of a product that a visitor may see, the newest first; empty when the product is not visible. */
export const listVisibleVersions = async (
  ctx: Context,
  portal: Portal,
  visitor: Visitor,
  product: Product,
  filters: readonly Filter<'name'>[] = [],
): Promise<VisibleVersion[]> => {
  const rows = await applyFilters(versionsOfProduct(ctx, portal, visitor, product), filters, COLUMNS).execute();
  return rows.map(fromRow);
};

/** Those of the given versions, of whatever products, that a visitor may see. */
export const findVisibleVersions = async (
  ctx: Context,
  portal: Portal,
  visitor: Visitor,
  ids: readonly VersionId[],
): Promise<Map<VersionId, VisibleVersion>> => {
  if (ids.length === 0) return new Map();
  const rows = await visibleVersions(ctx, portal, visitor).where('product_versions.id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id as VersionId, fromRow(row)]));
};

/**
 * A version of a product, if a visitor may see it: by id, else by name in any case, else by slug; without any, the one created last.
 */
export const findVisibleVersion = async (
  ctx: Context,
  portal: Portal,
  visitor: Visitor,
  product: Product,
  idNameOrSlug?: string | undefined,
): Promise<VisibleVersion | undefined> => {
  const versions = versionsOfProduct(ctx, portal, visitor, product);
  if (idNameOrSlug === undefined) {
    const latest = await versions.limit(1).executeTakeFirst();
    return latest && fromRow(latest);
  }
  const id = asId<VersionId>(idNameOrSlug);
  const key = fold(idNameOrSlug);
  const rows = await versions
    .where(
      sql<SqlBool>`(product_versions.name_key = ${key} or product_versions.slug = ${key}
        ${id === undefined ? sql`` : sql`or product_versions.id = ${id}`})`,
    )
    .execute();
  const row =
    rows.find((candidate) => candidate.id === id) ??
    rows.find(({ name }) => fold(name) === key) ??
    rows.find(({ slug }) => slug === key);
  return row && fromRow(row);
};
