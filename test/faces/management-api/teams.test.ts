import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';
import { givenDeveloper } from '../../support/developers.ts';

onEachDatabase('teams over HTTP', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  const start = async () => {
    app = await startApp(await open());
    const portal = (await app.request('POST', '/v2/portals', { json: { name: 'Harbour' } })).json;
    const product = (await app.request('POST', '/v2/api-products', { json: { name: 'Orders' } })).json;
    const teams = `/v2/portals/${portal.id}/teams`;
    const addTeam = async (name: string) => (await app.request('POST', teams, { json: { name } })).json;
    return { request: app.request, portal, product, teams, addTeam, addDeveloper: givenDeveloper.bind(null, app.ctx, portal.id) };
  };

  it('have two roles to be given', async () => {
    const { request } = await start();
    const { status, json } = await request('GET', '/v2/portal-roles');
    expect([status, json.services.name]).toEqual([200, 'Services']);
    expect(json.services.roles).toEqual({
      apiviewer: { name: 'API Viewer', description: expect.stringMatching(/read-only access/) },
      apiconsumer: { name: 'API Consumer', description: expect.stringMatching(/make calls/) },
    });
  });

  it('are created, fetched, listed, changed and deleted', async () => {
    const { request, teams, addTeam } = await start();
    const created = await request('POST', teams, { json: { name: 'Partners', description: 'They pay.' } });
    expect([created.status, created.json]).toEqual([
      201,
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        name: 'Partners',
        description: 'They pay.',
        created_at: expect.any(String),
        updated_at: created.json.created_at,
      },
    ]);
    const at = `${teams}/${created.json.id}`;
    expect((await request('GET', at)).json).toEqual(created.json);
    const changed = await request('PATCH', at, { json: { name: 'Friends' } });
    expect([changed.status, changed.json]).toMatchObject([200, { name: 'Friends', description: 'They pay.' }]);
    await addTeam('Staff');
    const names = async (query: string) =>
      (await request('GET', `${teams}?${query}`)).json.data.map(({ name }: { name: string }) => name);
    expect(await names('')).toEqual(['Friends', 'Staff']);
    expect(await names('filter[name]=friends')).toEqual(['Friends']);
    expect(await names('filter[name][contains]=ta')).toEqual(['Staff']);
    expect(await names('filter[name][ocontains]=ta,ie')).toEqual(['Friends', 'Staff']);
    expect(await names('filter[name][neq]=Staff')).toEqual(['Friends']);
    expect(await names('filter[name][oeq]=Staff,x')).toEqual(['Staff']);
    expect(await names('page[size]=1&page[number]=2')).toEqual(['Staff']);
    expect((await request('DELETE', at)).status).toBe(204);
    for (const method of ['GET', 'DELETE']) expect((await request(method, at)).status).toBe(404);
    expect((await request('PATCH', at, { json: {} })).status).toBe(404);
  });

  it('hold developers', async () => {
    const { request, portal, teams, addTeam, addDeveloper } = await start();
    const team = await addTeam('Partners');
    const at = `${teams}/${team.id}/developers`;
    const ada = await addDeveloper({ email: 'ada@example.com', fullName: 'Ada' });
    const bob = await addDeveloper({ status: 'revoked' });
    for (const id of [ada, bob]) expect((await request('POST', at, { json: { id } })).status).toBe(201);
    expect((await request('POST', at, { json: { id: ada } })).status).toBe(409);
    const listed = (await request('GET', at)).json;
    expect(listed.meta.page).toEqual({ number: 1, size: 10, total: 2 });
    expect(listed.data[0]).toEqual({
      id: ada,
      email: 'ada@example.com',
      full_name: 'Ada',
      active: true,
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    const ids = async (query: string) => (await request('GET', `${at}?${query}`)).json.data.map(({ id }: { id: string }) => id);
    expect(await ids('filter[active]=false')).toEqual([bob]);
    expect(await ids('filter[email][contains]=ADA')).toEqual([ada]);
    expect(await ids('filter[full_name]=ada')).toEqual([ada]);
    expect(await ids('filter[attributes]=ada')).toEqual([]);
    const teamsOf = `/v2/portals/${portal.id}/developers/${ada}/teams`;
    expect((await request('GET', teamsOf)).json).toEqual({ meta: { page: { number: 1, size: 10, total: 1 } }, data: [team] });
    expect((await request('DELETE', `${at}/${ada}`)).status).toBe(204);
    expect((await request('DELETE', `${at}/${ada}`)).status).toBe(404);
    expect((await request('GET', teamsOf)).json.data).toEqual([]);
    expect((await request('GET', `/v2/portals/${portal.id}/developers/${randomUUID()}/teams`)).status).toBe(404);
  });

  it('are given roles on products', async () => {
    const { request, product, teams, addTeam } = await start();
    const team = await addTeam('Partners');
    const at = `${teams}/${team.id}/assigned-roles`;
    const role = { role_name: 'API Viewer', entity_id: product.id, entity_type_name: 'Services', entity_region: 'us' };
    const assigned = await request('POST', at, { json: role });
    expect([assigned.status, assigned.json]).toEqual([201, { ...role, id: expect.any(String) }]);
    const everywhere = await request('POST', at, { json: { ...role, role_name: 'API Consumer', entity_region: '*' } });
    expect(everywhere.json).toMatchObject({ role_name: 'API Consumer', entity_region: '*' });
    expect((await request('POST', at, { json: role })).status).toBe(409);
    expect((await request('GET', at)).json).toEqual({
      meta: { page: { number: 1, size: 10, total: 2 } },
      data: [assigned.json, everywhere.json],
    });
    expect((await request('DELETE', `${at}/${assigned.json.id}`)).status).toBe(204);
    expect((await request('DELETE', `${at}/${assigned.json.id}`)).status).toBe(404);
    const short = await request('POST', at, { json: { role_name: 'API Viewer', entity_id: product.id } });
    expect(short.json).toMatchObject(role);
  });

  it('refuse what the contract refuses', async () => {
    const { request, product, teams, addTeam } = await start();
    const team = await addTeam('Partners');
    const at = `${teams}/${team.id}`;
    const role = { role_name: 'API Viewer', entity_id: product.id, entity_type_name: 'Services', entity_region: 'us' };
    const cases: [string, string, unknown, string, string][] = [
      ['POST', teams, {}, 'name', 'required'],
      ['POST', teams, { name: 1 }, 'name', 'is_string'],
      ['POST', teams, { name: '' }, 'name', 'min_length'],
      ['POST', teams, { name: 'x'.repeat(251) }, 'name', 'max_length'],
      ['POST', teams, { name: 'x', description: 'x'.repeat(251) }, 'description', 'max_length'],
      ['POST', teams, { name: 'x', more: 1 }, 'more', 'unknown_property'],
      ['POST', teams, { name: 'PARTNERS' }, 'name', 'invalid'],
      ['POST', `${at}/developers`, {}, 'id', 'required'],
      ['POST', `${at}/developers`, { id: 'x' }, 'id', 'is_uuid'],
      ['POST', `${at}/developers`, { id: randomUUID() }, 'id', 'missing_reference'],
      ['POST', `${at}/assigned-roles`, {}, 'role_name', 'required'],
      ['POST', `${at}/assigned-roles`, { ...role, role_name: 'Admin' }, 'role_name', 'enum'],
      ['POST', `${at}/assigned-roles`, { ...role, entity_id: 'x' }, 'entity_id', 'is_uuid'],
      ['POST', `${at}/assigned-roles`, { ...role, entity_id: randomUUID() }, 'entity_id', 'missing_reference'],
      ['POST', `${at}/assigned-roles`, { ...role, entity_type_name: 'Routes' }, 'entity_type_name', 'enum'],
      ['POST', `${at}/assigned-roles`, { ...role, entity_region: 'moon' }, 'entity_region', 'enum'],
      ['POST', `${at}/assigned-roles`, { ...role, entity_region: 'eu' }, 'entity_id', 'missing_reference'],
    ];
    for (const [method, path, json, field, rule] of cases) {
      const answer = await request(method, path, { json });
      const sent = `${method} ${path} ${JSON.stringify(json)}`;
      expect([answer.status, answer.json.invalid_parameters?.[0]], sent).toMatchObject([400, { field, rule }]);
    }
  });

  it('ask for a token, and for what there is', async () => {
    const { request, portal, product, addTeam } = await start();
    const team = await addTeam('Partners');
    const role = { role_name: 'API Viewer', entity_id: product.id };
    const nobody = randomUUID();
    const operations: [string, string, unknown?][] = [
      ['GET', 'teams'],
      ['POST', 'teams', { name: 'x' }],
      ['GET', 'teams/TEAM'],
      ['PATCH', 'teams/TEAM', { name: 'x' }],
      ['DELETE', 'teams/TEAM'],
      ['GET', 'teams/TEAM/developers'],
      ['POST', 'teams/TEAM/developers', { id: nobody }],
      ['DELETE', `teams/TEAM/developers/${nobody}`],
      ['GET', 'teams/TEAM/assigned-roles'],
      ['POST', 'teams/TEAM/assigned-roles', role],
      ['DELETE', `teams/TEAM/assigned-roles/${nobody}`],
      ['GET', `developers/${nobody}/teams`],
    ];
    const ask = (portalId: string, teamId: string, [method, path, json]: (typeof operations)[number], token?: null) =>
      request(method, `/v2/portals/${portalId}/${path.replace('TEAM', teamId)}`, { json, ...(token === null ? { token } : {}) });
    for (const operation of operations) {
      const [method, path] = operation;
      expect((await ask(portal.id, team.id, operation, null)).status, `${method} ${path}`).toBe(401);
      for (const id of [randomUUID(), 'nonsense']) {
        expect((await ask(id, team.id, operation)).status, `${method} ${path} in no portal`).toBe(404);
        if (path.includes('TEAM')) expect((await ask(portal.id, id, operation)).status, `${method} ${path} of no team`).toBe(404);
      }
    }
    expect((await request('GET', '/v2/portal-roles', { token: null })).status).toBe(401);
  });
});
