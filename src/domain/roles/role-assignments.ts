import type { RegionScope } from '../access/index.ts';
import type { Context, OrganisationContext } from '../context.ts';
import { invalid } from '../errors.ts';
import type { RoleAssignmentId } from '../ids.ts';
import type { Entity, Holder, RoleAssignment } from './assignment.ts';
import { assignEntityRole, listEntityRolesOf, removeEntityRole } from './entity-roles.ts';
import { findHolders, type NamedHolder } from './holders.ts';
import { assignRole, findRole, listRolesOf, removeRole } from './roles.ts';

/** A role on one entity of the region, or on all of a type. */
export interface GivenRole extends Entity {
  readonly role: string;
  readonly holder: Holder;
  /** of a role on all of a type: where it is in force; everywhere unless told otherwise */
  readonly region?: RegionScope | undefined;
}

/** Gives a role, wherever it is kept. @throws as `assignRole` and `assignEntityRole` */
export const giveRole = async (
  ctx: Context,
  organisation: OrganisationContext,
  { region, ...given }: GivenRole,
): Promise<RoleAssignment> => {
  if (given.entityId === '*') return assignRole(organisation, { ...given, region: region ?? '*' });
  if (region !== undefined && region !== ctx.region)
    throw invalid({
      field: 'region',
      rule: 'invalid',
      reason: 'region must be that of the request, or absent, for a role on one entity',
      source: 'body',
    });
  const { holderId: _id, ...assignment } = await assignEntityRole(ctx, organisation, given);
  return { ...assignment, holder: given.holder };
};

/** Takes a role, wherever it is kept. @throws as `removeRole` and `removeEntityRole` */
export const takeRole = async (ctx: Context, organisation: OrganisationContext, id: RoleAssignmentId): Promise<void> =>
  (await findRole(organisation, id)) ? removeRole(organisation, id) : removeEntityRole(ctx, id);

/** All roles that somebody holds of their own: on all of a type anywhere, and on entities of the region. @throws forbidden */
export const listHeldRoles = async (
  ctx: Context,
  organisation: OrganisationContext,
  holder: Holder,
): Promise<RoleAssignment[]> => {
  const onEntities = await listEntityRolesOf(ctx, holder);
  return [...(await listRolesOf(organisation, holder)), ...onEntities.map(({ holderId: _id, ...role }) => ({ ...role, holder }))];
};

/** The person or the machine that acts; undefined for a token of nobody. */
export const findActingAccount = async (
  organisation: OrganisationContext,
): Promise<Exclude<NamedHolder, { kind: 'team' }> | undefined> => {
  const { actor } = organisation;
  if (actor.kind !== 'administrator' || actor.id === undefined) return undefined;
  const account = (await findHolders(organisation, [actor.id])).get(actor.id);
  return account?.kind === 'team' ? undefined : account;
};
