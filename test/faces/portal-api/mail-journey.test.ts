import { afterEach, expect, it } from 'vitest';
import type { DeveloperId } from '../../../src/domain/ids.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';
import { registrationScene } from '../../support/registrations.ts';
import { linksOf, type MailServer, startMailServer } from '../../support/smtp.ts';

const EMAIL = 'newcomer@example.com';
const PASSWORD = 'four harbours in the fog';

onEachDatabase('a newcomer', (open) => {
  let app: TestApp;
  let mails: MailServer;
  afterEach(async () => {
    await app.close();
    await mails.close();
  });

  it('confirms through the mail that arrived, is approved, logs in, registers an application, and gets a key', async () => {
    mails = await startMailServer();
    app = await startApp(await open(), { env: { SMTP_URL: mails.url, BASE_URL: 'http://localhost' } });
    const { portal, version } = await registrationScene(app.ctx, { displayName: 'Partner APIs' });
    const post = (path: string, json: object) =>
      app.request('POST', `/api/v2/developer${path}`, { host: portal.defaultDomain, json });
    const arrival = async (subject: RegExp) => {
      await app.ctx.db
        .updateTable('outbox')
        .set({ not_before: new Date(0).toISOString() })
        .execute(); // the ten seconds of every decision are over
      await app.installation.worker.runDue();
      return mails.arrival(({ mail }) => subject.test(mail.subject ?? ''));
    };

    expect((await post('', { email: EMAIL, full_name: 'New Comer' })).status).toBe(201);
    const confirmation = await arrival(/^Confirm your e-mail address for Partner APIs$/);
    expect(confirmation).toMatchObject({ from: 'portico@localhost', to: [EMAIL] });
    expect(confirmation.mail.from?.value[0]?.name).toBe('Partner APIs');
    const link = new URL(linksOf(confirmation)[0] ?? '');
    expect(link.host + link.pathname).toBe(`${portal.defaultDomain}/login`);
    const confirmed = await post('/verify-email', { token: link.searchParams.get('token') });
    expect(confirmed.status).toBe(202);
    expect((await post('/reset-password', { token: confirmed.json.token, password: PASSWORD })).status).toBe(204);
    expect((await post('/authenticate', { username: EMAIL, password: PASSWORD })).status).toBe(401);
    await arrival(/^Your request for access to Partner APIs was received$/);

    const { id } = await app.ctx.db.selectFrom('developers').select('id').where('email', '=', EMAIL).executeTakeFirstOrThrow();
    const decided = await app.request('PATCH', `/v2/portals/${portal.id}/developers/${id as DeveloperId}`, {
      json: { status: 'approved' },
    });
    expect(decided.status).toBe(200);
    const loggedIn = await post('/authenticate', { username: EMAIL, password: PASSWORD });
    expect(loggedIn.status).toBe(204);
    const welcome = await arrival(/^Welcome to Partner APIs$/);
    expect(linksOf(welcome)).toContain(`http://${portal.defaultDomain}/login`);

    const cookie = loggedIn.headers['set-cookie']?.map((line) => line.split(';')[0]).join('; ') ?? '';
    const create = async (path: string, json: object) => {
      const answer = await app.request('POST', `/api/v2/applications${path}`, {
        host: portal.defaultDomain,
        headers: { cookie },
        json,
      });
      expect(answer.status).toBe(201);
      return answer;
    };
    const { json: board } = await create('', { name: 'Departure board' });
    const { json: registration } = await create(`/${board.id}/registrations`, { product_version_id: version.id });
    expect(registration.status).toBe('pending');
    const approved = await app.request(
      'PATCH',
      `/v2/portals/${portal.id}/applications/${board.id}/registrations/${registration.id}`,
      { json: { status: 'approved' } },
    );
    expect(approved.status).toBe(200);
    await arrival(/^Departure board may use Orders v1$/);
    const { json: key, headers } = await create(`/${board.id}/credentials`, { display_name: 'Server' });
    expect(headers['cache-control']).toBe('no-store');
    expect(key.credential).toMatch(/^portico_\w{38}$/);
    const listed = await app.request('GET', `/api/v2/applications/${board.id}/credentials`, {
      host: portal.defaultDomain,
      headers: { cookie },
    });
    expect(listed.json.data).toEqual([{ id: key.id, display_name: 'Server' }]);
    expect(new Set(mails.received.map(({ mail }) => mail.messageId)).size).toBe(4);
    expect(await app.ctx.db.selectFrom('mails').select('status').where('text', 'is not', null).execute()).toEqual([]);
  });
});
