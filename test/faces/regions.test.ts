import { afterEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/database/connect.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';

describe.each(['sqlite', 'postgres'] as const)('two regions on %s', (engine) => {
  const opened: Connection[] = [];
  let app: TestApp;
  afterEach(async () => {
    await app.close();
    await Promise.all(opened.splice(0).map((connection) => connection.close()));
  });

  const start = async (): Promise<TestApp> => {
    const [us, eu] = [await freshDatabase(engine), await freshDatabase(engine)];
    opened.push(us, eu);
    app = await startApp(us, {
      env: { REGIONS: 'us,eu', DATABASE_URL_EU: 'eu-database' },
      options: { connections: new Map([['eu-database', eu]]) },
    });
    return app;
  };

  const EU = { host: 'eu.api.localhost' };
  const list = async (target: string, options = {}) =>
    (await app.request('GET', target, options)).json.data as { id: string; name: string }[];

  it('show nothing of each other in the management API', async () => {
    const { request } = await start();
    const product = (await request('POST', '/v2/api-products', { ...EU, json: { name: 'Nur hier' } })).json;
    await request('POST', '/v2/portals', { ...EU, json: { name: 'europa', is_public: true } });
    const { id: strategy } = (
      await request('POST', '/v2/application-auth-strategies', {
        ...EU,
        json: { name: 'key', display_name: 'Key', strategy_type: 'key_auth', configs: { 'key-auth': {} } },
      })
    ).json;

    expect(await list('/v2/api-products')).toEqual([]);
    expect(await list('/v2/portals')).toEqual([]);
    expect((await list('/v2/application-auth-strategies')).map(({ id }) => id)).not.toContain(strategy);
    for (const target of [`/v2/api-products/${product.id}`, `/v2/application-auth-strategies/${strategy}`]) {
      expect((await request('GET', target)).status).toBe(404);
      expect((await request('GET', target, EU)).status).toBe(200);
    }
    const theft = await request('POST', '/v2/portals', { json: { name: 'x', default_application_auth_strategy_id: strategy } });
    expect(theft.status).toBe(400);
  });

  it('are chosen by host, else by header, else by default', async () => {
    const { request } = await start();
    await request('POST', '/v2/api-products', { headers: { 'x-portico-region': 'eu' }, json: { name: 'by header' } });
    await request('POST', '/v2/api-products', { json: { name: 'by default' } });
    expect((await list('/v2/api-products', EU)).map(({ name }) => name)).toEqual(['by header']);
    expect((await list('/v2/api-products', { host: 'us.api.localhost' })).map(({ name }) => name)).toEqual(['by default']);
    expect((await request('GET', '/v2/api-products', { host: 'au.api.localhost' })).status).toBe(400);
  });

  it('each have portals of their own, found by host wherever they are', async () => {
    const { request } = await start();
    const make = async (options: object, name: string) => {
      const portal = (await request('POST', '/v2/portals', { ...options, json: { name, is_public: true } })).json;
      const product = { name: `Product of ${name}`, portal_ids: [portal.id] };
      const { id } = (await request('POST', '/v2/api-products', { ...options, json: product })).json;
      await request('POST', `/v2/api-products/${id}/product-versions`, {
        ...options,
        json: { name: 'v1', publish_status: 'published' },
      });
      return portal;
    };
    const amerika = await make({}, 'amerika');
    const europa = await make(EU, 'europa');
    expect(europa.default_domain).toMatch(/^[0-9a-f]{12}\.eu\.localhost$/);
    const page = async (host: string) => (await request('GET', '/', { host })).text;
    expect(await page(europa.default_domain)).toContain('Product of europa');
    expect(await page(europa.default_domain)).not.toContain('Product of amerika');
    expect(await page('europa.localhost')).toContain('Product of europa');
    expect(await page(amerika.default_domain)).toContain('Product of amerika');
    expect(await page('elsewhere.example')).toContain('Product of amerika');
    const products = (await request('GET', '/api/v2/products', { host: europa.default_domain })).json.data;
    expect(products.map(({ name }: { name: string }) => name)).toEqual(['Product of europa']);
  });
});
