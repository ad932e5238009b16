import { afterEach, expect, it } from 'vitest';
import { onEachDatabase } from '../../support/database.ts';
import { publish, startPortal, type TestPortal } from './portal.ts';

const SPECIFICATION = `openapi: 3.1.0
info: { title: Orders, version: "1" }
paths: { /orders: { get: { operationId: listOrders, responses: { "200": { description: All } } } } }
`;

onEachDatabase('pages in the look that their reader chose', (open) => {
  let at: TestPortal;
  afterEach(() => at.app.close());

  it('come in it, kept or not, first or not, found or not', async () => {
    at = await startPortal(await open(), { isPublic: true });
    const versions = [{ name: 'v1', specification: ['openapi.yaml', SPECIFICATION] as const }];
    await publish(at, { name: 'Orders', versions });
    const first = { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate' };
    for (const path of ['/', '/spec/orders/v1', '/spec/orders/v1/operations/listOrders', '/search?q=orders', '/nothing'])
      for (const more of [{}, first])
        for (const [cookie, theme] of [
          ['', 'light'],
          ['theme=dark', 'dark'],
          ['theme=system', 'system'],
          ['theme=none', 'light'],
          ['theme=dark', 'dark'],
          ['', 'light'],
        ]) {
          const { $ } = await at.get(path, { headers: { ...more, ...(cookie ? { Cookie: cookie } : {}) } });
          expect([path, cookie, $('html').attr('data-theme')]).toEqual([path, cookie, theme]);
        }
  });
});
