import type { Bit, Fixed } from '../schema-values.ts';

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
