import { fromBit, toBit, toInstant } from '../../database/codec.ts';
import { inTransaction, type OrganisationContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { recordForOrganisation } from '../events/index.ts';
import { type AdministratorId, newId, type SessionId } from '../ids.ts';
import { hashSecret, newSecret } from '../secrets/index.ts';
import type { Administrator } from './administrator.ts';
import { ADMINISTRATOR_COLUMNS, toAdministrator } from './administrators-store.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** A session ends after so long without use, and after so long whatever happens. */
const IDLE_MS = 12 * HOUR_MS;
const LIFETIME_MS = 7 * 24 * HOUR_MS;
/** How long the second factor may take. */
const HALF_OPEN_MS = 10 * MINUTE_MS;
/** Use is noted no more often than this. */
const NOTED_MS = 5 * MINUTE_MS;

/** What somebody is logged in by. Its secret is in the browser's cookie; only a keyed hash is kept. */
export interface AdministratorSession {
  readonly id: SessionId;
  readonly userAgent: string | undefined;
  readonly address: string | undefined;
  readonly createdAt: string;
  readonly lastUsedAt: string;
}

/** A session that a browser presents, and whose it is. */
export interface PresentedSession extends AdministratorSession {
  readonly administrator: Administrator;
  /** Whether everything was shown that logging in takes; until then the session opens nothing. */
  readonly isOpen: boolean;
}

/** What is known of the browser that logs in. */
export interface Browser {
  readonly userAgent: string | undefined;
  /** its long-lived cookie; see {@link noteDevice} */
  readonly device: string | undefined;
}

const SESSION_COLUMNS = [
  'administrator_sessions.id as session_id',
  'user_agent',
  'address',
  'administrator_sessions.created_at as session_created_at',
  'last_used_at',
] as const;

interface SessionRow {
  readonly session_id: string;
  readonly user_agent: string | null;
  readonly address: string | null;
  readonly session_created_at: string;
  readonly last_used_at: string;
}

const toSession = (row: SessionRow): AdministratorSession => ({
  id: row.session_id as SessionId,
  userAgent: row.user_agent ?? undefined,
  address: row.address ?? undefined,
  createdAt: row.session_created_at,
  lastUsedAt: row.last_used_at,
});

const hashOf = (ctx: OrganisationContext, secret: string): string => hashSecret(ctx, 'administrator session', secret);

const before = (now: Date, milliseconds: number): string => toInstant(new Date(now.getTime() - milliseconds));

/** Begins a session, half open where a second factor is still to come. Call it inside a transaction. */
export const beginSession = async (
  ctx: OrganisationContext,
  administratorId: AdministratorId,
  { userAgent, deviceId, isOpen }: { userAgent: string | undefined; deviceId: string | undefined; isOpen: boolean },
): Promise<{ readonly id: SessionId; readonly secret: string }> => {
  const now = ctx.now();
  const id = newId<SessionId>(now);
  const secret = newSecret();
  await ctx.db
    .insertInto('administrator_sessions')
    .values({
      id,
      administrator_id: administratorId,
      hash: hashOf(ctx, secret),
      second_factor: toBit(isOpen),
      device_id: deviceId ?? null,
      user_agent: userAgent?.slice(0, 500) ?? null,
      address: ctx.origin?.address ?? null,
      created_at: toInstant(now),
      last_used_at: toInstant(now),
      expires_at: toInstant(new Date(now.getTime() + (isOpen ? LIFETIME_MS : HALF_OPEN_MS))),
    })
    .execute();
  return { id, secret };
};

/** The session that a browser presents, unless it has ended or its owner may not log in; notes that it is used. */
export const findAdministratorSession = async (
  ctx: OrganisationContext,
  secret: string,
): Promise<PresentedSession | undefined> => {
  const now = ctx.now();
  const row = await ctx.db
    .selectFrom('administrator_sessions')
    .innerJoin('administrators', 'administrators.id', 'administrator_sessions.administrator_id')
    .select([...ADMINISTRATOR_COLUMNS, ...SESSION_COLUMNS, 'second_factor'])
    .where('hash', '=', hashOf(ctx, secret))
    .where('administrators.status', '=', 'active')
    .where('expires_at', '>', toInstant(now))
    .where('last_used_at', '>', before(now, IDLE_MS))
    .executeTakeFirst();
  if (!row) return undefined;
  if (row.last_used_at < before(now, NOTED_MS))
    await ctx.db
      .updateTable('administrator_sessions')
      .set({ last_used_at: toInstant(now) })
      .where('id', '=', row.session_id)
      .execute();
  return { ...toSession(row), administrator: toAdministrator(row), isOpen: fromBit(row.second_factor) };
};

/** Somebody's open sessions, the one used last first. */
export const listAdministratorSessions = async (
  ctx: OrganisationContext,
  administratorId: AdministratorId,
): Promise<AdministratorSession[]> => {
  const now = ctx.now();
  const rows = await ctx.db
    .selectFrom('administrator_sessions')
    .select([...SESSION_COLUMNS])
    .where('administrator_id', '=', administratorId)
    .where('second_factor', '=', toBit(true))
    .where('expires_at', '>', toInstant(now))
    .where('last_used_at', '>', before(now, IDLE_MS))
    .orderBy('last_used_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(toSession);
};

/** Ends one of somebody's sessions, from which browser ever. @throws not-found when it is not theirs, or has ended */
export const endAdministratorSession = async (
  ctx: OrganisationContext,
  { administratorId, sessionId }: { administratorId: AdministratorId; sessionId: SessionId },
): Promise<void> => {
  await inTransaction(ctx, async (ctx) => {
    const ended = await ctx.db
      .deleteFrom('administrator_sessions')
      .where('administrator_id', '=', administratorId)
      .where('id', '=', sessionId)
      .executeTakeFirst();
    if (ended.numDeletedRows === 0n) throw notFound('Session');
    await recordForOrganisation(ctx, {
      action: 'administrator-session.ended',
      subjectId: sessionId,
      details: { administrator_id: administratorId },
    });
  });
};

/** Ends all of somebody's sessions, but `keep`. Answers how many there were. */
export const endAdministratorSessions = (
  ctx: OrganisationContext,
  administratorId: AdministratorId,
  keep?: SessionId,
): Promise<number> =>
  inTransaction(ctx, async (ctx) => {
    const ended = await ctx.db
      .deleteFrom('administrator_sessions')
      .where('administrator_id', '=', administratorId)
      .$if(keep !== undefined, (query) => query.where('id', '<>', keep ?? ''))
      .returning('id')
      .execute();
    for (const { id } of ended)
      await recordForOrganisation(ctx, {
        action: 'administrator-session.ended',
        subjectId: id,
        details: { administrator_id: administratorId },
      });
    return ended.length;
  });

/** Forgets sessions that have ended by themselves. */
export const deleteExpiredAdministratorSessions = async (ctx: OrganisationContext): Promise<void> => {
  const now = ctx.now();
  await ctx.db
    .deleteFrom('administrator_sessions')
    .where((eb) => eb.or([eb('expires_at', '<=', toInstant(now)), eb('last_used_at', '<=', before(now, IDLE_MS))]))
    .execute();
};
