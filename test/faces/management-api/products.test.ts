import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { createPortal } from '../../../src/domain/portals/index.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';

const PATH = '/v2/api-products';

onEachDatabase('API products over HTTP', (open) => {
  let app: TestApp;
  const start = async (): Promise<TestApp> => {
    app = await startApp(await open());
    return app;
  };
  afterEach(() => app.close());

  const create = async (json: object): Promise<string> => (await app.request('POST', PATH, { json })).json.id;
  const newPortal = (name: string) => createPortal(app.ctx, { name }, { portalDomain: 'localhost', reservedHosts: [] });

  it('are created, fetched, changed and deleted', async () => {
    const { request } = await start();
    const created = await request('POST', PATH, { json: { name: 'Timetables' } });
    expect(created.status).toBe(201);
    expect(created.json).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'Timetables',
      description: null,
      portal_ids: [],
      portals: [],
      version_count: 0,
      labels: {},
      public_labels: {},
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      updated_at: created.json.created_at,
    });
    const path = `${PATH}/${created.json.id}`;
    expect((await request('GET', path)).json).toEqual(created.json);
    expect((await request('GET', path.toUpperCase().replace('/V2/API-PRODUCTS', PATH))).json).toEqual(created.json);

    const changed = await request('PATCH', path, { json: { name: 'Departures', description: 'When trains leave' } });
    expect(changed.status).toBe(200);
    expect(changed.json).toEqual({
      ...created.json,
      name: 'Departures',
      description: 'When trains leave',
      updated_at: expect.any(String),
    });
    expect((await request('PATCH', path, { json: { description: null } })).json.description).toBeNull();
    expect((await request('PATCH', path, { json: {} })).status).toBe(200);

    const deleted = await request('DELETE', path);
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    for (const method of ['GET', 'DELETE']) expect((await request(method, path)).status).toBe(404);
    expect((await request('PATCH', path, { json: {} })).status).toBe(404);
  });

  it('are not found by what is no UUID', async () => {
    const { request } = await start();
    for (const id of ['nothing', '1', 'd32d905a-ed33-46a3-a093', '%00', randomUUID()]) {
      const answer = await request('GET', `${PATH}/${id}`);
      expect([answer.status, answer.json.title]).toEqual([404, 'Not Found']);
    }
  });

  it('are assigned to portals by their ids', async () => {
    const { request } = await start();
    const [one, two] = [await newPortal('Two'), await newPortal('One')];
    const created = await request('POST', PATH, { json: { name: 'A', portal_ids: [one.id.toUpperCase(), two.id] } });
    expect(created.json.portals).toEqual([
      { portal_id: two.id, portal_name: 'One' },
      { portal_id: one.id, portal_name: 'Two' },
    ]);
    const path = `${PATH}/${created.json.id}`;
    expect((await request('PATCH', path, { json: { name: 'B' } })).json.portal_ids).toEqual([two.id, one.id]);
    expect((await request('PATCH', path, { json: { portal_ids: [one.id] } })).json.portal_ids).toEqual([one.id]);
    expect((await request('GET', PATH)).json.data[0].portals).toEqual([{ portal_id: one.id, portal_name: 'Two' }]);
    expect((await request('PATCH', path, { json: { portal_ids: [] } })).json.portals).toEqual([]);

    const unknown = await request('POST', PATH, { json: { name: 'C', portal_ids: [randomUUID()] } });
    expect(unknown.status).toBe(400);
    expect(unknown.json.invalid_parameters[0]).toMatchObject({ rule: 'missing_reference' });
    expect((await request('GET', PATH)).json.meta.page.total).toBe(1);
  });

  it('say which field is wrong, by which rule, all at once', async () => {
    const { request } = await start();
    const id = await create({ name: 'A' });
    const long = 'x'.repeat(64);
    for (const [json, ...expected] of [
      [{}, ['name', 'required']],
      [{ name: '' }, ['name', 'min_length']],
      [{ name: 'x'.repeat(101) }, ['name', 'max_length']],
      [{ name: '🚆'.repeat(101) }, ['name', 'max_length']],
      [{ name: 1 }, ['name', 'is_string']],
      [{ name: null }, ['name', 'is_string']],
      [{ name: 'a\0' }, ['name', 'invalid']],
      [{ name: 'A', description: 5, other: true }, ['description', 'is_string'], ['other', 'unknown_property']],
      [{ name: 'A', portal_ids: 'x' }, ['portal_ids', 'is_array']],
      [{ name: 'A', portal_ids: ['x'] }, ['portal_ids.0', 'is_uuid']],
      [{ name: 'A', portal_ids: [id, id.toUpperCase()] }, ['portal_ids', 'invalid']],
      [{ name: 'A', labels: null }, ['labels', 'is_object']],
      [{ name: 'A', labels: [] }, ['labels', 'is_object']],
      [{ name: 'A', labels: { a: 1 } }, ['labels.a', 'is_string']],
      [{ name: 'A', labels: { a: null } }, ['labels.a', 'is_string']],
      [{ name: 'A', labels: { kong: 'x' } }, ['labels.kong', 'is_label']],
      [{ name: 'A', labels: { _a: 'x' } }, ['labels._a', 'is_label']],
      [{ name: 'A', public_labels: { 'a b': 'x' } }, ['public_labels.a b', 'is_label']],
      [{ name: 'A', public_labels: { a: 'x y' } }, ['public_labels.a', 'is_label']],
      [{ name: 'A', labels: { a: '' } }, ['labels.a', 'is_label']],
      [{ name: 'A', labels: { a: long } }, ['labels.a', 'max_length']],
      [{ name: 'A', labels: { [long]: 'x' } }, [`labels.${long}`, 'max_length']],
      [{ name: 'A', labels: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, 'v'])) }, ['labels', 'max_items']],
    ] as const) {
      const answer = await request('POST', PATH, { json });
      expect([answer.status, answer.json.title]).toEqual([400, 'Invalid Request']);
      const found = answer.json.invalid_parameters.map(({ field, rule }: Record<string, string>) => [field, rule]);
      expect(found, JSON.stringify(json)).toEqual(expected);
    }
    for (const json of [{ name: '' }, { name: null }, { public_labels: null }, { id }, { portal_ids: null }])
      expect((await request('PATCH', `${PATH}/${id}`, { json })).status, JSON.stringify(json)).toBe(400);
  });

  it('take fields at their limits', async () => {
    const { request } = await start();
    const at63 = 'x'.repeat(63);
    const labels = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, 'v']));
    const answer = await request('POST', PATH, { json: { name: '🚆'.repeat(100), labels, public_labels: { [at63]: at63 } } });
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({ labels, public_labels: { [at63]: at63 } });
  });

  it('merge labels on PATCH; null removes one or all', async () => {
    const { request } = await start();
    const id = await create({ name: 'A', labels: { a: '1', b: '2' }, public_labels: { c: '3' } });
    const json = { labels: { a: null, d: '4' }, public_labels: { c: null } };
    expect((await request('PATCH', `${PATH}/${id}`, { json })).json).toMatchObject({
      labels: { b: '2', d: '4' },
      public_labels: {},
    });
    expect((await request('PATCH', `${PATH}/${id}`, { json: { labels: null } })).json.labels).toEqual({});
  });

  it('are listed by filters, labels, order and page', async () => {
    const { request } = await start();
    await create({ name: 'Rail', labels: { env: 'test', team: 'a' }, public_labels: { area: 'travel' } });
    await create({ name: 'bus', labels: { env: 'live' } });
    await create({ name: 'Ferry, slow' });
    const names = async (query: string) => {
      const { status, json } = await request('GET', `${PATH}?${query}`);
      return status === 200 ? json.data.map(({ name }: { name: string }) => name) : status;
    };
    expect(await names('')).toEqual(['Rail', 'bus', 'Ferry, slow']);
    expect(await names('sort=name')).toEqual(['bus', 'Ferry, slow', 'Rail']);
    expect(await names('sort=name%20desc&page[size]=2')).toEqual(['Rail', 'Ferry, slow']);
    expect(await names('page[size]=2&page[number]=2')).toEqual(['Ferry, slow']);
    expect(await names('page[number]=9')).toEqual([]);
    expect(await names('filter[name]=BUS')).toEqual(['bus']);
    expect(await names('filter[name][eq]=rail')).toEqual(['Rail']);
    expect(await names('filter[name][neq]=rail')).toEqual(['bus', 'Ferry, slow']);
    expect(await names('filter[name][contains]=R')).toEqual(['Rail', 'Ferry, slow']);
    expect(await names('filter[name][oeq]=rail,bus')).toEqual(['Rail', 'bus']);
    expect(await names('filter[name][ocontains]=ai,slow')).toEqual(['Rail', 'Ferry, slow']);
    expect(await names('labels=env:TEST')).toEqual(['Rail']);
    expect(await names('labels=env,team:a')).toEqual(['Rail']);
    expect(await names('labels=env:live,team')).toEqual([]);
    expect(await names('public_labels=area')).toEqual(['Rail']);
    expect(await names('labels=area')).toEqual([]);
    const { meta } = (await request('GET', `${PATH}?page[size]=1000`)).json;
    expect(meta).toEqual({ page: { number: 1, size: 100, total: 3 } });
  });

  it('refuse queries that they do not know', async () => {
    const { request } = await start();
    for (const [query, field] of [
      ['sort=colour', 'sort'],
      ['sort=name%20up', 'sort'],
      ['filter[colour]=red', 'filter[colour]'],
      ['filter[name][like]=x', 'filter[name][like]'],
      ['filter=x', 'filter'],
      ['filter[name]=%00', 'filter[name]'],
      ['labels=%00', 'labels'],
      ['public_labels=a:%00', 'public_labels'],
      ['page[size]=many', 'page[size]'],
      ['page[number]=0', 'page[number]'],
      ['page[number]=-1', 'page[number]'],
    ]) {
      const answer = await request('GET', `${PATH}?${query}`);
      expect([answer.status, answer.json.invalid_parameters?.[0].field]).toEqual([400, field]);
    }
  });

  it('need a token, and JSON', async () => {
    const { request } = await start();
    const id = await create({ name: 'A' });
    for (const [method, path] of [
      ['GET', PATH],
      ['POST', PATH],
      ['GET', `${PATH}/${id}`],
      ['PATCH', `${PATH}/${id}`],
      ['DELETE', `${PATH}/${id}`],
    ] as const)
      expect((await request(method, path, { token: null })).status).toBe(401);
    for (const [method, path] of [
      ['POST', PATH],
      ['PATCH', `${PATH}/${id}`],
    ] as const) {
      const form = { body: 'name=A', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
      expect((await request(method, path, form)).status).toBe(415);
      for (const body of ['{"name":', '"text"', '[]', 'null', ''])
        expect((await request(method, path, { body, headers: { 'content-type': 'application/json' } })).status, body).toBe(400);
    }
  });
});
