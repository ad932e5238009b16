import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';

const PATH = '/v2/portals';

onEachDatabase('portals over HTTP', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  const start = async (options: Parameters<typeof startApp>[1] = {}) => {
    app = await startApp(await open(), options);
    await app.installation.prepare();
    return app.request;
  };

  it('are created, fetched, listed, changed and deleted', async () => {
    const request = await start({ env: { PORTAL_DOMAIN: 'portals.example.com' } });
    const created = await request('POST', PATH, { json: { name: 'MyDevPortal' } });
    expect(created.status).toBe(201);
    expect(created.json).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'MyDevPortal',
      display_name: 'MyDevPortal',
      description: null,
      default_domain: expect.stringMatching(/^[0-9a-f]{12}\.us\.portals\.example\.com$/),
      is_public: false,
      rbac_enabled: false,
      auto_approve_applications: false,
      auto_approve_developers: false,
      custom_domain: null,
      custom_client_domain: null,
      default_application_auth_strategy_id: expect.any(String),
      labels: {},
      application_count: 0,
      developer_count: 0,
      published_product_count: 0,
      created_at: expect.any(String),
      updated_at: created.json.created_at,
    });
    const at = `${PATH}/${created.json.id}`;
    expect((await request('GET', at)).json).toEqual(created.json);
    expect((await request('GET', PATH)).json).toEqual({
      meta: { page: { number: 1, size: 10, total: 1 } },
      data: [created.json],
    });
    const changes = {
      name: 'Renamed',
      display_name: 'Shown',
      description: 'Words',
      is_public: true,
      rbac_enabled: true,
      auto_approve_applications: true,
      auto_approve_developers: true,
      custom_domain: 'api.example.org',
      custom_client_domain: 'portal.example.org',
      default_application_auth_strategy_id: null,
      labels: { env: 'test' },
    };
    const changed = await request('PATCH', at, { json: changes });
    expect([changed.status, changed.json]).toMatchObject([200, changes]);
    const cleared = await request('PATCH', at, {
      json: { description: null, custom_domain: null, custom_client_domain: null, labels: null },
    });
    expect(cleared.json).toMatchObject({ description: null, custom_domain: null, custom_client_domain: null, labels: {} });
    expect((await request('DELETE', at)).status).toBe(204);
    for (const method of ['GET', 'DELETE']) expect((await request(method, at)).status).toBe(404);
    expect((await request('PATCH', at, { json: {} })).status).toBe(404);
    expect((await request('GET', `${PATH}/nonsense`)).status).toBe(404);
  });

  it('count the products that are assigned to them', async () => {
    const request = await start();
    const { id } = (await request('POST', PATH, { json: { name: 'One' } })).json;
    await request('POST', '/v2/api-products', { json: { name: 'Orders', portal_ids: [id] } });
    expect((await request('GET', `${PATH}/${id}`)).json.published_product_count).toBe(1);
  });

  it('are listed by filters and order', async () => {
    const request = await start();
    for (const json of [
      { name: 'b', is_public: true },
      { name: 'A', description: 'Partners' },
      { name: 'c', rbac_enabled: true },
    ])
      await request('POST', PATH, { json });
    const names = async (query: string) =>
      (await request('GET', `${PATH}?${query}`)).json.data.map(({ name }: { name: string }) => name);
    expect(await names('sort=name')).toEqual(['A', 'b', 'c']);
    expect(await names('sort=is_public%20desc,name%20desc')).toEqual(['b', 'c', 'A']);
    expect(await names('filter[is_public]=true')).toEqual(['b']);
    expect(await names('filter[description][contains]=PART')).toEqual(['A']);
    expect(await names('filter[name][neq]=b&sort=name')).toEqual(['A', 'c']);
    for (const query of [
      'sort=labels',
      'filter[labels]=1',
      'filter[id]=x',
      'filter[is_public]=1',
      'page[number]=x',
      'page[size]=0',
    ])
      expect((await request('GET', `${PATH}?${query}`)).status, query).toBe(400);
  });

  it('are deleted with force while versions take registrations', async () => {
    const request = await start();
    const portal = (await request('POST', PATH, { json: { name: 'One' } })).json;
    const product = (await request('POST', '/v2/api-products', { json: { name: 'Orders' } })).json;
    const version = (await request('POST', `/v2/api-products/${product.id}/product-versions`, { json: { name: 'v1' } })).json;
    await request('PUT', `${PATH}/${portal.id}/product-versions/${version.id}`, {
      json: {
        publish_status: 'unpublished',
        deprecated: false,
        application_registration_enabled: true,
        auto_approve_registration: false,
        auth_strategy_ids: [portal.default_application_auth_strategy_id],
      },
    });
    const refused = await request('DELETE', `${PATH}/${portal.id}`);
    expect([refused.status, refused.json.invalid_parameters]).toMatchObject([
      400,
      [{ field: 'force', rule: 'required', source: 'query' }],
    ]);
    expect((await request('DELETE', `${PATH}/${portal.id}?force=false`)).status).toBe(400);
    expect((await request('DELETE', `${PATH}/${portal.id}?force=yes`)).json.invalid_parameters[0]).toMatchObject({
      field: 'force',
      rule: 'enum',
    });
    expect((await request('DELETE', `${PATH}/${portal.id}?force=true`)).status).toBe(204);
  });

  it('verify their custom domain', async () => {
    const names: string[] = [];
    const request = await start({ options: { ports: { resolveCname: async () => names } } });
    const portal = (await request('POST', PATH, { json: { name: 'One' } })).json;
    const at = `${PATH}/${portal.id}/verify-domain`;
    const without = await request('POST', at);
    expect([without.status, without.json.invalid_parameters[0].field]).toEqual([400, 'custom_domain']);
    await request('PATCH', `${PATH}/${portal.id}`, { json: { custom_domain: 'dev.example.org' } });
    expect((await request('POST', at)).json).toEqual({ is_cname_verified: false, is_ssl_issued: false });
    names.push(portal.default_domain);
    expect((await request('POST', at)).json).toEqual({ is_cname_verified: true, is_ssl_issued: false });
    expect((await request('POST', `${PATH}/${randomUUID()}/verify-domain`)).status).toBe(404);
  });

  it('ask for a token', async () => {
    const request = await start();
    for (const [method, path] of [
      ['GET', `${PATH}`],
      ['POST', `${PATH}`],
      ['GET', `${PATH}/${randomUUID()}`],
      ['PATCH', `${PATH}/${randomUUID()}`],
      ['DELETE', `${PATH}/${randomUUID()}`],
      ['POST', `${PATH}/${randomUUID()}/verify-domain`],
    ] as const) {
      const json = method === 'GET' || method === 'DELETE' ? {} : { json: {} };
      expect((await request(method, path, { ...json, token: null })).status, `${method} ${path}`).toBe(401);
    }
  });

  it('refuse what the contract refuses', async () => {
    const request = await start();
    const one = (await request('POST', PATH, { json: { name: 'One', custom_domain: 'one.example.org' } })).json;
    const two = (await request('POST', PATH, { json: { name: 'Two' } })).json;
    expect((await request('POST', PATH, { json: { name: 'ONE' } })).status).toBe(409);
    expect((await request('PATCH', `${PATH}/${two.id}`, { json: { name: 'one' } })).status).toBe(409);
    expect((await request('PATCH', `${PATH}/${two.id}`, { json: { custom_domain: 'ONE.example.org' } })).status).toBe(409);
    const cases: [unknown, string, string][] = [
      [{}, 'name', 'required'],
      [{ name: null }, 'name', 'is_string'],
      [{ name: '' }, 'name', 'min_length'],
      [{ name: 'x'.repeat(256) }, 'name', 'max_length'],
      [{ name: 'x', display_name: '' }, 'display_name', 'min_length'],
      [{ name: 'x', description: 'x'.repeat(513) }, 'description', 'max_length'],
      [{ name: 'x', my_property: 1 }, 'my_property', 'unknown_property'],
      [{ name: 'x', is_public: 'yes' }, 'is_public', 'is_boolean'],
      [{ name: 'x', rbac_enabled: 1 }, 'rbac_enabled', 'is_boolean'],
      [{ name: 'x', auto_approve_applications: null }, 'auto_approve_applications', 'is_boolean'],
      [{ name: 'x', auto_approve_developers: [] }, 'auto_approve_developers', 'is_boolean'],
      [{ name: 'x', custom_domain: 'x'.repeat(1025) }, 'custom_domain', 'max_length'],
      [{ name: 'x', custom_domain: 'not a host' }, 'custom_domain', 'is_fqdn'],
      [{ name: 'x', custom_domain: 'localhost' }, 'custom_domain', 'invalid'],
      [{ name: 'x', custom_client_domain: 'a.example.org' }, 'custom_client_domain', 'dependent_fields'],
      [{ name: 'x', default_application_auth_strategy_id: 'x' }, 'default_application_auth_strategy_id', 'is_uuid'],
      [
        { name: 'x', default_application_auth_strategy_id: randomUUID() },
        'default_application_auth_strategy_id',
        'missing_reference',
      ],
      [{ name: 'x', labels: { mesh: 'x' } }, 'labels.mesh', 'is_label'],
    ];
    for (const [json, field, rule] of cases) {
      const answer = await request('POST', PATH, { json });
      expect(answer.status, JSON.stringify(json)).toBe(400);
      expect(answer.json.invalid_parameters[0], JSON.stringify(json)).toMatchObject({ field, rule });
    }
    expect((await request('GET', `${PATH}/${one.id}`, { token: null })).status).toBe(401);
    expect((await request('GET', `${PATH}/${one.id}`, { token: 'kpat_wrong' })).status).toBe(401);
    expect((await request('PATCH', `${PATH}/${one.id}`, { body: '{}', headers: { 'content-type': 'text/plain' } })).status).toBe(
      415,
    );
    expect((await request('PATCH', `${PATH}/${one.id}`, { json: { name: null } })).json.invalid_parameters[0].rule).toBe(
      'is_string',
    );
    expect((await request('PATCH', `${PATH}/${one.id}`, { json: {} })).status).toBe(200);
  });
});
