import { afterEach, describe, expect, it } from 'vitest';
import { createToken } from '../../../src/domain/tokens/index.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { testClock } from '../../support/context.ts';
import { freshDatabase } from '../../support/database.ts';

describe('access to the management API', () => {
  const clock = testClock();
  let app: TestApp;
  const start = async () => {
    app = await startApp(await freshDatabase('sqlite'), { options: { now: clock.now } });
    return app;
  };
  afterEach(() => app.close());

  it('refuses a request without a token, and says in which scheme one is expected', async () => {
    const answer = await (await start()).request('GET', '/v2/api-products', { token: null });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json).toMatchObject({
      status: 401,
      title: 'Unauthorized',
      instance: expect.stringMatching(/^portico:trace:[0-9a-f]{16}$/),
    });
  });

  it('refuses a token that it did not make', async () => {
    const { request, token } = await start();
    expect((await request('GET', '/v2/api-products', { token: `${token.slice(0, -2)}xx` })).status).toBe(401);
    expect((await request('GET', '/v2/api-products', { token: 'kpat_' })).status).toBe(401);
  });

  it('refuses a token from the instant at which it expires', async () => {
    const { request, installation } = await start();
    const expiresAt = new Date(clock.now().getTime() + 1000);
    const { secret } = await createToken(installation.organisation, { name: 'brief', expiresAt });
    clock.advance(999);
    expect((await request('GET', '/v2/nowhere', { token: secret })).status).toBe(404);
    clock.advance(1);
    expect((await request('GET', '/v2/nowhere', { token: secret })).status).toBe(401);
  });

  it('keeps no token, only a keyed hash of it', async () => {
    const { installation, token } = await start();
    const rows = await installation.organisation.db.selectFrom('tokens').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(rows[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is not there on hosts that are not its own', async () => {
    const { request } = await start();
    expect((await request('GET', '/v2/nowhere')).headers['content-type']).toMatch(/problem\+json/);
    const elsewhere = await request('GET', '/v2/nowhere', { host: 'somewhere.example' });
    expect(elsewhere.status).toBe(404);
    expect(elsewhere.headers['content-type']).toMatch(/^text\/html/);
  });

  it('says that a region is not one, or not served', async () => {
    const { request } = await start();
    const unknown = await request('GET', '/v2/nowhere', { headers: { 'x-portico-region': 'mars' } });
    expect(unknown.json.invalid_parameters[0]).toMatchObject({ field: 'region', reason: 'mars is not a region' });
    const other = await request('GET', '/v2/nowhere', { host: 'eu.api.localhost' });
    expect(other.json.invalid_parameters[0]).toMatchObject({ field: 'region', reason: 'the region eu is not served here' });
  });
});
