export { addTeamMember, listTeamMembers, listTeamsOfDeveloper, removeTeamMember } from './members.ts';
export {
  type NewTeam,
  type NewTeamRole,
  TEAM_ROLES,
  type Team,
  type TeamAddress,
  type TeamChanges,
  type TeamCounts,
  type TeamFilterField,
  type TeamMember,
  type TeamMemberFilterField,
  type TeamRole,
  type TeamRoleName,
  type TeamSortField,
} from './team.ts';
export { assignTeamRole, listTeamRoles, removeTeamRole } from './team-roles.ts';
export { countTeams, createTeam, deleteTeam, getTeam, listTeams, updateTeam } from './teams.ts';
