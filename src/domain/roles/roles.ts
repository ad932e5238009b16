import { toInstant } from '../../database/codec.ts';
import { isForeignKeyViolation, isUniqueViolation } from '../../database/errors.ts';
import { may, type RegionScope, type Role, require } from '../access/index.ts';
import { inTransaction, type OrganisationContext } from '../context.ts';
import { conflict, forbidden, invalid, notFound } from '../errors.ts';
import { recordForOrganisation } from '../events/index.ts';
import { type AdministratorId, type AdministratorTeamId, newId, type RoleAssignmentId, type SystemAccountId } from '../ids.ts';
import { checkRole, type Holder, missingHolder, type RoleAssignment } from './assignment.ts';
import { columnOf } from './holders.ts';
import { keepingAnAdmin, mayDoEverything } from './organisation-admins.ts';

/** A role on all entities of a type, or in the organisation, to be given to somebody. */
export interface NewRole extends Role {
  readonly holder: Holder;
  readonly region: RegionScope;
}

/**
 * Gives somebody a role on all entities of a type, in one region or in all.
 * @throws forbidden; invalid for a role that there is not, or a holder; conflict when they hold it already
 */
export const assignRole = async (ctx: OrganisationContext, input: NewRole): Promise<RoleAssignment> => {
  demandGiving(ctx, input);
  checkRole(input);
  if (input.entityType === 'organisation' && input.region !== '*')
    throw invalid({ field: 'region', rule: 'enum', choices: ['*'], reason: 'region must be * for roles in the organisation' });
  const now = ctx.now();
  const { holder, entityType, role, region } = input;
  const id = newId<RoleAssignmentId>(now);
  const createdAt = toInstant(now);
  try {
    await inTransaction(ctx, async (ctx) => {
      await ctx.db
        .insertInto('role_assignments')
        .values({ ...holderColumns(holder), id, entity_type: entityType, role, region, created_at: createdAt })
        .execute();
      const details = { holder: holder.kind, holderId: holder.id, entityType, role, region };
      await recordForOrganisation(ctx, { action: 'organisation-role.assigned', subjectId: id, details });
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw conflict('This role is held already');
    if (isForeignKeyViolation(error)) throw missingHolder();
    throw error;
  }
  return { id, holder, entityType, role, entityId: '*', region, createdAt };
};

const demandGiving = ({ actor }: OrganisationContext, { entityType, role }: Role): void => {
  require(may(actor, 'organisation.identify'));
  if (entityType === 'organisation' && role === 'Organisation Admin' && !mayDoEverything(actor))
    throw forbidden('Only an Organisation Admin may give or take this role');
};

const holderColumns = (holder: Holder) => ({
  administrator_id: null,
  system_account_id: null,
  team_id: null,
  [columnOf(holder)]: holder.id,
});

/**
 * Takes a role on all entities of a type.
 * @throws not-found; forbidden; conflict when it would leave nobody who may do everything
 */
export const removeRole = (ctx: OrganisationContext, id: RoleAssignmentId): Promise<void> =>
  keepingAnAdmin(ctx, async (ctx) => {
    require(may(ctx.actor, 'organisation.identify'));
    const assignment = await findRole(ctx, id);
    if (!assignment) throw notFound('Role');
    demandGiving(ctx, assignment);
    await ctx.db.deleteFrom('role_assignments').where('id', '=', id).execute();
    const { holder, entityType, role, region } = assignment;
    const details = { holder: holder.kind, holderId: holder.id, entityType, role, region };
    await recordForOrganisation(ctx, { action: 'organisation-role.removed', subjectId: id, details });
  });

const COLUMNS = [
  'id',
  'administrator_id',
  'system_account_id',
  'team_id',
  'entity_type',
  'role',
  'region',
  'created_at',
] as const;

interface Row {
  readonly id: string;
  readonly administrator_id: string | null;
  readonly system_account_id: string | null;
  readonly team_id: string | null;
  readonly entity_type: string;
  readonly role: string;
  readonly region: string;
  readonly created_at: string;
}

const holderOf = ({ administrator_id, system_account_id, team_id }: Row): Holder => {
  if (administrator_id !== null) return { kind: 'administrator', id: administrator_id as AdministratorId };
  if (system_account_id !== null) return { kind: 'system-account', id: system_account_id as SystemAccountId };
  return { kind: 'team', id: team_id as AdministratorTeamId };
};

const fromRow = (row: Row): RoleAssignment => ({
  id: row.id as RoleAssignmentId,
  holder: holderOf(row),
  entityType: row.entity_type as RoleAssignment['entityType'],
  role: row.role,
  entityId: '*',
  region: row.region as RegionScope,
  createdAt: row.created_at,
});

/** A role on all entities of a type, if it is held. */
export const findRole = async (ctx: OrganisationContext, id: RoleAssignmentId): Promise<RoleAssignment | undefined> => {
  const row = await ctx.db.selectFrom('role_assignments').select(COLUMNS).where('id', '=', id).executeTakeFirst();
  return row && fromRow(row);
};

/**
 * The roles that somebody holds of their own (not through teams) on all entities of a type, the oldest first.
 * @throws forbidden to all but themselves and whoever manages people
 */
export const listRolesOf = async (ctx: OrganisationContext, holder: Holder): Promise<RoleAssignment[]> => {
  demandRolesOf(ctx, holder);
  const rows = await ctx.db
    .selectFrom('role_assignments')
    .select(COLUMNS)
    .where(columnOf(holder), '=', holder.id)
    .orderBy('id')
    .execute();
  return rows.map(fromRow);
};

/** @throws forbidden to all but themselves and whoever manages people */
export const demandRolesOf = ({ actor }: Pick<OrganisationContext, 'actor'>, holder: Holder): void =>
  require((actor.kind === 'administrator' && actor.id === holder.id) || may(actor, 'organisation.identify'));
