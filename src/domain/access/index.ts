export {
  type Actor,
  type AdministratorActor,
  type DeveloperActor,
  ORGANISATION_ADMIN,
  SYSTEM,
  VISITOR,
} from './actor.ts';
export { allowed, demand, demandSight, may, mayAny, maySee, require, visible } from './policy.ts';
export {
  ENTITY_TYPES,
  type EntityType,
  type Grant,
  isRole,
  type Permission,
  permissionsOf,
  type RegionScope,
  ROLES,
  type Role,
} from './roles.ts';
