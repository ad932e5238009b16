import { type Grant, permissionsOf } from '../access/index.ts';
import type { Context, OrganisationContext } from '../context.ts';
import type { Account } from './assignment.ts';
import { memberColumnOf } from './holders.ts';

/**
 * All roles that are in force for an account in a region: its own and those of its teams, on all entities of a type and on single
 * ones. A query in each of the two databases, at every request: a role that was taken is gone at once, whichever process took it.
 */
export const grantsOf = async (organisation: OrganisationContext, ctx: Context, account: Account): Promise<Grant[]> => {
  const held = await selectHeld(organisation, ctx, account);
  const grants = held.flatMap(({ entity_type, role }) =>
    entity_type === null || role === null ? [] : [{ entityType: entity_type as Grant['entityType'], role, entityId: '*' }],
  );
  if (grants.some((grant) => permissionsOf(grant).includes('organisation.administer'))) return grants;
  const teams = held.map(({ team_id }) => team_id).filter((id) => id !== null);
  const onEntities = await ctx.db
    .selectFrom('entity_role_assignments')
    .select(['entity_type', 'role', 'entity_id'])
    .where('holder_id', 'in', [account.id as string, ...new Set(teams)])
    .execute();
  return [
    ...grants,
    ...onEntities.map(({ entity_type, role, entity_id }) => ({
      entityType: entity_type as Grant['entityType'],
      role,
      entityId: entity_id,
    })),
  ];
};

interface Held {
  readonly team_id: string | null;
  readonly entity_type: string | null;
  readonly role: string | null;
}

/** An account's own roles on all of a type, and each of its teams, with its roles if it has any. */
const selectHeld = ({ db }: OrganisationContext, { region }: Context, account: Account): Promise<Held[]> => {
  const column = memberColumnOf(account);
  const scopes = [region, '*'];
  return db
    .selectFrom('role_assignments')
    .select(['team_id', 'entity_type', 'role'])
    .where(column, '=', account.id)
    .where('region', 'in', scopes)
    .$castTo<Held>()
    .unionAll(
      db
        .selectFrom('administrator_team_members as member')
        .leftJoin('role_assignments as assigned', (join) =>
          join.onRef('assigned.team_id', '=', 'member.team_id').on('assigned.region', 'in', scopes),
        )
        .select(['member.team_id', 'assigned.entity_type', 'assigned.role'])
        .where(`member.${column}`, '=', account.id)
        .$castTo<Held>(),
    )
    .execute();
};
