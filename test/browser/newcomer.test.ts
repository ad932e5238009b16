import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/database/connect.ts';
import { createOrganisationAdmin } from '../../src/domain/administrators/index.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { CHROMIUM, sharedChromium } from '../support/chromium.ts';
import { freshDatabase } from '../support/database.ts';
import { PASSWORD } from '../support/developers.ts';
import { registrationScene } from '../support/registrations.ts';
import { linksOf, type MailServer, startMailServer } from '../support/smtp.ts';
import { entrancePages } from './account-pages.ts';
import { PASSWORD as ADMIN_PASSWORD, administratorAt } from './administrator.ts';
import { applicationPages } from './application-pages.ts';
import { type Habits, type Visitor, welcome } from './visitor.ts';

const APPROVER = 'approver@example.org';

describe.skipIf(CHROMIUM === undefined)('a newcomer in a browser', () => {
  let browser: Browser;
  let mails: MailServer;
  let connection: Connection;
  let app: TestApp;
  let scene: Awaited<ReturnType<typeof registrationScene>>;
  const visitors: Visitor[] = [];

  beforeAll(async () => {
    browser = await sharedChromium();
    mails = await startMailServer();
    connection = await freshDatabase('sqlite');
    app = await startApp(connection, { env: { SMTP_URL: mails.url } });
    scene = await registrationScene(app.ctx);
    await createOrganisationAdmin(app.installation.organisation, { email: APPROVER, name: 'Ute', password: ADMIN_PASSWORD });
  });
  afterEach(async () => {
    await Promise.all(visitors.splice(0).map((visitor) => visitor.leave()));
  });
  afterAll(async () => {
    await app.close();
    await connection.close();
    await mails.close();
  });

  const arrive = async (habits: Habits) => {
    const visitor = await welcome(browser, app.url, habits);
    visitors.push(visitor);
    return visitor;
  };

  /** The mail that arrived for somebody, once what is due is done and the ten seconds of every decision are over. */
  const arrival = async (to: string, subject: RegExp) => {
    await connection.db
      .updateTable('outbox')
      .set({ not_before: new Date(0).toISOString() })
      .execute();
    await app.installation.worker.runDue();
    const theirs = mails.received.filter((received) => received.to.includes(to));
    const wanted = theirs.find(({ mail }) => subject.test(mail.subject ?? ''));
    if (!wanted) throw new Error(`no ${subject} among ${theirs.map(({ mail }) => mail.subject).join(', ')}`);
    return wanted;
  };

  it.each([
    { scripts: true, width: 1280, scheme: 'light' },
    { scripts: true, width: 360, scheme: 'dark' },
    { scripts: false, width: 768, scheme: 'light' },
  ] as const)('signs up, is approved, registers an application, and gets a key that is shown once (%o)', async (habits) => {
    const { product, portal } = scene;
    const email = `newcomer-${habits.width}@example.com`;
    const [{ page, inspect }, office] = [await arrive(habits), await arrive(habits)];
    const [developer, applications, approver] = [entrancePages(page), applicationPages(page), administratorAt(office.page)];
    /** What is wrong with a page is looked for by scripts. */
    const check = async (look: Visitor['inspect']): Promise<void> => {
      if (habits.scripts) expect(await look()).toEqual([]);
    };
    const approve = async (request: string): Promise<void> => {
      await office.page.goto('/admin/us/requests');
      await office.page.getByRole('link', { name: request }).first().click(); // of the list, before what it leads to
      await check(office.inspect);
      await approver.press('Approve');
      expect(await office.page.getByText('Approved 1 request').isVisible()).toBe(true);
    };
    const comeIn = (link: string): string => link.replace(/^https?:\/\/[^/]+/, '');

    await page.goto(`/docs/${product.slug}`);
    await check(inspect);
    await developer.signUp('New Comer', email);
    const confirmation = await arrival(email, /^Confirm your e-mail address/);
    await developer.confirm(comeIn(linksOf(confirmation)[0] ?? ''));
    await developer.choosePassword(PASSWORD);
    expect(await page.getByText('An administrator has to approve your account').isVisible()).toBe(true);
    await check(inspect);

    await approver.logIn(APPROVER);
    await approve(`New Comer`);
    const welcomed = await arrival(email, /^Welcome to /);
    expect(linksOf(welcomed)).toContain(`http://${portal.defaultDomain}/login`);
    await page.goto('/login');
    await developer.logIn(email, PASSWORD);

    await applications.register(`/spec/${product.slug}/v1`);
    await applications.registerNew('Departure board');
    expect(await applications.registrations()).toEqual([expect.stringMatching(/Orders v1[\s\S]*Waiting/)]);
    await approve('Orders v1');
    await arrival(email, /^Departure board may use Orders v1$/);
    await page.reload();
    expect(await applications.registrations()).toEqual([expect.stringMatching(/Approved/)]);
    await check(inspect);
    const key = await applications.generateKey('Server');
    expect(key).toMatch(/^portico_\w{38}$/);
    await check(inspect);
    await page.getByRole('link', { name: 'I have copied it' }).click();
    expect(await page.content()).not.toContain(key);
    await expect(page.goBack()).rejects.toThrow('ERR_CACHE_MISS'); // the page that showed it is kept nowhere
    const about = mails.received.filter(({ to }) => to.includes(email));
    expect(about.some(({ raw }) => raw.includes(key))).toBe(false);
  });
});
