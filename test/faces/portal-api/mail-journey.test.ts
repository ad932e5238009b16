import { afterEach, expect, it } from 'vitest';
import type { DeveloperId } from '../../../src/domain/ids.ts';
import { createPortal } from '../../../src/domain/portals/index.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';
import { linksOf, type MailServer, startMailServer } from '../../support/smtp.ts';

const EMAIL = 'newcomer@example.com';
const PASSWORD = 'four harbours in the fog';
const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };

onEachDatabase('a newcomer', (open) => {
  let app: TestApp;
  let mails: MailServer;
  afterEach(async () => {
    await app.close();
    await mails.close();
  });

  it('confirms through the mail that arrived, is approved, and logs in', async () => {
    mails = await startMailServer();
    app = await startApp(await open(), { env: { SMTP_URL: mails.url, BASE_URL: 'http://localhost' } });
    const portal = await createPortal(app.ctx, { name: 'Partners', displayName: 'Partner APIs', isPublic: false }, HOSTS);
    const post = (path: string, json: object) =>
      app.request('POST', `/api/v2/developer${path}`, { host: portal.defaultDomain, json });
    const arrival = async (subject: RegExp) => {
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

    const { id } = await app.ctx.db.selectFrom('developers').select('id').executeTakeFirstOrThrow();
    const decided = await app.request('PATCH', `/v2/portals/${portal.id}/developers/${id as DeveloperId}`, {
      json: { status: 'approved' },
    });
    expect(decided.status).toBe(200);
    expect((await post('/authenticate', { username: EMAIL, password: PASSWORD })).status).toBe(204);
    await app.ctx.db
      .updateTable('outbox')
      .set({ not_before: new Date(0).toISOString() })
      .execute(); // the ten seconds are over
    const welcome = await arrival(/^Welcome to Partner APIs$/);
    expect(linksOf(welcome)).toContain(`http://${portal.defaultDomain}/login`);
    expect(new Set(mails.received.map(({ mail }) => mail.messageId)).size).toBe(3);
    expect(await app.ctx.db.selectFrom('mails').select('status').where('text', 'is not', null).execute()).toEqual([]);
  });
});
