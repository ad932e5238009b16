import { gunzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { onEachDatabase } from '../../support/database.ts';
import { addDeveloper, signIn } from '../../support/developers.ts';
import { publish, specificationOf, startPortal, type TestPortal } from './portal.ts';

const CONSOLE = '/spec/harbours/v1/operations/get-0-0/try';
const PAGES = [
  [CONSOLE, 200],
  ['/search?q=harbours', 200],
  ['/account', 200],
  ['/nothing-here', 404],
] as const;

onEachDatabase('a page that is kept nowhere', (open) => {
  let at: TestPortal;
  let cookie: string;
  afterEach(() => at.app.close());

  const start = async (): Promise<void> => {
    at = await startPortal(await open(), { isPublic: false });
    await publish(at, {
      name: 'Harbours',
      versions: [{ name: 'v1', specification: ['harbours.json', specificationOf({ Ships: 90 })] }],
    });
    await addDeveloper(at.ctx, at.portal);
    ({ cookie } = await signIn(at.ctx, at.portal));
    await get('/spec/harbours/v1'); // comes once the reference is made, which pages beside it tell of
  };
  const get = (path: string, headers: Record<string, string> = {}) => at.get(path, { headers: { cookie, ...headers } });

  it('goes compressed to whoever takes that, and says the same', async () => {
    await start();
    for (const [path, status] of PAGES) {
      const plain = await get(path);
      const zipped = await get(path, { 'accept-encoding': 'gzip, br' });
      expect([path, plain.status, plain.headers['content-encoding']]).toEqual([path, status, undefined]);
      expect([path, zipped.status, zipped.headers['content-encoding']]).toEqual([path, status, 'gzip']);
      expect(gunzipSync(zipped.body).toString()).toBe(plain.text);
      for (const { headers, body } of [plain, zipped]) {
        expect(headers['content-length']).toBe(String(body.length));
        expect(headers['vary']).toMatch(/Accept-Encoding/i);
        expect([headers['cache-control'], headers['content-type']]).toEqual(['no-store', 'text/html; charset=utf-8']);
      }
      expect((await get(path, { 'accept-encoding': 'gzip;q=0' })).text).toBe(plain.text);
    }
  });

  it('takes a fraction of what it says: its console, with all operations beside it', async () => {
    await start();
    const { body } = await get(CONSOLE);
    expect((await get(CONSOLE, { 'accept-encoding': 'gzip' })).body.length).toBeLessThan(body.length / 4);
  });

  it('holds the token of its forms as it is: no length tells what it is like', async () => {
    await start();
    const { $ } = await get(CONSOLE);
    const token = String($('[name=_csrf]').attr('value'));
    expect(token.length).toBeGreaterThan(20);
    for (const path of [CONSOLE, '/nothing-here'])
      expect((await get(path, { 'accept-encoding': 'gzip' })).body.includes(token)).toBe(true);
  });

  it('is told of without it', async () => {
    await start();
    const head = await at.app.request('HEAD', CONSOLE, { headers: { cookie, 'accept-encoding': 'gzip' } });
    expect([head.status, head.body.length, head.headers['content-encoding']]).toEqual([200, 0, 'gzip']);
  });
});
