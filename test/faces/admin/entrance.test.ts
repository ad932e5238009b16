import { afterEach, expect, it } from 'vitest';
import { START, testClock } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';
import { logIn, openBrowser, PASSWORD, startAdministration, type TestAdministration } from './admin.ts';

const HOUR_MS = 3_600_000;

onEachDatabase('the entrance of the administration', (open) => {
  let administration: TestAdministration;
  const clock = testClock(START);
  const start = async (): Promise<TestAdministration> => {
    administration = await startAdministration(await open(), { options: { now: clock.now } });
    return administration;
  };
  afterEach(() => administration.app.close());

  it('leads through the log-in page to where one wanted to go', async () => {
    const { app } = await start();
    const browser = openBrowser(app);
    const asked = await browser.get('/admin/us?x=1');
    expect(asked).toMatchObject({ status: 303, location: '/admin/log-in?returnTo=%2Fadmin%2Fus%3Fx%3D1' });
    const form = await browser.get(asked.location ?? '');
    expect(form.status).toBe(200);
    expect(form.headers['cache-control']).toBe('no-store');
    expect(form.$('label[for="field-email"]').text()).toBe('E-mail');
    const answer = await browser.submit(form, { email: ' ADA@example.org', password: PASSWORD });
    expect(answer).toMatchObject({ status: 303, location: '/admin/us?x=1' });
    const page = await browser.get('/admin/us?x=1');
    expect(page.status).toBe(200);
    expect(page.$('h1').text()).toBe('Overview');
    expect(page.$('nav[aria-label="Administration"] a[aria-current="page"]').text()).toContain('Overview');
    expect(await browser.get('/admin')).toMatchObject({ status: 303, location: '/admin/us' });
  });

  it.each(['https://evil.example/', '//evil.example', '/admin//evil.example', '/admin/\\evil', '/adminx', 'javascript:alert(1)'])(
    'leads nowhere else: %s',
    async (returnTo) => {
      const { app } = await start();
      const browser = openBrowser(app);
      const form = await browser.get(`/admin/log-in?returnTo=${encodeURIComponent(returnTo)}`);
      const answer = await browser.submit(form, { email: 'ada@example.org', password: PASSWORD });
      expect(answer).toMatchObject({ status: 303, location: '/admin' });
    },
  );

  it('gives the browser a new session that only this host gets back', async () => {
    const { app } = await start();
    const browser = openBrowser(app);
    browser.cookies.set('portico_admin', 'x'.repeat(43));
    const answer = await browser.submit(await browser.get('/admin/log-in'), { email: 'ada@example.org', password: PASSWORD });
    const [cookie = ''] = (answer.headers['set-cookie'] ?? []).filter((line) => line.startsWith('portico_admin='));
    expect(cookie).toMatch(/^portico_admin=[\w-]{43}; Path=\/admin; HttpOnly; SameSite=Lax$/);
    expect(cookie).not.toContain('xxxx');
  });

  it('tells an unknown address and a wrong password apart in nothing', async () => {
    const { app } = await start();
    const answers = [];
    for (const fields of [
      { email: 'ada@example.org', password: 'wrong' },
      { email: 'nobody@example.org', password: 'wrong' },
    ]) {
      const browser = openBrowser(app);
      const answer = await browser.submit(await browser.get('/admin/log-in'), fields);
      expect(answer.status).toBe(401);
      expect(answer.$('input[name="email"]').attr('value')).toBe(fields.email);
      expect(answer.$('input[name="password"]').attr('value')).toBe('');
      answers.push(answer.$('[role="alert"]').text());
    }
    expect(answers[0]).toContain('The e-mail address or the password is wrong');
    expect(answers[1]).toBe(answers[0]);
  });

  it('says what is missing beside its field', async () => {
    const { app } = await start();
    const browser = openBrowser(app);
    const answer = await browser.submit(await browser.get('/admin/log-in'), { email: 'ada@example.org', password: '' });
    expect(answer.status).toBe(422);
    expect(answer.$('[role="alert"] a[href="#field-password"]').text()).toBe('Enter your password');
    expect(answer.$('#field-password').attr('aria-invalid')).toBe('true');
  });

  it('slows down who guesses, but not a browser that its owner has logged in with', async () => {
    const { app, browser: own } = await start();
    const stranger = openBrowser(app);
    const form = await stranger.get('/admin/log-in');
    const statuses = [];
    for (let i = 0; i < 11; i++)
      statuses.push((await stranger.submit(form, { email: 'ada@example.org', password: `guess ${i}` })).status);
    expect(statuses.at(9)).toBe(401);
    expect(statuses.at(10)).toBe(429);
    const answer = await own.submit(await own.get('/admin/log-in'), { email: 'ada@example.org', password: PASSWORD });
    expect(answer.status).toBe(303);
  });

  it('takes no form from another browser, or another site', async () => {
    const { app, browser } = await start();
    const form = await openBrowser(app).get('/admin/log-in');
    const fields = { email: 'ada@example.org', password: PASSWORD };
    expect((await openBrowser(app).submit(form, fields)).status).toBe(403);
    const own = await browser.get('/admin/us');
    const token = own.$('.site-sign-out input[name="_csrf"]').attr('value') ?? '';
    expect((await browser.post('/admin/us/log-out', {})).status).toBe(403);
    expect((await browser.post('/admin/us/log-out', { _csrf: token }, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await browser.post('/admin/us/log-out', { _csrf: token }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await browser.get('/admin/us')).status).toBe(200);
  });

  it('lets out', async () => {
    const { browser } = await start();
    const session = browser.cookies.get('portico_admin') ?? '';
    const answer = await browser.submit(await browser.get('/admin/us'), {}, '/admin/us/log-out');
    expect(answer).toMatchObject({ status: 303, location: '/admin/log-in' });
    expect(browser.cookies.has('portico_admin')).toBe(false);
    browser.cookies.set('portico_admin', session);
    expect((await browser.get('/admin/us')).status).toBe(303);
  });

  it('closes after half a day without use, and after a week whatever happens', async () => {
    const { app } = await start();
    const idle = await logIn(app, 'ada@example.org');
    const busy = await logIn(app, 'ada@example.org');
    for (let hours = 0; hours < 7 * 24; hours += 11) {
      expect((await busy.get('/admin/us')).status, `after ${hours} hours`).toBe(200);
      clock.advance(11 * HOUR_MS);
      if (hours === 11) expect((await idle.get('/admin/us')).status).toBe(303);
    }
    expect((await busy.get('/admin/us')).status).toBe(303);
  });

  it('is on no other host, and of no region that is not served', async () => {
    const { app, browser } = await start();
    expect((await app.request('GET', '/admin/log-in', { host: 'portal.example.com' })).status).toBe(404);
    expect((await browser.get('/admin/eu')).status).toBe(404);
    const missing = await browser.get('/admin/us/nothing-of-the-kind');
    expect(missing.status).toBe(404);
    expect(missing.$('h1').text()).toBe('Page not found');
  });
});
