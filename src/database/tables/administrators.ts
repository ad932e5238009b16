import type { ColumnType } from 'kysely';
import type { Bit, Fixed } from '../schema-values.ts';

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
