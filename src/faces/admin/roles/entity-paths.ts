import { type Actor, may } from '../../../domain/access/index.ts';
import type { RoleAssignmentId } from '../../../domain/ids.ts';
import type { RegionCode } from '../../../domain/regions/index.ts';
import type { Entity } from '../../../domain/roles/index.ts';
import { segment } from '../../../http/addresses.ts';

const list = (region: RegionCode, { entityType, entityId }: Entity): string =>
  `/admin/${region}/access/${entityType}/${segment(entityId)}`;

/** Addresses of the roles that are held on one entity. */
export const entityRolePaths = {
  list,
  remove: (region: RegionCode, entity: Entity, id: RoleAssignmentId): string => `${list(region, entity)}/${segment(id)}/remove`,
} as const;

/** May this actor say who holds roles on an entity? */
export const mayGiveRoles = (actor: Actor, entityType: 'product' | 'portal', id: string): boolean =>
  may(actor, `${entityType}.share`, id) || may(actor, 'organisation.identify');
