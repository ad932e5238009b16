import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';
import { registrationScene } from '../../support/registrations.ts';

onEachDatabase('applications over HTTP', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  const start = async () => {
    app = await startApp(await open());
    const scene = await registrationScene(app.ctx);
    return { ...scene, request: app.request, at: `/v2/portals/${scene.portal.id}/applications` };
  };

  it('are listed by filter and order, fetched with or without their portal, deleted', async () => {
    const { request, at, addApplication, addRegistration, developerId, portal, strategy } = await start();
    await addRegistration('Shop');
    const till = await addApplication('Till');
    const names = async (query: string) =>
      (await request('GET', `${at}?${encodeURI(query)}`)).json.data.map(({ name }: { name: string }) => name);
    expect(await names('sort=name desc')).toEqual(['Till', 'Shop']);
    expect(await names('filter[name]=shop')).toEqual(['Shop']);
    expect(await names('filter[name][contains]=i')).toEqual(['Till']);
    expect(await names('filter[name][ocontains]=hop,il&sort=created_at')).toEqual(['Shop', 'Till']);
    expect(await names(`filter[developer_id]=${developerId}&sort=developer_id,name`)).toEqual(['Shop', 'Till']);
    expect(await names('filter[developer_name][neq]=ada harbour')).toEqual([]);
    expect(await names('filter[developer_email][contains]=@EXAMPLE&page[size]=1&page[number]=2&sort=name')).toEqual(['Till']);
    const one = await request('GET', `${at}/${till.applicationId}`);
    expect(one.json).toEqual({
      id: till.applicationId,
      name: 'Till',
      description: null,
      labels: null,
      reference_id: '',
      registration_count: 0,
      dcr_provider: null,
      portal: { id: portal.id },
      developer: { id: developerId, name: 'Ada Harbour', email: `${developerId}@example.com` },
      auth_strategy: { id: strategy.id, name: 'Keys', credential_type: 'key_auth', key_names: ['apikey'] },
      granted_scopes: null,
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    expect((await request('GET', `/v2/applications/${till.applicationId}`)).json).toEqual(one.json);
    expect((await request('DELETE', `${at}/${till.applicationId}`)).status).toBe(204);
    expect(await names('')).toEqual(['Shop']);
  });

  it('are refused as the contract says', async () => {
    const { request, at, addApplication } = await start();
    const { applicationId } = await addApplication();
    expect((await request('GET', `${at}?sort=reference_id`)).status).toBe(400);
    expect((await request('GET', `${at}?filter[status]=x`)).status).toBe(400);
    expect((await request('GET', `/v2/portals/${randomUUID()}/applications`)).status).toBe(404);
    const addresses = [`${at}/${applicationId}`, `/v2/applications/${applicationId}`];
    for (const address of [at, ...addresses]) expect((await request('GET', address, { token: null })).status).toBe(401);
    expect((await request('DELETE', `${at}/${applicationId}`, { token: null })).status).toBe(401);
    for (const method of ['GET', 'DELETE']) {
      expect((await request(method, `${at}/${randomUUID()}`)).status).toBe(404);
      expect((await request(method, `/v2/portals/${randomUUID()}/applications/${applicationId}`)).status).toBe(404);
    }
    for (const id of [randomUUID(), 'nothing']) expect((await request('GET', `/v2/applications/${id}`)).status).toBe(404);
  });
});
