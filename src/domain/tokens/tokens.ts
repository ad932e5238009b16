import { toInstant } from '../../database/codec.ts';
import { isForeignKeyViolation } from '../../database/errors.ts';
import { may, require } from '../access/index.ts';
import { inTransaction, type OrganisationContext } from '../context.ts';
import { forbidden, invalid, notFound } from '../errors.ts';
import { recordForOrganisation } from '../events/index.ts';
import { newId, type TokenId } from '../ids.ts';
import { type Account, demandPowerOver, mayDoEverything } from '../roles/index.ts';
import { hashSecret, newSecret } from '../secrets/index.ts';
import type { CreatedToken, NewToken, Token } from './token.ts';
import { COLUMNS, fromRow, ownerColumnOf, ownerColumns, PURPOSE, prefixOf } from './tokens-store.ts';

const SHOWN_CHARACTERS = 6;
const NAME_LENGTH = 255;
const DAY_MS = 86_400_000;
/** How long tokens live at most; only the command line makes longer ones. */
const MAX_TOKEN_DAYS = 365;

/**
 * Makes a token with 256 bits of randomness. People make their own; those of a system account are made by whoever manages people.
 * @throws forbidden; invalid for a name or an end; not-found without the owner
 */
export const createToken = async (ctx: OrganisationContext, input: NewToken): Promise<CreatedToken> => {
  await demandMaking(ctx, input);
  check(ctx, input);
  const now = ctx.now();
  const secret = prefixOf(input.owner) + newSecret();
  const token: Token = {
    id: newId<TokenId>(now),
    name: input.name,
    owner: input.owner,
    prefix: secret.slice(0, prefixOf(input.owner).length + SHOWN_CHARACTERS),
    createdAt: toInstant(now),
    expiresAt: input.expiresAt && toInstant(input.expiresAt),
    lastUsedAt: undefined,
  };
  await inTransaction(ctx, async (ctx) => {
    await insert(ctx, token, secret);
    const details = { owner: token.owner?.kind ?? null, ownerId: token.owner?.id ?? null, expiresAt: token.expiresAt ?? null };
    await recordForOrganisation(ctx, { action: 'token.created', subjectId: token.id, details });
  });
  return { ...token, secret };
};

const insert = async (ctx: OrganisationContext, token: Token, secret: string): Promise<void> => {
  try {
    await ctx.db
      .insertInto('tokens')
      .values({
        ...ownerColumns(token.owner),
        id: token.id,
        name: token.name,
        hash: hashSecret(ctx, PURPOSE, secret),
        prefix: token.prefix,
        created_at: token.createdAt,
        expires_at: token.expiresAt ?? null,
      })
      .execute();
  } catch (error) {
    if (isForeignKeyViolation(error)) throw notFound('Owner of the token');
    throw error;
  }
};

const isOwn = ({ actor }: OrganisationContext, owner: Account | undefined): boolean =>
  actor.kind === 'administrator' && actor.id !== undefined && actor.id === owner?.id;

/** Somebody else's token would be a way to act as them: so only machines get theirs from others, and none that can do more than its maker. */
const demandMaking = async (ctx: OrganisationContext, { owner }: NewToken): Promise<void> => {
  if (ctx.actor.kind === 'system') return;
  if (owner?.kind === 'administrator') return require(isOwn(ctx, owner));
  if (owner === undefined) throw forbidden('Tokens that belong to nobody are made on the command line');
  require(may(ctx.actor, 'organisation.identify'));
  await demandPowerOver(ctx, owner);
};

const check = ({ actor, now }: OrganisationContext, { name, expiresAt }: NewToken): void => {
  if (name.trim() === '') throw invalid({ field: 'name', rule: 'min_length', minimum: 1, reason: 'name must not be empty' });
  if ([...name].length > NAME_LENGTH)
    throw invalid({
      field: 'name',
      rule: 'max_length',
      maximum: NAME_LENGTH,
      reason: `name must not be longer than ${NAME_LENGTH} characters`,
    });
  if (actor.kind === 'system') return;
  const last = now().getTime() + MAX_TOKEN_DAYS * DAY_MS;
  if (expiresAt && expiresAt > now() && expiresAt.getTime() <= last) return;
  const reason = `expires_at must lie in the future, ${MAX_TOKEN_DAYS} days away at most`;
  throw invalid({ field: 'expires_at', rule: expiresAt ? 'invalid' : 'required', reason, source: 'body' });
};

/** @throws forbidden to all but the owner and whoever manages people */
const demandTokensOf = (ctx: OrganisationContext, owner: Account): void =>
  require(isOwn(ctx, owner) || may(ctx.actor, 'organisation.identify'));

/** The tokens of an account, the newest first, expired ones too. @throws forbidden */
export const listTokens = async (ctx: OrganisationContext, owner: Account): Promise<Token[]> => {
  demandTokensOf(ctx, owner);
  const rows = await ctx.db
    .selectFrom('tokens')
    .select(COLUMNS)
    .where(ownerColumnOf(owner), '=', owner.id)
    .orderBy('id', 'desc')
    .execute();
  return rows.map(fromRow);
};

/**
 * Ends a token; whoever presents it from then on is refused.
 * @throws not-found, also when it is somebody else's; forbidden
 */
export const revokeToken = (ctx: OrganisationContext, owner: Account, id: TokenId): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    demandTokensOf(ctx, owner);
    if (!isOwn(ctx, owner) && !mayDoEverything(ctx.actor)) await demandPowerOver(ctx, owner);
    const revoked = await ctx.db
      .deleteFrom('tokens')
      .where('id', '=', id)
      .where(ownerColumnOf(owner), '=', owner.id)
      .returning('id')
      .executeTakeFirst();
    if (!revoked) throw notFound('Token');
    const details = { owner: owner.kind, ownerId: owner.id };
    await recordForOrganisation(ctx, { action: 'token.revoked', subjectId: id, details });
  });
