export {
  AUTH_TYPES,
  type AuthType,
  CLUSTER_TYPES,
  type ClusterType,
  type ControlPlane,
  type ControlPlaneChanges,
  type ControlPlaneFilterField,
  type ControlPlaneSortField,
  type NewControlPlane,
  type ProxyUrl,
} from './control-plane.ts';
export {
  createControlPlane,
  deleteControlPlane,
  getControlPlane,
  listControlPlanes,
  updateControlPlane,
} from './control-planes.ts';
export type { EntityPage, EntityQuery } from './entities-store.ts';
export {
  type GatewayRoute,
  type GatewayService,
  PROTOCOLS,
  type Protocol,
  REDIRECT_STATUSES,
  type RouteFields,
  type SentRoute,
  type SentService,
  type ServiceFields,
} from './entity.ts';
export {
  createGatewayRoute,
  deleteGatewayRoute,
  getGatewayRoute,
  listGatewayRoutes,
  putGatewayRoute,
  type RouteRef,
  updateGatewayRoute,
} from './routes.ts';
export {
  createGatewayService,
  deleteGatewayService,
  findGatewayService,
  getGatewayService,
  listGatewayServices,
  putGatewayService,
  type ServiceRef,
  updateGatewayService,
} from './services.ts';
