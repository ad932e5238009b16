import type { Fixed } from '../schema-values.ts';

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
