import type { AdministratorId, SystemAccountId, TokenId } from '../ids.ts';
import type { Account } from '../roles/index.ts';
import type { Token } from './token.ts';

/** What hashes of tokens are made for. */
export const PURPOSE = 'token';

/** What a token begins with: it tells people's tokens from those of machines. */
export const prefixOf = (owner: Account | undefined): string => (owner?.kind === 'system-account' ? 'spat_' : 'kpat_');

/** Whether a text may be a token at all. */
export const looksLikeToken = (text: string): boolean => /^[ks]pat_[\w-]{43}$/.test(text);

export const ownerColumnOf = ({ kind }: Account) => (kind === 'administrator' ? 'administrator_id' : 'system_account_id');

export const ownerColumns = (owner: Account | undefined) => ({
  administrator_id: owner?.kind === 'administrator' ? owner.id : null,
  system_account_id: owner?.kind === 'system-account' ? owner.id : null,
});

export const COLUMNS = [
  'tokens.id',
  'tokens.name',
  'tokens.administrator_id',
  'tokens.system_account_id',
  'tokens.prefix',
  'tokens.created_at',
  'tokens.expires_at',
  'tokens.last_used_at',
] as const;

interface Row {
  readonly id: string;
  readonly name: string;
  readonly administrator_id: string | null;
  readonly system_account_id: string | null;
  readonly prefix: string;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
}

const ownerOf = ({ administrator_id, system_account_id }: Row): Account | undefined => {
  if (administrator_id !== null) return { kind: 'administrator', id: administrator_id as AdministratorId };
  return system_account_id === null ? undefined : { kind: 'system-account', id: system_account_id as SystemAccountId };
};

export const fromRow = (row: Row): Token => ({
  id: row.id as TokenId,
  name: row.name,
  owner: ownerOf(row),
  prefix: row.prefix,
  createdAt: row.created_at,
  expiresAt: row.expires_at ?? undefined,
  lastUsedAt: row.last_used_at ?? undefined,
});
