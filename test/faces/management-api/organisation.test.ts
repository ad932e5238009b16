import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import type { EntityType } from '../../../src/domain/access/index.ts';
import { createProduct } from '../../../src/domain/products/index.ts';
import { type Account, assignEntityRole, assignRole } from '../../../src/domain/roles/index.ts';
import { createToken } from '../../../src/domain/tokens/index.ts';
import { newMachine, newPerson } from '../../support/administrators.ts';
import { type Answer, type RequestOptions, startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';
import { readDescription } from '../../support/openapi.ts';

const description = readDescription('src/faces/management-api/openapi.yaml');
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

onEachDatabase('people, machines, teams, tokens and roles over HTTP', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  const start = async () => {
    app = await startApp(await open());
    const { organisation } = app.installation;
    /** Asks, and holds the answer against the description. */
    const ask = async (
      operation: string,
      ids: Record<string, string> = {},
      { query = '', ...options }: RequestOptions & { query?: string } = {},
    ) => {
      const [method = '', template = ''] = operation.split(' ');
      const path = template.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? '');
      const answer: Answer = await app.request(method.toUpperCase(), `/portico/v1${path}${query}`, options);
      expect(description.violations(operation, answer)).toEqual([]);
      return answer;
    };
    /** Somebody with a role on all of a type, and a token of theirs. */
    const account = async (make: typeof newPerson | typeof newMachine, name: string, entityType?: EntityType, role = '') => {
      const owner: Account = await make(organisation, name);
      if (entityType) await assignRole(organisation, { entityType, role, holder: owner, region: '*' });
      return { ...owner, token: (await createToken(organisation, { name: 'x', owner })).secret };
    };
    return { organisation, ask, account };
  };

  it('say who one is, and what one may do here', async () => {
    const { ask, account } = await start();
    const { id, token } = await account(newMachine, 'deploy', 'product', 'Creator');
    expect((await ask('get /me', {}, { token })).json).toEqual({
      account: { type: 'system_account', id, name: 'deploy' },
      region: 'us',
      roles: [{ entity_type: 'product', entity_id: '*', role: 'Creator' }],
    });
    expect((await ask('get /me')).json).toMatchObject({ account: null, roles: [{ role: 'Organisation Admin' }] });
    expect((await ask('get /me', {}, { token: null })).status).toBe(401);
  });

  it('give people tokens of their own, which end at once', async () => {
    const { ask, account } = await start();
    const { token } = await account(newPerson, 'Ada');
    const json = { name: 'laptop', expires_at: TOMORROW };
    const made = await ask('post /me/tokens', {}, { token, json });
    expect(made.status).toBe(201);
    expect(made.json.token).toMatch(/^kpat_/);
    const mine = (await ask('get /me/tokens', {}, { token: made.json.token })).json.data;
    expect(mine.map(({ name }: { name: string }) => name)).toEqual(['laptop', 'x']);
    expect(mine[0].last_used_at).not.toBeNull();
    for (const wrong of [
      {},
      { name: 'x' },
      { ...json, expires_at: 'soon' },
      { ...json, expires_at: '2020-01-01T00:00:00Z' },
      { ...json, name: '' },
    ])
      expect((await ask('post /me/tokens', {}, { token, json: wrong })).status, JSON.stringify(wrong)).toBe(400);
    const ids = { tokenId: made.json.id };
    expect((await ask('delete /me/tokens/{tokenId}', ids, { token })).status).toBe(204);
    expect((await ask('delete /me/tokens/{tokenId}', ids, { token })).status).toBe(404);
    expect((await ask('get /me/tokens', {}, { token: made.json.token })).status).toBe(401);
    expect((await ask('get /me/tokens')).status).toBe(403);
    const machine = await account(newMachine, 'deploy');
    expect((await ask('post /me/tokens', {}, { token: machine.token, json })).status).toBe(403);
  });

  it('let whoever manages people end tokens of others', async () => {
    const { ask, account } = await start();
    const ada = await account(newPerson, 'Ada');
    const { token } = await account(newPerson, 'Eve', 'organisation', 'Identity Admin');
    const ids = { administratorId: ada.id };
    const [held] = (await ask('get /administrators/{administratorId}/tokens', ids, { token })).json.data;
    const one = { ...ids, tokenId: held.id };
    expect((await ask('delete /administrators/{administratorId}/tokens/{tokenId}', one, { token: ada.token })).status).toBe(204);
    expect((await ask('get /me', {}, { token: ada.token })).status).toBe(401);
    expect((await ask('delete /administrators/{administratorId}/tokens/{tokenId}', one, { token })).status).toBe(404);
    const people = await ask('get /administrators', {}, { token, query: '?filter[name][contains]=AD&sort=name' });
    expect(people.json).toMatchObject({ meta: { page: { total: 1 } }, data: [{ name: 'Ada', status: 'active' }] });
    expect((await ask('get /administrators', {}, { query: '?sort=shoe' })).status).toBe(400);
  });

  it.each([
    ['/system-accounts', 'systemAccountId'],
    ['/administrator-teams', 'teamId'],
  ])('keep %s', async (path, parameter) => {
    const { ask, account } = await start();
    const { token } = await account(newPerson, 'Ada', 'portal', 'Viewer');
    const created = await ask(`post ${path}`, {}, { json: { name: 'Deploy', description: 'ships' } });
    expect([created.status, created.json.name]).toEqual([201, 'Deploy']);
    expect((await ask(`post ${path}`, {}, { json: { name: 'deploy' } })).status).toBe(409);
    expect((await ask(`post ${path}`, {}, { json: { name: '', colour: 1 } })).json.invalid_parameters).toHaveLength(2);
    const ids = { [parameter]: created.json.id };
    const one = `${path}/{${parameter}}`;
    expect((await ask(`get ${one}`, ids)).json).toEqual(created.json);
    expect((await ask(`patch ${one}`, ids, { json: { description: 'x' } })).json).toMatchObject({
      name: 'Deploy',
      description: 'x',
    });
    expect((await ask(`get ${path}`, {}, { query: '?filter[name]=DEPLOY' })).json.meta.page.total).toBe(1);
    for (const operation of [`get ${path}`, `get ${one}`, `delete ${one}`])
      expect((await ask(operation, ids, { token })).status).toBe(403);
    expect((await ask(`post ${path}`, {}, { token, json: { name: 'y' } })).status).toBe(403);
    expect((await ask(`delete ${one}`, ids)).status).toBe(204);
    for (const method of ['get', 'delete']) expect((await ask(`${method} ${one}`, ids)).status).toBe(404);
    expect((await ask(`patch ${one}`, ids, { json: {} })).status).toBe(404);
  });

  it('make tokens for machines, and end them', async () => {
    const { ask, account } = await start();
    const machine = await account(newMachine, 'deploy');
    const ids = { systemAccountId: machine.id };
    const json = { name: 'ci', expires_at: TOMORROW };
    const made = await ask('post /system-accounts/{systemAccountId}/tokens', ids, { json });
    expect(made.json.token).toMatch(/^spat_/);
    expect((await ask('get /me', {}, { token: made.json.token })).json.account.id).toBe(machine.id);
    expect((await ask('get /system-accounts/{systemAccountId}/tokens', ids)).json.data).toHaveLength(2);
    const one = { ...ids, tokenId: made.json.id };
    expect((await ask('delete /system-accounts/{systemAccountId}/tokens/{tokenId}', one)).status).toBe(204);
    expect((await ask('get /me', {}, { token: made.json.token })).status).toBe(401);
    const nobody = { systemAccountId: randomUUID() };
    expect((await ask('post /system-accounts/{systemAccountId}/tokens', nobody, { json })).status).toBe(404);
  });

  it('put people and machines into teams', async () => {
    const { ask, account } = await start();
    const [ada, robot] = [await account(newPerson, 'Ada'), await account(newMachine, 'robot')];
    const ids = { teamId: (await ask('post /administrator-teams', {}, { json: { name: 'Publishers' } })).json.id };
    const members = '/administrator-teams/{teamId}/members';
    expect((await ask(`post ${members}`, ids, { json: { administrator_id: ada.id } })).status).toBe(204);
    expect((await ask(`post ${members}`, ids, { json: { administrator_id: ada.id } })).status).toBe(409);
    expect((await ask(`post ${members}`, ids, { json: { system_account_id: robot.id } })).status).toBe(204);
    for (const json of [{}, { administrator_id: ada.id, system_account_id: robot.id }, { administrator_id: randomUUID() }])
      expect((await ask(`post ${members}`, ids, { json })).status).toBe(400);
    expect((await ask(`get ${members}`, ids)).json.data).toHaveLength(2);
    const role = { team_id: ids.teamId, entity_type: 'product', entity_id: '*', role: 'Viewer', region: 'us' };
    expect((await ask('post /role-assignments', {}, { json: role })).status).toBe(201);
    expect((await ask('get /me', {}, { token: ada.token })).json.roles).toHaveLength(1);
    const one = `delete ${members}/{memberId}`;
    expect((await ask(one, { ...ids, memberId: ada.id })).status).toBe(204);
    expect((await ask(one, { ...ids, memberId: ada.id })).status).toBe(404);
    expect((await ask('get /me', {}, { token: ada.token })).json.roles).toEqual([]);
  });

  it('give roles on everything and on one thing, show them, and take them', async () => {
    const { ask, account, organisation } = await start();
    const [ada, bob] = [await account(newPerson, 'Ada'), await account(newPerson, 'Bob')];
    const product = await createProduct(app.ctx, { name: 'Timetables' });
    const on = { entity_type: 'product', entity_id: product.id };
    const single = await ask('post /role-assignments', {}, { json: { ...on, role: 'Admin', administrator_id: ada.id } });
    expect(single.json).toMatchObject({ ...on, role: 'Admin', region: 'us', holder: { type: 'administrator', id: ada.id } });
    const general = await ask(
      'post /role-assignments',
      {},
      { json: { entity_type: 'portal', entity_id: '*', role: 'Viewer', administrator_id: ada.id } },
    );
    expect(general.json).toMatchObject({ entity_id: '*', region: '*' });
    expect((await ask('post /role-assignments', {}, { json: { ...on, role: 'Admin', administrator_id: ada.id } })).status).toBe(
      409,
    );
    for (const json of [
      {},
      { ...on, role: 'King', administrator_id: ada.id },
      { ...on, role: 'Viewer' },
      { ...on, role: 'Viewer', administrator_id: ada.id, team_id: ada.id },
      { ...on, role: 'Viewer', administrator_id: ada.id, region: 'eu' },
      { ...on, role: 'Viewer', administrator_id: randomUUID() },
      { entity_type: 'organisation', entity_id: '*', role: 'Identity Admin', region: 'us', administrator_id: ada.id },
    ])
      expect((await ask('post /role-assignments', {}, { json })).status, JSON.stringify(json)).toBe(400);
    const missing = { ...on, entity_id: randomUUID(), role: 'Viewer', administrator_id: ada.id };
    expect((await ask('post /role-assignments', {}, { json: missing })).status).toBe(404);

    const list = (query: string, token?: string) => ask('get /role-assignments', {}, { query, ...(token ? { token } : {}) });
    const ofAda = `?administrator_id=${ada.id}`;
    const onProduct = `?entity_type=product&entity_id=${product.id}`;
    expect((await list(ofAda)).json.data).toEqual([general.json, single.json]);
    expect((await list(ofAda, ada.token)).json.data).toHaveLength(2);
    expect((await list(ofAda, bob.token)).status).toBe(403);
    expect((await list(onProduct, ada.token)).json.data).toEqual([
      { ...single.json, holder: { ...single.json.holder, name: 'Ada' } },
    ]);
    expect((await list(onProduct, bob.token)).status).toBe(404);
    for (const wrong of [
      '',
      `${ofAda}&team_id=${ada.id}`,
      `${ofAda}&entity_type=product&entity_id=${product.id}`,
      '?team_id=x',
      `?entity_type=x&entity_id=${product.id}`,
    ])
      expect((await list(wrong)).status, wrong).toBe(400);

    const shared = await ask(
      'post /role-assignments',
      {},
      { token: ada.token, json: { ...on, role: 'Viewer', administrator_id: bob.id } },
    );
    expect(shared.status).toBe(201);
    expect((await list(onProduct, bob.token)).status).toBe(403);
    const take = (assignmentId: string, token?: string) =>
      ask('delete /role-assignments/{assignmentId}', { assignmentId }, token ? { token } : {});
    expect((await take(shared.json.id, bob.token)).status).toBe(403);
    expect((await take(general.json.id, ada.token)).status).toBe(403);
    expect((await take(shared.json.id, ada.token)).status).toBe(204);
    expect((await take(general.json.id)).status).toBe(204);
    expect((await take(general.json.id)).status).toBe(404);
    const root = await assignRole(organisation, {
      entityType: 'organisation',
      role: 'Organisation Admin',
      holder: { kind: 'administrator', id: bob.id } as Account,
      region: '*',
    });
    expect((await take(root.id)).status).toBe(409);
    await assignEntityRole(app.ctx, organisation, {
      entityType: 'product',
      entityId: product.id,
      role: 'Viewer',
      holder: { kind: 'administrator', id: bob.id } as Account,
    });
    expect((await list(onProduct)).json.data).toHaveLength(2);
  });

  it('show which roles there are', async () => {
    const { ask } = await start();
    const { data } = (await ask('get /roles')).json;
    expect(data).toContainEqual({ entity_type: 'product', role: 'Publisher', permissions: ['product.read', 'product.publish'] });
    expect(data).toHaveLength(23);
  });
});
