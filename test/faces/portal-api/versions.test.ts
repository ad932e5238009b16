import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { createAuthStrategy, type NewAuthStrategy } from '../../../src/domain/auth-strategies/index.ts';
import { updatePortal } from '../../../src/domain/portals/index.ts';
import { createSpecification, type Version } from '../../../src/domain/products/index.ts';
import { createVersionInPortals, putPublication } from '../../../src/domain/publications/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { type PortalFixture, startPortal } from './portal-fixture.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };

const SPECIFICATION = `openapi: 3.1.0
info: { title: Größe 🚆, version: '1' }
paths:
  /pets:
    get: { operationId: listPets, tags: [pets], summary: List, responses: { '200': { description: ok } } }
    post: { deprecated: true, responses: { '200': { description: ok } } }
webhooks:
  changed:
    post: { responses: { '200': { description: ok } } }
`;

onEachDatabase('versions, for portal clients', (open) => {
  let at: PortalFixture;
  afterEach(() => at.app.close());

  /** A portal with a product and a version of it. */
  const start = async () => {
    at = await startPortal(await open());
    const product = await at.addProduct('Orders');
    const version = await at.addVersion(product, 'v1');
    return { product, version, path: `/products/${product.id}/versions` };
  };

  const settle = async (version: Version, config: NewAuthStrategy['config'], more: object = {}) => {
    const strategy = await createAuthStrategy(at.app.ctx, { name: config.type, displayName: `By ${config.type}`, config });
    const ref = { portalId: at.portal.id, versionId: version.id };
    await putPublication(at.app.ctx, ref, {
      publishStatus: 'published',
      deprecated: false,
      applicationRegistrationEnabled: true,
      autoApproveRegistration: false,
      authStrategyIds: [strategy.id],
      ...more,
    });
    return strategy;
  };

  it('are listed, the newest first, filtered and paged', async () => {
    const { product, version, path } = await start();
    await createVersionInPortals(at.app.ctx, product.id, { name: 'draft' });
    const v2 = await at.addVersion(product, 'v2');
    const listed = await at.get(path);
    expect(listed.json.meta).toEqual({ page: { number: 1, size: 10, total: 2 } });
    expect(listed.json.data[1]).toEqual({
      id: version.id,
      name: 'v1',
      deprecated: false,
      registration_configs: [],
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    const ids = async (query: string): Promise<string[]> =>
      (await at.get(`${path}?${query}`)).json.data.map(({ id }: { id: string }) => id);
    expect(await ids('')).toEqual([v2.id, version.id]);
    expect(await ids('page[size]=1&page[number]=2')).toEqual([version.id]);
    for (const filter of ['filter[name]=v2', 'filter[name][eq]=v2', 'filter[name][contains]=2'])
      expect(await ids(filter), filter).toEqual([v2.id]);
    expect((await at.get(`${path}/${version.id}`)).json).toEqual(listed.json.data[1]);
  });

  it('say how applications register', async () => {
    const { version, path } = await start();
    const key = await settle(version, { type: 'key_auth' }, { deprecated: true });
    const read = async () => (await at.get(`${path}/${version.id}`)).json;
    expect(await read()).toMatchObject({
      deprecated: true,
      registration_configs: [
        {
          id: key.id,
          name: 'By key_auth',
          credential_type: 'key_auth',
          registration_enabled: true,
          registration_auto_approve: false,
        },
      ],
    });
    await updatePortal(at.app.ctx, at.portal.id, { autoApproveApplications: true }, HOSTS);
    expect((await read()).registration_configs[0].registration_auto_approve).toBe(true);
    const config = {
      type: 'openid_connect' as const,
      issuer: 'https://id.example.com',
      credentialClaims: ['azp'],
      scopes: ['openid'],
      authMethods: ['bearer'],
      further: {},
    };
    const oidc = await settle(version, config, { applicationRegistrationEnabled: false });
    expect((await read()).registration_configs).toEqual([
      {
        id: oidc.id,
        name: 'By openid_connect',
        credential_type: 'self_managed_client_credentials',
        auth_methods: ['bearer'],
        registration_enabled: false,
        registration_auto_approve: true,
      },
    ]);
  });

  it('give their specification as it was sent', async () => {
    const { product, version, path } = await start();
    const spec = `${path}/${version.id}/spec`;
    for (const target of [spec, `${spec}/operations`])
      expect(await at.get(target).then(({ status, text }) => [status, text])).toEqual([204, '']);
    await createSpecification(
      at.app.ctx,
      { productId: product.id, versionId: version.id },
      { name: 'oas.yaml', bytes: Buffer.from(SPECIFICATION) },
    );
    const plain = await at.get(spec);
    expect(plain.headers['content-type']).toMatch(/^application\/json/);
    expect(plain.json).toEqual({ api_type: 'openapi', content: SPECIFICATION });
    const zipped = await at.get(spec, { headers: { 'accept-encoding': 'gzip' } });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(JSON.parse(gunzipSync(zipped.body).toString())).toEqual(plain.json);
    expect(zipped.headers.etag).not.toBe(plain.headers.etag);
    for (const [etag, encoding] of [
      [plain.headers.etag, 'identity'],
      [zipped.headers.etag, 'gzip'],
    ]) {
      const headers = { 'if-none-match': String(etag), 'accept-encoding': String(encoding) };
      expect(await at.get(spec, { headers }).then(({ status, text }) => [status, text])).toEqual([304, '']);
    }
    expect((await at.get(`${spec}/operations`)).json).toEqual({
      api_type: 'openapi',
      operations: [
        { path: '/pets', method: 'get', operation_id: 'listPets', tags: ['pets'], summary: 'List', deprecated: false },
        { path: '/pets', method: 'post', operation_id: null, tags: [], summary: null, deprecated: true },
      ],
    });
  });

  it('that are not published here do not exist', async () => {
    const { product, path } = await start();
    const draft = await createVersionInPortals(at.app.ctx, product.id, { name: 'draft' });
    const other = await at.addVersion(await at.addProduct('Other'), 'v1');
    for (const id of [draft.id, other.id, 'v1', randomUUID()])
      for (const more of ['', '/spec', '/spec/operations'])
        expect((await at.get(`${path}/${id}${more}`)).status, `${id}${more}`).toBe(404);
    const name = randomUUID();
    await at.addVersion(product, name);
    expect((await at.get(`${path}/${name}`)).status).toBe(404);
  });

  it('say which parameter cannot be taken', async () => {
    const { version, path } = await start();
    for (const [target, field] of [
      [`${path}?page[size]=-1`, 'page[size]'],
      [`${path}?filter[deprecated]=true`, 'filter[deprecated]'],
      [`${path}?sort=name`, 'sort'],
      [`${path}/${version.id}?page[size]=1`, 'page[size]'],
      [`${path}/${version.id}/spec?filter[x]=1`, 'filter[x]'],
      [`${path}/${version.id}/spec/operations?sort=x`, 'sort'],
    ] as const) {
      const answer = await at.get(target);
      expect([answer.status, answer.json.invalid_parameters?.[0]?.field], target).toEqual([400, field]);
    }
  });
});
