import { type EntityType, isRole, type RegionScope, ROLES, type Role } from '../access/index.ts';
import { type DomainError, invalid } from '../errors.ts';
import type { AdministratorId, AdministratorTeamId, RoleAssignmentId, SystemAccountId } from '../ids.ts';

/** Whoever can act for the installation: a person or a machine. */
export type Account =
  | { readonly kind: 'administrator'; readonly id: AdministratorId }
  | { readonly kind: 'system-account'; readonly id: SystemAccountId };

/** Whoever can hold roles; those of a team are its members' too. */
export type Holder = Account | { readonly kind: 'team'; readonly id: AdministratorTeamId };

/** A role that somebody holds. */
export interface RoleAssignment extends Role {
  readonly id: RoleAssignmentId;
  readonly holder: Holder;
  /** `*`: on all entities of the type */
  readonly entityId: string;
  /** where it is in force; of a role on one entity, the entity's region */
  readonly region: RegionScope;
  readonly createdAt: string;
}

/** An entity that roles can be held on. */
export interface Entity {
  readonly entityType: EntityType;
  readonly entityId: string;
}

/** @throws invalid for a role that there is not on entities of this type */
export const checkRole = ({ entityType, role }: Role): void => {
  if (isRole({ entityType, role })) return;
  const choices = Object.keys(ROLES[entityType]);
  throw invalid({
    field: 'role',
    rule: 'enum',
    choices,
    reason: `role must be one of those on a ${entityType}: ${choices.join(', ')}`,
    source: 'body',
  });
};

export const missingHolder = (): DomainError =>
  invalid({
    field: 'holder',
    rule: 'missing_reference',
    reason: 'the role must be given to an administrator, a system account or a team that exists',
    source: 'body',
  });
