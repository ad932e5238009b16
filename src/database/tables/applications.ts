import type { Fixed } from '../schema-values.ts';

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
