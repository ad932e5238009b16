export { addTeamMember, listTeamMembers, removeTeamMember, type TeamMember } from './members.ts';
export type { AdministratorTeam, AdministratorTeamChanges, NewAdministratorTeam } from './team.ts';
export {
  createAdministratorTeam,
  deleteAdministratorTeam,
  getAdministratorTeam,
  listAdministratorTeams,
  updateAdministratorTeam,
} from './teams.ts';
