import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';

const PATH = '/v2/control-planes';

onEachDatabase('control planes over HTTP', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  const start = async () => {
    app = await startApp(await open());
    return app.request;
  };

  it('are created, fetched, listed, changed and deleted', async () => {
    const request = await start();
    const json = {
      name: 'Edge',
      description: 'At the border',
      cluster_type: 'CLUSTER_TYPE_CONTROL_PLANE',
      auth_type: 'pki_client_certs',
      cloud_gateway: false,
      proxy_urls: [{ host: 'example.com', port: 443, protocol: 'https' }],
      labels: { env: 'test' },
    };
    const created = await request('POST', PATH, { json });
    expect(created.status).toBe(201);
    expect(created.json).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'Edge',
      description: 'At the border',
      labels: { env: 'test' },
      config: {
        control_plane_endpoint: expect.stringMatching(/^http:\/\/.*\/gateway$/),
        telemetry_endpoint: expect.stringMatching(/^http:\/\/.*\/gateway$/),
        cluster_type: 'CLUSTER_TYPE_CONTROL_PLANE',
        auth_type: 'pki_client_certs',
        cloud_gateway: false,
        proxy_urls: json.proxy_urls,
      },
      created_at: expect.any(String),
      updated_at: created.json.created_at,
    });
    const at = `${PATH}/${created.json.id}`;
    expect((await request('GET', at)).json).toEqual(created.json);
    expect((await request('GET', PATH)).json).toEqual({
      meta: { page: { number: 1, size: 10, total: 1 } },
      data: [created.json],
    });
    const changed = await request('PATCH', at, { json: { name: 'Core', labels: { a: 'b' } } });
    expect([changed.status, changed.json.name, changed.json.labels]).toEqual([200, 'Core', { env: 'test', a: 'b' }]);
    expect((await request('DELETE', at)).status).toBe(204);
    for (const method of ['GET', 'DELETE']) expect((await request(method, at)).status).toBe(404);
    expect((await request('PATCH', at, { json: {} })).status).toBe(404);
    expect((await request('GET', `${PATH}/nonsense`)).status).toBe(404);
  });

  it('are listed by filters, labels and order', async () => {
    const request = await start();
    for (const json of [
      { name: 'One', labels: { env: 'a' } },
      { name: 'Two', labels: { env: 'b' }, cloud_gateway: true },
      { name: 'Three', cluster_type: 'CLUSTER_TYPE_SERVERLESS' },
    ])
      await request('POST', PATH, { json });
    const names = async (query: string) =>
      (await request('GET', `${PATH}?${query}`)).json.data.map(({ name }: { name: string }) => name);
    expect(await names('sort=created_at%20desc')).toEqual(['Three', 'Two', 'One']);
    expect(await names('filter[name][contains]=o')).toEqual(['One', 'Two']);
    expect(await names('filter[cloud_gateway]=true')).toEqual(['Two']);
    expect(await names('filter[cluster_type]=CLUSTER_TYPE_SERVERLESS')).toEqual(['Three']);
    expect(await names('labels=env:B')).toEqual(['Two']);
    expect(await names('labels=env&page[size]=1&page[number]=2')).toEqual(['Two']);
    for (const query of [
      'sort=name',
      'filter[x]=1',
      'filter[id]=x',
      'filter[cloud_gateway]=maybe',
      'page[size]=x',
      'page[number]=0',
    ])
      expect((await request('GET', `${PATH}?${query}`)).status, query).toBe(400);
  });

  it('ask for a token, and for a region that is served', async () => {
    const request = await start();
    for (const [method, path] of [
      ['GET', `${PATH}`],
      ['POST', `${PATH}`],
      ['GET', `${PATH}/${randomUUID()}`],
      ['PATCH', `${PATH}/${randomUUID()}`],
      ['DELETE', `${PATH}/${randomUUID()}`],
    ] as const) {
      const json = method === 'GET' || method === 'DELETE' ? {} : { json: {} };
      expect((await request(method, path, { ...json, token: null })).status, `${method} ${path}`).toBe(401);
      const elsewhere = await request(method, path, { ...json, headers: { 'x-portico-region': 'mars' } });
      expect([elsewhere.status, elsewhere.json.invalid_parameters[0].field], `${method} ${path}`).toEqual([400, 'region']);
    }
  });

  it('refuse what the contract refuses', async () => {
    const request = await start();
    await request('POST', PATH, { json: { name: 'Edge' } });
    expect((await request('POST', PATH, { json: { name: 'edge' } })).status).toBe(409);
    const cases: [unknown, string, string][] = [
      [{}, 'name', 'required'],
      [{ name: 1 }, 'name', 'is_string'],
      [{ name: '' }, 'name', 'min_length'],
      [{ name: 'x'.repeat(256) }, 'name', 'max_length'],
      [{ name: 'x', more: 1 }, 'more', 'unknown_property'],
      [{ name: 'x', cluster_type: 'CLUSTER_TYPE_CONTROL_PLANE_GROUP' }, 'cluster_type', 'enum'],
      [{ name: 'x', auth_type: 'none' }, 'auth_type', 'enum'],
      [{ name: 'x', cloud_gateway: 'yes' }, 'cloud_gateway', 'is_boolean'],
      [{ name: 'x', proxy_urls: {} }, 'proxy_urls', 'is_array'],
      [{ name: 'x', proxy_urls: [{ host: 'h', port: 70_000, protocol: 'http' }] }, 'proxy_urls.0.port', 'max'],
      [{ name: 'x', proxy_urls: [{ host: 'h' }] }, 'proxy_urls.0.port', 'required'],
      [{ name: 'x', labels: { kong: 'x' } }, 'labels.kong', 'is_label'],
      [[], 'body', 'is_object'],
    ];
    for (const [json, field, rule] of cases) {
      const answer = await request('POST', PATH, { json });
      expect([answer.status, answer.json.title], JSON.stringify(json)).toEqual([400, 'Invalid Request']);
      expect(answer.json.invalid_parameters[0], JSON.stringify(json)).toMatchObject({ field, rule });
    }
    expect((await request('POST', PATH, { json: { name: 'x' }, token: null })).status).toBe(401);
    expect((await request('POST', PATH, { body: 'name=x', headers: { 'content-type': 'text/plain' } })).status).toBe(415);
  });
});

onEachDatabase('gateway services and routes over HTTP', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  const start = async () => {
    app = await startApp(await open());
    const { id } = (await app.request('POST', PATH, { json: { name: 'Edge' } })).json;
    const entities = `${PATH}/${id}/core-entities`;
    return { request: app.request, services: `${entities}/services`, routes: `${entities}/routes` };
  };

  it('services are created, fetched, put, changed and deleted, by id or name', async () => {
    const { request, services } = await start();
    const created = await request('POST', services, {
      json: { name: 'orders', url: 'https://orders.example:8443/v1', tags: ['a'] },
    });
    expect(created.status).toBe(201);
    expect(created.json).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'orders',
      protocol: 'https',
      host: 'orders.example',
      port: 8443,
      path: '/v1',
      retries: 5,
      connect_timeout: 60_000,
      read_timeout: 60_000,
      write_timeout: 60_000,
      enabled: true,
      tags: ['a'],
      client_certificate: null,
      ca_certificates: null,
      tls_verify: null,
      tls_verify_depth: null,
      tls_sans: null,
      created_at: expect.any(Number),
      updated_at: created.json.created_at,
    });
    for (const name of [created.json.id, 'orders'])
      expect((await request('GET', `${services}/${name}`)).json).toEqual(created.json);
    const same = await request('PUT', `${services}/orders`, { json: created.json });
    expect([same.status, { ...same.json, updated_at: 0 }]).toEqual([200, { ...created.json, updated_at: 0 }]);
    const changed = await request('PATCH', `${services}/orders`, { json: { retries: 1, path: null } });
    expect([changed.status, changed.json.retries, changed.json.path]).toEqual([200, 1, null]);
    const put = await request('PUT', `${services}/${randomUUID()}`, { json: { host: 'new.example' } });
    expect([put.status, put.json.name, put.json.port]).toEqual([200, null, 80]);
    expect((await request('DELETE', `${services}/orders`)).status).toBe(204);
    expect((await request('DELETE', `${services}/orders`)).status).toBe(404);
    expect((await request('GET', `${services}/orders`)).status).toBe(404);
    expect((await request('PATCH', `${services}/orders`, { json: {} })).status).toBe(404);
  });

  it('routes are created, fetched, put, changed and deleted', async () => {
    const { request, services, routes } = await start();
    const { id } = (await request('POST', services, { json: { host: 'h' } })).json;
    const json = { name: 'r', methods: ['GET'], paths: ['/orders', '~/v\\d+'], headers: { 'x-a': ['1'] }, service: { id } };
    const created = await request('POST', routes, { json });
    expect([created.status, created.json]).toMatchObject([201, { ...json, protocols: ['https'], strip_path: true }]);
    expect((await request('GET', `${routes}/r`)).json).toEqual(created.json);
    expect((await request('PATCH', `${routes}/r`, { json: { preserve_host: true } })).json.preserve_host).toBe(true);
    expect((await request('PUT', `${routes}/r`, { json: { hosts: ['a.example'] } })).json).toMatchObject({
      methods: null,
      name: 'r',
    });
    expect((await request('GET', routes)).json).toMatchObject({ data: [{ name: 'r' }], next: null });
    expect((await request('DELETE', `${routes}/r`)).status).toBe(204);
    expect((await request('GET', `${routes}/r`)).status).toBe(404);
  });

  it('are listed page by page', async () => {
    const { request, services } = await start();
    for (const name of ['a', 'b', 'c']) await request('POST', services, { json: { name, host: 'h', tags: [name, 'all'] } });
    const names = (page: { data: { name: string }[] }) => page.data.map(({ name }) => name);
    const first = (await request('GET', `${services}?size=2&tags=all`)).json;
    expect([names(first), first.next]).toEqual([['a', 'b'], `${services}?size=2&tags=all&offset=${first.offset}`]);
    const second = (await request('GET', first.next)).json;
    expect(second).toEqual({ data: [expect.objectContaining({ name: 'c' })], next: null });
    expect(names((await request('GET', `${services}?tags=a/c`)).json)).toEqual(['a', 'c']);
    for (const query of ['size=0', 'size=1001', 'size=x', 'offset=x', 'tags=a,b/c', 'tags=,', 'size=1&size=2'])
      expect((await request('GET', `${services}?${query}`)).status, query).toBe(400);
    expect((await request('GET', `${PATH}/${randomUUID()}/core-entities/services`)).status).toBe(404);
    expect((await request('GET', `${PATH}/x/core-entities/routes`)).status).toBe(404);
  });

  it('refuse what gateways refuse', async () => {
    const { request, services, routes } = await start();
    await request('POST', services, { json: { name: 'taken', host: 'h' } });
    expect((await request('POST', services, { json: { name: 'taken', host: 'h' } })).status).toBe(409);
    const cases: [string, unknown, string, string][] = [
      [services, {}, 'host', 'required'],
      [services, { host: 1 }, 'host', 'is_string'],
      [services, { host: 'h', port: 65_536 }, 'port', 'max'],
      [services, { host: 'h', port: 1.5 }, 'port', 'is_integer'],
      [services, { host: 'h', path: 'v1' }, 'path', 'matches_regex'],
      [services, { host: 'h', protocol: 'ftp' }, 'protocol', 'enum'],
      [services, { host: 'h', retries: -1 }, 'retries', 'min'],
      [services, { host: 'h', connect_timeout: 0 }, 'connect_timeout', 'min'],
      [services, { host: 'h', enabled: 'yes' }, 'enabled', 'is_boolean'],
      [services, { host: 'h', tags: 'a' }, 'tags', 'is_array'],
      [services, { host: 'h', name: 'with space' }, 'name', 'matches_regex'],
      [services, { host: 'h', extra: 1 }, 'extra', 'unknown_property'],
      [services, { url: 'nonsense' }, 'url', 'invalid'],
      [services, { host: 'h', id: 'x' }, 'id', 'is_uuid'],
      [routes, {}, 'methods', 'required'],
      [routes, { paths: ['orders'] }, 'paths.0', 'matches_regex'],
      [routes, { methods: ['get'] }, 'methods.0', 'matches_regex'],
      [routes, { paths: ['/'], protocols: [] }, 'protocols', 'min_items'],
      [routes, { paths: ['/'], service: { id: randomUUID() } }, 'service.id', 'missing_reference'],
      [routes, { paths: ['/'], https_redirect_status_code: 200 }, 'https_redirect_status_code', 'enum'],
    ];
    for (const [path, json, field, rule] of cases) {
      const answer = await request('POST', path, { json });
      expect(answer.status, JSON.stringify(json)).toBe(400);
      expect(answer.json.invalid_parameters[0], JSON.stringify(json)).toMatchObject({ field, rule });
    }
  });
});
