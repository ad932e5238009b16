import { expect, it } from 'vitest';
import type { Connection } from '../../../src/database/connect.ts';
import {
  changePassword,
  choosePassword,
  createAdministrator,
  createAdministratorLink,
  createOrganisationAdmin,
  endAdministratorSession,
  endAdministratorSessions,
  findAdministratorLink,
  findAdministratorSession,
  forgetPassword,
  getAdministrator,
  listAdministratorSessions,
  logInAdministrator,
  offerSetUp,
  setUpFirstAdministrator,
} from '../../../src/domain/administrators/index.ts';
import type { OrganisationContextWithPorts } from '../../../src/domain/context.ts';
import { NOBODY } from '../../../src/domain/ids.ts';
import { isOrganisationAdmin } from '../../../src/domain/roles/index.ts';
import { organisationContext, testClock } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

const PASSWORD = 'four harbours in the fog';
const OTHER = 'nine lanterns by the quay';
const HOUR_MS = 3_600_000;
const ADA = { email: 'ada@example.org', name: 'Ada' };
const BROWSER = { userAgent: 'Firefox', device: undefined };

const eventsOf = async ({ db }: Connection): Promise<string[]> =>
  (await db.selectFrom('organisation_events').select(['action', 'subject_id']).orderBy('id').execute()).map(
    ({ action }) => action,
  );

onEachDatabase('how administrators come in', (open) => {
  const clock = testClock();
  let connection: Connection;
  const start = async (): Promise<OrganisationContextWithPorts> => {
    connection = await open();
    return organisationContext(connection, { now: clock.now });
  };

  it('the first one by a link that works once, for a day, and only as long as there is nobody', async () => {
    const ctx = await start();
    const late = (await offerSetUp(ctx)) ?? '';
    clock.advance(24 * HOUR_MS);
    await expect(setUpFirstAdministrator(ctx, { secret: late, ...ADA, password: PASSWORD })).rejects.toMatchObject({
      kind: 'not-found',
    });
    const [secret = '', other = ''] = [await offerSetUp(ctx), await offerSetUp(ctx)];
    await expect(setUpFirstAdministrator(ctx, { secret, ...ADA, password: 'password12' })).rejects.toMatchObject({
      kind: 'invalid',
      issues: [{ field: 'password' }],
    });
    const ada = await setUpFirstAdministrator(ctx, { secret, ...ADA, password: PASSWORD });
    expect(ada).toMatchObject({ ...ADA, status: 'active' });
    expect(await isOrganisationAdmin(ctx, { kind: 'administrator', id: ada.id })).toBe(true);
    const again = { ...ADA, email: 'eve@example.org', password: PASSWORD };
    await expect(setUpFirstAdministrator(ctx, { secret, ...again })).rejects.toMatchObject({ kind: 'not-found' });
    await expect(setUpFirstAdministrator(ctx, { secret: other, ...again })).rejects.toMatchObject({ kind: 'conflict' });
    expect(await offerSetUp(ctx)).toBeUndefined();
  });

  it('those who were invited or are forgetful by a link that sets a password', async () => {
    const ctx = await start();
    const { id: administratorId } = await createAdministrator(ctx, ADA);
    const invitation = await createAdministratorLink(ctx, { purpose: 'invitation', administratorId });
    const another = await createAdministratorLink(ctx, { purpose: 'invitation', administratorId });
    expect(await findAdministratorLink(ctx, invitation)).toMatchObject({ purpose: 'invitation', email: ADA.email });
    await expect(logInAdministrator(ctx, { ...ADA, password: PASSWORD }, BROWSER)).rejects.toMatchObject({
      kind: 'unauthenticated',
    });
    expect(await choosePassword(ctx, { secret: invitation, password: PASSWORD })).toMatchObject({ status: 'active' });
    for (const secret of [invitation, another]) {
      expect(await findAdministratorLink(ctx, secret)).toBeUndefined();
      await expect(choosePassword(ctx, { secret, password: PASSWORD })).rejects.toMatchObject({ kind: 'not-found' });
    }
    const { secret: session } = await logInAdministrator(ctx, { ...ADA, password: PASSWORD }, BROWSER);
    const reset = await createAdministratorLink(ctx, { purpose: 'password', administratorId });
    await choosePassword(ctx, { secret: reset, password: OTHER });
    expect(await findAdministratorSession(ctx, session)).toBeUndefined();
    expect(await eventsOf(connection)).toEqual([
      'administrator.created',
      'administrator-session.failed',
      'administrator.activated',
      'administrator-session.created',
      'administrator.password-changed',
      'administrator-session.ended',
    ]);
    const late = await createAdministratorLink(ctx, { purpose: 'password', administratorId });
    clock.advance(HOUR_MS);
    expect(await findAdministratorLink(ctx, late)).toBeUndefined();
  });

  it('leave the same traces whether the address is known or not', async () => {
    const ctx = await start();
    const { id } = await createOrganisationAdmin(ctx, { ...ADA, password: PASSWORD });
    const before = (await eventsOf(connection)).length;
    await forgetPassword(ctx, ' ADA@example.org');
    await forgetPassword(ctx, 'nobody@example.org');
    const events = await connection.db.selectFrom('organisation_events').select(['action', 'subject_id']).orderBy('id').execute();
    expect(events.slice(before)).toEqual([
      { action: 'administrator.password-forgotten', subject_id: id },
      { action: 'administrator.password-forgotten', subject_id: NOBODY },
    ]);
    const { count } = connection.db.fn;
    expect(await connection.db.selectFrom('organisation_outbox').select(count('id').as('jobs')).executeTakeFirst()).toEqual({
      jobs: 2,
    });
    for (let i = 0; i < 4; i++) await forgetPassword(ctx, 'nobody@example.org');
    await expect(forgetPassword(ctx, 'nobody@example.org')).rejects.toMatchObject({ kind: 'rate-limited' });
  });

  it('are told of a browser that they never used, but not of their first one', async () => {
    const ctx = await start();
    await createOrganisationAdmin(ctx, { ...ADA, password: PASSWORD });
    const credentials = { ...ADA, password: PASSWORD };
    const added = async (): Promise<number> =>
      (await eventsOf(connection)).filter((action) => action === 'administrator-session.device-added').length;
    const { device } = await logInAdministrator(ctx, credentials, BROWSER);
    expect(await added()).toBe(0);
    expect((await logInAdministrator(ctx, credentials, { ...BROWSER, device })).device).toBe(device);
    expect(await added()).toBe(0);
    expect((await logInAdministrator(ctx, credentials, BROWSER)).device).not.toBe(device);
    expect(await added()).toBe(1);
    expect((await logInAdministrator(ctx, credentials, { ...BROWSER, device: 'made up' })).device).not.toBe('made up');
  });

  it('see their sessions, and end one or all others; a new password ends the others too', async () => {
    const ctx = await start();
    const { id } = await createOrganisationAdmin(ctx, { ...ADA, password: PASSWORD });
    const { id: bobs } = await createOrganisationAdmin(ctx, { email: 'bob@example.org', name: 'Bob' });
    const credentials = { ...ADA, password: PASSWORD };
    const begin = async () => {
      const { secret } = await logInAdministrator(ctx, credentials, BROWSER);
      clock.advance(1000);
      const session = await findAdministratorSession(ctx, secret);
      if (!session) throw new Error('it did not begin');
      return session;
    };
    const [first, second, third] = [await begin(), await begin(), await begin()];
    const open = async () => (await listAdministratorSessions(ctx, id)).map((session) => session.id);
    expect(await open()).toEqual([third.id, second.id, first.id]);
    await expect(endAdministratorSession(ctx, { administratorId: bobs, sessionId: first.id })).rejects.toMatchObject({
      kind: 'not-found',
    });
    await endAdministratorSession(ctx, { administratorId: id, sessionId: first.id });
    expect(await endAdministratorSessions(ctx, id, third.id)).toBe(1);
    expect(await open()).toEqual([third.id]);
    const fourth = await begin();
    const change = { current: PASSWORD, password: OTHER };
    await expect(changePassword(ctx, { id, sessionId: fourth.id }, { ...change, current: 'wrong' })).rejects.toMatchObject({
      issues: [{ field: 'current' }],
    });
    await expect(changePassword(ctx, { id, sessionId: fourth.id }, { ...change, password: 'ada' })).rejects.toMatchObject({
      issues: [{ field: 'password' }],
    });
    await changePassword(ctx, { id, sessionId: fourth.id }, change);
    expect(await open()).toEqual([fourth.id]);
    expect(await getAdministrator(ctx, id)).toMatchObject({ lastLoginAt: fourth.createdAt });
  });
});
