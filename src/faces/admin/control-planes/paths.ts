import type { ControlPlaneId, GatewayRouteId, GatewayServiceId } from '../../../domain/ids.ts';
import type { RegionCode } from '../../../domain/regions/index.ts';
import { type Query, queryString } from '../../../http/addresses.ts';
import { paths } from '../paths.ts';

const planes = (region: RegionCode): string => `${paths.overview(region)}/control-planes`;
const plane = (region: RegionCode, id: ControlPlaneId): string => `${planes(region)}/${id}`;

export type EntityKind = 'services' | 'routes';
export type EntityId = GatewayServiceId | GatewayRouteId;

/** Addresses of control planes, their services and routes. */
export const controlPlanePaths = {
  list: (region: RegionCode, query: Query = {}): string => `${planes(region)}${queryString(query)}`,
  create: (region: RegionCode): string => `${planes(region)}/create`,
  controlPlane: plane,
  edit: (region: RegionCode, id: ControlPlaneId): string => `${plane(region, id)}/edit`,
  delete: (region: RegionCode, id: ControlPlaneId): string => `${plane(region, id)}/delete`,
  entities: (region: RegionCode, id: ControlPlaneId, kind: EntityKind, query: Query = {}): string =>
    `${plane(region, id)}/${kind}${queryString(query)}`,
  createEntity: (region: RegionCode, id: ControlPlaneId, kind: EntityKind): string => `${plane(region, id)}/${kind}/create`,
  entity: (region: RegionCode, id: ControlPlaneId, kind: EntityKind, entity: EntityId): string =>
    `${plane(region, id)}/${kind}/${entity}`,
  deleteEntity: (region: RegionCode, id: ControlPlaneId, kind: EntityKind, entity: EntityId): string =>
    `${plane(region, id)}/${kind}/${entity}/delete`,
} as const;
