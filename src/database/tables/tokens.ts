import type { Fixed } from '../schema-values.ts';

/** owner: tokens */
export interface TokensTable {
  id: Fixed<string>;
  administrator_id: string | null;
  name: string;
  /** SHA-256 of the token, hexadecimal */
  hash: string;
  /** the first characters, to recognise it by */
  prefix: string;
  system_account_id: string | null;
  created_at: Fixed<string>;
  expires_at: string | null;
  last_used_at: string | null;
}
