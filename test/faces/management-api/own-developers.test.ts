import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { createPortal } from '../../../src/domain/portals/index.ts';
import { type RequestOptions, startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';
import { addDeveloper } from '../../support/developers.ts';
import { readDescription } from '../../support/openapi.ts';

const description = readDescription('src/faces/management-api/openapi.yaml');
const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };

onEachDatabase('what administrators can do with developers beside the contract', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  it('is to decide with a reason, unless another has decided, and to take that back', async () => {
    app = await startApp(await open());
    const portal = await createPortal(app.ctx, { name: 'Private' }, HOSTS);
    const ada = await addDeveloper(app.ctx, portal, { status: 'pending' });
    const bo = await addDeveloper(app.ctx, portal, { email: 'bo@example.com', status: 'pending' });
    /** Asks, and holds the answer against the description. */
    const ask = async (operation: string, developerId: string, options: RequestOptions = {}) => {
      const [method = '', template = ''] = operation.split(' ');
      const path = template.replace('{portalId}', portal.id).replace('{developerId}', developerId);
      const answer = await app.request(method.toUpperCase(), `/portico/v1${path}`, options);
      expect(description.violations(operation, answer)).toEqual([]);
      return answer;
    };
    const one = '/portals/{portalId}/developers/{developerId}';
    const decide = (id: string, json: unknown) => ask(`put ${one}/decision`, id, { json });
    const rejected = await decide(ada.id, { status: 'rejected', reason: 'Who are you?', expected: 'pending' });
    expect(rejected.json).toMatchObject({ status: 'rejected', reason: 'Who are you?', email_verified_at: expect.any(String) });
    expect((await decide(ada.id, { status: 'approved', expected: 'pending' })).status).toBe(409);
    expect((await decide(ada.id, { status: 'approved', reason: 'x'.repeat(1001) })).status).toBe(400);
    expect((await decide(randomUUID(), { status: 'approved' })).status).toBe(404);
    expect((await ask(`delete ${one}/decision`, ada.id)).json).toMatchObject({ status: 'pending', reason: null });
    expect((await ask(`get ${one}`, ada.id, { token: null })).status).toBe(401);

    const many = 'post /portals/{portalId}/developers/decisions';
    const approved = await ask(many, '', { json: { ids: [bo.id, ada.id], status: 'approved' } });
    expect(approved.json.data.map((developer: { status: string }) => developer.status)).toEqual(['approved', 'approved']);
    expect((await ask(many, '', { json: { ids: [bo.id, randomUUID()], status: 'revoked' } })).status).toBe(404);
    expect((await ask(`get ${one}`, bo.id)).json.status).toBe('approved');
    expect((await ask(many, '', { json: { ids: [], status: 'revoked' } })).status).toBe(400);
  });
});
