import type { Fixed } from '../schema-values.ts';

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
