import type { ColumnType } from 'kysely';
import type { Bit, Fixed } from './schema-values.ts';

/** A region's database: a table an interface, grouped by the module that owns (writes) it. Values as `codec.ts` describes. */

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
  /** name, description and the values of public labels, folded, in lines */
  found_by: string;
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
  /** the number of the edition that it is */
  edition: ColumnType<number, number | undefined, number>;
  created_at: Fixed<string>;
  updated_at: string;
}

/** owner: products/documents; what a document was after each change of it, the newest being what it is */
export interface DocumentEditionsTable {
  document_id: Fixed<string>;
  number: Fixed<number>;
  parent_id: Fixed<string | null>;
  slug: Fixed<string>;
  title: Fixed<string>;
  status: Fixed<'published' | 'unpublished'>;
  metadata: Fixed<string>;
  content: Fixed<string>;
  content_hash: Fixed<string>;
  actor_kind: Fixed<string>;
  actor_id: Fixed<string | null>;
  created_at: Fixed<string>;
}

/** owner: products/documents; what an administrator has typed and not saved yet */
export interface DocumentDraftsTable {
  administrator_id: Fixed<string>;
  /** the document's id; that of the product for one that is not created yet */
  place: Fixed<string>;
  product_id: Fixed<string>;
  document_id: Fixed<string | null>;
  /** the edition that it began from; 0 for a document that is not created yet */
  base: number;
  title: string;
  content: string;
  updated_at: string;
}

/** owner: products/documents */
export interface DocumentImagesTable {
  product_id: Fixed<string>;
  /** of its bytes: its name in addresses */
  hash: Fixed<string>;
  name: Fixed<string>;
  type: Fixed<'png' | 'jpg' | 'gif' | 'webp'>;
  width: Fixed<number>;
  height: Fixed<number>;
  size: Fixed<number>;
  bytes: Fixed<Buffer>;
  created_at: Fixed<string>;
}

/** owner: products/documents; the images that the text of an edition names */
export interface DocumentImageUsesTable {
  document_id: Fixed<string>;
  number: Fixed<number>;
  hash: Fixed<string>;
}

/** owner: products/diagrams; shared by all documents that hold the same diagram */
export interface DiagramsTable {
  /** of kind and source */
  hash: Fixed<string>;
  kind: Fixed<'mermaid' | 'plantuml'>;
  source: Fixed<string>;
  /** of the program that drew it, or could not; 0 until then */
  renderer_version: number;
  /** how often drawing was begun since it last ended one way or the other */
  attempts: number;
  /** until then it is in some process's hands */
  not_before: string;
  /** SVG for light pages, gzipped */
  light: Buffer | null;
  dark: Buffer | null;
  width: number | null;
  height: number | null;
  /** why it cannot be drawn */
  message: string | null;
}

/** owner: products/diagrams */
export interface DocumentDiagramsTable {
  document_id: Fixed<string>;
  hash: Fixed<string>;
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
  kind: 'overview' | 'operation' | 'schema' | 'schema-page' | 'schemas';
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
  /** how developers log in; null: as from the start */
  authentication: string | null;
  /** how long keys live; null: as from the start */
  key_policy: string | null;
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
  /** the portal that it happened in, where it happened in one */
  portal_id: string | null;
  address: string | null;
  /** its place among the others, given once it is committed */
  sequence: ColumnType<number | null, undefined, number>;
}

/** owner: events; one row, the last number given */
export interface AuditNumberingTable {
  id: number;
  value: number;
}

/** owner: events; one row, counting the recorded changes: what was rendered at an older value may be stale */
export interface RegionRevisionTable {
  id: number;
  value: number;
}

/** owner: roles; on single entities. Their holders live in the organisation's database */
export interface EntityRoleAssignmentsTable {
  id: Fixed<string>;
  /** an administrator, a system account or a team */
  holder_id: string;
  role: string;
  entity_type: string;
  entity_id: string;
  product_id: string | null;
  portal_id: string | null;
  auth_strategy_id: string | null;
  control_plane_id: string | null;
  created_at: Fixed<string>;
}

/** owner: developers */
export interface DevelopersTable {
  id: Fixed<string>;
  portal_id: Fixed<string>;
  email: string;
  email_key: string;
  full_name: string;
  name_key: string;
  status: 'approved' | 'pending' | 'rejected' | 'revoked';
  status_reason: string | null;
  password_hash: string | null;
  email_verified_at: string | null;
  created_at: Fixed<string>;
  updated_at: string;
}

/** owner: developers; one-time links */
export interface DeveloperLinksTable {
  id: Fixed<string>;
  developer_id: string;
  purpose: string;
  hash: string;
  created_at: Fixed<string>;
  expires_at: string;
}

/** owner: sessions; of developers */
export interface DeveloperSessionsTable {
  id: Fixed<string>;
  developer_id: Fixed<string>;
  access_hash: string;
  access_expires_at: string;
  refresh_hash: string;
  expires_at: string;
  user_agent: string | null;
  address: string | null;
  created_at: Fixed<string>;
  last_used_at: string;
}

/** owner: sessions; a token that was exchanged for the next one: shown again, it ends its session */
export interface SpentRefreshTokensTable {
  hash: string;
  session_id: string;
  spent_at: string;
}

/** owner: sessions; browsers that a developer has logged in with */
export interface DeveloperDevicesTable {
  developer_id: string;
  device_id: string;
  first_used_at: string;
}

/** owner: applications */
export interface ApplicationsTable {
  id: Fixed<string>;
  portal_id: Fixed<string>;
  developer_id: Fixed<string>;
  auth_strategy_id: string | null;
  name: string;
  name_key: string;
  description: string | null;
  reference_id: string;
  issuer: string | null;
  reference_key: string | null;
  redirect_uri: string | null;
  scopes: string;
  created_at: Fixed<string>;
  updated_at: string;
}

/** owner: registrations */
export interface RegistrationsTable {
  id: Fixed<string>;
  portal_id: Fixed<string>;
  developer_id: Fixed<string>;
  application_id: Fixed<string>;
  product_id: Fixed<string>;
  version_id: Fixed<string>;
  status: 'approved' | 'pending' | 'rejected' | 'revoked';
  scopes: string;
  status_reason: string | null;
  decided_at: string | null;
  /** the administrator who decided */
  decided_by: string | null;
  created_at: Fixed<string>;
  updated_at: string;
}

/** owner: credentials */
export interface CredentialsTable {
  id: Fixed<string>;
  application_id: Fixed<string>;
  name: string;
  prefix: string;
  hash: string;
  sealed: string | null;
  replaces_id: string | null;
  created_at: Fixed<string>;
  updated_at: string;
  last_used_at: string | null;
  expires_at: string | null;
  warned_at: string | null;
}

/** owner: teams */
export interface DeveloperTeamsTable {
  id: Fixed<string>;
  portal_id: Fixed<string>;
  name: string;
  name_key: string;
  description: string;
  created_at: Fixed<string>;
  updated_at: string;
}

/** owner: teams */
export interface DeveloperTeamMembersTable {
  developer_id: string;
  team_id: string;
  created_at: string;
}

/** owner: teams */
export interface DeveloperTeamRolesTable {
  id: Fixed<string>;
  team_id: Fixed<string>;
  product_id: Fixed<string>;
  role: 'API Viewer' | 'API Consumer';
  entity_region: string;
  created_at: Fixed<string>;
}

/** owner: outbox; what follows from a change, done after it */
export interface OutboxTable {
  id: Fixed<string>;
  kind: string;
  /** jobs of one subject are done in their order */
  subject_id: string;
  payload: string;
  created_at: Fixed<string>;
  not_before: string;
  attempts: number;
  error: string | null;
}

/** owner: mail; to developers, and to administrators about a region's matters */
export interface MailsTable {
  id: Fixed<string>;
  /** the same for what must be sent once only */
  dedupe_key: string;
  portal_id: string | null;
  /** to whom or about whom it is: deleted with them */
  developer_id: string | null;
  template: string;
  sender_name: string | null;
  recipient: string;
  recipient_name: string;
  subject: string;
  /** null once it is sent: it may hold links */
  text: string | null;
  html: string | null;
  status: 'queued' | 'sent' | 'kept' | 'failed';
  attempts: number;
  not_before: string;
  error: string | null;
  created_at: Fixed<string>;
  sent_at: string | null;
}

/** owner: audit; where audit logs can be sent */
export interface AuditDestinationsTable {
  id: Fixed<string>;
  name: string;
  name_key: string;
  endpoint: string;
  /** sealed */
  authorization: string | null;
  log_format: 'cef' | 'json';
  skip_ssl_verification: Bit;
  created_at: Fixed<string>;
  updated_at: string;
}

/** owner: audit; the organisation's of this region, and those of portals */
export interface AuditWebhooksTable {
  id: Fixed<string>;
  /** the portal's id, or `organisation` */
  scope: Fixed<string>;
  portal_id: Fixed<string | null>;
  enabled: Bit;
  /** of portals: where they send to */
  destination_id: string | null;
  /** of the organisation: where it sends to */
  endpoint: string | null;
  /** sealed */
  authorization: string | null;
  log_format: 'cef' | 'json';
  skip_ssl_verification: Bit;
  updated_at: string;
  /** since when everything is sent */
  started_at: string | null;
  /** the last numbers of events that were sent */
  region_cursor: number;
  organisation_cursor: number;
  /** while a process is sending */
  leased_until: string | null;
  failures: number;
  next_attempt_at: string | null;
  last_attempt_at: string | null;
  last_response_code: number | null;
  last_response_message: string | null;
}

/** owner: audit; the last replay of a webhook */
export interface AuditReplaysTable {
  webhook_id: string;
  start_at: string;
  end_at: string;
  status: 'accepted' | 'running' | 'completed' | 'failed';
  /** the last event that was sent */
  cursor_at: string | null;
  cursor_id: string | null;
  failures: number;
  updated_at: string;
}

/** owner: audit; Ed25519, newest last: the newest signs */
export interface AuditKeysTable {
  id: Fixed<string>;
  public_key: Fixed<string>;
  /** sealed */
  private_key: Fixed<string>;
  created_at: Fixed<string>;
}

/** The tables of a region's database. */
/** owner: search; what entries of the search index are made of: a product, a version's name, a version's specification, a document */
export interface SearchSourcesTable {
  id: ColumnType<number, number | undefined, never>;
  kind: Fixed<'product' | 'version' | 'specification' | 'document'>;
  /** of the product, version or document; a specification has that of its version */
  subject_id: Fixed<string>;
  product_id: Fixed<string>;
  /** of a specification or document: while there is another one, nothing of this is found */
  content_hash: string | null;
  /** a hash of all that the entries were made of */
  state: string;
}

/** owner: search; what can be found: a product, a version, a section of a document, an operation, a schema. Its words are in `search_index` */
export interface SearchEntriesTable {
  id: Fixed<number>;
  source_id: Fixed<number>;
  /** unique in its source */
  key: Fixed<string>;
  /** a hash of all the rest */
  digest: string;
  title: string;
  /** method and path of an operation, headings above a section */
  label: string;
  /** address of an operation, name of a schema, id of a section's heading */
  target: string;
  /** the words of its names, in lines */
  name_key: string;
  /** the prose that belongs to it */
  body: string;
  deprecated: Bit;
}

/** owner: search; the numbers by which the index knows products. None is given twice while there are entries of its product */
export interface SearchProductsTable {
  product_id: Fixed<string>;
  number: Fixed<number>;
}

/** owner: search; the words that occur in entries, for finding out what a misspelt one was meant to be */
export interface SearchWordsTable {
  word: string;
}

/** owner: search; what is left of a word when letters are left out */
export interface SearchTyposTable {
  spelling: string;
  word: string;
}

/** owner: search; whose entries are to be written anew */
export interface SearchDueTable {
  kind: 'product' | 'version' | 'document';
  subject_id: string;
  /** one up with every change: what changed while its entries were written stays due */
  round: number;
  /** how often it was begun since it was last done */
  attempts: number;
  due_at: string;
}

export interface RegionSchema {
  entity_role_assignments: EntityRoleAssignmentsTable;
  developers: DevelopersTable;
  developer_links: DeveloperLinksTable;
  developer_sessions: DeveloperSessionsTable;
  spent_refresh_tokens: SpentRefreshTokensTable;
  developer_devices: DeveloperDevicesTable;
  applications: ApplicationsTable;
  registrations: RegistrationsTable;
  credentials: CredentialsTable;
  developer_teams: DeveloperTeamsTable;
  developer_team_members: DeveloperTeamMembersTable;
  developer_team_roles: DeveloperTeamRolesTable;
  outbox: OutboxTable;
  mails: MailsTable;
  control_planes: ControlPlanesTable;
  control_plane_labels: ControlPlaneLabelsTable;
  gateway_services: GatewayServicesTable;
  gateway_routes: GatewayRoutesTable;
  auth_strategies: AuthStrategiesTable;
  products: ProductsTable;
  product_labels: ProductLabelsTable;
  product_versions: ProductVersionsTable;
  documents: DocumentsTable;
  document_editions: DocumentEditionsTable;
  document_drafts: DocumentDraftsTable;
  document_images: DocumentImagesTable;
  document_image_uses: DocumentImageUsesTable;
  diagrams: DiagramsTable;
  document_diagrams: DocumentDiagramsTable;
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
  audit_numbering: AuditNumberingTable;
  region_revision: RegionRevisionTable;
  audit_destinations: AuditDestinationsTable;
  audit_webhooks: AuditWebhooksTable;
  audit_replays: AuditReplaysTable;
  audit_keys: AuditKeysTable;
  search_sources: SearchSourcesTable;
  search_entries: SearchEntriesTable;
  search_products: SearchProductsTable;
  search_words: SearchWordsTable;
  search_typos: SearchTyposTable;
  search_due: SearchDueTable;
}
