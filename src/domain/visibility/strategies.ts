import { type SqlBool, sql } from 'kysely';
import { fromJson } from '../../database/codec.ts';
import type { StrategyConfig, StrategySummary } from '../auth-strategies/index.ts';
import type { Context } from '../context.ts';
import type { AuthStrategyId } from '../ids.ts';
import type { Portal } from '../portals/index.ts';
import { isPublishedIn, isVisibleProduct, type Visitor } from './visitor.ts';

/** The strategies that an application in a portal can be bound to: its default, and those of the versions that a visitor may see. */
export const listVisibleStrategies = async (ctx: Context, portal: Portal, visitor: Visitor): Promise<StrategySummary[]> => {
  const rows = await ctx.db
    .selectFrom('auth_strategies')
    .select(['id', 'name', 'display_name', 'configs'])
    .where(
      sql<SqlBool>`(auth_strategies.id = ${portal.defaultAuthStrategyId} or exists (
        select 1 from publication_auth_strategies as used
        inner join publications on publications.id = used.publication_id
        inner join product_versions on product_versions.id = publications.version_id
        inner join products on products.id = product_versions.product_id
        where used.auth_strategy_id = auth_strategies.id
          and ${isPublishedIn(portal)} and ${isVisibleProduct(portal, visitor)}))`,
    )
    .orderBy('auth_strategies.name_key')
    .execute();
  return rows.map(({ id, name, display_name, configs }) => ({
    id: id as AuthStrategyId,
    name,
    displayName: display_name,
    config: fromJson<StrategyConfig>(configs),
  }));
};
