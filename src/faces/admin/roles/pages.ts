import type { EntityType } from '../../../domain/access/index.ts';
import {
  type EntityRole,
  findEntityName,
  type Holder,
  listEntityRolesOf,
  listRolesOf,
  type RoleAssignment,
} from '../../../domain/roles/index.ts';
import type { AdminContext } from '../context.ts';
import { inRegion } from '../layout.ts';
import { organisationPaths } from '../organisation/paths.ts';
import { ENTITY_WORDS } from './words.ts';

const regionWords = (region: string): string => (region === '*' ? 'in all regions' : inRegion(region));

/** On what a role is held, in words. */
const scopeOf = async (ctx: AdminContext, { entityType, entityId, region }: RoleAssignment | EntityRole): Promise<string> => {
  if (entityType === 'organisation') return 'the whole organisation';
  if (entityId === '*') return `all ${ENTITY_WORDS[entityType].many}, ${regionWords(region)}`;
  const name = await findEntityName(ctx, entityType, entityId);
  return `${ENTITY_WORDS[entityType].one} ${name ?? entityId}`;
};

/** The roles that somebody holds of their own, and where to give and take them; those on single entities are of the region shown. */
export const rolesSection = async (ctx: AdminContext, holder: Holder, mayChange: boolean) => {
  const { region, organisation } = ctx;
  const roles = [...(await listRolesOf(organisation, holder)), ...(await listEntityRolesOf(ctx, holder))];
  return {
    items: await Promise.all(
      roles.map(async (role) => ({
        name: role.role,
        scope: await scopeOf(ctx, role),
        removeAction: mayChange && organisationPaths.removeRole(region, holder, role.id),
      })),
    ),
    giveHref: mayChange && organisationPaths.newRole(region, holder),
    note: ctx.deps.regions.length > 1 && `Of roles on single entities, those ${inRegion(region)} are shown.`,
  };
};

/** What roles on entities of a type allow, in the order in which they grow. */
export const typeTabs = (ctx: AdminContext, holder: Holder, chosen: EntityType) => ({
  label: 'What the role is about',
  items: (Object.keys(ENTITY_WORDS) as EntityType[]).map((type) => ({
    label: ENTITY_WORDS[type].many,
    href: organisationPaths.newRole(ctx.region, holder, { type }),
    current: type === chosen,
  })),
});
