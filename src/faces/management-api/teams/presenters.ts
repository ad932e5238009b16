import type { Team, TeamMember, TeamRole, TeamRoleName } from '../../../domain/teams/index.ts';

/** What the contract calls products where roles are given on them. */
export const ENTITY_TYPE = 'Services';

const role = (name: TeamRoleName, description: string) => ({ name, description });

/** The roles that there are, in the contract's words. */
export const PORTAL_ROLES = {
  services: {
    name: ENTITY_TYPE,
    roles: {
      apiviewer: role('API Viewer', 'API Viewers have read-only access to the documentation of a service in a portal'),
      apiconsumer: role('API Consumer', 'API Consumers can make calls to the given service'),
    },
  },
} as const;

/** A team as the management API shows it. */
export const presentTeam = (team: Team) => ({
  id: team.id,
  name: team.name,
  description: team.description,
  created_at: team.createdAt,
  updated_at: team.updatedAt,
});

/** A member of a team as the management API shows them. */
export const presentMember = (member: TeamMember) => ({
  id: member.id,
  email: member.email,
  full_name: member.fullName,
  active: member.isActive,
  created_at: member.createdAt,
  updated_at: member.updatedAt,
});

/** A role of a team as the management API shows it. */
export const presentTeamRole = (assigned: TeamRole) => ({
  id: assigned.id,
  role_name: assigned.role,
  entity_id: assigned.productId,
  entity_type_name: ENTITY_TYPE,
  entity_region: assigned.region,
});
