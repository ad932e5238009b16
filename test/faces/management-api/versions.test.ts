import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { createControlPlane, createGatewayService } from '../../../src/domain/gateways/index.ts';
import { createPortal } from '../../../src/domain/portals/index.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';

onEachDatabase('versions of API products over HTTP', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  /** An app with a product; the path of its versions. */
  const start = async () => {
    app = await startApp(await open());
    const product = await app.request('POST', '/v2/api-products', { json: { name: 'Timetables' } });
    return { request: app.request, product: product.json, path: `/v2/api-products/${product.json.id}/product-versions` };
  };

  const newService = async (name: string) => {
    const { id: controlPlaneId } = await createControlPlane(app.ctx, { name });
    const { id } = await createGatewayService(app.ctx, controlPlaneId, { name, host: 'backend.example' });
    return { id: id as string, control_plane_id: controlPlaneId as string };
  };

  it('are created, fetched, listed, changed and deleted', async () => {
    const { request, path, product } = await start();
    const created = await request('POST', path, { json: { name: 'v1', labels: { env: 'test' } } });
    expect(created.status).toBe(201);
    expect(created.json).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'v1',
      gateway_service: null,
      publish_status: 'unpublished',
      deprecated: false,
      labels: { env: 'test' },
      portals: [],
      created_at: expect.any(String),
      updated_at: created.json.created_at,
    });
    const at = `${path}/${created.json.id}`;
    expect((await request('GET', at)).json).toEqual(created.json);
    expect((await request('GET', path)).json).toEqual({
      meta: { page: { number: 1, size: 10, total: 1 } },
      data: [created.json],
    });
    expect((await request('GET', `/v2/api-products/${product.id}`)).json.version_count).toBe(1);
    const changed = await request('PATCH', at, { json: { name: 'version#1', labels: { env: null, a: 'b' }, notify: true } });
    expect([changed.status, changed.json.name, changed.json.labels]).toEqual([200, 'version#1', { a: 'b' }]);
    expect((await request('PATCH', at, { json: { labels: null } })).json.labels).toEqual({});
    expect((await request('DELETE', at)).status).toBe(204);
    for (const method of ['GET', 'DELETE']) expect((await request(method, at)).status).toBe(404);
    expect((await request('PATCH', at, { json: {} })).status).toBe(404);
  });

  it('exist in their own product only', async () => {
    const { request, path } = await start();
    const { id } = (await request('POST', path, { json: { name: 'v1' } })).json;
    const other = (await request('POST', '/v2/api-products', { json: { name: 'Other' } })).json.id;
    for (const at of [
      `/v2/api-products/${other}/product-versions/${id}`,
      `/v2/api-products/${randomUUID()}/product-versions/${id}`,
      `${path}/${randomUUID()}`,
      `${path}/v1`,
    ])
      for (const [method, json] of [['GET'], ['PATCH', {}], ['DELETE']] as const)
        expect((await request(method, at, { json })).status).toBe(404);
    for (const product of [randomUUID(), 'x']) {
      const at = `/v2/api-products/${product}/product-versions`;
      expect((await request('GET', at)).status).toBe(404);
      expect((await request('POST', at, { json: { name: 'v1' } })).status).toBe(404);
    }
  });

  it('take a gateway service in the new form and in the old one, and give it back', async () => {
    const { request, path } = await start();
    const service = await newService('one');
    const shown = { ...service, runtime_group_id: service.control_plane_id };
    const created = await request('POST', path, { json: { name: 'v1', gateway_service: service } });
    expect([created.status, created.json.gateway_service]).toEqual([201, shown]);
    const at = `${path}/${created.json.id}`;
    expect((await request('PATCH', at, { json: { gateway_service: null } })).json.gateway_service).toBeNull();
    const legacy = { id: service.id, runtime_group_id: service.control_plane_id };
    expect((await request('PATCH', at, { json: { gateway_service: legacy } })).json.gateway_service).toEqual(shown);
    expect((await request('PATCH', at, { json: { name: 'v2' } })).json.gateway_service).toEqual(shown);

    const taken = await request('POST', path, { json: { name: 'v3', gateway_service: service } });
    expect([taken.status, taken.json.title]).toEqual([409, 'Conflict']);
    for (const [gateway_service, field, rule] of [
      [{ id: randomUUID(), control_plane_id: service.control_plane_id }, 'gateway_service.id', 'missing_reference'],
      [{ id: service.id, control_plane_id: randomUUID() }, 'gateway_service.id', 'missing_reference'],
      [{ id: service.id }, 'gateway_service.control_plane_id', 'required'],
      [shown, 'gateway_service.control_plane_id', 'invalid'],
      [{ ...service, id: 'x' }, 'gateway_service.id', 'is_uuid'],
      [{ ...service, more: 1 }, 'gateway_service.more', 'unknown_property'],
      ['x', 'gateway_service', 'is_object'],
    ] as const) {
      const answer = await request('POST', path, { json: { name: 'v4', gateway_service } });
      expect([answer.status, answer.json.invalid_parameters[0]]).toMatchObject([400, { field, rule }]);
    }
  });

  it('are published and deprecated in all portals by their own older fields', async () => {
    const { request, path, product } = await start();
    const portal = await createPortal(app.ctx, { name: 'Public' }, { portalDomain: 'localhost', reservedHosts: [] });
    await request('PATCH', `/v2/api-products/${product.id}`, { json: { portal_ids: [portal.id] } });
    const created = await request('POST', path, { json: { name: 'v1', publish_status: 'published' } });
    expect(created.json).toMatchObject({ publish_status: 'published', deprecated: false });
    expect(created.json.portals).toEqual([
      {
        portal_id: portal.id,
        portal_name: 'Public',
        portal_product_version_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        publish_status: 'published',
        deprecated: false,
        application_registration_enabled: false,
        auto_approve_registration: false,
        auth_strategies: [],
      },
    ]);
    const at = `${path}/${created.json.id}`;
    const deprecated = await request('PATCH', at, { json: { deprecated: true, notify: true } });
    expect(deprecated.json).toMatchObject({ deprecated: true, portals: [{ deprecated: true }] });
    await request('POST', path, { json: { name: 'v2' } });
    const names = async (filter: string) =>
      (await request('GET', `${path}?${filter}`)).json.data.map(({ name }: { name: string }) => name);
    expect(await names('filter[publish_status]=published')).toEqual(['v1']);
    expect(await names('filter[publish_status][neq]=published')).toEqual(['v2']);
    expect(await names('filter[publish_status][oeq]=published,unpublished')).toEqual(['v1', 'v2']);
    const unpublished = await request('PATCH', at, { json: { publish_status: 'unpublished' } });
    expect(unpublished.json).toMatchObject({ publish_status: 'unpublished', portals: [{ publish_status: 'unpublished' }] });
    expect(await names('filter[publish_status]=published')).toEqual([]);
  });

  it('have names that are unique in their product, in any case', async () => {
    const { request, path } = await start();
    await request('POST', path, { json: { name: 'Beta' } });
    const second = await request('POST', path, { json: { name: 'Gamma' } });
    const clash = await request('POST', path, { json: { name: 'BETA' } });
    expect([clash.status, clash.json.title, clash.json.detail]).toEqual([409, 'Conflict', expect.stringContaining('BETA')]);
    expect((await request('PATCH', `${path}/${second.json.id}`, { json: { name: 'beta' } })).status).toBe(409);
  });

  it('say which field is wrong, by which rule', async () => {
    const { request, path } = await start();
    const { id } = (await request('POST', path, { json: { name: 'v1' } })).json;
    for (const [json, field, rule] of [
      [{ name: '' }, 'name', 'min_length'],
      [{ name: 'x'.repeat(256) }, 'name', 'max_length'],
      [{ name: 1 }, 'name', 'is_string'],
      [{ name: null }, 'name', 'is_string'],
      [{ name: 'a', publish_status: 'hidden' }, 'publish_status', 'enum'],
      [{ name: 'a', publish_status: null }, 'publish_status', 'enum'],
      [{ name: 'a', deprecated: 'yes' }, 'deprecated', 'is_boolean'],
      [{ name: 'a', labels: { mesh: 'x' } }, 'labels.mesh', 'is_label'],
      [{ name: 'a', portals: [] }, 'portals', 'unknown_property'],
    ] as const)
      for (const [method, at] of [
        ['POST', path],
        ['PATCH', `${path}/${id}`],
      ] as const) {
        const answer = await request(method, at, { json });
        expect([answer.status, answer.json.invalid_parameters?.[0]]).toMatchObject([400, { field, rule }]);
      }
    expect((await request('POST', path, { json: {} })).json.invalid_parameters[0]).toMatchObject({
      field: 'name',
      rule: 'required',
    });
    expect((await request('POST', path, { json: { name: 'a', notify: true } })).status).toBe(400);
    expect((await request('PATCH', `${path}/${id}`, { json: { notify: 'x' } })).status).toBe(400);
    expect((await request('POST', path, { json: { name: 'x'.repeat(255) } })).status).toBe(201);
  });

  it('are listed by name, gateway service, order and page', async () => {
    const { request, path } = await start();
    const service = await newService('one');
    await request('POST', path, { json: { name: 'b', gateway_service: service } });
    await request('POST', path, { json: { name: 'A' } });
    const names = async (query: string) =>
      (await request('GET', `${path}?${query}`)).json.data.map(({ name }: { name: string }) => name);
    expect(await names('')).toEqual(['b', 'A']);
    expect(await names('sort=name')).toEqual(['A', 'b']);
    expect(await names('sort=name%20desc&page[size]=1&page[number]=2')).toEqual(['A']);
    expect(await names('filter[name][contains]=B')).toEqual(['b']);
    expect(await names(`filter[gateway_service_id]=${service.id.toUpperCase()}`)).toEqual(['b']);
    expect(await names(`filter[gateway_service_id][neq]=${service.id}`)).toEqual(['A']);
    expect(await names(`filter[gateway_service_id][oeq]=${service.id},${randomUUID()}`)).toEqual(['b']);
    for (const query of ['sort=labels', 'filter[id]=x', 'filter[gateway_service_id]=x', 'page[size]=x'])
      expect((await request('GET', `${path}?${query}`)).status).toBe(400);
  });

  it('need a token, and JSON', async () => {
    const { request, path } = await start();
    const at = `${path}/${(await request('POST', path, { json: { name: 'v1' } })).json.id}`;
    for (const [method, target] of [
      ['GET', path],
      ['POST', path],
      ['GET', at],
      ['PATCH', at],
      ['DELETE', at],
    ] as const)
      expect((await request(method, target, { token: null })).status).toBe(401);
    const text = { body: '{}', headers: { 'content-type': 'text/plain' } };
    expect((await request('POST', path, text)).status).toBe(415);
    expect((await request('PATCH', at, text)).status).toBe(415);
  });
});
