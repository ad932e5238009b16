import type { Fixed } from '../schema-values.ts';

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
