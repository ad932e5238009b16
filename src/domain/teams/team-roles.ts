import { toInstant } from '../../database/codec.ts';
import { may } from '../access/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { conflict, invalid, notFound } from '../errors.ts';
import { record } from '../events/index.ts';
import { newId, type TeamRoleId } from '../ids.ts';
import type { Listed, Page } from '../listing.ts';
import * as store from './roles-store.ts';
import type { NewTeamRole, TeamAddress, TeamRole } from './team.ts';
import { getTeam, lockTeam } from './teams.ts';

/** One page of a team's roles. @throws not-found for the team */
export const listTeamRoles = async (ctx: Context, address: TeamAddress, page: Page): Promise<Listed<TeamRole>> => {
  const { id } = await getTeam(ctx, address);
  return store.selectRoles(ctx, id, page);
};

/**
 * Gives a team a role on a product that is assigned to the portal, or that the actor may read: it need not be assigned yet.
 * @throws not-found for the team; invalid when there is no such product in this region; conflict when it has the role already
 */
export const assignTeamRole = (ctx: Context, address: TeamAddress, input: NewTeamRole): Promise<TeamRole> =>
  inTransaction(ctx, async (ctx) => {
    const { id: teamId, portalId } = await lockTeam(ctx, address);
    const { role, productId, region = ctx.region } = input;
    const isHere = region === ctx.region || region === '*';
    const isKnown = may(ctx.actor, 'product.read', productId) || (await store.isAssigned(ctx, portalId, productId));
    const productName = isHere && isKnown ? await store.findProductName(ctx, productId) : undefined;
    if (productName === undefined) throw missingProduct(isHere ? ctx.region : region);
    const now = ctx.now();
    const assigned = { id: newId<TeamRoleId>(now), role, productId, productName, region, createdAt: toInstant(now) };
    if (!(await store.insertRole(ctx, teamId, assigned))) throw conflict(`The team is ${role} of this API product already`);
    await record(ctx, { action: 'team.role-assigned', subjectId: teamId, portalId, details: { role, productId } });
    return assigned;
  });

const missingProduct = (region: string) =>
  invalid({
    field: 'entity_id',
    rule: 'missing_reference',
    reason: `entity_id must name an existing API product that the portal can show; there is none in the region ${region}`,
    source: 'body',
  });

/** @throws not-found for the team, or when it has no such role */
export const removeTeamRole = (ctx: Context, address: TeamAddress, roleId: TeamRoleId): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    const { id: teamId, portalId } = await lockTeam(ctx, address);
    const assigned = await store.findRole(ctx, teamId, roleId);
    if (!assigned || !(await store.removeRole(ctx, roleId))) throw notFound('Role');
    const { role, productId } = assigned;
    await record(ctx, { action: 'team.role-removed', subjectId: teamId, portalId, details: { role, productId } });
  });
