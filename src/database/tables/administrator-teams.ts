import type { Fixed } from '../schema-values.ts';

/** owner: administrator-teams */
export interface AdministratorTeamsTable {
  id: Fixed<string>;
  name: string;
  name_key: string;
  description: string;
  created_at: Fixed<string>;
  updated_at: string;
}

/** owner: administrator-teams; a member is a person or a system account */
export interface AdministratorTeamMembersTable {
  team_id: string;
  administrator_id: string | null;
  system_account_id: string | null;
  created_at: string;
}
