import { toInstant } from '../../database/codec.ts';
import { type Context, inTransaction } from '../context.ts';
import { notFound, unauthenticated } from '../errors.ts';
import { record } from '../events/index.ts';
import { type DeveloperId, newId, type PortalId, type SessionId } from '../ids.ts';
import { hashSecret, newSecret } from '../secrets/index.ts';
import { type Device, type Session, type SessionTokens, type SignedInDeveloper, TOUCH_MS } from './session.ts';
import * as store from './sessions-store.ts';

const newTokens = (): SessionTokens => ({ accessToken: newSecret(), refreshToken: newSecret() });

export interface SessionOwner {
  readonly portalId: PortalId;
  readonly developerId: DeveloperId;
}

const markOf = (ctx: Context, text: string): string => hashSecret(ctx, 'developer device', text);

/** Whether a developer has logged in with this browser before, by its cookie. */
export const isKnownDevice = (ctx: Context, developerId: DeveloperId, { id }: Device): Promise<boolean> =>
  store.hasDevice(ctx, developerId, markOf(ctx, id));

/** What a browser is known by: its cookie; or, for one that keeps none, how it calls itself and where it is. */
const marksOf = (ctx: Context, { id, userAgent }: Device): string[] => [
  markOf(ctx, id),
  markOf(ctx, `${userAgent ?? ''}\0${ctx.origin?.address ?? ''}`),
];

/**
 * Opens a session for a developer who has proved who they are; call it inside the transaction of the log-in. That a browser was used
 * which they were never seen with is an event of its own, unless it is their first.
 */
export const openSession = async (
  ctx: Context,
  { portalId, developerId }: SessionOwner,
  device: Device,
): Promise<SessionTokens> => {
  const tokens = newTokens();
  const id = newId<SessionId>(ctx.now());
  await store.insertSession(ctx, { ...tokens, id, developerId, userAgent: device.userAgent });
  const details = { developerId };
  await record(ctx, { action: 'session.created', subjectId: id, portalId, details });
  if (await store.rememberDevice(ctx, developerId, marksOf(ctx, device)))
    await record(ctx, { action: 'session.device-added', subjectId: id, portalId, details });
  return tokens;
};

/**
 * The developer whom an access token signs in to a portal; undefined for a token that opens nothing (any more). For the API a token
 * has to be refreshed in time. Browsers do not show the refresh token to pages, so there it opens for as long as its session lives,
 * and opening a page renews it.
 */
export const findSignedIn = async (
  ctx: Context,
  portalId: PortalId,
  accessToken: string,
  use: 'page' | 'api',
): Promise<SignedInDeveloper | undefined> => {
  const living = await store.findLiving(ctx, portalId, 'access', accessToken);
  if (!living) return undefined;
  const { accessExpiresAt, lastUsedAt, ...developer } = living;
  const now = ctx.now();
  const expired = accessExpiresAt <= toInstant(now);
  if (expired && use === 'api') return undefined;
  if (expired || lastUsedAt <= toInstant(new Date(now.getTime() - TOUCH_MS)))
    await store.touch(ctx, developer.sessionId, { renewed: use === 'page' });
  return developer;
};

/**
 * Exchanges a refresh token for new tokens. One that was exchanged before ends its session: two hold it, and one of them is a thief.
 * @throws unauthenticated
 */
export const refreshSession = async (ctx: Context, portalId: PortalId, refreshToken: string): Promise<SessionTokens> => {
  const tokens = await inTransaction(ctx, async (ctx) => {
    const living = await store.findLiving(ctx, portalId, 'refresh', refreshToken);
    const next = newTokens();
    if (living && (await store.exchangeTokens(ctx, living.sessionId, refreshToken, next))) {
      const details = { developerId: living.id };
      await record(ctx, { action: 'session.refreshed', subjectId: living.sessionId, portalId, details });
      return next;
    }
    const spent = await store.findSpent(ctx, portalId, refreshToken);
    if (spent) await endFor(ctx, { portalId, ...spent }, 'refresh token used twice');
    return undefined;
  });
  if (!tokens) throw unauthenticated();
  return tokens;
};

const endFor = async (
  ctx: Context,
  { portalId, developerId, sessionId }: SessionOwner & { readonly sessionId: SessionId },
  reason: string,
): Promise<boolean> => {
  const ended = await store.removeSessions(ctx, developerId, { only: sessionId });
  for (const id of ended)
    await record(ctx, { action: 'session.ended', subjectId: id, portalId, details: { developerId, reason } });
  return ended.length > 0;
};

/** The tokens that a request carries, as far as it does. */
export type PresentedTokens = { readonly [Name in keyof SessionTokens]: string | undefined };

/** Ends the session that a browser holds tokens of, if it lives. */
export const logOut = (ctx: Context, portalId: PortalId, { accessToken, refreshToken }: PresentedTokens): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    const living =
      (accessToken === undefined ? undefined : await store.findLiving(ctx, portalId, 'access', accessToken)) ??
      (refreshToken === undefined ? undefined : await store.findLiving(ctx, portalId, 'refresh', refreshToken));
    if (living) await endFor(ctx, { portalId, developerId: living.id, sessionId: living.sessionId }, 'logged out');
  });

/** The sessions of a developer, the last used first. */
export const listSessions = (ctx: Context, { developerId }: SessionOwner): Promise<Session[]> =>
  store.selectSessions(ctx, developerId);

/** Ends one of a developer's sessions. @throws not-found */
export const endSession = (ctx: Context, owner: SessionOwner & { readonly sessionId: SessionId }): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    if (!(await endFor(ctx, owner, 'ended from the account'))) throw notFound('Session');
  });

/** Ends all sessions of a developer but the one given. Answers how many. */
export const endSessions = (
  ctx: Context,
  { portalId, developerId, except, reason }: SessionOwner & { readonly except?: SessionId | undefined; readonly reason: string },
): Promise<number> =>
  inTransaction(ctx, async (ctx) => {
    const ended = await store.removeSessions(ctx, developerId, { except });
    for (const id of ended)
      await record(ctx, { action: 'session.ended', subjectId: id, portalId, details: { developerId, reason } });
    return ended.length;
  });

/** Forgets sessions that are over; called from time to time. */
export const pruneSessions = (ctx: Context): Promise<void> => store.removeOver(ctx);
