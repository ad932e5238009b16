import { gunzipSync } from 'node:zlib';
import { load } from 'cheerio';
import { afterEach, expect, it } from 'vitest';
import { onEachDatabase } from '../../support/database.ts';
import { startAdministration, type TestAdministration } from './admin.ts';

onEachDatabase('pages of the administration', (open) => {
  let administration: TestAdministration;
  afterEach(() => administration.app.close());

  const start = async () => {
    administration = await startAdministration(await open());
    const { app, browser } = administration;
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return (path: string, headers: Record<string, string> = {}) => app.request('GET', path, { headers: { cookie, ...headers } });
  };

  it('go compressed to whoever takes that, errors and the log-in too, and say the same', async () => {
    const get = await start();
    for (const [path, status] of [
      ['/admin/us/account', 200],
      ['/admin/us/nothing', 404],
      ['/admin/log-in', 200],
      ['/admin/password?token=none', 410],
    ] as const) {
      const plain = await get(path);
      const zipped = await get(path, { 'accept-encoding': 'gzip, br' });
      expect([path, plain.status, plain.headers['content-encoding']]).toEqual([path, status, undefined]);
      expect([path, zipped.status, zipped.headers['content-encoding']]).toEqual([path, status, 'gzip']);
      expect(gunzipSync(zipped.body).toString()).toBe(plain.text);
      for (const { headers } of [plain, zipped])
        expect([headers['cache-control'], headers['content-type'], headers['vary']]).toEqual([
          'no-store',
          'text/html; charset=utf-8',
          expect.stringMatching(/Accept-Encoding/i),
        ]);
    }
  });

  it('hold the token of their forms as it is: no length tells what it is like', async () => {
    const get = await start();
    const { text } = await get('/admin/us/account');
    const token = String(load(text)('[name=_csrf]').attr('value'));
    expect(token.length).toBeGreaterThan(20);
    for (const path of ['/admin/us/account', '/admin/us/nothing'])
      expect((await get(path, { 'accept-encoding': 'gzip' })).body.includes(token)).toBe(true);
  });
});
