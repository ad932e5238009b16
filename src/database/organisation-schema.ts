import type * as tables from './tables/index.ts';

/** The tables of the organisation's database. */
export interface OrganisationSchema {
  administrators: tables.AdministratorsTable;
  administrator_links: tables.AdministratorLinksTable;
  administrator_recovery_codes: tables.AdministratorRecoveryCodesTable;
  administrator_sessions: tables.AdministratorSessionsTable;
  administrator_devices: tables.AdministratorDevicesTable;
  system_accounts: tables.SystemAccountsTable;
  administrator_teams: tables.AdministratorTeamsTable;
  administrator_team_members: tables.AdministratorTeamMembersTable;
  role_assignments: tables.RoleAssignmentsTable;
  tokens: tables.TokensTable;
  organisation_events: tables.OrganisationEventsTable;
  organisation_numbering: tables.OrganisationNumberingTable;
  organisation_outbox: tables.OrganisationOutboxTable;
  organisation_mails: tables.OrganisationMailsTable;
  rate_limits: tables.RateLimitsTable;
}
