import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import type { TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';
import { readDescription } from '../../support/openapi.ts';
import { startDeveloper } from './developer-fixture.ts';

const description = readDescription('src/faces/portal-api/openapi.yaml');
const LIST = 'get /applications/{applicationId}/credentials';
const ROTATE = 'post /applications/{applicationId}/credentials/{credentialId}/rotate';

onEachDatabase('credentials over HTTP', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  const start = async () => {
    const scene = await startDeveloper(await open());
    app = scene.app;
    const { id } = (await scene.request('POST', '/api/v2/applications', { json: { name: 'Shop' } })).json;
    const at = `/api/v2/applications/${id}/credentials`;
    return { ...scene, at, own: at.replace('/api/v2', '/api/portico/v1') };
  };

  it('are made, listed, renamed and deleted; the key is shown once', async () => {
    const { request, at } = await start();
    const made = await request('POST', at, { json: { display_name: 'Server' } });
    expect([made.status, made.headers['cache-control'], made.json]).toEqual([
      201,
      'no-store',
      { id: expect.any(String), display_name: 'Server', credential: expect.stringMatching(/^portico_\w{38}$/) },
    ]);
    expect((await request('POST', at)).json.display_name).toBe('Key 2');
    const listed = await request('GET', at);
    expect(listed.json.data[0]).toEqual({ id: made.json.id, display_name: 'Server' });
    expect(listed.text).not.toContain(made.json.credential);
    expect((await request('GET', `${at}?page[size]=1&page[number]=2`)).json).toMatchObject({
      meta: { page: { number: 2, size: 1, total: 2 } },
      data: [{ display_name: 'Key 2' }],
    });
    const renamed = await request('PUT', `${at}/${made.json.id}`, { json: { display_name: 'Worker' } });
    expect([renamed.status, renamed.text]).toEqual([200, '']);
    expect((await request('DELETE', `${at}/${made.json.id}`)).status).toBe(204);
    expect((await request('GET', at)).json.data.map((item: Record<string, string>) => item['display_name'])).toEqual(['Key 2']);
  });

  it('are refused as the contract says', async () => {
    const { request, anonymous, as, at } = await start();
    const { id } = (await request('POST', at)).json;
    expect((await request('POST', at, { json: { display_name: 'x'.repeat(256) } })).status).toBe(400);
    expect((await request('PUT', `${at}/${id}`, { json: {} })).status).toBe(400);
    expect((await request('GET', `${at}?page[size]=x`)).status).toBe(400);
    expect((await request('DELETE', `${at}/${id}?page[size]=1`)).status).toBe(400);
    for (const [method, path] of [
      ['POST', at],
      ['PUT', `${at}/${id}`],
    ] as const)
      expect((await request(method, path, { body: 'x', headers: { 'content-type': 'text/plain' } })).status).toBe(415);
    const bo = await as('bo@example.com');
    for (const ask of [anonymous, bo]) {
      const expected = ask === bo ? 404 : 401;
      expect((await ask('GET', at)).status).toBe(expected);
      expect((await ask('POST', at)).status).toBe(expected);
      expect((await ask('PUT', `${at}/${id}`, { json: { display_name: 'x' } })).status).toBe(expected);
      expect((await ask('DELETE', `${at}/${id}`)).status).toBe(expected);
    }
    for (const method of ['PUT', 'DELETE'])
      expect(
        (await request(method, `${at}/${randomUUID()}`, method === 'PUT' ? { json: { display_name: 'x' } } : {})).status,
      ).toBe(404);
    for (let count = 1; count < 20; count++) await request('POST', at);
    expect((await request('POST', at)).status).toBe(403);
  });

  it('are rotated, with expiry and last use, beside the contract', async () => {
    const { request, anonymous, at, own } = await start();
    const old = (await request('POST', at, { json: { display_name: 'Server' } })).json;
    const rotate = async (id: string, hours: number, ask = request) => {
      const answer = await ask('POST', `${own}/${id}/rotate`, { json: { overlap_hours: hours } });
      expect(description.violations(ROTATE, answer)).toEqual([]);
      return answer;
    };
    const fresh = await rotate(old.id, 24);
    expect([fresh.status, fresh.headers['cache-control']]).toEqual([201, 'no-store']);
    expect(fresh.json).toMatchObject({ display_name: 'Server', replaces_id: old.id, expires_at: null });
    expect(fresh.json.credential).not.toBe(old.credential);
    const listed = await request('GET', own);
    expect(description.violations(LIST, listed)).toEqual([]);
    expect(listed.json.data).toMatchObject([
      { id: fresh.json.id, expired: false, last_used_at: null, prefix: fresh.json.credential.slice(0, 12) },
      { id: old.id, expires_at: expect.any(String) },
    ]);
    expect((await rotate(old.id, 1)).status).toBe(409);
    expect((await rotate(fresh.json.id, 1000)).status).toBe(400);
    expect((await rotate(randomUUID(), 0)).status).toBe(404);
    expect((await rotate(fresh.json.id, 0, anonymous)).status).toBe(401);
    const policy = await request('GET', '/api/portico/v1/key-policy');
    expect(description.violations('get /key-policy', policy)).toEqual([]);
    expect(policy.json).toEqual({ max_age_days: null, max_overlap_hours: 168 });
  });
});
