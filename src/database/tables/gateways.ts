import type { Bit, Fixed } from '../schema-values.ts';

/** owner: gateways */
export interface ControlPlanesTable {
  id: Fixed<string>;
  name: string;
  name_key: string;
  description: string | null;
  kind: string;
  cluster_type: string;
  auth_type: string;
  cloud_gateway: Bit;
  proxy_urls: string;
  labels: string;
  created_at: Fixed<string>;
  updated_at: string;
}

/** owner: gateways */
export interface ControlPlaneLabelsTable {
  control_plane_id: string;
  key: string;
  value_key: string;
}

/** owner: gateways */
export interface GatewayServicesTable {
  id: Fixed<string>;
  control_plane_id: Fixed<string>;
  name: string | null;
  /** the entity's own fields, as sent and completed with defaults */
  entity: string;
  created_at: Fixed<string>;
  updated_at: string;
}

/** owner: gateways */
export interface GatewayRoutesTable {
  id: Fixed<string>;
  control_plane_id: Fixed<string>;
  service_id: string | null;
  name: string | null;
  entity: string;
  created_at: Fixed<string>;
  updated_at: string;
}
