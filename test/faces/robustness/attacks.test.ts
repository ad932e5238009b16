import { load } from 'cheerio';
import { afterEach, expect, it } from 'vitest';
import { networkOf } from '../../../src/lib/network.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';
import { addDeveloper, PASSWORD } from '../../support/developers.ts';
import { addAdministrator, openBrowser } from '../admin/admin.ts';
import { formBrowser } from '../portal/form.ts';
import { addPortal } from '../portal/portal.ts';
import { errorLog } from './installation.ts';

it('an address of IPv6 is counted by its network', () => {
  expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0::/64');
  expect(networkOf('2001:0DB8:0:0:ffff:ffff:ffff:ffff')).toBe('2001:db8:0:0::/64');
  expect(networkOf('2001:db8:0:1::1')).toBe('2001:db8:0:1::/64');
  expect(networkOf('1:2:3:4:5:6:7::')).toBe('1:2:3:4::/64');
  expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  expect(networkOf('::1')).toBe('0:0:0:0::/64');
  expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
  expect(networkOf('192.0.2.1')).toBe('192.0.2.1');
  expect(networkOf('unknown')).toBe('unknown');
});

onEachDatabase('attacks', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  it('cookies that cannot be sent back are no browser of ours', async () => {
    const { log, errors } = errorLog();
    app = await startApp(await open(), { options: { log } });
    const portal = await addPortal(app.ctx, { name: 'main', isPublic: false });
    const { email } = await addAdministrator(app, 'ada@example.org', 'Ada Admin');
    for (const value of ['a b', '"', 'é', 'x'.repeat(6000)]) {
      const headers = { cookie: Buffer.from(`portico_device=${value}; portico_admin_device=${value}`).toString('latin1') };
      const json = { username: 'ada@example.com', password: 'wrong wrong wrong' };
      const answer = await app.request('POST', '/api/v2/developer/authenticate', { host: portal.defaultDomain, headers, json });
      expect(answer.status).toBe(401);
      const browser = openBrowser(app);
      const page = await browser.get('/admin/log-in');
      browser.cookies.set('portico_admin_device', value);
      expect((await browser.submit(page, { email, password: 'wrong wrong wrong' })).status).toBe(401);
    }
    expect(errors).toEqual([]);
  });

  it('an address is the same account however it is spelt', async () => {
    app = await startApp(await open());
    const portal = await addPortal(app.ctx, { name: 'main', isPublic: false });
    await addDeveloper(app.ctx, portal, { email: 'ada@example.com' });
    const browser = formBrowser({ app }, load);
    const page = await browser.open('/login');
    const answer = await browser.submit(page, '/login', { email: ' ADA@example.com ', password: PASSWORD });
    expect(answer.status).toBe(303);
  });

  it('a network of IPv6 has one allowance, however many addresses it tries from', async () => {
    app = await startApp(await open(), { env: { TRUST_PROXY: '1' } });
    const portal = await addPortal(app.ctx, { name: 'main', isPublic: false });
    const attempt = (n: number, address: string) =>
      app.request('POST', '/api/v2/developer/authenticate', {
        host: portal.defaultDomain,
        headers: { 'x-forwarded-for': address },
        json: { username: `somebody-${n}@example.com`, password: 'wrong wrong wrong' },
      });
    for (let n = 0; n < 100; n++) expect((await attempt(n, `2001:db8::${n.toString(16)}`)).status).toBe(401);
    expect((await attempt(100, '2001:db8::beef')).status).toBe(429);
    expect((await attempt(101, '2001:db8:0:1::beef')).status).toBe(401);
  });
});
