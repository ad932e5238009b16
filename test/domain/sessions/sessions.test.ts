import { expect, it } from 'vitest';
import type { ContextWithPorts } from '../../../src/domain/context.ts';
import { logIn, setDeveloperStatus } from '../../../src/domain/developers/index.ts';
import type { SessionId } from '../../../src/domain/ids.ts';
import { createPortal } from '../../../src/domain/portals/index.ts';
import {
  endSession,
  endSessions,
  listSessions,
  logOut,
  pruneSessions,
  refreshSession,
} from '../../../src/domain/sessions/index.ts';
import { testClock, testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';
import { addDeveloper, PASSWORD, signedIn, signIn } from '../../support/developers.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

onEachDatabase('sessions', (open) => {
  const prepare = async () => {
    const connection = await open();
    const clock = testClock();
    const ctx: ContextWithPorts = testContext(connection, {
      now: clock.now,
      origin: { requestId: 'r', address: '192.0.2.7' },
    });
    const portal = await createPortal(ctx, { name: 'Private' }, HOSTS);
    const developer = await addDeveloper(ctx, portal);
    const events = async (action: string) =>
      connection.db.selectFrom('audit_events').selectAll().where('action', '=', action).execute();
    return { connection, clock, ctx, portal, developer, events, owner: { portalId: portal.id, developerId: developer.id } };
  };

  it('sign a developer in, and are kept as hashes only', async () => {
    const { connection, ctx, portal, developer } = await prepare();
    const tokens = await signIn(ctx, portal);
    expect(await signedIn(ctx, portal, tokens)).toEqual({
      id: developer.id,
      email: 'ada@example.com',
      fullName: 'Ada Lund',
      sessionId: expect.any(String),
    });
    const other = await createPortal(ctx, { name: 'Other' }, HOSTS);
    expect(await signedIn(ctx, other, tokens)).toBeUndefined();
    expect(await signedIn(ctx, portal, { ...tokens, accessToken: tokens.refreshToken })).toBeUndefined();
    const stored = JSON.stringify(await connection.db.selectFrom('developer_sessions').selectAll().execute());
    expect(stored).not.toContain(tokens.accessToken);
    expect(stored).not.toContain(tokens.refreshToken);
  });

  it('open the API for a short time, and pages for as long as they are used', async () => {
    const { clock, ctx, portal } = await prepare();
    const tokens = await signIn(ctx, portal);
    clock.advance(16 * MINUTE);
    expect(await signedIn(ctx, portal, tokens, 'api')).toBeUndefined();
    expect(await signedIn(ctx, portal, tokens, 'page')).toBeDefined();
    expect(await signedIn(ctx, portal, tokens, 'api')).toBeDefined();
    clock.advance(7 * DAY);
    expect(await signedIn(ctx, portal, tokens, 'page')).toBeUndefined();
  });

  it('end at last, however much they are used', async () => {
    const { connection, clock, ctx, portal } = await prepare();
    const tokens = await signIn(ctx, portal);
    for (let day = 0; day < 30; day++) {
      expect(await signedIn(ctx, portal, tokens, 'page')).toBeDefined();
      clock.advance(DAY);
    }
    expect(await signedIn(ctx, portal, tokens, 'page')).toBeUndefined();
    await pruneSessions(ctx);
    expect(await connection.db.selectFrom('developer_sessions').selectAll().execute()).toEqual([]);
  });

  it('write their last use down every few minutes only', async () => {
    const { clock, ctx, portal, owner } = await prepare();
    const tokens = await signIn(ctx, portal);
    const lastUse = async () => (await listSessions(ctx, owner))[0]?.lastUsedAt;
    const first = await lastUse();
    clock.advance(4 * MINUTE);
    await signedIn(ctx, portal, tokens, 'page');
    expect(await lastUse()).toBe(first);
    clock.advance(2 * MINUTE);
    await signedIn(ctx, portal, tokens, 'page');
    expect(await lastUse()).toBe(clock.now().toISOString());
  });

  it('are refreshed once with a token; a second time ends them', async () => {
    const { clock, ctx, portal, events } = await prepare();
    const first = await signIn(ctx, portal);
    clock.advance(20 * MINUTE);
    const second = await refreshSession(ctx, portal.id, first.refreshToken);
    expect(await signedIn(ctx, portal, first)).toBeUndefined();
    expect(await signedIn(ctx, portal, second)).toBeDefined();
    await expect(refreshSession(ctx, portal.id, first.refreshToken)).rejects.toMatchObject({ kind: 'unauthenticated' });
    expect(await signedIn(ctx, portal, second)).toBeUndefined();
    await expect(refreshSession(ctx, portal.id, second.refreshToken)).rejects.toMatchObject({ kind: 'unauthenticated' });
    expect(await events('session.ended')).toHaveLength(1);
  });

  it('are refreshed by one of two who try at once', async () => {
    const { ctx, portal } = await prepare();
    const { refreshToken } = await signIn(ctx, portal);
    const tries = await Promise.allSettled([1, 2].map(() => refreshSession(ctx, portal.id, refreshToken)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('are worth nothing once the developer is not approved any more', async () => {
    const { ctx, portal, owner } = await prepare();
    const tokens = await signIn(ctx, portal);
    await setDeveloperStatus(ctx, owner, { status: 'revoked' });
    expect(await signedIn(ctx, portal, tokens)).toBeUndefined();
    await expect(refreshSession(ctx, portal.id, tokens.refreshToken)).rejects.toMatchObject({ kind: 'unauthenticated' });
    await setDeveloperStatus(ctx, owner, { status: 'approved' });
    expect(await signedIn(ctx, portal, tokens)).toBeUndefined();
  });

  it('are ended one by one, all but one, or by logging out', async () => {
    const { ctx, portal, owner } = await prepare();
    const all = [await signIn(ctx, portal), await signIn(ctx, portal), await signIn(ctx, portal), await signIn(ctx, portal)];
    const ids = await Promise.all(all.map(async (tokens) => (await signedIn(ctx, portal, tokens))?.sessionId));
    const living = async () => (await Promise.all(all.map((tokens) => signedIn(ctx, portal, tokens)))).map(Boolean);
    await endSession(ctx, { ...owner, sessionId: ids[0] as SessionId });
    expect(await living()).toEqual([false, true, true, true]);
    await expect(endSession(ctx, { ...owner, sessionId: ids[0] as SessionId })).rejects.toMatchObject({ kind: 'not-found' });
    await logOut(ctx, portal.id, { accessToken: undefined, refreshToken: all[1]?.refreshToken });
    expect(await living()).toEqual([false, false, true, true]);
    expect(await endSessions(ctx, { ...owner, except: ids[2], reason: 'test' })).toBe(1);
    expect(await living()).toEqual([false, false, true, false]);
    const stranger = await addDeveloper(ctx, portal, { email: 'other@example.com' });
    const foreign = { portalId: portal.id, developerId: stranger.id, sessionId: ids[2] as SessionId };
    await expect(endSession(ctx, foreign)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('tell of browsers that were never seen, unless it is the first one', async () => {
    const { ctx, portal, events } = await prepare();
    const from = (id: string, userAgent: string, address: string) =>
      logIn(
        { ...ctx, origin: { requestId: 'r', address } },
        portal,
        { email: 'ada@example.com', password: PASSWORD },
        { id, userAgent },
      );
    await from('a', 'Firefox', '192.0.2.1');
    await from('a', 'Firefox', '192.0.2.2'); // the browser is on the move
    await from('b', 'Firefox', '192.0.2.2'); // it has lost its cookies
    expect(await events('session.device-added')).toHaveLength(0);
    await from('c', 'Firefox', '198.51.100.9');
    expect(await events('session.device-added')).toHaveLength(1);
    expect(await events('session.created')).toHaveLength(4);
  });
});
