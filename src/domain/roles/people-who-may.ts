import { ENTITY_TYPES, type Permission, permissionsOf, ROLES, type Role } from '../access/index.ts';
import type { Context, OrganisationContext } from '../context.ts';
import type { AdministratorId } from '../ids.ts';

/** A permission on one entity. */
export interface Power {
  readonly permission: Permission;
  readonly entityId: string;
}

/** Somebody to write to. */
export interface Person {
  readonly id: AdministratorId;
  readonly name: string;
  readonly email: string;
}

const ALL_ROLES: readonly Role[] = ENTITY_TYPES.flatMap((entityType) =>
  Object.keys(ROLES[entityType]).map((role) => ({ entityType, role })),
);

const EVERYTHING: Permission = 'organisation.administer';

const rolesThatGrant = (permission: Permission): readonly Role[] =>
  ALL_ROLES.filter((role) => permissionsOf(role).includes(permission));

/** The people and teams that hold a role on all of a type which gives one of these powers. */
const holdersOnAll = async ({ db }: OrganisationContext, { region }: Context, powers: readonly Power[]): Promise<string[]> => {
  const roles = [EVERYTHING, ...powers.map(({ permission }) => permission)].flatMap(rolesThatGrant);
  const rows = await db
    .selectFrom('role_assignments')
    .select(['administrator_id', 'team_id'])
    .where('region', 'in', [region, '*'])
    .where(({ or, and, eb }) =>
      or(roles.map(({ entityType, role }) => and([eb('entity_type', '=', entityType), eb('role', '=', role)]))),
    )
    .execute();
  return rows.flatMap(({ administrator_id, team_id }) => administrator_id ?? team_id ?? []);
};

/** Those that hold one on the entity itself. */
const holdersOnEntities = async ({ db }: Context, powers: readonly Power[]): Promise<string[]> => {
  const wanted = powers.flatMap(({ permission, entityId }) => rolesThatGrant(permission).map((role) => ({ ...role, entityId })));
  if (wanted.length === 0) return [];
  const rows = await db
    .selectFrom('entity_role_assignments')
    .select('holder_id')
    .where(({ or, and, eb }) =>
      or(
        wanted.map(({ entityType, role, entityId }) =>
          and([eb('entity_type', '=', entityType), eb('role', '=', role), eb('entity_id', '=', entityId)]),
        ),
      ),
    )
    .execute();
  return rows.map(({ holder_id }) => holder_id);
};

/**
 * The people who can log in and have one of some powers in a region, of their own or through a team; by name. Reads both databases, so
 * call it outside transactions.
 */
export const listPeopleWhoMay = async (
  organisation: OrganisationContext,
  ctx: Context,
  powers: readonly Power[],
): Promise<Person[]> => {
  const holders = [...(await holdersOnAll(organisation, ctx, powers)), ...(await holdersOnEntities(ctx, powers))];
  if (holders.length === 0) return [];
  const rows = await organisation.db
    .selectFrom('administrators')
    .select(['id', 'name', 'email'])
    .where('status', '=', 'active')
    .where(({ or, eb, selectFrom }) =>
      or([
        eb('id', 'in', holders),
        eb(
          'id',
          'in',
          selectFrom('administrator_team_members').select('administrator_id').where('team_id', 'in', holders).$castTo<string>(),
        ),
      ]),
    )
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, id: row.id as AdministratorId }));
};
