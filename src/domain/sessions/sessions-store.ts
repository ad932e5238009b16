import { toInstant } from '../../database/codec.ts';
import type { Context } from '../context.ts';
import type { DeveloperId, PortalId, SessionId } from '../ids.ts';
import { hashSecret } from '../secrets/index.ts';
import { ACCESS_MS, IDLE_MS, SESSION_MS, type Session, type SessionTokens, type SignedInDeveloper } from './session.ts';

type Kind = 'access' | 'refresh';

const hashOf = (ctx: Context, kind: Kind, token: string): string => hashSecret(ctx, `developer ${kind}`, token);

const later = (now: Date, milliseconds: number): string => toInstant(new Date(now.getTime() + milliseconds));

/** A living session of an approved developer. */
export interface Living extends SignedInDeveloper {
  readonly accessExpiresAt: string;
  readonly lastUsedAt: string;
}

/** The living session that a token belongs to, of a developer whom the portal has approved. */
export const findLiving = async (ctx: Context, portalId: PortalId, kind: Kind, token: string): Promise<Living | undefined> => {
  const now = ctx.now();
  const row = await ctx.db
    .selectFrom('developer_sessions')
    .innerJoin('developers', 'developers.id', 'developer_sessions.developer_id')
    .select([
      'developers.id',
      'developers.email',
      'developers.full_name',
      'developer_sessions.id as session_id',
      'developer_sessions.access_expires_at',
      'developer_sessions.last_used_at',
    ])
    .where(kind === 'access' ? 'access_hash' : 'refresh_hash', '=', hashOf(ctx, kind, token))
    .where('developers.portal_id', '=', portalId)
    .where('developers.status', '=', 'approved')
    .where('developer_sessions.expires_at', '>', toInstant(now))
    .where('developer_sessions.last_used_at', '>', later(now, -IDLE_MS))
    .executeTakeFirst();
  return (
    row && {
      id: row.id as DeveloperId,
      email: row.email,
      fullName: row.full_name,
      sessionId: row.session_id as SessionId,
      accessExpiresAt: row.access_expires_at,
      lastUsedAt: row.last_used_at,
    }
  );
};

export interface NewSession extends SessionTokens {
  readonly id: SessionId;
  readonly developerId: DeveloperId;
  readonly userAgent: string | undefined;
}

export const insertSession = async (ctx: Context, session: NewSession): Promise<void> => {
  const now = ctx.now();
  await ctx.db
    .insertInto('developer_sessions')
    .values({
      id: session.id,
      developer_id: session.developerId,
      access_hash: hashOf(ctx, 'access', session.accessToken),
      access_expires_at: later(now, ACCESS_MS),
      refresh_hash: hashOf(ctx, 'refresh', session.refreshToken),
      expires_at: later(now, SESSION_MS),
      user_agent: session.userAgent?.slice(0, 400) ?? null,
      address: ctx.origin?.address ?? null,
      created_at: toInstant(now),
      last_used_at: toInstant(now),
    })
    .execute();
};

/** Exchanges a session's tokens, unless somebody else was faster with the same refresh token. Answers whether it was exchanged. */
export const exchangeTokens = async (ctx: Context, id: SessionId, spent: string, next: SessionTokens): Promise<boolean> => {
  const now = ctx.now();
  const spentHash = hashOf(ctx, 'refresh', spent);
  const exchanged = await ctx.db
    .updateTable('developer_sessions')
    .set({
      access_hash: hashOf(ctx, 'access', next.accessToken),
      access_expires_at: later(now, ACCESS_MS),
      refresh_hash: hashOf(ctx, 'refresh', next.refreshToken),
      last_used_at: toInstant(now),
    })
    .where('id', '=', id)
    .where('refresh_hash', '=', spentHash)
    .returning('id')
    .executeTakeFirst();
  if (!exchanged) return false;
  await ctx.db
    .insertInto('spent_refresh_tokens')
    .values({ hash: spentHash, session_id: id, spent_at: toInstant(now) })
    .execute();
  return true;
};

/** The session whose refresh token this was, before it was exchanged. */
export const findSpent = async (
  ctx: Context,
  portalId: PortalId,
  token: string,
): Promise<{ sessionId: SessionId; developerId: DeveloperId } | undefined> => {
  const row = await ctx.db
    .selectFrom('spent_refresh_tokens')
    .innerJoin('developer_sessions', 'developer_sessions.id', 'spent_refresh_tokens.session_id')
    .innerJoin('developers', 'developers.id', 'developer_sessions.developer_id')
    .select(['developer_sessions.id', 'developer_sessions.developer_id'])
    .where('spent_refresh_tokens.hash', '=', hashOf(ctx, 'refresh', token))
    .where('developers.portal_id', '=', portalId)
    .executeTakeFirst();
  return row && { sessionId: row.id as SessionId, developerId: row.developer_id as DeveloperId };
};

/** Writes down that a session was used, and has its access token open the API again where `renewed`. */
export const touch = async (ctx: Context, id: SessionId, { renewed }: { readonly renewed: boolean }): Promise<void> => {
  const now = ctx.now();
  await ctx.db
    .updateTable('developer_sessions')
    .set({ last_used_at: toInstant(now), ...(renewed ? { access_expires_at: later(now, ACCESS_MS) } : {}) })
    .where('id', '=', id)
    .execute();
};

/** The sessions of a developer that live, the last used first. */
export const selectSessions = async (ctx: Context, developerId: DeveloperId): Promise<Session[]> => {
  const now = ctx.now();
  const rows = await ctx.db
    .selectFrom('developer_sessions')
    .select(['id', 'user_agent', 'address', 'created_at', 'last_used_at'])
    .where('developer_id', '=', developerId)
    .where('expires_at', '>', toInstant(now))
    .where('last_used_at', '>', later(now, -IDLE_MS))
    .orderBy('last_used_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id as SessionId,
    userAgent: row.user_agent,
    address: row.address,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  }));
};

/** Deletes sessions of a developer: one, or all but one. Answers which. */
export const removeSessions = async (
  ctx: Context,
  developerId: DeveloperId,
  { only, except }: { readonly only?: SessionId; readonly except?: SessionId | undefined } = {},
): Promise<SessionId[]> => {
  let query = ctx.db.deleteFrom('developer_sessions').where('developer_id', '=', developerId);
  if (only !== undefined) query = query.where('id', '=', only);
  if (except !== undefined) query = query.where('id', '<>', except);
  return (await query.returning('id').execute()).map(({ id }) => id as SessionId);
};

/** Deletes sessions that are over. */
export const removeOver = async (ctx: Context): Promise<void> => {
  const now = ctx.now();
  await ctx.db
    .deleteFrom('developer_sessions')
    .where(({ eb, or }) => or([eb('expires_at', '<=', toInstant(now)), eb('last_used_at', '<=', later(now, -IDLE_MS))]))
    .execute();
};

/** Remembers by what a browser of a developer is known. Answers whether it is an unknown one of somebody who has others. */
export const rememberDevice = async (ctx: Context, developerId: DeveloperId, ids: readonly string[]): Promise<boolean> => {
  const rows = await ctx.db.selectFrom('developer_devices').select('device_id').where('developer_id', '=', developerId).execute();
  const known = new Set(rows.map(({ device_id }) => device_id));
  const added = ids.filter((id) => !known.has(id));
  if (added.length > 0)
    await ctx.db
      .insertInto('developer_devices')
      .values(added.map((id) => ({ developer_id: developerId, device_id: id, first_used_at: toInstant(ctx.now()) })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  return known.size > 0 && added.length === ids.length;
};

export const hasDevice = async (ctx: Context, developerId: DeveloperId, id: string): Promise<boolean> => {
  const row = await ctx.db
    .selectFrom('developer_devices')
    .select('device_id')
    .where('developer_id', '=', developerId)
    .where('device_id', '=', id)
    .executeTakeFirst();
  return row !== undefined;
};
