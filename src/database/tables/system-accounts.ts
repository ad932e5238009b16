import type { Fixed } from '../schema-values.ts';

/** owner: system-accounts */
export interface SystemAccountsTable {
  id: Fixed<string>;
  name: string;
  name_key: string;
  description: string;
  created_at: Fixed<string>;
  updated_at: string;
}
