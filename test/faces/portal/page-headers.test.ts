import { afterEach, expect, it } from 'vitest';
import { onEachDatabase } from '../../support/database.ts';
import { addDeveloper, signIn } from '../../support/developers.ts';
import { publish, startPortal, type TestPortal } from './portal.ts';

const OPENER = 'cross-origin-opener-policy';

onEachDatabase('headers of pages', (open) => {
  let at: TestPortal;
  afterEach(() => at.app.close());

  const start = async ({ isPublic }: { isPublic: boolean }) => {
    at = await startPortal(await open(), { isPublic });
    const specification = ['openapi.yaml', 'openapi: 3.1.0\ninfo: { title: Orders, version: "1" }\npaths: {}\n'] as const;
    await publish(at, {
      name: 'Orders',
      versions: [{ name: 'v1', specification }],
      documents: [{ slug: 'start', title: 'Start', content: 'x' }],
    });
  };
  const CONTENT = ['/', '/docs/orders', '/docs/orders/start', '/spec/orders/v1'];

  it('part a page from the one that opened it where it holds a session or asks for a password', async () => {
    await start({ isPublic: false });
    expect((await at.get('/login')).headers[OPENER]).toBe('same-origin');
    await addDeveloper(at.ctx, at.portal, { email: 'ada@example.com' });
    const { cookie } = await signIn(at.ctx, at.portal, 'ada@example.com');
    for (const path of CONTENT) expect((await at.get(path, { headers: { cookie } })).headers[OPENER]).toBe('same-origin');
  });

  it('hold no browser up where anybody may read the page', async () => {
    await start({ isPublic: true });
    for (const path of CONTENT) expect([path, (await at.get(path)).headers[OPENER]]).toEqual([path, undefined]);
  });

  it('let no script run that stands in the page, where none does', async () => {
    await start({ isPublic: true });
    for (const path of [...CONTENT, '/spec/orders/v1/redoc', '/nowhere']) {
      const { $, headers } = await at.get(path);
      expect($('script:not([src]):not([type="application/ld+json"])')).toHaveLength(0);
      expect(/script-src ([^;]+)/.exec(String(headers['content-security-policy']))?.[1]).toBe("'self'");
    }
  });
});
