import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { createAuthStrategy } from '../../../src/domain/auth-strategies/index.ts';
import { updatePortal } from '../../../src/domain/portals/index.ts';
import type { TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';
import { startDeveloper } from './developer-fixture.ts';

const AT = '/api/v2/applications';

onEachDatabase('applications of a developer over HTTP', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  const start = async () => {
    const scene = await startDeveloper(await open());
    app = scene.app;
    const login = await createAuthStrategy(app.ctx, {
      name: 'login',
      displayName: 'Sign in',
      config: {
        type: 'openid_connect',
        issuer: 'https://id.example.com',
        credentialClaims: ['sub'],
        scopes: [],
        authMethods: ['bearer'],
        further: {},
      },
    });
    const secured = await scene.addVersion('v2', { authStrategyIds: [login.id] });
    return { ...scene, login, secured };
  };

  it('are created, listed, fetched, changed and deleted', async () => {
    const { request, strategy, login } = await start();
    const shop = await request('POST', AT, {
      json: { name: 'Shop', description: 'Sells', redirect_uri: 'https://shop.example/back' },
    });
    expect([shop.status, shop.json]).toEqual([
      201,
      {
        id: expect.any(String),
        name: 'Shop',
        reference_id: '',
        description: 'Sells',
        redirect_uri: 'https://shop.example/back',
        auth_strategy: { id: strategy.id, name: 'API key', credential_type: 'key_auth', key_names: ['apikey'] },
        created_at: expect.any(String),
        updated_at: expect.any(String),
      },
    ]);
    const till = await request('POST', AT, { json: { name: 'Till', reference_id: 'client', auth_strategy_id: login.id } });
    expect(till.json).toMatchObject({
      reference_id: 'client',
      description: null,
      auth_strategy: { name: 'Sign in', credential_type: 'self_managed_client_credentials', auth_methods: ['bearer'] },
    });
    const names = async (query: string) =>
      (await request('GET', `${AT}?${query}`)).json.data.map(({ name }: { name: string }) => name);
    expect(await names('')).toEqual(['Till', 'Shop']);
    expect(await names('page[size]=1&page[number]=2')).toEqual(['Shop']);
    expect(await names('filter[name]=shop')).toEqual(['Shop']);
    expect(await names('filter[name][contains]=IL')).toEqual(['Till']);
    expect(await names(`filter[auth_strategy_id]=${login.id}`)).toEqual(['Till']);
    const at = `${AT}/${shop.json.id}`;
    expect((await request('GET', at)).json).toEqual(shop.json);
    const changed = await request('PATCH', at, { json: { name: 'Store', description: '' } });
    expect(changed.json).toMatchObject({ name: 'Store', description: null, redirect_uri: 'https://shop.example/back' });
    expect((await request('DELETE', at)).status).toBe(204);
    expect(await names('')).toEqual(['Till']);
  });

  it('are refused as the contract says', async () => {
    const { request, anonymous, as } = await start();
    const { id } = (await request('POST', AT, { json: { name: 'Shop' } })).json;
    const at = `${AT}/${id}`;
    await request('POST', AT, { json: { name: 'Till' } });
    expect((await request('POST', AT, { json: { name: 'SHOP' } })).status).toBe(409);
    expect((await request('PATCH', at, { json: { name: 'till' } })).status).toBe(409);
    for (const json of [{}, { name: 'x', owner: 'me' }, { name: 'x'.repeat(256) }, { name: 'x', auth_strategy_id: randomUUID() }])
      expect((await request('POST', AT, { json })).status).toBe(400);
    expect((await request('PATCH', at, { json: { auth_strategy_id: randomUUID() } })).status).toBe(400);
    expect((await request('GET', `${AT}?sort=name`)).status).toBe(400);
    expect((await request('GET', `${at}?page[size]=1`)).status).toBe(400);
    expect((await request('DELETE', `${at}?filter[name]=x`)).status).toBe(400);
    expect((await request('POST', AT, { body: 'name=x', headers: { 'content-type': 'text/plain' } })).status).toBe(415);
    expect((await request('PATCH', at, { body: 'name=x', headers: { 'content-type': 'text/plain' } })).status).toBe(415);
    expect((await request('POST', AT, { json: { name: 'x' }, headers: { origin: 'https://evil.example' } })).status).toBe(403);
    for (const [method, path, json] of [
      ['GET', AT],
      ['POST', AT, { name: 'x' }],
      ['GET', at],
      ['PATCH', at, {}],
      ['DELETE', at],
      ['GET', `${AT}/auth-strategies`],
    ] as const)
      expect((await anonymous(method, path, { json })).status).toBe(401);
    const bo = await as('bo@example.com');
    for (const ask of [() => bo('GET', at), () => bo('PATCH', at, { json: { name: 'Mine' } }), () => bo('DELETE', at)])
      expect((await ask()).status).toBe(404);
    expect((await request('GET', `${AT}/nothing`)).status).toBe(404);
  });

  it('can be of the strategies of the portal', async () => {
    const { request } = await start();
    const names = async (query: string) =>
      (await request('GET', `${AT}/auth-strategies?${query}`)).json.data.map(({ name }: { name: string }) => name);
    expect(await names('')).toEqual(['API key', 'Sign in']);
    expect(await names('filter[credential_type][eq]=key_auth')).toEqual(['API key']);
    expect(await names('filter[name][contains]=SIGN')).toEqual(['Sign in']);
    expect(await names('filter[name]=sign%20in')).toEqual(['Sign in']);
    expect(await names('page[size]=1&page[number]=2')).toEqual(['Sign in']);
    expect((await request('GET', `${AT}/auth-strategies?filter[x]=1`)).status).toBe(400);
  });

  it('are told by version: registered for it or not', async () => {
    const { request, anonymous, product, version } = await start();
    const [shop, till] = [
      (await request('POST', AT, { json: { name: 'Shop' } })).json,
      (await request('POST', AT, { json: { name: 'Till' } })).json,
    ];
    await request('POST', `${AT}/${shop.id}/registrations`, { json: { product_version_id: version.id } });
    const at = `/api/v2/products/${product.id}/versions/${version.id}/applications`;
    const list = async (query: string) => (await request('GET', `${at}?${query}`)).json.data;
    expect(await list('')).toEqual([
      {
        id: shop.id,
        name: 'Shop',
        registration_id: expect.any(String),
        registration_status: 'pending',
        auth_strategy: shop.auth_strategy,
        created_at: shop.created_at,
        updated_at: shop.updated_at,
      },
    ]);
    expect(await list('filter[status]=approved')).toEqual([]);
    expect(await list('filter[status][eq]=pending&filter[name]=shop')).toHaveLength(1);
    for (const query of ['unregistered', 'unregistered=', 'unregistered=true'])
      expect(await list(query)).toMatchObject([{ id: till.id, registration_id: null, registration_status: null }]);
    expect(await list(`unregistered=true&filter[auth_strategy_id]=${randomUUID()}`)).toEqual([]);
    expect((await request('GET', `${at}?unregistered=perhaps`)).status).toBe(400);
    expect((await anonymous('GET', at)).status).toBe(401);
    const elsewhere = `/api/v2/products/${randomUUID()}/versions/${version.id}/applications`;
    expect((await request('GET', elsewhere)).status).toBe(404);
  });

  it('are not there on a public portal', async () => {
    const { request, portal } = await start();
    await updatePortal(app.ctx, portal.id, { isPublic: true }, { portalDomain: 'x.example', reservedHosts: [] });
    for (const path of [AT, `${AT}/auth-strategies`]) expect((await request('GET', path)).status).toBe(404);
    expect((await request('POST', AT, { json: { name: 'Shop' } })).status).toBe(404);
  });
});
