import type { ColumnType } from 'kysely';
import type { Bit, Fixed } from './schema-values.ts';

/** The organisation's database: a table an interface, grouped by the module that owns (writes) it. Values as `codec.ts` describes. */

/** owner: administrators */
export interface AdministratorsTable {
  id: Fixed<string>;
  email: string;
  email_key: string;
  name: string;
  /** invited: has no password yet */
  status: ColumnType<
    'invited' | 'active' | 'deactivated',
    'invited' | 'active' | undefined,
    'invited' | 'active' | 'deactivated'
  >;
  password_hash: string | null;
  /** sealed */
  totp_secret: string | null;
  totp_confirmed_at: string | null;
  /** the last time step (RFC 6238) of which a code was taken: none is taken twice */
  totp_last_step: number | null;
  last_login_at: string | null;
  created_at: Fixed<string>;
}

/** owner: administrators; one-time links: invitations, forgotten passwords, the set-up of the first administrator */
export interface AdministratorLinksTable {
  id: Fixed<string>;
  administrator_id: string | null;
  purpose: string;
  hash: string;
  created_at: Fixed<string>;
  expires_at: string;
  used_at: string | null;
}

/** owner: administrators; what opens an account whose second factor is lost */
export interface AdministratorRecoveryCodesTable {
  hash: string;
  administrator_id: string;
  used_at: string | null;
}

/** owner: administrators */
export interface AdministratorSessionsTable {
  id: Fixed<string>;
  administrator_id: Fixed<string>;
  hash: string;
  /** whether the second factor was shown, where there is one */
  second_factor: Bit;
  device_id: string | null;
  user_agent: string | null;
  address: string | null;
  created_at: Fixed<string>;
  last_used_at: string;
  expires_at: string;
}

/** owner: administrators; browsers that somebody has logged in with */
export interface AdministratorDevicesTable {
  administrator_id: string;
  device_id: string;
  first_used_at: string;
}

/** owner: system-accounts */
export interface SystemAccountsTable {
  id: Fixed<string>;
  name: string;
  name_key: string;
  description: string;
  created_at: Fixed<string>;
  updated_at: string;
}

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

/** owner: events; the organisation's audit trail */
export interface OrganisationEventsTable {
  id: string;
  at: string;
  actor_kind: string;
  actor_id: string | null;
  address: string | null;
  request_id: string | null;
  action: string;
  subject_type: string;
  subject_id: string;
  details: string;
  /** its place among the others, given once it is committed */
  sequence: ColumnType<number | null, undefined, number>;
}

/** owner: events; one row, the last number given */
export interface OrganisationNumberingTable {
  id: number;
  value: number;
}

/** owner: outbox; what follows from a change of the organisation's */
export interface OrganisationOutboxTable {
  id: Fixed<string>;
  kind: string;
  subject_id: string;
  payload: string;
  created_at: Fixed<string>;
  not_before: string;
  attempts: number;
  error: string | null;
}

/** owner: mail; to people who run the installation */
export interface OrganisationMailsTable {
  id: Fixed<string>;
  /** the same for what must be sent once only */
  dedupe_key: string;
  /** to whom it is: deleted with them */
  administrator_id: string | null;
  template: string;
  sender_name: string | null;
  recipient: string;
  recipient_name: string;
  subject: string;
  /** null once it is sent: it may hold links */
  text: string | null;
  html: string | null;
  status: 'queued' | 'sent' | 'kept' | 'failed';
  attempts: number;
  not_before: string;
  error: string | null;
  created_at: Fixed<string>;
  sent_at: string | null;
}

/** owner: rate-limits; written by rate-limiter-flexible */
export interface RateLimitsTable {
  key: string;
  points: number;
  /** milliseconds since 1970 */
  expire: number | null;
}

/** The tables of the organisation's database. */
export interface OrganisationSchema {
  administrators: AdministratorsTable;
  administrator_links: AdministratorLinksTable;
  administrator_recovery_codes: AdministratorRecoveryCodesTable;
  administrator_sessions: AdministratorSessionsTable;
  administrator_devices: AdministratorDevicesTable;
  system_accounts: SystemAccountsTable;
  administrator_teams: AdministratorTeamsTable;
  administrator_team_members: AdministratorTeamMembersTable;
  role_assignments: RoleAssignmentsTable;
  tokens: TokensTable;
  organisation_events: OrganisationEventsTable;
  organisation_numbering: OrganisationNumberingTable;
  organisation_outbox: OrganisationOutboxTable;
  organisation_mails: OrganisationMailsTable;
  rate_limits: RateLimitsTable;
}
