import { toInstant } from '../../database/codec.ts';
import { type AdministratorActor, ORGANISATION_ADMIN } from '../access/index.ts';
import type { Context, OrganisationContext } from '../context.ts';
import { grantsOf } from '../roles/index.ts';
import { hashSecret } from '../secrets/index.ts';
import type { Token } from './token.ts';
import { COLUMNS, fromRow, looksLikeToken, PURPOSE } from './tokens-store.ts';

/** How exactly the last use of a token is known: it costs a write. */
const NOTED_EVERY_MS = 5 * 60_000;

/**
 * The token that a request presents, and notes its use; undefined when there is none, it has expired, or its owner may not come in any
 * more. Looked up anew at every request: a token that was revoked is refused at once, by every process.
 */
export const acceptToken = async (ctx: OrganisationContext, secret: string): Promise<Token | undefined> => {
  if (!looksLikeToken(secret)) return undefined;
  const row = await ctx.db
    .selectFrom('tokens')
    .leftJoin('administrators', 'administrators.id', 'tokens.administrator_id')
    .select([...COLUMNS, 'administrators.status as owner_status'])
    .where('hash', '=', hashSecret(ctx, PURPOSE, secret))
    .executeTakeFirst();
  if (!row || row.owner_status === 'deactivated') return undefined;
  const token = fromRow(row);
  const now = ctx.now();
  if (token.expiresAt !== undefined && token.expiresAt <= toInstant(now)) return undefined;
  if (token.lastUsedAt === undefined || token.lastUsedAt <= toInstant(new Date(now.getTime() - NOTED_EVERY_MS)))
    await ctx.db
      .updateTable('tokens')
      .set({ last_used_at: toInstant(now) })
      .where('id', '=', token.id)
      .execute();
  return token;
};

/** Who acts when a token is presented in a region: its owner, with all roles in force there. */
export const actorOfToken = async (
  organisation: OrganisationContext,
  ctx: Context,
  token: Token,
): Promise<AdministratorActor> => ({
  kind: 'administrator',
  id: token.owner?.id,
  tokenId: token.id,
  grants: token.owner ? await grantsOf(organisation, ctx, token.owner) : [ORGANISATION_ADMIN],
});
