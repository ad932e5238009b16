import { afterEach, expect, it } from 'vitest';
import { logInsOf } from '../../src/cli/addresses.ts';
import { seedDemo } from '../../src/cli/seed-demo.ts';
import { listDevelopers } from '../../src/domain/developers/index.ts';
import { listRegistrations } from '../../src/domain/registrations/index.ts';
import { listRequests } from '../../src/domain/requests/index.ts';
import { logIn } from '../faces/admin/admin.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';

let app: TestApp;
afterEach(() => app.close());

const ALL = { filters: [], sort: [], page: { number: 1, size: 100 } } as const;

it('the demo content holds people who have registered applications, requests that wait, and a way in for whoever looks around', async () => {
  app = await startApp(await freshDatabase('sqlite'));
  await app.installation.prepare();
  const logIns = await seedDemo(app.installation);
  if (!logIns) throw new Error('nothing was filled');
  const { administrator, developer } = logIns;
  expect((await listDevelopers(app.ctx, developer.portal.id, ALL)).items.map(({ status }) => status).sort()).toEqual([
    ...['approved', 'approved', 'approved', 'pending', 'pending'],
  ]);
  const registrations = await listRegistrations(app.ctx, {}, ALL);
  expect(new Set(registrations.items.map(({ status }) => status))).toEqual(new Set(['approved', 'pending', 'rejected']));
  expect((await listRequests(app.ctx, {}, { number: 1, size: 100 })).total).toBeGreaterThanOrEqual(5);

  const page = await (await logIn(app, administrator.email, administrator.password)).get('/admin/us/requests');
  expect(page.$('.queue-item').length).toBeGreaterThanOrEqual(5);
  const host = developer.portal.defaultDomain;
  const answer = await app.request('POST', '/api/v2/developer/authenticate', {
    host,
    json: { username: developer.email, password: developer.password },
  });
  expect(answer.status).toBe(204);
  expect(logInsOf(new URL('http://localhost:3000'), logIns)).toContain(`http://eiderway-partners.localhost:3000/login`);
  expect(await seedDemo(app.installation)).toBeUndefined();
});
