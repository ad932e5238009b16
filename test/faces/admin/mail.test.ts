import { afterEach, expect, it } from 'vitest';
import { forgetPassword, inviteAdministrator } from '../../../src/domain/administrators/index.ts';
import { requestPasswordReset, signUp } from '../../../src/domain/developers/index.ts';
import { newId } from '../../../src/domain/ids.ts';
import { enqueue } from '../../../src/domain/outbox/index.ts';
import { createPortal } from '../../../src/domain/portals/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { givenDeveloper } from '../../support/developers.ts';
import { type MailServer, startMailServer } from '../../support/smtp.ts';
import { addAdministrator, arriveWith, logIn, type PageAnswer, startAdministration, type TestAdministration } from './admin.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };

onEachDatabase('the log of mails', (open) => {
  let administration: TestAdministration;
  let server: MailServer | undefined;
  afterEach(async () => {
    await administration.app.close();
    await server?.close();
    server = undefined;
  });

  const start = async (env: Record<string, string> = {}) => {
    administration = await startAdministration(await open(), { env });
    const { app, browser } = administration;
    const portal = await createPortal(app.ctx, { name: 'Partners', isPublic: false }, HOSTS);
    const other = await createPortal(app.ctx, { name: 'Others', isPublic: false }, HOSTS);
    return { app, browser, portal, other, work: () => app.installation.worker.runDue() };
  };

  const subjects = ({ $ }: PageAnswer): string[] =>
    $('tbody th')
      .get()
      .map((cell) => $(cell).find('a').text());

  it('says that there is nothing yet', async () => {
    const { browser } = await start();
    const page = await browser.get('/admin/us/mail');
    expect(page.$('h1').text()).toBe('Mail');
    expect(page.$('.empty-state').text()).toContain('No mails yet');
    expect(page.$('nav[aria-label="Administration"] a[aria-current="page"]').text()).toContain('Mail');
  });

  it('lists what was written, and shows what is kept without a server', async () => {
    const { app, browser, portal, work } = await start();
    await signUp(app.ctx, portal, { email: 'ada@example.com', fullName: 'Ada' });
    await requestPasswordReset(app.ctx, portal, 'ada@example.com');
    await work();
    const list = await browser.get('/admin/us/mail');
    expect(subjects(list)).toEqual(Array(2).fill('Confirm your e-mail address for Partners'));
    expect(list.$('tbody .badge').first().text()).toBe('Kept');
    const mail = await browser.get(list.$('tbody th a').attr('href') ?? '');
    const link = /http:\/\/\S+\/login\?token=[\w-]+/.exec(mail.$('.mail-text').text());
    expect(mail.$('.mail-text a').first().attr('href')).toBe(link?.[0]);
    const html = await browser.get(mail.$('a:contains("HTML")').attr('href') ?? '');
    expect(html.headers['content-security-policy']).toContain('sandbox;');
    expect(html.headers['content-security-policy']).toContain("default-src 'none'");
    expect(html.$('a[href*="token="]').length).toBeGreaterThan(0);
    expect(subjects(await browser.get('/admin/us/mail?status=failed'))).toEqual([]);
    expect(subjects(await browser.get('/admin/us/mail?q=ADA%40example'))).toHaveLength(2);
    const narrowed = await browser.get('/admin/us/mail?q=bert&status=sent');
    expect(subjects(narrowed)).toEqual([]);
    expect(narrowed.$('.filter-fold summary').text()).toBe('Filters (2)');
  });

  it('drops what was said when it is sent, says why something failed, and tries it again', async () => {
    let refusing = true;
    server = await startMailServer({
      refuse: () => (refusing ? Object.assign(new Error('mailbox unavailable'), { responseCode: 550 }) : undefined),
    });
    const { app, browser, portal, work } = await start({ SMTP_URL: server.url });
    await signUp(app.ctx, portal, { email: 'ada@example.com', fullName: 'Ada' });
    await work();
    const list = await browser.get('/admin/us/mail');
    expect(list.$('tbody .badge').text()).toBe('Failed');
    expect(list.$('tbody th').text()).toContain('550 mailbox unavailable');
    const mail = await browser.get(list.$('tbody th a').attr('href') ?? '');
    expect(mail.$('main').text()).toContain('mailbox unavailable');
    refusing = false;
    const retried = await browser.submit(mail, {}, `${mail.path.replace(/\?.*/, '')}/retry`);
    expect(retried.status).toBe(303);
    await work();
    expect(server.received).toHaveLength(1);
    const sent = await browser.get(retried.location ?? '');
    expect(sent.$('main').text()).toContain('not kept');
    expect(sent.$('.mail-text')).toHaveLength(0);
    expect((await browser.get(`${mail.path}/html`)).status).toBe(404);
    expect((await browser.submit(mail, {}, `${mail.path}/retry`)).status).toBe(409);
  });

  it('says what could not be written about yet', async () => {
    const { app, browser, work } = await start();
    await enqueue(app.ctx, { kind: 'strange', subjectId: newId(new Date()), payload: {} });
    await work();
    const list = await browser.get('/admin/us/mail');
    expect(list.$('main').text()).toContain('could not be written about yet');
    expect(list.$('main').text()).toContain('tried 1 time');
  });

  it('shows administrators of a portal its own mails only', async () => {
    const { app, portal, other, work } = await start();
    await givenDeveloper(app.ctx, portal.id, { email: '0@example.com' });
    await givenDeveloper(app.ctx, other.id, { email: '1@example.com' });
    await requestPasswordReset(app.ctx, portal, '0@example.com');
    await requestPasswordReset(app.ctx, other, '1@example.com');
    await work();
    const browser = await arriveWith(app, 'pam@example.com', { entityType: 'portal', role: 'Admin', entityId: portal.id });
    const list = await browser.get('/admin/us/mail');
    expect(subjects(list)).toEqual(['Choose a new password for Partners']);
    const [foreign] = await app.ctx.db.selectFrom('mails').select('id').where('portal_id', '=', other.id).execute();
    expect((await browser.get(`/admin/us/mail/portals/${foreign?.id}`)).status).toBe(404);
    expect((await browser.get('/admin/us/mail/administration')).status).toBe(403);
    const viewer = await arriveWith(app, 'vic@example.com', { entityType: 'portal', role: 'Viewer', entityId: portal.id });
    expect((await viewer.get('/admin/us/mail')).status).toBe(403);
    expect((await viewer.get('/admin/us')).$('nav[aria-label="Administration"]').text()).not.toContain('Mail');
  });

  it('shows links that let an administrator in only to whoever may do everything', async () => {
    const { app, browser, work } = await start();
    await inviteAdministrator(app.installation.organisation, { email: 'new@example.com', name: 'New' });
    await addAdministrator(app, 'identity@example.com', 'Ida', [{ entityType: 'organisation', role: 'Identity Admin' }]);
    await forgetPassword(app.installation.organisation, 'identity@example.com');
    await work();
    const list = await browser.get('/admin/us/mail/administration');
    expect(subjects(list)).toHaveLength(2);
    const invitation = list.$('tbody th a').last().attr('href') ?? '';
    expect((await browser.get(invitation)).$('.mail-text').text()).toContain('/admin/password?token=');
    const ida = await logIn(app, 'identity@example.com');
    expect(subjects(await ida.get('/admin/us/mail/administration'))).toHaveLength(2);
    const shown = await ida.get(invitation);
    expect(shown.status).toBe(200);
    expect(shown.text).not.toContain('token=');
    expect((await ida.get(`${invitation}/html`)).status).toBe(404);
  });
});
