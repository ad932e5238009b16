import { Secret, TOTP } from 'otpauth';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/database/connect.ts';
import { createAdministratorTeam } from '../../src/domain/administrator-teams/index.ts';
import { createOrganisationAdmin, offerSetUp } from '../../src/domain/administrators/index.ts';
import { createAuditDestination, requestAuditReplay, updatePortalWebhook } from '../../src/domain/audit/index.ts';
import { createPortal } from '../../src/domain/portals/index.ts';
import { createSystemAccount } from '../../src/domain/system-accounts/index.ts';
import { createToken } from '../../src/domain/tokens/index.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { CHROMIUM, sharedChromium } from '../support/chromium.ts';
import { freshDatabase } from '../support/database.ts';
import { administratorAt, admit, PASSWORD } from './administrator.ts';
import { atEachWidth } from './at-each-width.ts';
import { type Habits, type Visitor, welcome } from './visitor.ts';

describe.skipIf(CHROMIUM === undefined)('the administration in a browser', () => {
  let browser: Browser;
  let connection: Connection;
  let app: TestApp;
  const visitors: Visitor[] = [];

  const arrive = async (habits?: Habits): Promise<Visitor> => {
    const visitor = await welcome(browser, app.url, habits);
    visitors.push(visitor);
    return visitor;
  };

  const start = async (): Promise<void> => {
    connection = await freshDatabase('sqlite');
    app = await startApp(connection);
    await app.installation.prepare();
  };
  beforeAll(async () => {
    browser = await sharedChromium();
  });

  describe('page by page', () => {
    const pages = new Map<string, string>();

    beforeAll(async () => {
      await start();
      const { organisation } = app.installation;
      const { id } = await createOrganisationAdmin(organisation, { email: 'ada@example.org', name: 'Ada', password: PASSWORD });
      const machine = await createSystemAccount(organisation, { name: 'Pipeline', description: 'Publishes from the build' });
      await createToken(organisation, { name: 'build', owner: { kind: 'system-account', id: machine.id } });
      await createToken(organisation, { name: 'laptop', owner: { kind: 'administrator', id } });
      const team = await createAdministratorTeam(organisation, { name: 'Gatekeepers' });
      const of = '/admin/us/organisation';
      pages.set('the overview', '/admin/us');
      pages.set('the account', '/admin/us/account');
      pages.set('people', `${of}/people`);
      pages.set('an invitation', `${of}/people/new`);
      pages.set('a person', `${of}/people/${id}`);
      pages.set('a role', `${of}/people/${id}/roles/new?type=portal`);
      pages.set('system accounts', `${of}/system-accounts`);
      pages.set('a system account', `${of}/system-accounts/${machine.id}`);
      pages.set('a new token', `${of}/system-accounts/${machine.id}/tokens/new`);
      pages.set('a deletion', `${of}/system-accounts/${machine.id}/delete`);
      pages.set('a team', `${of}/teams/${team.id}`);
      pages.set('own tokens', '/admin/us/tokens');
      const { ctx } = app;
      const endpoint = 'https://siem.example.com/portico';
      const destination = await createAuditDestination(ctx, { name: 'Log store', endpoint, logFormat: 'json' });
      const portal = await createPortal(ctx, { name: 'Harbour' }, { portalDomain: 'portals.example.com', reservedHosts: [] });
      await updatePortalWebhook(ctx, portal.id, { enabled: true, destinationId: destination.id });
      await requestAuditReplay(ctx, portal.id, { startAt: new Date(Date.now() - 3_600_000), endAt: new Date(Date.now() - 1000) });
      const webhooks = '/admin/us/audit-webhooks';
      pages.set('audit log webhooks', webhooks);
      pages.set('the webhook of the whole log', `${webhooks}/organisation`);
      pages.set('the settings of a webhook', `${webhooks}/organisation/edit`);
      pages.set('the webhook of a portal', `${webhooks}/portals/${portal.id}`);
      pages.set('a destination', `${webhooks}/destinations/${destination.id}`);
      pages.set('how signatures are checked', `${webhooks}/signatures`);
    });
    afterAll(async () => {
      await app.close();
      await connection.close();
    });

    atEachWidth(
      () => ({ browser, url: app.url }),
      (reader) => {
        it.each(['/admin/log-in', '/admin/forgotten-password'])('%s is sound', async (path) => {
          await reader().page.goto(path);
          expect(await reader().inspect()).toEqual([]);
        });

        it('is sound', async () => {
          const { page, inspect } = reader();
          await admit(page, app, 'ada@example.org');
          for (const [name, path] of pages) {
            expect((await page.goto(path))?.status(), name).toBe(200);
            expect(await inspect(), name).toEqual([]);
          }
        }, 240_000);
      },
    );
  });

  describe.each([true, false])('in a journey (scripts: %s)', (scripts) => {
    /** Inspecting takes scripts. */
    const check = async (inspect: Visitor['inspect']): Promise<void> => {
      if (scripts) expect(await inspect()).toEqual([]);
    };

    beforeAll(start);
    afterAll(async () => {
      await app.close();
      await connection.close();
    });
    afterEach(async () => {
      await Promise.all(visitors.splice(0).map((one) => one.leave()));
    });

    it('lets the first administrator in, who invites somebody and says what they may do', async () => {
      const { page, inspect } = await arrive({ scripts });
      const ada = administratorAt(page);
      await ada.setUp(`/admin/set-up?token=${await offerSetUp(app.installation.organisation)}`, 'Ada', 'ada@example.org');
      await ada.logIn('ada@example.org');
      expect(await ada.heading()).toBe('Overview');
      await ada.visit('People');
      await ada.follow('Invite somebody');
      await ada.fill({ Name: 'Bob', 'E-mail': 'bob@example.org' });
      await ada.press('Invite');
      const link = await ada.secret();
      await ada.follow('Go on: give roles');
      await ada.follow('Give a role');
      await ada.follow('Portals');
      await ada.choose('Role', 'Viewer');
      await ada.press('Give role');
      expect(await ada.notice()).toBe('The role Viewer is given.');
      await check(inspect);

      const visit = await arrive({ scripts });
      const bob = administratorAt(visit.page);
      await visit.page.goto(link.replace('http://localhost', app.url));
      await bob.fill({ Password: PASSWORD });
      await bob.press('Set password');
      await bob.logIn('bob@example.org');
      expect(await bob.heading()).toBe('Overview');
      await check(visit.inspect);
      await bob.logOut();
      expect(await bob.heading()).toBe('Log in');
    });

    it('asks for a second factor once there is one', async () => {
      const { page, inspect } = await arrive({ scripts });
      const ada = administratorAt(page);
      await ada.logIn('ada@example.org');
      await ada.openAccount();
      await ada.press('Set up a second factor');
      await check(inspect);
      const secret = ((await page.locator('code.key').textContent()) ?? '').replaceAll(' ', '');
      const totp = new TOTP({ secret: Secret.fromBase32(secret) });
      await ada.fill({ Code: totp.generate() });
      await ada.press('Turn on');
      const code =
        (await page
          .getByRole('listitem')
          .filter({ hasText: /^\s*\w{5}-\w{5}\s*$/ })
          .first()
          .textContent()) ?? '';
      await check(inspect);
      await ada.logOut();
      await ada.logIn('ada@example.org');
      expect(await ada.heading()).toBe('One more step');
      await check(inspect);
      await ada.fill({ Code: code.trim() });
      await ada.press('Go on');
      expect(await ada.heading()).toBe('Overview');
    });
  });
});
