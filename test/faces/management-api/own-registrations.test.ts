import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { type Answer, type RequestOptions, startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';
import { readDescription } from '../../support/openapi.ts';
import { registrationScene } from '../../support/registrations.ts';

const description = readDescription('src/faces/management-api/openapi.yaml');

onEachDatabase('what administrators can do beside the contract', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  const start = async () => {
    app = await startApp(await open());
    const scene = await registrationScene(app.ctx);
    /** Asks, and holds the answer against the description. */
    const ask = async (
      operation: string,
      ids: Record<string, string> = {},
      options: RequestOptions & { query?: string } = {},
    ) => {
      const [method = '', template = ''] = operation.split(' ');
      const path = template.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? '');
      const answer: Answer = await app.request(method.toUpperCase(), `/portico/v1${path}${options.query ?? ''}`, options);
      expect(description.violations(operation, answer)).toEqual([]);
      return answer;
    };
    return { ...scene, ask };
  };

  it('is described', async () => {
    await start();
    const { status, headers, text } = await app.request('GET', '/portico/v1/openapi.yaml', { token: null });
    expect([status, headers['content-type']]).toEqual([200, 'application/yaml; charset=utf-8']);
    expect(text).toContain('Portico management API');
    expect((await app.request('GET', '/portico/v1/nothing')).status).toBe(404);
    expect((await app.request('GET', '/portico/v1/nothing', { token: null })).status).toBe(401);
  });

  it('is to decide with a reason, unless another has decided, and to take that back', async () => {
    const { ask, addRegistration } = await start();
    const ids = { registrationId: await addRegistration() };
    const decision = '/registrations/{registrationId}/decision';
    const rejected = await ask(`put ${decision}`, ids, {
      json: { status: 'rejected', reason: 'Who are you?', expected: 'pending' },
    });
    expect(rejected.json).toMatchObject({ status: 'rejected', reason: 'Who are you?', decided_by: expect.any(String) });
    expect((await ask(`put ${decision}`, ids, { json: { status: 'approved', expected: 'pending' } })).status).toBe(409);
    expect((await ask(`put ${decision}`, ids, { json: { status: 'approved', reason: 'x'.repeat(1001) } })).status).toBe(400);
    expect((await ask(`delete ${decision}`, ids)).json).toMatchObject({ status: 'pending', reason: null, decided_by: null });
    expect((await ask(`delete ${decision}`, ids)).status).toBe(409);
    expect((await ask(`put ${decision}`, { registrationId: randomUUID() }, { json: { status: 'approved' } })).status).toBe(404);
    const one = 'get /registrations/{registrationId}';
    expect((await ask(one, ids)).json).toMatchObject({ id: ids.registrationId, portal: { name: 'Partners' } });
    expect((await ask(one, ids, { token: null })).status).toBe(401);
    const remove = 'delete /registrations/{registrationId}';
    expect((await ask(remove, ids, { query: `?reason=${'x'.repeat(1001)}` })).status).toBe(400);
    expect((await ask(remove, ids, { query: '?reason=Twice' })).status).toBe(204);
    expect((await ask(remove, ids)).status).toBe(404);
  });

  it('is to look through all requests, and to decide many at once', async () => {
    const { ask, addRegistration, product, portal } = await start();
    const [one, two] = [await addRegistration('One'), await addRegistration('Two')];
    const query = `?filter[product_id]=${product.id}&filter[portal_id]=${portal.id}&filter[status]=pending&sort=created_at`;
    const waiting = await ask('get /registrations', {}, { query });
    expect(waiting.json.data.map(({ id }: { id: string }) => id)).toEqual([one, two]);
    expect((await ask('get /registrations', {}, { query: '?sort=name' })).status).toBe(400);
    const gone = randomUUID();
    const many = await ask('post /registrations/decisions', {}, { json: { ids: [one, gone, two], status: 'approved' } });
    expect(many.json.data).toMatchObject([
      { id: one, decided: true, registration: { status: 'approved' }, refusal: null },
      { id: gone, decided: false, registration: null, refusal: expect.stringContaining('not found') },
      { id: two, decided: true },
    ]);
    expect((await ask('post /registrations/decisions', {}, { json: { ids: [], status: 'approved' } })).status).toBe(400);
  });

  it('is to edit applications, and to say how long keys live', async () => {
    const { ask, addApplication, portal } = await start();
    const { applicationId } = await addApplication();
    await addApplication('Till');
    const ids = { portalId: portal.id, applicationId };
    const patch = 'patch /portals/{portalId}/applications/{applicationId}';
    expect((await ask(patch, ids, { json: { name: 'Store', description: null } })).json).toMatchObject({ name: 'Store' });
    expect((await ask(patch, ids, { json: { name: 'till' } })).status).toBe(409);
    expect((await ask(patch, ids, { json: { redirect_uri: 'nowhere' } })).status).toBe(400);
    expect((await ask(patch, { ...ids, portalId: randomUUID() }, { json: {} })).status).toBe(404);

    const policy = '/portals/{portalId}/key-policy';
    expect((await ask(`get ${policy}`, ids)).json).toEqual({ max_age_days: null, max_overlap_hours: 168 });
    expect((await ask(`patch ${policy}`, ids, { json: { max_age_days: 90 } })).json).toEqual({
      max_age_days: 90,
      max_overlap_hours: 168,
    });
    expect((await ask(`patch ${policy}`, ids, { json: { max_age_days: 0 } })).status).toBe(400);
    expect((await ask(`get ${policy}`, { portalId: randomUUID() })).status).toBe(404);
  });
});
