import { Secret, TOTP } from 'otpauth';
import { afterEach, expect, it } from 'vitest';
import { START, testClock } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';
import { logIn, openBrowser, PASSWORD, startAdministration, type TestAdministration, type TestBrowser } from './admin.ts';

const ACCOUNT = '/admin/us/account';

onEachDatabase('the account of an administrator', (open) => {
  let administration: TestAdministration;
  const clock = testClock(START);
  const start = async (): Promise<TestAdministration> => {
    administration = await startAdministration(await open(), { options: { now: clock.now } });
    return administration;
  };
  afterEach(() => administration.app.close());

  const codeOf = (secret: string): string =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock.now().getTime() });

  /** Turns the second factor on; answers its secret and the recovery codes. */
  const turnOn = async (browser: TestBrowser): Promise<{ secret: string; codes: string[] }> => {
    await browser.submit(await browser.get(ACCOUNT), {}, `${ACCOUNT}/second-factor`);
    const page = await browser.get(`${ACCOUNT}/second-factor`);
    expect(page.$('svg[role="img"]').attr('aria-label')).toBe('QR code for your authenticator');
    const secret = page.$('code.key').text().replaceAll(' ', '');
    const wrong = await browser.submit(page, { code: '12' });
    expect(wrong.status).toBe(422);
    expect(wrong.$('code.key').text().replaceAll(' ', '')).toBe(secret);
    const shown = await browser.submit(page, { code: codeOf(secret) });
    expect(shown.headers['cache-control']).toBe('no-store');
    clock.advance(30_000);
    return {
      secret,
      codes: shown
        .$('.recovery-codes code')
        .get()
        .map((code) => shown.$(code).text()),
    };
  };

  it('has a name that can be changed', async () => {
    const { browser } = await start();
    const page = await browser.get(ACCOUNT);
    expect(page.$('h1').text()).toBe('Your account');
    const empty = await browser.submit(page, { name: ' ' }, `${ACCOUNT}/name`);
    expect(empty.status).toBe(422);
    expect(empty.$('#field-name').attr('aria-invalid')).toBe('true');
    expect(await browser.submit(page, { name: '<b>Ada</b>' }, `${ACCOUNT}/name`)).toMatchObject({
      status: 303,
      location: ACCOUNT,
    });
    const changed = await browser.get(ACCOUNT);
    expect(changed.$('[role="status"]').text()).toContain('Your name is changed.');
    expect(changed.$('.site-account-name').text()).toBe('<b>Ada</b>');
  });

  it('has a password that only who knows it can change; other sessions end', async () => {
    const { app, browser } = await start();
    const other = await logIn(app, 'ada@example.org');
    const page = await browser.get(ACCOUNT);
    const next = 'nine lanterns by the quay';
    const wrong = await browser.submit(page, { current: 'wrong', password: next }, `${ACCOUNT}/password`);
    expect(wrong.status).toBe(422);
    expect(wrong.$('#field-current-error').text()).toContain('This is not your password');
    const changed = await browser.submit(page, { current: PASSWORD, password: next }, `${ACCOUNT}/password`);
    expect(changed.status).toBe(303);
    expect((await browser.get(ACCOUNT)).status).toBe(200);
    expect((await other.get(ACCOUNT)).status).toBe(303);
    await logIn(app, 'ada@example.org', next);
  });

  it('shows its sessions, and ends one or all others', async () => {
    const { app, browser } = await start();
    const [second, third, fourth] = [
      await logIn(app, 'ada@example.org'),
      await logIn(app, 'ada@example.org'),
      await logIn(app, 'ada@example.org'),
    ];
    const page = await browser.get(ACCOUNT);
    expect(page.$('.item')).toHaveLength(4);
    expect(page.$('.item').first().text()).toContain('Firefox on Linux');
    expect(page.$('.item form')).toHaveLength(3);
    await browser.submit(page, {}, page.$('.item form').first().attr('action'));
    const states = async () => Promise.all([second, third, fourth].map(async (one) => (await one.get(ACCOUNT)).status));
    expect((await states()).filter((status) => status === 200)).toHaveLength(2);
    await browser.submit(await browser.get(ACCOUNT), {}, `${ACCOUNT}/sessions`);
    expect(await states()).toEqual([303, 303, 303]);
    expect((await browser.get(ACCOUNT)).$('.item')).toHaveLength(1);
  });

  it('takes a second factor, whose codes open it from then on', async () => {
    const { app, browser } = await start();
    const { secret, codes } = await turnOn(browser);
    expect(codes).toHaveLength(10);
    expect((await browser.get(ACCOUNT)).text).not.toContain(codes[0]);
    const next = openBrowser(app);
    const form = await next.get('/admin/log-in?returnTo=/admin/us/account');
    const half = await next.submit(form, { email: 'ada@example.org', password: PASSWORD });
    expect(half.location).toBe('/admin/log-in/second-factor?returnTo=%2Fadmin%2Fus%2Faccount');
    expect((await next.get('/admin/us')).status).toBe(303);
    const before = next.cookies.get('portico_admin');
    const step = await next.get(half.location ?? '');
    expect((await next.submit(step, { code: '000000' })).status).toBe(401);
    expect(await next.submit(step, { code: codeOf(secret) })).toMatchObject({ status: 303, location: ACCOUNT });
    expect(next.cookies.get('portico_admin')).not.toBe(before);
    expect((await next.get(ACCOUNT)).status).toBe(200);
    const third = openBrowser(app);
    await third.submit(await third.get('/admin/log-in'), { email: 'ada@example.org', password: PASSWORD });
    const again = await third.get('/admin/log-in/second-factor');
    expect((await third.submit(again, { code: codeOf(secret) })).status, 'used before').toBe(401);
    expect((await third.submit(again, { code: codes[3] ?? '' })).status).toBe(303);
    expect((await third.get(ACCOUNT)).$('main').text()).toContain('9 recovery codes are left');
  });

  it('gives new recovery codes and loses its second factor only to who knows the password', async () => {
    const { app, browser } = await start();
    await turnOn(browser);
    const renew = await browser.get(`${ACCOUNT}/recovery-codes`);
    expect((await browser.submit(renew, { password: 'wrong' })).status).toBe(422);
    expect((await browser.submit(renew, { password: PASSWORD })).$('.recovery-codes li')).toHaveLength(10);
    const off = await browser.get(`${ACCOUNT}/second-factor/disable`);
    expect((await browser.submit(off, { password: 'wrong' })).status).toBe(422);
    expect((await browser.submit(off, { password: PASSWORD })).status).toBe(303);
    const next = await logIn(app, 'ada@example.org');
    expect((await next.get(ACCOUNT)).status).toBe(200);
  });
});
