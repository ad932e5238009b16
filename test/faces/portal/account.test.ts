import { load } from 'cheerio';
import { afterEach, expect, it } from 'vitest';
import { createDeveloperLink, type LinkPurpose } from '../../../src/domain/developers/index.ts';
import type { DeveloperId } from '../../../src/domain/ids.ts';
import { updatePortal } from '../../../src/domain/portals/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { addDeveloper, PASSWORD } from '../../support/developers.ts';
import { type FormBrowser, formBrowser } from './form.ts';
import { publish, startPortal, type TestPortal } from './portal.ts';

const HOSTS = { portalDomain: 'localhost', reservedHosts: ['localhost'] };
const EMAIL = 'ada@example.com';

onEachDatabase('an account, as pages', (open) => {
  let at: TestPortal;
  let browser: FormBrowser;
  afterEach(() => at.app.close());

  const start = async (): Promise<void> => {
    at = await startPortal(await open(), { isPublic: false });
    await publish(at, { name: 'Orders', versions: [{ name: 'v1' }] });
    browser = formBrowser(at, load);
  };
  const link = async (purpose: LinkPurpose): Promise<string> => {
    const { id } = await at.ctx.db.selectFrom('developers').select('id').executeTakeFirstOrThrow();
    return createDeveloperLink(at.ctx, { developerId: id as DeveloperId, purpose });
  };
  const text = ({ $ }: { $: ReturnType<typeof load> }): string => $('main, .message').text().replace(/\s+/g, ' ');
  const logIn = async (typed = { email: EMAIL, password: PASSWORD }, path = '/login') =>
    browser.submit(await browser.open(path), '/login', typed);

  it('begins with signing up, confirming, choosing a password; then one may log in', async () => {
    await start();
    await updatePortal(at.ctx, at.portal.id, { autoApproveDevelopers: true }, HOSTS);
    const form = await browser.open('/register');
    expect([form.status, form.headers['cache-control']]).toEqual([200, 'no-store']);
    const sent = await browser.follow(await browser.submit(form, '/register', { email: EMAIL, fullName: 'Ada Lund' }));
    expect(sent.$('h1').text()).toBe('Check your mail');

    const token = await link('confirm-address');
    const confirmation = await browser.open(`/login?token=${token}`);
    await browser.open(`/login?token=${token}`); // looking at it changes nothing
    const password = await browser.follow(await browser.submit(confirmation, '/login/confirm'));
    expect(password.$('h1').text()).toBe('Choose a password');
    const weak = await browser.submit(password, '/reset-password', { password: 'ada lund 1' });
    expect([weak.status, weak.$('#field-password').attr('aria-invalid')]).toEqual([422, 'true']);
    const entrance = await browser.follow(await browser.submit(weak, '/reset-password', { password: PASSWORD }));
    expect(text(entrance)).toContain('you can log in now');

    const start_ = await browser.follow(
      await browser.submit(entrance, '/login', { email: 'ADA@example.com', password: PASSWORD }),
    );
    expect(start_.$('.card').text()).toContain('Orders');
    expect(start_.$('.site-account-name').text()).toBe('Ada Lund');

    const elsewhere = formBrowser(at, load);
    const again = await elsewhere.submit(await elsewhere.open(`/login?token=${token}`), '/login/confirm');
    expect([again.status, again.$('h1').text()]).toEqual([404, 'This link does not work']);
  });

  it('waits for an administrator where the portal wants it', async () => {
    await start();
    await browser.submit(await browser.open('/register'), '/register', { email: EMAIL, fullName: 'Ada' });
    const password = await browser.follow(
      await browser.submit(await browser.open(`/login?token=${await link('confirm-address')}`), '/login/confirm'),
    );
    const entrance = await browser.follow(await browser.submit(password, '/reset-password', { password: PASSWORD }));
    expect(text(entrance)).toContain('An administrator has to approve');
    const early = await browser.submit(entrance, '/login', { email: EMAIL, password: PASSWORD });
    expect([early.status, text(early)]).toEqual([401, expect.stringContaining('pending approval')]);
  });

  it('says what is wrong with what was typed, and keeps it, but for passwords', async () => {
    await start();
    const form = await browser.submit(await browser.open('/register'), '/register', { email: 'ada', fullName: '' });
    expect(form.status).toBe(422);
    expect(
      form
        .$('.error-summary a')
        .map((_i, a) => form.$(a).attr('href'))
        .get(),
    ).toEqual(['#field-email', '#field-fullName']);
    expect(form.$('#field-email').attr('value')).toBe('ada');
    const wrong = await logIn({ email: EMAIL, password: 'something else' });
    expect([wrong.status, text(wrong)]).toEqual([401, expect.stringContaining('invalid email or password')]);
    expect(wrong.$('#field-email').attr('value')).toBe(EMAIL);
    expect(wrong.$('#field-password').attr('value') ?? '').toBe('');
  });

  it('is led to from a page that asks for it, and leads back; to no other site', async () => {
    await start();
    await addDeveloper(at.ctx, at.portal);
    const form = await browser.follow(await browser.open('/docs/orders?x=1'));
    const answer = await browser.submit(form, '/login', { email: EMAIL, password: PASSWORD });
    expect([answer.status, answer.headers.location]).toEqual([303, '/docs/orders?x=1']);
    expect((await browser.open('/login?returnTo=/docs/orders')).headers.location).toBe('/docs/orders');
    for (const evil of [
      '//evil.example.com',
      'https://evil.example.com',
      '/\\evil.example.com',
      'javascript:alert(1)',
      '/login',
    ]) {
      const led = await logOutAndIn(evil);
      expect([evil, led.headers.location]).toEqual([evil, '/']);
    }
  });
  const logOutAndIn = async (returnTo: string) => {
    await browser.submit(await browser.open('/'), '/logout');
    return logIn({ email: EMAIL, password: PASSWORD }, `/login?returnTo=${encodeURIComponent(returnTo)}`);
  };

  it('gets a session of its own with each log-in, and ends it by logging out', async () => {
    await start();
    await addDeveloper(at.ctx, at.portal);
    browser.cookies.set('portalaccesstoken', 'chosen-by-somebody-else');
    await logIn();
    const first = browser.cookies.get('portalaccesstoken');
    expect(first).not.toBe('chosen-by-somebody-else');
    const page = await browser.open('/');
    const out = await browser.follow(await browser.submit(page, '/logout'));
    expect(text(out)).toContain('You are logged out.');
    expect(browser.cookies.has('portalaccesstoken')).toBe(false);
    browser.cookies.set('portalaccesstoken', first ?? '');
    expect((await browser.open('/')).status).toBe(303);
  });

  it('changes nothing for forms that come from elsewhere', async () => {
    await start();
    await addDeveloper(at.ctx, at.portal);
    const form = await browser.open('/login');
    expect((await browser.submit(form, '/login', { _csrf: 'x', email: EMAIL, password: PASSWORD })).status).toBe(403);
    await logIn();
    const account = await browser.open('/account');
    expect((await browser.submit(account, '/account/profile', { _csrf: '', fullName: 'Eve' })).status).toBe(403);
    const body = new URLSearchParams({ _csrf: String(account.$('input[name=_csrf]').attr('value')), fullName: 'Eve' }).toString();
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
    const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded', origin: 'http://evil.example.com' };
    expect((await at.app.request('POST', '/account/profile', { body, headers })).status).toBe(403);
    const plain = { cookie, 'content-type': 'text/plain' };
    expect((await at.app.request('POST', '/account/profile', { body, headers: plain })).status).not.toBe(303);
  });

  it('resets a forgotten password by a link that works once', async () => {
    await start();
    await addDeveloper(at.ctx, at.portal);
    for (const email of [EMAIL, 'nobody@example.com']) {
      const sent = await browser.follow(
        await browser.submit(await browser.open('/forgot-password'), '/forgot-password', { email }),
      );
      expect(sent.$('h1').text()).toBe('Check your mail');
    }
    const form = await browser.open(`/reset-password?token=${await link('reset-password')}`);
    const done = await browser.follow(await browser.submit(form, '/reset-password', { password: 'nine quiet lighthouses' }));
    expect(text(done)).toContain('you can log in now');
    const again = await browser.submit(form, '/reset-password', { password: PASSWORD });
    expect([again.status, again.$('h1').text()]).toEqual([404, 'This link does not work']);
    expect((await browser.open('/reset-password')).headers.location).toBe('/forgot-password');
    expect((await logIn({ email: EMAIL, password: 'nine quiet lighthouses' })).status).toBe(303);
  });

  it('shows name, password, sessions, and changes them', async () => {
    await start();
    await addDeveloper(at.ctx, at.portal);
    await logIn();
    const other = formBrowser(at, load);
    await other.submit(await other.open('/login'), '/login', { email: EMAIL, password: PASSWORD });
    let page = await browser.open('/account');
    expect(page.headers['cache-control']).toBe('no-store');
    expect(
      page
        .$('.item-title')
        .map((_i, item) => page.$(item).text().trim())
        .get(),
    ).toEqual(expect.arrayContaining(['Firefox on Linux This one', 'Firefox on Linux']));
    page = await browser.follow(await browser.submit(page, '/account/profile', { fullName: 'Ada <b>' }));
    expect([text(page), page.$('.site-account-name').text()]).toEqual([
      expect.stringContaining('Your name is changed.'),
      'Ada <b>',
    ]);
    page = await browser.submit(page, '/account/password', { current: 'wrong', password: 'nine quiet lighthouses' });
    expect([page.status, page.$('.error-summary a').attr('href')]).toEqual([422, '#field-current']);
    page = await browser.follow(
      await browser.submit(page, '/account/password', { current: PASSWORD, password: 'nine quiet lighthouses' }),
    );
    expect(text(page)).toContain('All your other sessions have ended.');
    expect((await other.open('/account')).status).toBe(303);
    await other.submit(await other.open('/login'), '/login', { email: EMAIL, password: 'nine quiet lighthouses' });
    page = await browser.open('/account');
    const end = page.$('form[action^="/account/sessions/"][action$="/end"]').attr('action') ?? '';
    page = await browser.follow(await browser.submit(page, end));
    expect(text(page)).toContain('The session has ended.');
    expect((await other.open('/account')).status).toBe(303);
    expect((await browser.open('/account')).status).toBe(200);
  });

  it('is exported without secrets, and deleted by who knows the password', async () => {
    await start();
    await addDeveloper(at.ctx, at.portal);
    await logIn();
    const data = await browser.open('/account/export');
    expect(data.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
    expect(data.headers['content-disposition']).toContain('my-data.json');
    expect(data.json).toMatchObject({ developer: { email: EMAIL, full_name: 'Ada Lund', status: 'approved' }, applications: [] });
    expect(data.text).not.toMatch(/hash|argon/);
    const form = await browser.open('/account/delete');
    expect((await browser.submit(form, '/account/delete', { password: 'wrong' })).status).toBe(422);
    const gone = await browser.follow(await browser.submit(form, '/account/delete', { password: PASSWORD }));
    expect(text(gone)).toContain('are deleted');
    expect(await at.ctx.db.selectFrom('developers').selectAll().execute()).toEqual([]);
    expect((await logIn()).status).toBe(401);
  });

  it('is nothing that a public portal has', async () => {
    await start();
    const form = await browser.open('/register');
    await updatePortal(at.ctx, at.portal.id, { isPublic: true }, HOSTS);
    for (const path of ['/login', '/login?token=x', '/register', '/forgot-password', '/reset-password?token=x', '/account']) {
      const { status, headers } = await browser.open(path);
      expect([path, status, headers.location]).toEqual([path, 303, '/']);
    }
    expect((await browser.submit(form, '/register', { email: EMAIL, fullName: 'x' })).headers.location).toBe('/');
    expect(await at.ctx.db.selectFrom('developers').selectAll().execute()).toEqual([]);
  });
});
