import { type Selectable, sql } from 'kysely';
import { fromBit, fromJson, type StoredBoolean, toJson } from '../../database/codec.ts';
import { applyAllowed, applyFilters, applyPage, applySort, type ListColumn } from '../../database/listing.ts';
import type { AuthStrategiesTable } from '../../database/schema.ts';
import { fold } from '../../lib/text.ts';
import type { Context } from '../context.ts';
import type { AuthStrategyId } from '../ids.ts';
import type { Listed, ListQuery } from '../listing.ts';
import type { AuthStrategy, AuthStrategyFilterField, AuthStrategySortField, StrategySummary } from './auth-strategy.ts';

type Row = Selectable<AuthStrategiesTable> & { active: StoredBoolean };

const fromRow = (row: Row): AuthStrategy => ({
  id: row.id as AuthStrategyId,
  name: row.name,
  displayName: row.display_name,
  config: fromJson(row.configs),
  labels: fromJson(row.labels),
  active: fromBit(row.active),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const mutable = (strategy: AuthStrategy) => ({
  name: strategy.name,
  name_key: fold(strategy.name),
  display_name: strategy.displayName,
  strategy_type: strategy.config.type,
  configs: toJson(strategy.config),
  labels: toJson(strategy.labels),
  updated_at: strategy.updatedAt,
});

/** Whether a version uses the strategy in a portal in which it is published. */
const ACTIVE = sql<StoredBoolean>`exists (
  select 1 from publication_auth_strategies as used
  inner join publications on publications.id = used.publication_id
  where used.auth_strategy_id = auth_strategies.id and publications.publish_status = 'published')`;

export const findStrategy = async (ctx: Context, id: AuthStrategyId): Promise<AuthStrategy | undefined> => {
  const row = await ctx.db
    .selectFrom('auth_strategies')
    .selectAll()
    .select(ACTIVE.as('active'))
    .where('id', '=', id)
    .executeTakeFirst();
  return row && fromRow(row);
};

/** Those of the given strategies that exist. */
export const selectSummaries = async (ctx: Context, ids: readonly AuthStrategyId[]): Promise<StrategySummary[]> => {
  if (ids.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('auth_strategies')
    .select(['id', 'name', 'display_name', 'configs'])
    .where('id', 'in', ids)
    .orderBy('name_key')
    .execute();
  return rows.map(({ id, name, display_name, configs }) => ({
    id: id as AuthStrategyId,
    name,
    displayName: display_name,
    config: fromJson(configs),
  }));
};

/** The id of the `key_auth` strategy that was there first. */
export const findFirstKeyAuth = async (ctx: Context): Promise<AuthStrategyId | undefined> => {
  const row = await ctx.db
    .selectFrom('auth_strategies')
    .select('id')
    .where('strategy_type', '=', 'key_auth')
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row?.id as AuthStrategyId | undefined;
};

export const hasStrategies = async (ctx: Context): Promise<boolean> =>
  (await ctx.db.selectFrom('auth_strategies').select('id').limit(1).executeTakeFirst()) !== undefined;

export const insertStrategy = async (ctx: Context, strategy: AuthStrategy): Promise<void> => {
  await ctx.db
    .insertInto('auth_strategies')
    .values({ ...mutable(strategy), id: strategy.id, created_at: strategy.createdAt })
    .execute();
};

export const storeStrategy = async (ctx: Context, strategy: AuthStrategy): Promise<void> => {
  await ctx.db.updateTable('auth_strategies').set(mutable(strategy)).where('id', '=', strategy.id).execute();
};

export const removeStrategy = async (ctx: Context, id: AuthStrategyId): Promise<boolean> => {
  const { numDeletedRows } = await ctx.db.deleteFrom('auth_strategies').where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
};

const NONE: ListColumn = { column: sql`cast(null as text)`, type: 'text' };

/** Strategies have no registration provider yet, so its fields are null in every one of them. */
const COLUMNS: Record<AuthStrategyFilterField | AuthStrategySortField, ListColumn> = {
  name: { column: sql.ref('auth_strategies.name_key'), type: 'key' },
  display_name: { column: sql.ref('auth_strategies.display_name'), type: 'text' },
  strategy_type: { column: sql.ref('auth_strategies.strategy_type'), type: 'enum' },
  dcr_provider_id: NONE,
  dcr_provider_name: NONE,
  dcr_provider_type: NONE,
  created_at: { column: sql.ref('auth_strategies.created_at'), type: 'instant' },
  updated_at: { column: sql.ref('auth_strategies.updated_at'), type: 'instant' },
};

export const selectStrategies = async (
  ctx: Context,
  query: ListQuery<AuthStrategyFilterField, AuthStrategySortField>,
  ids: 'all' | readonly string[],
): Promise<Listed<AuthStrategy>> => {
  const readable = applyAllowed(ctx.db.selectFrom('auth_strategies'), ctx.engine, 'auth_strategies.id', ids);
  const filtered = applyFilters(readable, query.filters, COLUMNS);
  const { total } = await filtered.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await applyPage(
    applySort(
      filtered.selectAll('auth_strategies').select(ACTIVE.as('active')),
      query.sort,
      COLUMNS,
      sql.ref('auth_strategies.id'),
    ),
    query.page,
  ).execute();
  return { items: rows.map(fromRow), total, page: query.page };
};

/** The portals and versions that use a strategy, by name; a handful of each, for a message. */
export const selectUses = async (
  ctx: Context,
  id: AuthStrategyId,
): Promise<{ portals: readonly string[]; versions: readonly string[] }> => {
  const portals = await ctx.db
    .selectFrom('portals')
    .select('name')
    .where('default_auth_strategy_id', '=', id)
    .orderBy('name_key')
    .limit(SHOWN + 1)
    .execute();
  const versions = await ctx.db
    .selectFrom('publication_auth_strategies as used')
    .innerJoin('publications', 'publications.id', 'used.publication_id')
    .innerJoin('portals', 'portals.id', 'publications.portal_id')
    .innerJoin('product_versions', 'product_versions.id', 'publications.version_id')
    .innerJoin('products', 'products.id', 'product_versions.product_id')
    .select(['products.name as product', 'product_versions.name as version', 'portals.name as portal'])
    .where('used.auth_strategy_id', '=', id)
    .orderBy('products.name_key')
    .orderBy('product_versions.name_key')
    .limit(SHOWN + 1)
    .execute();
  return {
    portals: portals.map(({ name }) => `"${name}"`),
    versions: versions.map(({ product, version, portal }) => `"${product}" ${version} in "${portal}"`),
  };
};

/** How many users of a strategy a message names before it says "and more". */
export const SHOWN = 5;
