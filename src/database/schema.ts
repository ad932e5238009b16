import type { ColumnType } from 'kysely';
import type { StoredBoolean } from './codec.ts';

/** The data model on one page: a table an interface, grouped by the module that owns (writes) it. Values as `codec.ts` describes. */

type Bit = ColumnType<StoredBoolean, 0 | 1, 0 | 1>;
type Fixed<T> = ColumnType<T, T, never>;

// --- the organisation's database ---------------------------------------------------------------------------------

/** owner: administrators */
export interface AdministratorsTable {
  id: Fixed<string>;
  email: string;
  email_key: string;
  name: string;
  created_at: Fixed<string>;
}

/** owner: tokens */
export interface TokensTable {
  id: Fixed<string>;
  administrator_id: string | null;
  name: string;
  /** SHA-256 of the token, hexadecimal */
  hash: string;
  /** the first characters, to recognise it by */
  prefix: string;
  created_at: Fixed<string>;
  expires_at: string | null;
}

// --- a region's database -----------------------------------------------------------------------------------------

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

/** owner: auth-strategies */
export interface AuthStrategiesTable {
  id: Fixed<string>;
  name: string;
  name_key: string;
  display_name: string;
  strategy_type: string;
  configs: string;
  labels: string;
  created_at: Fixed<string>;
  updated_at: string;
}

/** owner: products */
export interface ProductsTable {
  id: Fixed<string>;
  slug: string;
  name: string;
  name_key: string;
  description: string | null;
  labels: string;
  public_labels: string;
  created_at: Fixed<string>;
  updated_at: string;
}

/** owner: products; the labels of a product once more, for filters and counts */
export interface ProductLabelsTable {
  product_id: string;
  audience: 'internal' | 'public';
  key: string;
  value: string;
  value_key: string;
}

/** owner: products/versions */
export interface ProductVersionsTable {
  id: Fixed<string>;
  product_id: Fixed<string>;
  slug: string;
  name: string;
  name_key: string;
  labels: string;
  gateway_service_id: string | null;
  created_at: Fixed<string>;
  updated_at: string;
}

/** owner: products/documents */
export interface DocumentsTable {
  id: Fixed<string>;
  product_id: Fixed<string>;
  parent_id: string | null;
  position: number;
  slug: string;
  title: string;
  status: 'published' | 'unpublished';
  metadata: string;
  /** Markdown */
  content: string;
  content_hash: string;
  created_at: Fixed<string>;
  updated_at: string;
}

/** owner: products/specs */
export interface SpecificationsTable {
  id: Fixed<string>;
  version_id: Fixed<string>;
  name: string;
  content_hash: string;
  created_at: Fixed<string>;
  updated_at: string;
}

/** owner: products/specs; shared by all specifications with the same bytes */
export interface SpecificationContentsTable {
  content_hash: Fixed<string>;
  /** the upload, byte for byte, gzipped */
  bytes: Buffer;
  format: 'json' | 'yaml';
  title: string;
  api_version: string;
  spec_version: string;
  summary: string;
  operation_count: number;
  groups: string;
  findings: string;
}

/** owner: products/specs; how far the HTML of a document is, one row for each */
export interface SpecificationRenderingsTable {
  content_hash: Fixed<string>;
  /** of the program that made the stored HTML; 0 while there is none */
  renderer_version: number;
  /** the version of the renderer that could make none; 0 unless one tried and failed */
  refused_by: number;
  /** how often rendering was begun since it last ended one way or the other */
  attempts: number;
}

/** owner: products/specs */
export interface SpecificationOperationsTable {
  content_hash: string;
  position: number;
  address: string;
  kind: 'operation' | 'webhook';
  method: string;
  path: string;
  operation_id: string | null;
  summary: string | null;
  description: string | null;
  tags: string;
  deprecated: Bit;
}

/** owner: products/specs */
export interface SpecificationOperationGroupsTable {
  content_hash: string;
  group_name: string;
  position: number;
  address: string;
}

/** owner: products/specs; gzipped HTML */
export interface SpecificationFragmentsTable {
  content_hash: string;
  kind: 'overview' | 'operation' | 'schema';
  key: string;
  html: Buffer;
}

/** owner: portals */
export interface PortalsTable {
  id: Fixed<string>;
  name: string;
  name_key: string;
  display_name: string;
  description: string | null;
  default_domain: string;
  custom_domain: string | null;
  custom_client_domain: string | null;
  is_public: Bit;
  rbac_enabled: Bit;
  auto_approve_applications: Bit;
  auto_approve_developers: Bit;
  default_auth_strategy_id: string | null;
  labels: string;
  appearance: string;
  created_at: Fixed<string>;
  updated_at: string;
}

/** owner: portals */
export interface PortalImagesTable {
  portal_id: string;
  kind: 'logo' | 'favicon' | 'catalog_cover';
  /** a data URL */
  data: string;
  filename: string | null;
  content_hash: string;
}

/** owner: publications; which product is shown in which portal */
export interface ProductAssignmentsTable {
  portal_id: string;
  product_id: string;
  created_at: string;
}

/** owner: publications; how a version stands in a portal */
export interface PublicationsTable {
  id: Fixed<string>;
  portal_id: Fixed<string>;
  version_id: Fixed<string>;
  publish_status: 'published' | 'unpublished';
  deprecated: Bit;
  application_registration_enabled: Bit;
  auto_approve_registration: Bit;
  created_at: Fixed<string>;
  updated_at: string;
}

/** owner: publications */
export interface PublicationAuthStrategiesTable {
  publication_id: string;
  auth_strategy_id: string;
}

/** owner: events */
export interface AuditEventsTable {
  id: string;
  at: string;
  actor_kind: string;
  actor_id: string | null;
  request_id: string | null;
  action: string;
  subject_type: string;
  subject_id: string;
  details: string;
}

/** owner: events; one row, counting the recorded changes: what was rendered at an older value may be stale */
export interface RegionRevisionTable {
  id: number;
  value: number;
}

export interface Schema {
  administrators: AdministratorsTable;
  tokens: TokensTable;
  control_planes: ControlPlanesTable;
  control_plane_labels: ControlPlaneLabelsTable;
  gateway_services: GatewayServicesTable;
  gateway_routes: GatewayRoutesTable;
  auth_strategies: AuthStrategiesTable;
  products: ProductsTable;
  product_labels: ProductLabelsTable;
  product_versions: ProductVersionsTable;
  documents: DocumentsTable;
  specifications: SpecificationsTable;
  specification_contents: SpecificationContentsTable;
  specification_renderings: SpecificationRenderingsTable;
  specification_operations: SpecificationOperationsTable;
  specification_operation_groups: SpecificationOperationGroupsTable;
  specification_fragments: SpecificationFragmentsTable;
  portals: PortalsTable;
  portal_images: PortalImagesTable;
  product_assignments: ProductAssignmentsTable;
  publications: PublicationsTable;
  publication_auth_strategies: PublicationAuthStrategiesTable;
  audit_events: AuditEventsTable;
  region_revision: RegionRevisionTable;
}
