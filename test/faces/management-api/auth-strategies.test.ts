import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';

const PATH = '/v2/application-auth-strategies';
const KEY = {
  name: 'Keys',
  display_name: 'API key',
  strategy_type: 'key_auth',
  configs: { 'key-auth': { key_names: ['x-key'] } },
};
const OPENID_CONFIG = {
  issuer: 'https://id.example.com/realm',
  credential_claim: ['client_id'],
  scopes: ['openid'],
  auth_methods: ['bearer'],
};
const OPENID = {
  name: 'Login',
  display_name: 'Log in',
  strategy_type: 'openid_connect',
  configs: { 'openid-connect': { ...OPENID_CONFIG, verify_claims: { nested: true }, labels: { a: 'b' } } },
  dcr_provider_id: null,
  labels: { env: 'test' },
};

onEachDatabase('auth strategies over HTTP', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  const start = async () => {
    app = await startApp(await open());
    await app.installation.prepare();
    return app.request;
  };

  it('hold one for API keys from the start', async () => {
    const request = await start();
    const { data } = (await request('GET', PATH)).json;
    expect(data).toMatchObject([
      { strategy_type: 'key_auth', configs: { 'key-auth': { key_names: ['apikey'] } }, active: false },
    ]);
    const portal = await request('POST', '/v2/portals', { json: { name: 'First' } });
    expect(portal.json.default_application_auth_strategy_id).toBe(data[0].id);
  });

  it('are created, fetched, changed, replaced and deleted', async () => {
    const request = await start();
    const created = await request('POST', PATH, { json: OPENID });
    expect(created.status).toBe(201);
    const { dcr_provider_id: _, ...shown } = OPENID;
    expect(created.json).toEqual({
      ...shown,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      active: false,
      dcr_provider: null,
      created_at: expect.any(String),
      updated_at: created.json.created_at,
    });
    const at = `${PATH}/${created.json.id}`;
    expect((await request('GET', at)).json).toEqual(created.json);
    const changed = await request('PATCH', at, {
      json: { display_name: 'Sign in', labels: { env: null }, configs: { 'openid-connect': { scopes: ['email'] } } },
    });
    expect([changed.status, changed.json]).toMatchObject([
      200,
      {
        name: 'Login',
        display_name: 'Sign in',
        labels: {},
        configs: { 'openid-connect': { ...OPENID_CONFIG, scopes: ['email'] } },
      },
    ]);
    const replaced = await request('PUT', at, { json: KEY });
    expect([replaced.status, replaced.json]).toMatchObject([201, { id: created.json.id, strategy_type: 'key_auth', labels: {} }]);
    expect((await request('DELETE', at)).status).toBe(204);
    for (const method of ['GET', 'DELETE']) expect((await request(method, at)).status).toBe(404);
    expect((await request('PATCH', at, { json: {} })).status).toBe(404);
    const again = await request('PUT', at, { json: KEY });
    expect([again.status, again.json.id]).toEqual([201, created.json.id]);
    expect((await request('PUT', `${PATH}/nonsense`, { json: KEY })).status).toBe(404);
  });

  it('take apikey for the name of the key unless told otherwise', async () => {
    const request = await start();
    const { json } = await request('POST', PATH, { json: { ...KEY, configs: { 'key-auth': {} } } });
    expect(json.configs).toEqual({ 'key-auth': { key_names: ['apikey'] } });
    const kept = await request('PATCH', `${PATH}/${json.id}`, { json: { configs: { 'key-auth': { key_names: ['a', 'b'] } } } });
    expect(kept.json.configs).toEqual({ 'key-auth': { key_names: ['a', 'b'] } });
  });

  it('are listed by filters and order', async () => {
    const request = await start();
    await request('POST', PATH, { json: { ...KEY, name: 'zeta', display_name: 'Alpha' } });
    await request('POST', PATH, { json: OPENID });
    const names = async (query: string) =>
      (await request('GET', `${PATH}?${query}`)).json.data.map(({ name }: { name: string }) => name);
    expect(await names('sort=name%20desc')).toEqual(['zeta', 'Login', 'key-auth']);
    expect(await names('sort=dcr_provider_id,created_at%20desc')).toEqual(['Login', 'zeta', 'key-auth']);
    expect(await names('filter[strategy_type]=openid_connect')).toEqual(['Login']);
    expect(await names('filter[display_name][contains]=alph')).toEqual(['zeta']);
    expect(await names('filter[name][oeq]=ZETA,login&sort=name')).toEqual(['Login', 'zeta']);
    expect(await names(`filter[dcr_provider_id]=${randomUUID()}`)).toEqual([]);
    expect(await names(`filter[dcr_provider_name][neq]=x&page[size]=1`)).toEqual(['key-auth']);
    for (const query of ['sort=configs', 'filter[x]=1', 'filter[dcr_provider_id]=x', 'page[size]=-1'])
      expect((await request('GET', `${PATH}?${query}`)).status, query).toBe(400);
  });

  it('cannot be deleted, nor change their type, while in use', async () => {
    const request = await start();
    const { id } = (await request('POST', PATH, { json: KEY })).json;
    const portal = (await request('POST', '/v2/portals', { json: { name: 'Site', default_application_auth_strategy_id: id } }))
      .json;
    const asDefault = await request('DELETE', `${PATH}/${id}`);
    expect([asDefault.status, asDefault.json.detail]).toEqual([409, expect.stringContaining('"Site"')]);
    await request('PATCH', `/v2/portals/${portal.id}`, { json: { default_application_auth_strategy_id: null } });
    const product = (await request('POST', '/v2/api-products', { json: { name: 'Orders', portal_ids: [portal.id] } })).json;
    const version = (await request('POST', `/v2/api-products/${product.id}/product-versions`, { json: { name: 'v7' } })).json;
    await request('PUT', `/v2/portals/${portal.id}/product-versions/${version.id}`, {
      json: {
        publish_status: 'published',
        deprecated: false,
        application_registration_enabled: true,
        auto_approve_registration: false,
        auth_strategy_ids: [id],
      },
    });
    expect((await request('GET', `${PATH}/${id}`)).json.active).toBe(true);
    const used = await request('DELETE', `${PATH}/${id}`);
    expect([used.status, used.json.detail]).toEqual([409, expect.stringMatching(/"Orders" v7 in "Site"/)]);
    const turned = await request('PUT', `${PATH}/${id}`, { json: OPENID });
    expect([turned.status, turned.json.invalid_parameters[0].field]).toEqual([400, 'strategy_type']);
    expect((await request('PUT', `${PATH}/${id}`, { json: { ...KEY, name: 'Renamed' } })).status).toBe(201);
  });

  it('ask for a token', async () => {
    const request = await start();
    for (const [method, path] of [
      ['GET', `${PATH}`],
      ['POST', `${PATH}`],
      ['GET', `${PATH}/${randomUUID()}`],
      ['PUT', `${PATH}/${randomUUID()}`],
      ['PATCH', `${PATH}/${randomUUID()}`],
      ['DELETE', `${PATH}/${randomUUID()}`],
    ] as const) {
      const json = method === 'GET' || method === 'DELETE' ? {} : { json: {} };
      expect((await request(method, path, { ...json, token: null })).status, `${method} ${path}`).toBe(401);
    }
  });

  it('refuse what the contract refuses', async () => {
    const request = await start();
    const key = (await request('POST', PATH, { json: KEY })).json;
    expect((await request('POST', PATH, { json: { ...KEY, name: 'KEYS' } })).status).toBe(409);
    const openid = (changes: object) => ({ ...OPENID, configs: { 'openid-connect': { ...OPENID_CONFIG, ...changes } } });
    const keys = (key_names: unknown) => ({ ...KEY, name: 'x', configs: { 'key-auth': { key_names } } });
    const cases: [unknown, string, string][] = [
      [{}, 'strategy_type', 'required'],
      [{ ...KEY, strategy_type: 'basic' }, 'strategy_type', 'enum'],
      [{ strategy_type: 'key_auth', display_name: 'x', configs: { 'key-auth': {} } }, 'name', 'required'],
      [{ ...KEY, name: '' }, 'name', 'min_length'],
      [{ ...KEY, name: 'x'.repeat(257) }, 'name', 'max_length'],
      [{ ...KEY, display_name: 'x'.repeat(257) }, 'display_name', 'max_length'],
      [{ ...KEY, configs: {} }, 'configs.key-auth', 'required'],
      [{ ...KEY, more: 1 }, 'more', 'unknown_property'],
      [{ ...KEY, dcr_provider_id: null }, 'dcr_provider_id', 'unknown_property'],
      [keys([]), 'configs.key-auth.key_names', 'min_items'],
      [keys(Array.from({ length: 11 }, () => 'a')), 'configs.key-auth.key_names', 'max_items'],
      [keys(['x'.repeat(257)]), 'configs.key-auth.key_names.0', 'max_length'],
      [keys('apikey'), 'configs.key-auth.key_names', 'is_array'],
      [openid({ issuer: undefined }), 'configs.openid-connect.issuer', 'required'],
      [openid({ issuer: 'id.example.com' }), 'configs.openid-connect.issuer', 'invalid'],
      [openid({ issuer: `https://${'x'.repeat(256)}` }), 'configs.openid-connect.issuer', 'max_length'],
      [openid({ scopes: Array.from({ length: 51 }, () => 'a') }), 'configs.openid-connect.scopes', 'max_items'],
      [openid({ auth_methods: ['x'.repeat(65)] }), 'configs.openid-connect.auth_methods.0', 'max_length'],
      [{ ...OPENID, dcr_provider_id: randomUUID() }, 'dcr_provider_id', 'missing_reference'],
      [{ ...OPENID, dcr_provider_id: 'x' }, 'dcr_provider_id', 'is_uuid'],
      [{ ...OPENID, labels: { _x: 'y' } }, 'labels._x', 'is_label'],
    ];
    for (const [json, field, rule] of cases) {
      const answer = await request('POST', PATH, { json });
      expect(answer.status, JSON.stringify(json)).toBe(400);
      expect(answer.json.invalid_parameters[0], JSON.stringify(json)).toMatchObject({ field, rule });
    }
    for (const configs of [{}, { 'openid-connect': { scopes: [] } }, { 'key-auth': {}, 'openid-connect': {} }]) {
      const answer = await request('PATCH', `${PATH}/${key.id}`, { json: { configs } });
      expect([answer.status, answer.json.invalid_parameters?.[0].field], JSON.stringify(configs)).toEqual([400, 'configs']);
    }
    expect((await request('PATCH', `${PATH}/${key.id}`, { json: { strategy_type: 'key_auth' } })).status).toBe(400);
    expect((await request('GET', PATH, { token: null })).status).toBe(401);
    expect((await request('POST', PATH, { body: '{}', headers: { 'content-type': 'text/plain' } })).status).toBe(415);
  });
});
