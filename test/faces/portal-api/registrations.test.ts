import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import type { RegistrationId } from '../../../src/domain/ids.ts';
import { decideRegistration } from '../../../src/domain/registrations/index.ts';
import type { TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';
import { readDescription } from '../../support/openapi.ts';
import { startDeveloper } from './developer-fixture.ts';

const description = readDescription('src/faces/portal-api/openapi.yaml');

onEachDatabase('registrations of a developer over HTTP', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  const start = async () => {
    const scene = await startDeveloper(await open());
    app = scene.app;
    const { id } = (await scene.request('POST', '/api/v2/applications', { json: { name: 'Shop' } })).json;
    return { ...scene, applicationId: id as string, at: `/api/v2/applications/${id}/registrations` };
  };

  it('are made, listed, fetched and taken back', async () => {
    const { request, at, applicationId, product, version, addVersion } = await start();
    const made = await request('POST', at, { json: { product_version_id: version.id } });
    expect([made.status, made.json]).toEqual([
      201,
      {
        id: expect.any(String),
        status: 'pending',
        application_id: applicationId,
        product_id: product.id,
        product_name: 'Orders',
        product_version_id: version.id,
        product_version_name: 'v1',
        created_at: expect.any(String),
        updated_at: expect.any(String),
      },
    ]);
    const auto = await addVersion('v2', { autoApproveRegistration: true });
    expect((await request('POST', at, { json: { product_version_id: auto.id, scopes: [] } })).json.status).toBe('approved');
    const list = async (query: string) =>
      (await request('GET', `${at}?${query}`)).json.data.map((item: Record<string, string>) => item['product_version_name']);
    expect(await list('')).toEqual(['v2', 'v1']);
    expect(await list('filter[status]=pending')).toEqual(['v1']);
    expect(await list(`filter[id]=${made.json.id}&filter[product_name]=orders`)).toEqual(['v1']);
    expect(await list('filter[product_version_name][contains]=2&filter[product_name][contains]=ORD')).toEqual(['v2']);
    expect((await request('GET', `${at}/${made.json.id}`)).json).toEqual(made.json);
    expect((await request('DELETE', `${at}/${made.json.id}`)).status).toBe(204);
    expect(await list('')).toEqual(['v2']);
  });

  it('are refused as the contract says', async () => {
    const { request, anonymous, as, at, version, addVersion } = await start();
    const { id } = (await request('POST', at, { json: { product_version_id: version.id } })).json;
    const shut = await addVersion('shut', { applicationRegistrationEnabled: false });
    const post = async (json: object) => (await request('POST', at, { json })).status;
    expect(await post({ product_version_id: version.id })).toBe(409);
    expect(await post({ product_version_id: shut.id })).toBe(400);
    expect(await post({ product_version_id: version.id, scopes: ['read'] })).toBe(400);
    expect(await post({ product_version_id: randomUUID() })).toBe(404);
    expect((await request('POST', at, { body: '{}', headers: { 'content-type': 'text/plain' } })).status).toBe(415);
    expect((await request('GET', `${at}?filter[id]=x`)).status).toBe(400);
    const bo = await as('bo@example.com');
    for (const ask of [anonymous, bo]) {
      const expected = ask === bo ? 404 : 401;
      expect((await ask('GET', at)).status).toBe(expected);
      expect((await ask('POST', at, { json: { product_version_id: version.id } })).status).toBe(expected);
      expect((await ask('GET', `${at}/${id}`)).status).toBe(expected);
      expect((await ask('DELETE', `${at}/${id}`)).status).toBe(expected);
    }
    expect((await request('GET', `${at}/nothing`)).status).toBe(404);
    await decideRegistration(app.ctx, { registrationId: id as RegistrationId }, { status: 'rejected', reason: 'Not you.' });
    expect((await request('DELETE', `${at}/${id}`)).status).toBe(403);
  });

  it('say beside the contract why they were refused, and whether they still fit', async () => {
    const { request, at, version } = await start();
    const { id } = (await request('POST', at, { json: { product_version_id: version.id } })).json;
    await decideRegistration(app.ctx, { registrationId: id as RegistrationId }, { status: 'rejected', reason: 'Not you.' });
    const own = at.replace('/api/v2', '/api/portico/v1');
    const answer = await request('GET', own);
    expect(description.violations('get /applications/{applicationId}/registrations', answer)).toEqual([]);
    expect(answer.json.data).toMatchObject([{ id, status: 'rejected', reason: 'Not you.', fits: true, deprecated: false }]);
    const refused = await request('GET', `${own}?sort=x`);
    expect(description.violations('get /applications/{applicationId}/registrations', refused)).toEqual([]);
    const yaml = await request('GET', '/api/portico/v1/openapi.yaml');
    expect([yaml.status, yaml.text.includes('Portico portal API')]).toEqual([200, true]);
  });
});
