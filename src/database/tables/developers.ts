import type { Fixed } from '../schema-values.ts';

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
