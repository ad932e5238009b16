import { afterEach, expect, it } from 'vitest';
import { createAdministratorLink, inviteAdministrator, offerSetUp } from '../../../src/domain/administrators/index.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';
import { addAdministrator, logIn, openBrowser, PASSWORD } from './admin.ts';

onEachDatabase('one-time links of the administration', (open) => {
  let app: TestApp;
  const start = async (): Promise<TestApp> => {
    app = await startApp(await open());
    await app.installation.prepare();
    return app;
  };
  afterEach(() => app.close());

  it('make the first administrator, once', async () => {
    const { installation } = await start();
    const token = await offerSetUp(installation.organisation);
    const browser = openBrowser(app);
    await browser.get(`/admin/set-up?token=${token}`);
    const page = await browser.get(`/admin/set-up?token=${token}`);
    expect(page.$('h1').text()).toBe('Create the first administrator');
    const fields = { name: 'Ada', email: 'ada@example.org' };
    const weak = await browser.submit(page, { ...fields, password: 'ada@example.org' });
    expect(weak.status).toBe(422);
    expect(weak.$('#field-password-error').text()).toContain('easy to guess');
    expect(weak.$('input[name="name"]').attr('value')).toBe('Ada');
    const made = await browser.submit(weak, { ...fields, password: PASSWORD });
    expect(made).toMatchObject({ status: 303, location: '/admin/log-in' });
    expect((await browser.get('/admin/log-in')).$('[role="status"]').text()).toContain('You can log in now');
    expect((await browser.get('/admin/log-in')).$('[role="status"]')).toHaveLength(0);
    await logIn(app, 'ada@example.org');
    expect((await browser.get(`/admin/set-up?token=${token}`)).status).toBe(410);
    expect((await browser.submit(weak, { ...fields, password: PASSWORD })).status).toBe(410);
  });

  it('let in who was invited, and set a new password', async () => {
    const { installation } = await start();
    const { id: administratorId } = await inviteAdministrator(installation.organisation, {
      email: 'bob@example.org',
      name: 'Bob',
    });
    for (const [purpose, title] of [
      ['invitation', 'Welcome, Bob'],
      ['password', 'Choose a new password'],
    ] as const) {
      const token = await createAdministratorLink(installation.organisation, { purpose, administratorId });
      const browser = openBrowser(app);
      const page = await browser.get(`/admin/password?token=${token}`);
      expect(page.$('h1').text()).toBe(title);
      expect((await browser.submit(page, { password: 'short' })).status).toBe(422);
      expect((await browser.submit(page, { password: `${PASSWORD} ${purpose}` })).status).toBe(303);
      await logIn(app, 'bob@example.org', `${PASSWORD} ${purpose}`);
      expect((await browser.submit(page, { password: PASSWORD })).status).toBe(410);
    }
  });

  it('are of one purpose only', async () => {
    const { installation } = await start();
    const setUp = await offerSetUp(installation.organisation);
    const browser = openBrowser(app);
    expect((await browser.get(`/admin/password?token=${setUp}`)).status).toBe(410);
    const { id: administratorId } = await addAdministrator(app, 'ada@example.org', 'Ada');
    const reset = await createAdministratorLink(installation.organisation, { purpose: 'password', administratorId });
    expect((await browser.get(`/admin/set-up?token=${reset}`)).status).toBe(410);
    for (const token of ['', '?token=', '?token=x'])
      expect((await browser.get(`/admin/password${token}`)).status, token).toBe(410);
  });

  it('are asked for by who forgot the password, without telling whether the address is known', async () => {
    await start();
    await addAdministrator(app, 'ada@example.org', 'Ada');
    const texts = [];
    for (const email of ['ada@example.org', 'nobody@example.org']) {
      const browser = openBrowser(app);
      const answer = await browser.submit(await browser.get('/admin/forgotten-password'), { email });
      expect(answer.status).toBe(200);
      texts.push(answer.$('main').text().replace(email, ''));
    }
    expect(texts[0]).toBe(texts[1]);
  });
});
