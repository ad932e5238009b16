import type { OrganisationContext } from '../context.ts';
import type { AdministratorId } from '../ids.ts';
import type { Administrator, AdministratorStatus } from './administrator.ts';

interface AdministratorRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly status: AdministratorStatus;
  readonly totp_confirmed_at: string | null;
  readonly last_login_at: string | null;
  readonly created_at: string;
}

export const ADMINISTRATOR_COLUMNS = [
  'administrators.id',
  'administrators.email',
  'administrators.name',
  'administrators.status',
  'administrators.totp_confirmed_at',
  'administrators.last_login_at',
  'administrators.created_at',
] as const;

export const toAdministrator = (row: AdministratorRow): Administrator => ({
  id: row.id as AdministratorId,
  email: row.email,
  name: row.name,
  status: row.status,
  hasSecondFactor: row.totp_confirmed_at !== null,
  lastLoginAt: row.last_login_at ?? undefined,
  createdAt: row.created_at,
});

export const administratorRows = (ctx: OrganisationContext) =>
  ctx.db.selectFrom('administrators').select([...ADMINISTRATOR_COLUMNS]);
