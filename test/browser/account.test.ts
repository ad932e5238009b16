import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/database/connect.ts';
import { setDeveloperStatus } from '../../src/domain/developers/index.ts';
import type { DeveloperId } from '../../src/domain/ids.ts';
import { createPortal, type Portal } from '../../src/domain/portals/index.ts';
import { createProductInPortals } from '../../src/domain/publications/index.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { CHROMIUM, sharedChromium } from '../support/chromium.ts';
import { freshDatabase } from '../support/database.ts';
import { addDeveloper, PASSWORD } from '../support/developers.ts';
import { entrancePages } from './account-pages.ts';
import { atEachWidth } from './at-each-width.ts';
import { type Habits, openWindows, type Visitor, type Windows } from './visitor.ts';

describe.skipIf(CHROMIUM === undefined)('an account in a browser', () => {
  let browser: Browser;
  let connection: Connection;
  let app: TestApp;
  let portal: Portal;
  let visitor: Visitor;
  let windows: Windows;

  beforeAll(async () => {
    connection = await freshDatabase('sqlite');
    app = await startApp(connection);
    portal = await createPortal(app.ctx, { name: 'Harbour' }, { portalDomain: 'localhost', reservedHosts: ['localhost'] });
    await createProductInPortals(app.ctx, { name: 'Sailings', portalIds: [portal.id] });
    await addDeveloper(app.ctx, portal, { email: 'bo@example.com', fullName: 'Bo Berg' });
    browser = await sharedChromium();
    windows = openWindows(browser, app.url);
  });
  afterEach(() => windows.leave());
  afterAll(async () => {
    await windows.close();
    await app.close();
    await connection.close();
  });

  const arrive = async (habits?: Habits) => {
    visitor = await windows.arrive(habits);
    return visitor.page;
  };

  /** The path of the link in the last mail to somebody, once what is due is done. */
  const mailedLink = async (email: string): Promise<string> => {
    await app.installation.worker.runDue();
    const mail = await connection.db
      .selectFrom('mails')
      .select('text')
      .where('recipient', '=', email)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    const link = /https?:\/\/\S+token=[\da-f-]+/.exec(mail.text ?? '')?.[0] ?? '';
    return link.replace(/^https?:\/\/[^/]+/, '');
  };

  it.each([true, false])('begins with a mail and ends with a catalogue (scripts: %s)', async (scripts) => {
    const page = await arrive({ scripts });
    const email = `ada-${scripts}@example.com`;
    const at = entrancePages(page);
    await page.goto('/docs/sailings');
    expect(await at.heading()).toBe('Log in');
    await at.signUp('Ada Lund', email);
    expect(await at.heading()).toBe('Check your mail');
    await at.confirm(await mailedLink(email));
    await at.choosePassword(PASSWORD);
    expect(await page.getByText('An administrator has to approve your account').isVisible()).toBe(true);
    await at.logIn(email, PASSWORD);
    expect(await page.getByText('pending approval').first().isVisible()).toBe(true);

    const { id } = await connection.db.selectFrom('developers').select('id').where('email', '=', email).executeTakeFirstOrThrow();
    await setDeveloperStatus(app.ctx, { portalId: portal.id, developerId: id as DeveloperId }, { status: 'approved' });
    await page.goto('/docs/sailings');
    await at.logIn(email, PASSWORD);
    await page.waitForURL('**/docs/sailings');
    expect(await at.heading()).toBe('Sailings');
    await at.openAccount();
    expect(await at.heading()).toBe('Your account');
    await at.logOut();
    expect(await page.getByText('You are logged out.').isVisible()).toBe(true);
    const refusals = visitor.complaints.filter((complaint) => !complaint.includes('401 (Unauthorized)'));
    expect(refusals).toEqual([]);
  });

  atEachWidth(
    () => ({ browser, url: app.url }),
    (reader) => {
      it.each(['/login', '/login?token=x', '/register', '/register/sent', '/forgot-password', '/reset-password?token=x'])(
        '%s is sound',
        async (path) => {
          expect((await reader().page.goto(path))?.status()).toBe(200);
          expect(await reader().inspect()).toEqual([]);
        },
      );

      it('the account is sound', async () => {
        await reader().page.goto('/login');
        await entrancePages(reader().page).logIn('bo@example.com', PASSWORD);
        for (const path of ['/', '/account', '/account/delete']) {
          expect((await reader().page.goto(path))?.status()).toBe(200);
          expect(await reader().inspect()).toEqual([]);
        }
      });
    },
  );
});
