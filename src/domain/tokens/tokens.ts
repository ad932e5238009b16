import { createHmac, randomBytes } from 'node:crypto';
import { toInstant } from '../../database/codec.ts';
import type { OrganisationContext } from '../context.ts';
import { type AdministratorId, newId, type TokenId } from '../ids.ts';

/** A bearer token of the management API. The token itself is shown once, when it is made; only a keyed hash is kept. */
export interface Token {
  readonly id: TokenId;
  readonly name: string;
  readonly administratorId: AdministratorId | undefined;
  readonly expiresAt: string | undefined;
}

export interface NewToken {
  readonly name: string;
  readonly administratorId?: AdministratorId;
  /** Undefined: it never expires. */
  readonly expiresAt?: Date;
}

export interface CreatedToken extends Token {
  /** The token, to be shown now and never again. */
  readonly secret: string;
}

const PREFIX = 'kpat_';
const RANDOM_BYTES = 32;

/** HMAC-SHA-256 under the installation's secret: whoever can only write to the database cannot make a token that works. */
const hashOf = (ctx: OrganisationContext, secret: string): string =>
  createHmac('sha256', ctx.secretKey).update(secret).digest('hex');

/** Makes a token with 256 bits of randomness. */
export const createToken = async (ctx: OrganisationContext, input: NewToken): Promise<CreatedToken> => {
  const now = ctx.now();
  const secret = PREFIX + randomBytes(RANDOM_BYTES).toString('base64url');
  const id = newId<TokenId>(now);
  const expiresAt = input.expiresAt && toInstant(input.expiresAt);
  await ctx.db
    .insertInto('tokens')
    .values({
      id,
      administrator_id: input.administratorId ?? null,
      name: input.name,
      hash: hashOf(ctx, secret),
      prefix: secret.slice(0, PREFIX.length + 6),
      created_at: toInstant(now),
      expires_at: expiresAt ?? null,
    })
    .execute();
  return { id, name: input.name, administratorId: input.administratorId, expiresAt, secret };
};

/** The token that a request presents, if there is one and it has not expired. */
export const findTokenBySecret = async (ctx: OrganisationContext, secret: string): Promise<Token | undefined> => {
  if (!secret.startsWith(PREFIX)) return undefined;
  const row = await ctx.db
    .selectFrom('tokens')
    .select(['id', 'name', 'administrator_id', 'expires_at'])
    .where('hash', '=', hashOf(ctx, secret))
    .executeTakeFirst();
  if (!row || (row.expires_at !== null && row.expires_at <= toInstant(ctx.now()))) return undefined;
  return {
    id: row.id as TokenId,
    name: row.name,
    administratorId: (row.administrator_id as AdministratorId | null) ?? undefined,
    expiresAt: row.expires_at ?? undefined,
  };
};
