import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';

const SETTINGS = {
  publish_status: 'published',
  deprecated: false,
  application_registration_enabled: false,
  auto_approve_registration: false,
  auth_strategy_ids: [] as string[],
};

onEachDatabase('versions in portals over HTTP', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  const start = async () => {
    app = await startApp(await open());
    await app.installation.prepare();
    const { request } = app;
    const portal = (await request('POST', '/v2/portals', { json: { name: 'Site' } })).json;
    const product = (await request('POST', '/v2/api-products', { json: { name: 'Orders', portal_ids: [portal.id] } })).json;
    const versions = `/v2/api-products/${product.id}/product-versions`;
    const version = (await request('POST', versions, { json: { name: 'v1' } })).json;
    const path = `/v2/portals/${portal.id}/product-versions`;
    return { request, portal, product, versions, version, path, at: `${path}/${version.id}` };
  };

  it('let their console send requests by way of the server, which replacing them leaves as it is', async () => {
    const { request, version, path, at } = await start();
    const console = `${at.replace('/v2/', '/portico/v1/')}/console`;
    expect((await request('GET', console)).status).toBe(404);
    await request('POST', path, { json: { ...SETTINGS, product_version_id: version.id } });
    expect((await request('GET', console)).json).toEqual({ proxy_enabled: false });
    const changed = await request('PATCH', console, { json: { proxy_enabled: true } });
    expect([changed.status, changed.json]).toEqual([200, { proxy_enabled: true }]);
    await request('PUT', at, { json: { ...SETTINGS, deprecated: true } });
    await request('PATCH', at, { json: { deprecated: false } });
    expect((await request('PATCH', console, { json: {} })).json).toEqual({ proxy_enabled: true });
    expect((await request('PATCH', console, { json: { proxy_enabled: 'yes' } })).status).toBe(400);
    expect((await request('PATCH', console, { json: { proxy: true } })).status).toBe(400);
  });

  it('are created, fetched, listed, changed, replaced and deleted', async () => {
    const { request, portal, version, path, at } = await start();
    const strategy = portal.default_application_auth_strategy_id;
    const json = {
      ...SETTINGS,
      product_version_id: version.id,
      application_registration_enabled: true,
      auth_strategy_ids: [strategy],
    };
    const created = await request('POST', path, { json });
    expect(created.status).toBe(201);
    expect(created.json).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      publish_status: 'published',
      product_version_id: version.id,
      auth_strategies: [{ id: strategy, name: 'key-auth', credential_type: 'key_auth', key_names: ['apikey'] }],
      application_registration_enabled: true,
      auto_approve_registration: false,
      deprecated: false,
      created_at: expect.any(String),
      updated_at: created.json.created_at,
    });
    expect((await request('POST', path, { json })).status).toBe(409);
    expect((await request('GET', at)).json).toEqual(created.json);
    expect((await request('GET', path)).json).toEqual({
      meta: { page: { number: 1, size: 10, total: 1 } },
      data: [created.json],
    });
    const changed = await request('PATCH', at, { json: { deprecated: true, notify_developers: true } });
    expect([changed.status, changed.json]).toMatchObject([200, { deprecated: true, application_registration_enabled: true }]);
    const replaced = await request('PUT', at, { json: { ...SETTINGS, notify_developers: false } });
    expect([replaced.status, replaced.json]).toMatchObject([
      200,
      { id: created.json.id, deprecated: false, auth_strategies: [] },
    ]);
    expect((await request('DELETE', at)).status).toBe(204);
    for (const method of ['GET', 'DELETE']) expect((await request(method, at)).status).toBe(404);
    expect((await request('PATCH', at, { json: {} })).status).toBe(404);
    const put = await request('PUT', at, { json: SETTINGS });
    expect([put.status, put.json.product_version_id]).toEqual([200, version.id]);
  });

  it('show strategies of identity providers without their secrets', async () => {
    const { request, at } = await start();
    const strategy = await request('POST', '/v2/application-auth-strategies', {
      json: {
        name: 'Login',
        display_name: 'Log in',
        strategy_type: 'openid_connect',
        configs: {
          'openid-connect': {
            issuer: 'https://id.example.com',
            credential_claim: ['c'],
            scopes: ['s'],
            auth_methods: ['bearer'],
            client_secret: 'x',
          },
        },
      },
    });
    const { json } = await request('PUT', at, { json: { ...SETTINGS, auth_strategy_ids: [strategy.json.id] } });
    expect(json.auth_strategies).toEqual([
      { id: strategy.json.id, name: 'Login', credential_type: 'self_managed_client_credentials', auth_methods: ['bearer'] },
    ]);
  });

  it('are listed by filters and order', async () => {
    const { request, portal, versions, version, path, at } = await start();
    const second = (await request('POST', versions, { json: { name: 'v2' } })).json;
    const strategy = portal.default_application_auth_strategy_id;
    const first = (await request('PUT', at, { json: { ...SETTINGS, deprecated: true } })).json;
    await request('PUT', `${path}/${second.id}`, {
      json: { ...SETTINGS, publish_status: 'unpublished', application_registration_enabled: true, auth_strategy_ids: [strategy] },
    });
    const found = async (query: string) =>
      (await request('GET', `${path}?${query}`)).json.data.map((item: { product_version_id: string }) =>
        item.product_version_id === version.id ? 'v1' : 'v2',
      );
    expect(await found('sort=product_version_id%20desc')).toEqual(['v2', 'v1']);
    expect(await found('sort=publish_status')).toEqual(['v1', 'v2']);
    expect(await found('filter[publish_status]=unpublished')).toEqual(['v2']);
    expect(await found('filter[deprecated]=true')).toEqual(['v1']);
    expect(await found(`filter[auth_strategy_ids]=${strategy}`)).toEqual(['v2']);
    expect(await found(`filter[auth_strategy_ids][oeq]=${strategy},${randomUUID()}`)).toEqual(['v2']);
    expect(await found('filter[application_registration_enabled]=false')).toEqual(['v1']);
    expect(await found(`filter[product_version_id][neq]=${version.id}`)).toEqual(['v2']);
    expect(await found(`filter[id]=${first.id}`)).toEqual(['v1']);
    expect(await found('filter[created_at][gte]=2020-01-01T00:00:00Z&sort=created_at')).toEqual(['v1', 'v2']);
    expect(await found('filter[updated_at][lt]=2020-01-01T00:00:00Z')).toEqual([]);
    for (const query of [
      'sort=id',
      'filter[name]=x',
      'filter[created_at]=yesterday',
      'filter[auth_strategy_ids]=x',
      'filter[deprecated]=x',
    ])
      expect((await request('GET', `${path}?${query}`)).status, query).toBe(400);
    expect((await request('GET', `/v2/portals/${randomUUID()}/product-versions`)).status).toBe(404);
  });

  it('ask for a token, and for a region that is served', async () => {
    const request = (await start()).request;
    for (const [method, path] of [
      ['POST', `/v2/portals/${randomUUID()}/publish`],
      ['GET', `/v2/portals/${randomUUID()}/products`],
      ['GET', `/v2/portals/${randomUUID()}/product-versions`],
      ['POST', `/v2/portals/${randomUUID()}/product-versions`],
      ['GET', `/v2/portals/${randomUUID()}/product-versions/${randomUUID()}`],
      ['PATCH', `/v2/portals/${randomUUID()}/product-versions/${randomUUID()}`],
      ['PUT', `/v2/portals/${randomUUID()}/product-versions/${randomUUID()}`],
      ['DELETE', `/v2/portals/${randomUUID()}/product-versions/${randomUUID()}`],
    ] as const) {
      const json = method === 'GET' || method === 'DELETE' ? {} : { json: {} };
      expect((await request(method, path, { ...json, token: null })).status, `${method} ${path}`).toBe(401);
      if (method === 'DELETE') continue;
      const elsewhere = await request(method, path, { ...json, headers: { 'x-portico-region': 'mars' } });
      expect([elsewhere.status, elsewhere.json.invalid_parameters[0].field], `${method} ${path}`).toEqual([400, 'region']);
    }
  });

  it('refuse what the contract refuses', async () => {
    const { request, portal, version, path, at } = await start();
    const strategy = portal.default_application_auth_strategy_id;
    const cases: [unknown, string, string][] = [
      [{ ...SETTINGS, publish_status: 'draft' }, 'publish_status', 'enum'],
      [{ ...SETTINGS, deprecated: 'no' }, 'deprecated', 'is_boolean'],
      [{ ...SETTINGS, deprecated: undefined }, 'deprecated', 'required'],
      [{ ...SETTINGS, auth_strategy_ids: undefined }, 'auth_strategy_ids', 'required'],
      [{ ...SETTINGS, auth_strategy_ids: null }, 'auth_strategy_ids', 'is_array'],
      [{ ...SETTINGS, auth_strategy_ids: strategy }, 'auth_strategy_ids', 'is_array'],
      [{ ...SETTINGS, auth_strategy_ids: ['x'] }, 'auth_strategy_ids.0', 'is_uuid'],
      [{ ...SETTINGS, auth_strategy_ids: [randomUUID()] }, 'auth_strategy_ids', 'missing_reference'],
      [{ ...SETTINGS, auth_strategy_ids: [strategy, randomUUID()] }, 'auth_strategy_ids', 'max_items'],
      [{ ...SETTINGS, application_registration_enabled: true }, 'auth_strategy_ids', 'required'],
      [{ ...SETTINGS, notify_developers: 1 }, 'notify_developers', 'is_boolean'],
      [{ ...SETTINGS, product_version_id: version.id }, 'product_version_id', 'unknown_property'],
    ];
    for (const [json, field, rule] of cases) {
      const answer = await request('PUT', at, { json });
      expect(answer.status, JSON.stringify(json)).toBe(400);
      expect(answer.json.invalid_parameters[0], JSON.stringify(json)).toMatchObject({ field, rule });
    }
    const text = await request('PATCH', at.replace(version.id, version.id), { json: { auth_strategy_ids: strategy } });
    expect(text.json.invalid_parameters[0].reason).toContain('send a list with one id');
    const unknown = await request('POST', path, { json: { ...SETTINGS, product_version_id: randomUUID() } });
    expect(unknown.json.invalid_parameters[0]).toMatchObject({ field: 'product_version_id', rule: 'missing_reference' });
    expect((await request('POST', path, { json: SETTINGS })).json.invalid_parameters[0].rule).toBe('required');
    const elsewhere = `/v2/portals/${randomUUID()}/product-versions`;
    expect((await request('POST', elsewhere, { json: { ...SETTINGS, product_version_id: version.id } })).status).toBe(404);
    expect((await request('PUT', `${path}/${randomUUID()}`, { json: SETTINGS })).status).toBe(404);
    expect((await request('GET', `${path}/nonsense`)).status).toBe(404);
    expect((await request('PUT', at, { json: { ...SETTINGS, auto_approve_registration: true } })).status).toBe(200);
  });
});

onEachDatabase('products in portals over HTTP', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  it('are published in bulk, and listed', async () => {
    app = await startApp(await open());
    const { request } = app;
    const portal = (await request('POST', '/v2/portals', { json: { name: 'Site' } })).json;
    const [a, b, c] = await Promise.all(
      ['A', 'B', 'C'].map(
        async (name) => (await request('POST', '/v2/api-products', { json: { name, labels: { is: name } } })).json,
      ),
    );
    const publish = (api_products: unknown) => request('POST', `/v2/portals/${portal.id}/publish`, { json: { api_products } });
    const list = async (query = 'sort=name') => (await request('GET', `/v2/portals/${portal.id}/products?${query}`)).json;
    expect((await publish({ [a.id]: { publish_status: 'published' }, [b.id]: { publish_status: 'published' } })).status).toBe(
      204,
    );
    expect((await publish({ [a.id]: { publish_status: 'unpublished' }, [b.id]: null, [c.id]: null })).status).toBe(204);
    await request('POST', `/v2/api-products/${b.id}/product-versions`, { json: { name: 'v1', publish_status: 'published' } });
    expect(await list()).toEqual({
      meta: { page: { number: 1, size: 10, total: 1 } },
      data: [
        {
          id: b.id,
          name: 'B',
          description: null,
          portal_ids: [portal.id],
          version_count: 1,
          labels: { is: 'B' },
          created_at: b.created_at,
          updated_at: b.updated_at,
        },
      ],
    });
    expect((await list('filter[name][contains]=x')).data).toEqual([]);
    expect((await list(`filter[id]=${b.id}&sort=description,created_at%20desc`)).data).toHaveLength(1);
    for (const query of ['sort=labels', 'filter[labels]=x', 'page[size]=x', 'page[number]=x'])
      expect((await request('GET', `/v2/portals/${portal.id}/products?${query}`)).status, query).toBe(400);
    expect((await request('GET', `/v2/portals/${randomUUID()}/products`)).status).toBe(404);

    const unknown = randomUUID();
    expect((await publish({ [unknown]: { publish_status: 'published' } })).json.invalid_parameters).toMatchObject([
      { field: `api_products.${unknown}`, rule: 'missing_reference' },
    ]);
    expect((await publish({ [a.id]: {} })).json.invalid_parameters[0]).toMatchObject({ rule: 'required' });
    expect((await publish({ [a.id]: { publish_status: 'x' } })).json.invalid_parameters[0]).toMatchObject({ rule: 'enum' });
    expect((await publish([])).json.invalid_parameters[0]).toMatchObject({ field: 'api_products', rule: 'is_object' });
    expect((await request('POST', `/v2/portals/${portal.id}/publish`, { json: {} })).status).toBe(400);
    expect((await request('POST', `/v2/portals/${randomUUID()}/publish`, { json: { api_products: {} } })).status).toBe(404);
  });
});
