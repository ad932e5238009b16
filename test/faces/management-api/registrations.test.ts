import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { getRegistration } from '../../../src/domain/registrations/index.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';
import { registrationScene } from '../../support/registrations.ts';

onEachDatabase('registrations over HTTP', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  const start = async () => {
    app = await startApp(await open());
    const scene = await registrationScene(app.ctx);
    const portal = `/v2/portals/${scene.portal.id}`;
    const addWithAddress = async (name = 'Shop') => {
      const id = await scene.addRegistration(name);
      const { applicationId } = await getRegistration(app.ctx, { registrationId: id });
      const list = `${portal}/applications/${applicationId}/registrations`;
      return { id, list, at: `${list}/${id}`, applicationId };
    };
    return { ...scene, request: app.request, at: portal, all: `${portal}/application-registrations`, addWithAddress };
  };

  it('are listed for a portal and for an application, by filter and order', async () => {
    const { request, all, addWithAddress, developerId, product, version } = await start();
    const shop = await addWithAddress('Shop');
    await addWithAddress('Till');
    await request('PATCH', shop.at, { json: { status: 'approved' } });
    const names = async (query: string, address = all) =>
      (await request('GET', `${address}?${encodeURI(query)}`)).json.data.map(
        (item: { application: { name: string } }) => item.application.name,
      );
    expect(await names('')).toEqual(['Shop', 'Till']);
    expect(await names('sort=created_at desc')).toEqual(['Till', 'Shop']);
    expect(await names('sort=updated_at')).toEqual(['Till', 'Shop']);
    expect(await names('sort=status desc,developer_id')).toEqual(['Till', 'Shop']);
    expect(await names('filter[status]=pending')).toEqual(['Till']);
    expect(await names('filter[status][neq]=pending')).toEqual(['Shop']);
    expect(await names('filter[application_name][contains]=sh')).toEqual(['Shop']);
    expect(await names(`filter[developer_name][eq]=ADA harbour&filter[developer_id]=${developerId}`)).toEqual(['Shop', 'Till']);
    expect(await names('sort=updated_at,status,created_at&filter[status][oeq]=approved,rejected', shop.list)).toEqual(['Shop']);
    const [one] = (await request('GET', shop.list)).json.data;
    expect(one).toEqual({
      id: shop.id,
      status: 'approved',
      product: { id: product.id, name: 'Orders' },
      product_version: { id: version.id, name: 'v1' },
      application: { id: shop.applicationId, name: 'Shop' },
      developer: { id: developerId, name: 'Ada Harbour' },
      granted_scopes: null,
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    expect((await request('GET', shop.at)).json).toEqual(one);
  });

  it('are decided about and deleted', async () => {
    const { request, addWithAddress } = await start();
    const { at } = await addWithAddress();
    for (const status of ['approved', 'revoked', 'rejected', 'pending']) {
      const answer = await request('PATCH', at, { json: { status } });
      expect([answer.status, answer.json.status]).toEqual([200, status]);
    }
    expect((await request('PATCH', at, { json: {} })).json.status).toBe('pending');
    expect((await request('DELETE', at)).status).toBe(204);
    for (const method of ['GET', 'DELETE']) expect((await request(method, at)).status).toBe(404);
    expect((await request('PATCH', at, { json: { status: 'approved' } })).status).toBe(404);
  });

  it('are refused as the contract says', async () => {
    const { request, at, all, addWithAddress } = await start();
    const shop = await addWithAddress('Shop');
    const till = await addWithAddress('Till');
    for (const address of [all, shop.list, shop.at]) expect((await request('GET', address, { token: null })).status).toBe(401);
    expect((await request('DELETE', shop.at, { token: null })).status).toBe(401);
    expect((await request('PATCH', shop.at, { token: null, json: { status: 'approved' } })).status).toBe(401);
    expect((await request('PATCH', shop.at, { json: { status: 'maybe' } })).status).toBe(400);
    expect((await request('PATCH', shop.at, { json: { status: 'approved', reason: 'x' } })).status).toBe(400);
    expect((await request('GET', `${all}?sort=name`)).status).toBe(400);
    expect((await request('GET', `${shop.list}?filter[developer_id]=${randomUUID()}`)).status).toBe(400);
    expect((await request('GET', `/v2/portals/${randomUUID()}/application-registrations`)).status).toBe(404);
    expect((await request('GET', `${at}/applications/${randomUUID()}/registrations`)).status).toBe(404);
    expect((await request('GET', `${shop.list}/${till.id}`)).status).toBe(404);
    expect((await request('GET', `${shop.list}/nothing`)).status).toBe(404);
  });
});
