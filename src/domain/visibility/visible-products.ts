import type { Context } from '../context.ts';
import type { ProductId } from '../ids.ts';
import type { Portal } from '../portals/index.ts';
import { isVisibleProduct, seesByRole, type Visitor } from './visitor.ts';

/** Whether a visitor of a portal may see a product. */
export const isVisible = async (ctx: Context, portal: Portal, visitor: Visitor, productId: ProductId): Promise<boolean> => {
  const row = await ctx.db
    .selectFrom('products')
    .select('id')
    .where('id', '=', productId)
    .where(isVisibleProduct(portal, visitor))
    .executeTakeFirst();
  return row !== undefined;
};

/**
 * Whether a visitor may register applications for a product that they see: developers, and with access by roles those with a team that
 * may consume it. Nobody registers in a public portal.
 */
export const mayConsume = async (ctx: Context, portal: Portal, visitor: Visitor, productId: ProductId): Promise<boolean> => {
  if (visitor.kind === 'anonymous' || portal.isPublic) return false;
  if (!seesByRole(portal)) return true;
  const row = await ctx.db
    .selectFrom('developer_team_roles')
    .innerJoin('developer_team_members', 'developer_team_members.team_id', 'developer_team_roles.team_id')
    .select('developer_team_roles.id')
    .where('developer_team_members.developer_id', '=', visitor.id)
    .where('developer_team_roles.product_id', '=', productId)
    .where('developer_team_roles.role', '=', 'API Consumer')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
};
