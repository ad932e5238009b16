import type { Fixed } from '../schema-values.ts';

/** owner: roles; on single entities. Their holders live in the organisation's database */
export interface EntityRoleAssignmentsTable {
  id: Fixed<string>;
  /** an administrator, a system account or a team */
  holder_id: string;
  role: string;
  entity_type: string;
  entity_id: string;
  product_id: string | null;
  portal_id: string | null;
  auth_strategy_id: string | null;
  control_plane_id: string | null;
  created_at: Fixed<string>;
}

/** owner: roles; on all entities of a type in one region or in all, or in the organisation */
export interface RoleAssignmentsTable {
  id: Fixed<string>;
  administrator_id: string | null;
  system_account_id: string | null;
  team_id: string | null;
  entity_type: string;
  role: string;
  region: string;
  created_at: Fixed<string>;
}
