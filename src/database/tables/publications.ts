import type { Bit, Fixed } from '../schema-values.ts';

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
  /** whether the console sends requests by way of the server */
  console_proxy: Bit;
  /** since when it is published without a break; means nothing while it is not */
  published_at: string;
  created_at: Fixed<string>;
  updated_at: string;
}

/** owner: publications */
export interface PublicationAuthStrategiesTable {
  publication_id: string;
  auth_strategy_id: string;
}
