import { afterEach, expect, it } from 'vitest';
import { createDeveloperLink, type LinkPurpose } from '../../../src/domain/developers/index.ts';
import type { DeveloperId } from '../../../src/domain/ids.ts';
import { updatePortal } from '../../../src/domain/portals/index.ts';
import type { Answer, RequestOptions } from '../../support/app.ts';
import { testClock } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';
import { addDeveloper, PASSWORD } from '../../support/developers.ts';
import { type PortalFixture, startPortal } from './portal-fixture.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };
const EMAIL = 'ada@example.com';
const UUID = 'c8efd006-d8e1-4743-b91b-f163b9eae06a';
const MINUTE = 60_000;

/** A browser's cookies, from what it was told: those of a path only where they belong. */
const cookiesFrom = (answer: Answer): Record<string, string> =>
  Object.fromEntries((answer.headers['set-cookie'] ?? []).map((line) => /^([^=]+)=([^;]*)/.exec(line)?.slice(1) ?? []));

onEachDatabase('developers, over the portal API', (open) => {
  let at: PortalFixture;
  afterEach(() => at.app.close());

  const clock = testClock();
  const start = async (isPublic = false): Promise<void> => {
    at = await startPortal(await open(), { isPublic }, { now: clock.now });
  };
  const post = (path: string, json?: unknown, options: RequestOptions = {}): Promise<Answer> =>
    at.app.request('POST', `/api/v2/developer${path}`, {
      host: at.portal.defaultDomain,
      ...(json === undefined ? {} : { json }),
      ...options,
    });
  const logIn = (password = PASSWORD, username = EMAIL) => post('/authenticate', { username, password });
  const cookie = (cookies: Record<string, string>) => ({
    headers: {
      cookie: Object.entries(cookies)
        .map((pair) => pair.join('='))
        .join('; '),
    },
  });
  const link = async (purpose: LinkPurpose): Promise<string> => {
    const { id } = await at.app.ctx.db.selectFrom('developers').select('id').executeTakeFirstOrThrow();
    return createDeveloperLink(at.app.ctx, { developerId: id as DeveloperId, purpose });
  };
  const events = async () =>
    (
      await at.app.ctx.db
        .selectFrom('audit_events')
        .select('action')
        .where('action', 'like', 'developer.%')
        .orderBy('id')
        .execute()
    ).map(({ action }) => action);

  it('sign up, confirm, choose a password, are approved, log in', async () => {
    await start();
    const registered = await post('', { email: EMAIL, full_name: 'Ada Lund', company: 'Harbour', heard_of_us: ['a'] });
    expect([registered.status, registered.text]).toEqual([201, '']);
    const confirmation = await link('confirm-address');
    const verified = await post('/verify-email', { token: confirmation });
    expect([verified.status, verified.json]).toEqual([202, { email: EMAIL, token: expect.stringMatching(/^[\da-f-]{36}$/) }]);
    expect((await post('/verify-email', { token: confirmation })).status).toBe(404);
    const { token } = verified.json;
    const weak = await post('/reset-password', { token, password: 'password12' });
    expect([weak.status, weak.json.invalid_parameters[0].field]).toEqual([400, 'password']);
    expect((await post('/reset-password', { token, password: PASSWORD })).status).toBe(204);
    expect((await post('/reset-password', { token, password: PASSWORD })).status).toBe(404);
    const early = await logIn();
    expect([early.status, early.json]).toMatchObject([
      401,
      { title: 'Approval Required', detail: 'Your account is pending approval for access.' },
    ]);
    await at.app.request('PATCH', `/v2/portals/${at.portal.id}/developers/${await idOf()}`, { json: { status: 'approved' } });
    const answer = await logIn();
    expect([answer.status, answer.text]).toEqual([204, '']);
    const lines = answer.headers['set-cookie'] ?? [];
    const attributes = (name: string) => lines.find((line) => line.startsWith(`${name}=`));
    expect(attributes('portalaccesstoken')).toMatch(/; Path=\/;.*HttpOnly.*SameSite=Lax/);
    expect(attributes('portalrefreshtoken')).toMatch(/; Path=\/api\/v2\/developer;.*HttpOnly.*SameSite=Lax/);
    expect(lines.join()).not.toMatch(/domain=/i);
    const me = await at.get('/developer/me', cookie(cookiesFrom(answer)));
    expect([me.status, me.json]).toEqual([
      200,
      {
        id: await idOf(),
        email: EMAIL,
        full_name: 'Ada Lund',
        created_at: expect.any(String),
        updated_at: expect.any(String),
      },
    ]);
    expect((await at.get('/products', cookie(cookiesFrom(answer)))).status).toBe(200);
    expect((await at.get('/products')).status).toBe(401);
  });

  const idOf = async () => (await at.app.ctx.db.selectFrom('developers').select('id').executeTakeFirstOrThrow()).id;

  it('are approved by confirming, where the portal approves by itself', async () => {
    await start();
    await updatePortal(at.app.ctx, at.portal.id, { autoApproveDevelopers: true }, HOSTS);
    await post('', { email: EMAIL, full_name: 'Ada' });
    const { token } = (await post('/verify-email', { token: await link('confirm-address') })).json;
    await post('/reset-password', { token, password: PASSWORD });
    expect((await logIn()).status).toBe(204);
  });

  it('learn nothing of who is known', async () => {
    await start();
    await addDeveloper(at.app.ctx, at.portal);
    await addDeveloper(at.app.ctx, at.portal, { email: 'out@example.com', status: 'rejected' });
    for (const email of [EMAIL, 'out@example.com', 'new@example.com'])
      expect((await post('', { email, full_name: 'Somebody' })).status).toBe(201);
    expect((await events()).slice(-3)).toEqual(['developer.signed-up-again', 'developer.sign-up-ignored', 'developer.signed-up']);
    for (const email of [EMAIL, 'out@example.com', 'nobody@example.com']) {
      const answer = await post('/forgot-password', { email });
      expect([answer.status, answer.text]).toEqual([200, '']);
    }
    expect((await events()).slice(-3)).toEqual([
      'developer.password-forgotten',
      'developer.reset-ignored',
      'developer.reset-ignored',
    ]);
    const wrong = [await logIn('not the password'), await logIn(PASSWORD, 'nobody@example.com')];
    for (const answer of wrong)
      expect([answer.status, answer.json.title, answer.json.detail]).toEqual([
        401,
        'Invalid Credentials',
        'You have entered an invalid email or password.',
      ]);
    const out = await logIn(PASSWORD, 'out@example.com');
    expect([out.status, out.json.title]).toEqual([401, 'Approval Required']);
    const failures = await at.app.ctx.db.selectFrom('audit_events').selectAll().where('action', '=', 'session.failed').execute();
    expect(failures).toHaveLength(3);
    expect(JSON.stringify(failures)).not.toContain('@example.com');
  });

  it('reset a forgotten password, which ends every session', async () => {
    await start();
    await addDeveloper(at.app.ctx, at.portal);
    const before = cookiesFrom(await logIn());
    const [token, other] = [await link('reset-password'), await link('reset-password')];
    expect((await post('/reset-password', { token, password: 'nine quiet lighthouses' })).status).toBe(204);
    expect((await post('/reset-password', { token: other, password: PASSWORD })).status).toBe(404);
    expect((await at.get('/developer/me', cookie(before))).status).toBe(401);
    expect((await logIn()).status).toBe(401);
    expect((await logIn('nine quiet lighthouses')).status).toBe(204);
    const late = await link('reset-password');
    clock.advance(121 * MINUTE);
    const answer = await post('/reset-password', { token: late, password: PASSWORD });
    expect([answer.status, answer.json.title]).toEqual([410, 'Gone']);
  });

  it('refresh their session, once with a token', async () => {
    await start();
    await addDeveloper(at.app.ctx, at.portal);
    const first = cookiesFrom(await logIn());
    clock.advance(16 * MINUTE);
    expect((await at.get('/developer/me', cookie(first))).status).toBe(401);
    const refreshed = await post('/refresh', undefined, cookie(first));
    expect(refreshed.status).toBe(204);
    const second = cookiesFrom(refreshed);
    expect((await at.get('/developer/me', cookie(second))).status).toBe(200);
    expect((await post('/refresh', undefined, cookie(first))).status).toBe(401);
    expect((await at.get('/developer/me', cookie(second))).status).toBe(401);
    expect((await post('/refresh')).status).toBe(401);
  });

  it('log out, which takes the cookies away, and end an older session by logging in', async () => {
    await start();
    await addDeveloper(at.app.ctx, at.portal);
    const first = cookiesFrom(await logIn());
    const again = await post('/authenticate', { username: EMAIL, password: PASSWORD }, cookie(first));
    const second = cookiesFrom(again);
    expect(second['portalaccesstoken']).not.toBe(first['portalaccesstoken']);
    expect((await at.get('/developer/me', cookie(first))).status).toBe(401);
    const out = await post('/logout', undefined, cookie(second));
    expect(out.status).toBe(204);
    expect(cookiesFrom(out)).toEqual({ portalaccesstoken: '', portalrefreshtoken: '' });
    expect((await at.get('/developer/me', cookie(second))).status).toBe(401);
    expect((await post('/logout')).status).toBe(204);
  });

  it('are told what is wrong with what they send', async () => {
    await start();
    for (const [path, json, field] of [
      ['', { email: 'nonsense', full_name: 'x' }, 'email'],
      ['', { email: EMAIL }, 'full_name'],
      ['', { email: EMAIL, full_name: 'x'.repeat(257) }, 'full_name'],
      ['/authenticate', { username: EMAIL }, 'password'],
      ['/authenticate', { username: EMAIL, password: 'x', more: 1 }, 'more'],
      ['/verify-email', { token: 'x' }, 'token'],
      ['/forgot-password', {}, 'email'],
      ['/reset-password', { token: UUID }, 'password'],
    ] as const) {
      const answer = await post(path, json);
      expect([path, answer.status, answer.json.invalid_parameters?.[0]?.field]).toEqual([path, 400, field]);
    }
    expect((await post('/verify-email', { token: UUID })).status).toBe(404);
    const form = { body: 'username=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
    expect((await post('/authenticate', undefined, form)).status).toBe(415);
  });

  it('may be asked for by pages of the portal and of its client, by no others', async () => {
    await start();
    await addDeveloper(at.app.ctx, at.portal);
    const domains = { customDomain: 'apis.example.com', customClientDomain: 'client.example.com' };
    await updatePortal(at.app.ctx, at.portal.id, domains, HOSTS);
    const from = (origin: string) =>
      post('/authenticate', { username: EMAIL, password: PASSWORD }, { headers: { origin, 'content-type': 'application/json' } });
    expect((await from(`http://${at.portal.defaultDomain}`)).status).toBe(204);
    const client = await from('http://client.example.com');
    expect([client.status, client.headers['access-control-allow-credentials']]).toEqual([204, 'true']);
    expect((await from('http://evil.example.com')).status).toBe(403);
    expect((await from('null')).status).toBe(403);
  });

  it('are slowed down who try too often', async () => {
    await start();
    await addDeveloper(at.app.ctx, at.portal);
    for (let n = 0; n < 10; n++) expect((await logIn('wrong')).status).toBe(401);
    const answer = await logIn();
    expect(answer.status).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('are not there on a public portal', async () => {
    await start(true);
    expect((await post('', { email: EMAIL, full_name: 'x' })).status).toBe(404);
    expect((await logIn()).status).toBe(404);
    expect((await post('/verify-email', { token: UUID })).status).toBe(404);
    expect((await post('/forgot-password', { email: EMAIL })).status).toBe(404);
    expect((await at.get('/developer/me')).status).toBe(401);
    expect((await post('/refresh')).status).toBe(401);
    expect((await post('/logout')).status).toBe(204);
  });
});
