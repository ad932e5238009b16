import { afterEach, expect, it } from 'vitest';
import type { ContextWithPorts } from '../../../src/domain/context.ts';
import { createPortal, type Portal } from '../../../src/domain/portals/index.ts';
import { type RequestOptions, startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';
import { addDeveloper } from '../../support/developers.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };
const NOBODY = '00000000-0000-4000-8000-000000000000';

onEachDatabase('developers of a portal', (open) => {
  let app: TestApp;
  let ctx: ContextWithPorts;
  let portal: Portal;
  afterEach(() => app.close());

  const start = async (): Promise<void> => {
    app = await startApp(await open());
    ({ ctx } = app);
    portal = await createPortal(ctx, { name: 'Private' }, HOSTS);
  };
  const call = (method: string, path: string, options?: RequestOptions) =>
    app.request(method, `/v2/portals/${portal.id}${path}`, options);

  it('are listed, shown, decided of and deleted', async () => {
    await start();
    const ada = await addDeveloper(ctx, portal, { status: 'pending' });
    await addDeveloper(ctx, portal, { email: 'bo@example.com', fullName: 'Bo', status: 'revoked' });
    const list = await call('GET', '/developers?sort=email%20desc&page[size]=1');
    expect([list.status, list.json]).toMatchObject([
      200,
      { meta: { page: { number: 1, size: 1, total: 2 } }, data: [{ email: 'bo@example.com', status: 'revoked' }] },
    ]);
    const shown = {
      id: ada.id,
      email: 'ada@example.com',
      full_name: 'Ada Lund',
      status: 'pending',
      application_count: 0,
      created_at: ada.createdAt,
      updated_at: expect.any(String),
    };
    expect((await call('GET', '/developers?filter[status]=pending')).json.data).toEqual([shown]);
    expect((await call('GET', '/developers?filter[name][contains]=lund&filter[email][contains]=EXAMPLE')).json.data).toEqual([
      shown,
    ]);
    expect((await call('GET', `/developers/${ada.id}`)).json).toEqual(shown);
    const approved = await call('PATCH', `/developers/${ada.id}`, { json: { status: 'approved' } });
    expect([approved.status, approved.json]).toEqual([200, { ...shown, status: 'approved' }]);
    expect((await call('PATCH', `/developers/${ada.id}`, { json: {} })).json.status).toBe('approved');
    expect((await app.request('GET', `/v2/portals/${portal.id}`)).json).toMatchObject({
      developer_count: 2,
      application_count: 0,
    });
    const refused = await call('DELETE', '');
    expect([refused.status, refused.json.invalid_parameters[0].field]).toEqual([400, 'force']);
    expect((await call('DELETE', `/developers/${ada.id}`)).status).toBe(204);
    expect((await call('GET', `/developers/${ada.id}`)).status).toBe(404);
    expect((await call('DELETE', '?force=true')).status).toBe(204);
  });

  it('are asked for within bounds', async () => {
    await start();
    const { id } = await addDeveloper(ctx, portal);
    for (const [method, path, json, field] of [
      ['GET', '/developers?filter[my_attribute]=x', undefined, 'filter[my_attribute]'],
      ['GET', '/developers?sort=password_hash', undefined, 'sort'],
      ['GET', '/developers?page[size]=x', undefined, 'page[size]'],
      ['PATCH', `/developers/${id}`, { status: 'deleted' }, 'status'],
      ['PATCH', `/developers/${id}`, { email: 'other@example.com' }, 'email'],
    ] as const) {
      const answer = await call(method, path, json === undefined ? {} : { json });
      expect([path, answer.status, answer.json.invalid_parameters?.[0]?.field]).toEqual([path, 400, field]);
    }
    expect((await app.request('GET', `/v2/portals/${NOBODY}/developers`)).status).toBe(404);
  });

  it('are not there for others, nor without a token', async () => {
    await start();
    const { id } = await addDeveloper(ctx, portal);
    for (const [method, options] of [
      ['GET', {}],
      ['PATCH', { json: { status: 'approved' } }],
      ['DELETE', {}],
    ] as const) {
      for (const developer of [NOBODY, 'x']) {
        expect((await call(method, `/developers/${developer}`, options)).status, `${method} ${developer}`).toBe(404);
      }
      expect((await call(method, `/developers/${id}`, { ...options, token: null })).status, method).toBe(401);
    }
    expect((await call('GET', '/developers', { token: null })).status).toBe(401);
    expect((await call('GET', '/authentication-settings', { token: null })).status).toBe(401);
    expect((await call('PATCH', '/authentication-settings', { json: {}, token: null })).status).toBe(401);
    expect((await call('GET', `/developers/${id}`)).status).toBe(200);
  });

  it('log in as the settings say, of which the secret is not shown', async () => {
    await start();
    const initial = {
      basic_auth_enabled: true,
      oidc_auth_enabled: false,
      saml_auth_enabled: false,
      oidc_team_mapping_enabled: false,
      idp_mapping_enabled: false,
      konnect_mapping_enabled: true,
    };
    const settings = (json?: unknown) =>
      call(json === undefined ? 'GET' : 'PATCH', '/authentication-settings', json === undefined ? {} : { json });
    expect((await settings()).json).toEqual(initial);
    const oidc = {
      oidc_issuer: 'https://identity.example.com/v2',
      oidc_client_id: 'client',
      oidc_client_secret: 'a secret of theirs',
      oidc_claim_mappings: { groups: 'teams' },
    };
    const changed = await settings({ basic_auth_enabled: true, ...oidc });
    const config = {
      issuer: oidc.oidc_issuer,
      client_id: 'client',
      scopes: ['email', 'openid', 'profile'],
      claim_mappings: { name: 'name', email: 'email', groups: 'teams' },
    };
    expect([changed.status, changed.json]).toEqual([200, { ...initial, oidc_config: config }]);
    expect((await settings({ oidc_scopes: ['openid'] })).json.oidc_config).toEqual({ ...config, scopes: ['openid'] });
    const kept = JSON.stringify([
      await ctx.db.selectFrom('portals').selectAll().execute(),
      await ctx.db.selectFrom('audit_events').selectAll().execute(),
    ]);
    expect(kept).not.toContain(oidc.oidc_client_secret);
    for (const [json, field] of [
      [{ basic_auth_enabled: false }, 'basic_auth_enabled'],
      [{ basic_auth_enabled: 'yes' }, 'basic_auth_enabled'],
      [{ oidc_auth_enabled: true }, 'oidc_auth_enabled'],
      [{ saml_auth_enabled: true }, 'saml_auth_enabled'],
      [{ idp_mapping_enabled: true }, 'oidc_team_mapping_enabled'],
      [{ konnect_mapping_enabled: false }, 'konnect_mapping_enabled'],
      [{ oidc_issuer: 'nonsense' }, 'oidc_issuer'],
      [{ unknown: true }, 'unknown'],
    ] as const) {
      const answer = await settings(json);
      expect([json, answer.status, answer.json.invalid_parameters?.[0]?.field]).toEqual([json, 400, field]);
    }
  });
});
