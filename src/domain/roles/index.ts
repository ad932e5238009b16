export type { Account, Entity, Holder, RoleAssignment } from './assignment.ts';
export {
  asAdminOf,
  assignEntityRole,
  type EntityRole,
  listEntityRoles,
  listEntityRolesOf,
  makeAdminOf,
  type NewEntityRole,
  removeEntityRole,
} from './entity-roles.ts';
export { grantsOf } from './grants.ts';
export { mayNameHolders } from './holder-policy.ts';
export type { NamedHolder } from './holders.ts';
export { findEntityName, findNamedEntities, type NamedEntity } from './named-entities.ts';
export { demandPowerOver, isOrganisationAdmin, keepingAnAdmin, mayDoEverything } from './organisation-admins.ts';
export { listPeopleWhoMay, type Person, type Power } from './people-who-may.ts';
export { findActingAccount, type GivenRole, giveRole, listHeldRoles, takeRole } from './role-assignments.ts';
export { assignRole, listRolesOf, type NewRole, removeRole } from './roles.ts';
