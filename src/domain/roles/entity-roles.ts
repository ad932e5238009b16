import { toInstant } from '../../database/codec.ts';
import { isForeignKeyViolation, isUniqueViolation } from '../../database/errors.ts';
import { demand, type EntityType, type Grant, may, type Permission } from '../access/index.ts';
import { type Context, inTransaction, type OrganisationContext } from '../context.ts';
import { conflict, invalid, notFound } from '../errors.ts';
import { record } from '../events/index.ts';
import { newId, type RoleAssignmentId } from '../ids.ts';
import { checkRole, type Entity, type Holder, missingHolder, type RoleAssignment } from './assignment.ts';
import { findHolders, holderExists, type NamedHolder } from './holders.ts';
import { demandRolesOf } from './roles.ts';

/** A role on one entity, to be given to somebody. */
export interface NewEntityRole extends Entity {
  readonly role: string;
  readonly holder: Holder;
}

/** A role that is held on one entity of the region. */
export interface EntityRole extends Omit<RoleAssignment, 'holder'> {
  readonly holderId: string;
}

const NAMES: Record<EntityType, string> = {
  product: 'API product',
  portal: 'Portal',
  'auth-strategy': 'Auth strategy',
  'dcr-provider': 'DCR provider',
  'control-plane': 'Control plane',
  organisation: 'Organisation',
};

/** With which permission on an entity somebody gives roles on it; without one, only whoever manages people does. */
const SHARING: Partial<Record<EntityType, Permission>> = {
  product: 'product.share',
  portal: 'portal.share',
  'control-plane': 'control-plane.share',
};

/** @throws not-found where the actor may not see the entity; forbidden where they may, but neither are its Admin nor manage people */
const demandSharing = ({ actor }: Context, { entityType, entityId }: Entity): void => {
  if (may(actor, 'organisation.identify')) return;
  demand(actor, SHARING[entityType] ?? 'organisation.administer', entityId, NAMES[entityType]);
};

/** The column that ties a role to its entity, so that it goes with it. */
const entityColumn = ({ entityType, entityId }: Entity) => {
  switch (entityType) {
    case 'product':
      return { product_id: entityId };
    case 'portal':
      return { portal_id: entityId };
    case 'auth-strategy':
      return { auth_strategy_id: entityId };
    case 'control-plane':
      return { control_plane_id: entityId };
    default:
      throw notFound(NAMES[entityType]);
  }
};

/**
 * Gives somebody a role on one entity of the region.
 * @param organisation where the holder is looked up
 * @throws not-found for the entity; forbidden; invalid for a role that there is not, or a holder; conflict when they hold it already
 */
export const assignEntityRole = async (
  ctx: Context,
  organisation: OrganisationContext,
  { holder, ...input }: NewEntityRole,
): Promise<EntityRole> => {
  demandSharing(ctx, input);
  checkRole(input);
  if (isCreator(input))
    throw invalid({ field: 'role', rule: 'invalid', reason: 'role must not be Creator: it is about no single entity' });
  if (!(await holderExists(organisation, holder))) throw missingHolder();
  try {
    return await inTransaction(ctx, (ctx) => insert(ctx, { ...input, holderId: holder.id }));
  } catch (error) {
    if (isUniqueViolation(error)) throw conflict('This role is held already');
    if (isForeignKeyViolation(error)) throw notFound(NAMES[input.entityType]);
    throw error;
  }
};

const isCreator = ({ role }: { role: string }): boolean => role === 'Creator';

const insert = async (ctx: Context, input: Entity & { role: string; holderId: string }): Promise<EntityRole> => {
  const now = ctx.now();
  const { entityType, entityId, role, holderId } = input;
  const assignment = { id: newId<RoleAssignmentId>(now), ...input, region: ctx.region, createdAt: toInstant(now) };
  await ctx.db
    .insertInto('entity_role_assignments')
    .values({
      ...entityColumn(input),
      id: assignment.id,
      holder_id: holderId,
      role,
      entity_type: entityType,
      entity_id: entityId,
      created_at: assignment.createdAt,
    })
    .execute();
  await record(ctx, { action: 'role.assigned', subjectId: assignment.id, details: { ...input } });
  return assignment;
};

/** @throws not-found, also where the entity may not be seen; forbidden */
export const removeEntityRole = (ctx: Context, id: RoleAssignmentId): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    const row = await select(ctx).where('id', '=', id).executeTakeFirst();
    if (!row) throw notFound('Role');
    const { entityType, entityId, role, holderId } = fromRow(ctx, row);
    demandSharing(ctx, { entityType, entityId });
    await ctx.db.deleteFrom('entity_role_assignments').where('id', '=', id).execute();
    await record(ctx, { action: 'role.removed', subjectId: id, details: { entityType, entityId, role, holderId } });
  });

const select = (ctx: Context) =>
  ctx.db.selectFrom('entity_role_assignments').select(['id', 'holder_id', 'role', 'entity_type', 'entity_id', 'created_at']);

type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>;

const fromRow = (ctx: Context, row: Row): EntityRole => ({
  id: row.id as RoleAssignmentId,
  holderId: row.holder_id,
  role: row.role,
  entityType: row.entity_type as EntityType,
  entityId: row.entity_id,
  region: ctx.region,
  createdAt: row.created_at,
});

/**
 * The roles that are held on one entity, the oldest first; those of holders who are no more are left out.
 * @throws not-found, forbidden: as giving a role is
 */
export const listEntityRoles = async (
  ctx: Context,
  organisation: OrganisationContext,
  entity: Entity,
): Promise<(Omit<EntityRole, 'holderId'> & { readonly holder: NamedHolder })[]> => {
  demandSharing(ctx, entity);
  const rows = await select(ctx)
    .where('entity_type', '=', entity.entityType)
    .where('entity_id', '=', entity.entityId)
    .orderBy('id')
    .execute();
  const holders = await findHolders(organisation, [...new Set(rows.map(({ holder_id }) => holder_id))]);
  return rows.flatMap((row) => {
    const { holderId, ...role } = fromRow(ctx, row);
    const holder = holders.get(holderId);
    return holder ? [{ ...role, holder }] : [];
  });
};

/**
 * The roles that somebody holds of their own on single entities of the region, the oldest first.
 * @throws forbidden to all but themselves and whoever manages people
 */
export const listEntityRolesOf = async (ctx: Context, holder: Holder): Promise<EntityRole[]> => {
  demandRolesOf(ctx, holder);
  const rows = await select(ctx).where('holder_id', '=', holder.id).orderBy('id').execute();
  return rows.map((row) => fromRow(ctx, row));
};

/** The role that whoever creates an entity has on it from then on. */
const CREATORS = { product: 'Admin', portal: 'Admin', 'auth-strategy': 'Maintainer', 'control-plane': 'Admin' } as const;

type Created = keyof typeof CREATORS;

/** Whoever creates something as themselves, and may not do everything anyway. */
const creatorOf = ({ actor }: Context) =>
  actor.kind === 'administrator' && actor.id !== undefined && !may(actor, 'organisation.administer') ? actor : undefined;

/** Gives the actor the highest role on what they have just created, in the transaction that creates it. */
export const makeAdminOf = async (ctx: Context, entityType: Created, entityId: string): Promise<void> => {
  const holderId = creatorOf(ctx)?.id;
  if (holderId !== undefined) await insert(ctx, { entityType, entityId, role: CREATORS[entityType], holderId });
};

/** The context in which the role of {@link makeAdminOf} is in force already. */
export const asAdminOf = <C extends Context>(ctx: C, entityType: Created, entityId: string): C => {
  const actor = creatorOf(ctx);
  const grant: Grant = { entityType, entityId, role: CREATORS[entityType] };
  return actor ? { ...ctx, actor: { ...actor, grants: [...actor.grants, grant] } } : ctx;
};
