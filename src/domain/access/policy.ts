import { forbidden, notFound } from '../errors.ts';
import type { Actor } from './actor.ts';
import { type EntityType, type Grant, type Permission, permissionsOf } from './roles.ts';

const EVERYTHING: Permission = 'organisation.administer';

const typeOf = (permission: Permission): EntityType => permission.slice(0, permission.indexOf('.')) as EntityType;

const grants = (grant: Grant, permission: Permission): boolean => permissionsOf(grant).includes(permission);

/**
 * May this actor do this to an entity, or to all of the type where no id is given (create one, say)? Default deny. The program itself
 * and organisation administrators may do everything; developers and visitors nothing that is asked here.
 */
export const may = (actor: Actor, permission: Permission, entityId?: string): boolean => {
  if (actor.kind === 'system') return true;
  if (actor.kind !== 'administrator') return false;
  return actor.grants.some(
    (grant) =>
      grants(grant, EVERYTHING) ||
      (grants(grant, permission) && (grant.entityId === '*' || (entityId !== undefined && grant.entityId === entityId))),
  );
};

/** The entities that an actor may do this to: all of the type, or those with these ids. Narrow lists by it. */
export const allowed = (actor: Actor, permission: Permission): 'all' | readonly string[] => {
  if (may(actor, permission)) return 'all';
  if (actor.kind !== 'administrator') return [];
  return actor.grants.filter((grant) => grants(grant, permission)).map(({ entityId }) => entityId);
};

/** Whether there is any entity that an actor may do this to, or might be: for navigation. */
export const mayAny = (actor: Actor, permission: Permission): boolean => {
  const entities = allowed(actor, permission);
  return entities === 'all' || entities.length > 0;
};

/** The permissions with which an entity of a type is visible at all. */
const SEEING: Record<EntityType, readonly Permission[]> = {
  product: ['product.read'],
  portal: ['portal.read', 'portal.style'],
  'auth-strategy': ['auth-strategy.read'],
  'dcr-provider': ['dcr-provider.read'],
  'control-plane': ['control-plane.read'],
  organisation: ['organisation.identify'],
};

/** May this actor know that an entity is there? */
export const maySee = (actor: Actor, entityType: EntityType, entityId: string): boolean =>
  SEEING[entityType].some((permission) => may(actor, permission, entityId));

/** The entities of a type that an actor may know of: all, or those with these ids. Narrow lists by it. */
export const visible = (actor: Actor, entityType: EntityType): 'all' | readonly string[] => {
  const seen = SEEING[entityType].map((permission) => allowed(actor, permission));
  return seen.includes('all') ? 'all' : [...new Set((seen as readonly (readonly string[])[]).flat())];
};

/**
 * Lets an actor do something to an entity.
 * @param what the entity's name in messages, such as `Portal`
 * @throws not-found where the actor may not even see it; forbidden where they may see it but not do this
 */
export const demand = (actor: Actor, permission: Permission, entityId: string, what: string): void => {
  if (may(actor, permission, entityId)) return;
  throw maySee(actor, typeOf(permission), entityId) ? forbidden() : notFound(what);
};

/** @throws not-found where an actor may not know that the entity is there */
export const demandSight = (actor: Actor, entityType: EntityType, entityId: string, what: string): void => {
  if (!maySee(actor, entityType, entityId)) throw notFound(what);
};

/** @throws forbidden unless the policy holds */
export const require = (holds: boolean): void => {
  if (!holds) throw forbidden();
};
