import { describe, expect, it } from 'vitest';
import { setDeveloperStatus } from '../../src/domain/developers/index.ts';
import type { DeveloperId } from '../../src/domain/ids.ts';
import { createPortal, type Portal } from '../../src/domain/portals/index.ts';
import { createProductInPortals } from '../../src/domain/publications/index.ts';
import { CHROMIUM } from '../support/chromium.ts';
import { addDeveloper, PASSWORD } from '../support/developers.ts';
import { entrancePages } from './account-pages.ts';
import { atEachWidth } from './at-each-width.ts';
import { setStage } from './stage.ts';
import type { Habits, Visitor } from './visitor.ts';

describe.skipIf(CHROMIUM === undefined)('an account in a browser', () => {
  let portal: Portal;
  const stage = setStage(async ({ ctx }) => {
    portal = await createPortal(ctx, { name: 'Harbour' }, { portalDomain: 'localhost', reservedHosts: ['localhost'] });
    await createProductInPortals(ctx, { name: 'Sailings', portalIds: [portal.id] });
    await addDeveloper(ctx, portal, { email: 'bo@example.com', fullName: 'Bo Berg' });
  });
  let visitor: Visitor;

  const arrive = async (habits?: Habits) => {
    visitor = await stage().windows.arrive(habits);
    return visitor.page;
  };

  /** The path of the link in the last mail to somebody, once what is due is done. */
  const mailedLink = async (email: string): Promise<string> => {
    const { ctx, installation } = stage().app;
    await installation.worker.runDue();
    const mail = await ctx.db
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

    const { ctx } = stage().app;
    const { id } = await ctx.db.selectFrom('developers').select('id').where('email', '=', email).executeTakeFirstOrThrow();
    await setDeveloperStatus(ctx, { portalId: portal.id, developerId: id as DeveloperId }, { status: 'approved' });
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
    () => ({ browser: stage().browser, url: stage().app.url }),
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
