export {
  type Actor,
  type AdministratorActor,
  type DeveloperActor,
  ORGANISATION_ADMIN,
  SYSTEM,
  VISITOR,
} from './actor.ts';
export { allowed, canAdminister, demand, may, mayAny, maySee, require } from './policy.ts';
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
