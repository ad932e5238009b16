import type { TeamMember } from '../../../domain/administrator-teams/index.ts';
import type { Administrator } from '../../../domain/administrators/index.ts';
import type { Holder, RoleAssignment } from '../../../domain/roles/index.ts';
import type { CreatedToken, Token } from '../../../domain/tokens/index.ts';

/** Kinds of holders, as the API calls them. */
const TYPES = { administrator: 'administrator', 'system-account': 'system_account', team: 'team' } as const;

export const presentHolder = ({ kind, id, name }: Holder & { readonly name?: string }) => ({
  type: TYPES[kind],
  id,
  ...(name === undefined ? {} : { name }),
});

export const presentAdministrator = (administrator: Administrator) => ({
  id: administrator.id,
  email: administrator.email,
  name: administrator.name,
  status: administrator.status,
  second_factor: administrator.hasSecondFactor,
  last_login_at: administrator.lastLoginAt ?? null,
  created_at: administrator.createdAt,
});

/** A system account or a team: both are a name and a description. */
export const presentNamed = (named: {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}) => ({
  id: named.id,
  name: named.name,
  description: named.description,
  created_at: named.createdAt,
  updated_at: named.updatedAt,
});

export const presentMember = ({ memberSince, ...account }: TeamMember) => ({
  ...presentHolder(account),
  member_since: memberSince,
});

export const presentRole = (assignment: RoleAssignment) => ({
  id: assignment.id,
  holder: presentHolder(assignment.holder),
  entity_type: assignment.entityType,
  entity_id: assignment.entityId,
  role: assignment.role,
  region: assignment.region,
  created_at: assignment.createdAt,
});

export const presentToken = (token: Token) => ({
  id: token.id,
  name: token.name,
  prefix: token.prefix,
  created_at: token.createdAt,
  expires_at: token.expiresAt ?? null,
  last_used_at: token.lastUsedAt ?? null,
});

/** A token that was made this moment: the only time it is shown. */
export const presentNewToken = (token: CreatedToken) => ({ ...presentToken(token), token: token.secret });
