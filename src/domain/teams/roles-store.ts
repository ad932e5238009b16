import { applyPage } from '../../database/listing.ts';
import type { RegionScope } from '../access/index.ts';
import type { Context } from '../context.ts';
import type { PortalId, ProductId, TeamId, TeamRoleId } from '../ids.ts';
import type { Listed, Page } from '../listing.ts';
import type { TeamRole } from './team.ts';

/** The name of a product; undefined when there is none with this id. */
export const findProductName = async (ctx: Context, id: ProductId): Promise<string | undefined> => {
  const row = await ctx.db.selectFrom('products').select('name').where('id', '=', id).executeTakeFirst();
  return row?.name;
};

/** Whether a product is shown in a portal, as far as it is published. */
export const isAssigned = async (ctx: Context, portalId: PortalId, productId: ProductId): Promise<boolean> => {
  const row = await ctx.db
    .selectFrom('product_assignments')
    .select('product_id')
    .where('portal_id', '=', portalId)
    .where('product_id', '=', productId)
    .executeTakeFirst();
  return row !== undefined;
};

/** Gives a team a role; answers false when it has this role on this product already. */
export const insertRole = async (ctx: Context, teamId: TeamId, role: TeamRole): Promise<boolean> => {
  const row = await ctx.db
    .insertInto('developer_team_roles')
    .values({
      id: role.id,
      team_id: teamId,
      product_id: role.productId,
      role: role.role,
      entity_region: role.region,
      created_at: role.createdAt,
    })
    .onConflict((existing) => existing.columns(['team_id', 'product_id', 'role']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
};

const selectTeamRoles = (ctx: Context, teamId: TeamId) =>
  ctx.db
    .selectFrom('developer_team_roles as assigned')
    .innerJoin('products', 'products.id', 'assigned.product_id')
    .where('assigned.team_id', '=', teamId);

const SHOWN = [
  'assigned.id',
  'assigned.role',
  'assigned.product_id',
  'products.name',
  'assigned.entity_region',
  'assigned.created_at',
] as const;

const fromRow = (row: {
  id: string;
  role: TeamRole['role'];
  product_id: string;
  name: string;
  entity_region: string;
  created_at: string;
}): TeamRole => ({
  id: row.id as TeamRoleId,
  role: row.role,
  productId: row.product_id as ProductId,
  productName: row.name,
  region: row.entity_region as RegionScope,
  createdAt: row.created_at,
});

export const findRole = async (ctx: Context, teamId: TeamId, id: TeamRoleId): Promise<TeamRole | undefined> => {
  const row = await selectTeamRoles(ctx, teamId).select(SHOWN).where('assigned.id', '=', id).executeTakeFirst();
  return row && fromRow(row);
};

/** Takes a role from its team; answers whether it was there. */
export const removeRole = async (ctx: Context, id: TeamRoleId): Promise<boolean> => {
  const { numDeletedRows } = await ctx.db.deleteFrom('developer_team_roles').where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
};

/** One page of a team's roles, in the order in which they were given. */
export const selectRoles = async (ctx: Context, teamId: TeamId, page: Page): Promise<Listed<TeamRole>> => {
  const roles = selectTeamRoles(ctx, teamId);
  const { total } = await roles.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const sorted = roles.select(SHOWN).orderBy('assigned.created_at').orderBy('assigned.id');
  const rows = await applyPage(sorted, page).execute();
  return { items: rows.map(fromRow), total, page };
};
