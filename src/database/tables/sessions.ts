import type { Fixed } from '../schema-values.ts';

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
