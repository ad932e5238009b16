import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/database/connect.ts';
import { createAuthStrategy } from '../../src/domain/auth-strategies/index.ts';
import { decideRegistrations, listRegistrations } from '../../src/domain/registrations/index.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { CHROMIUM, sharedChromium } from '../support/chromium.ts';
import { freshDatabase } from '../support/database.ts';
import { addDeveloper, signIn } from '../support/developers.ts';
import { registrationScene } from '../support/registrations.ts';
import { applicationPages } from './application-pages.ts';
import { type Habits, type Visitor, welcome } from './visitor.ts';

describe.skipIf(CHROMIUM === undefined)('applications in a browser', () => {
  let browser: Browser;
  let connection: Connection;
  let app: TestApp;
  let scene: Awaited<ReturnType<typeof registrationScene>>;
  let visitor: Visitor;

  /** A window in which a new developer is signed in. */
  const arrive = async (email: string, habits: Habits) => {
    await addDeveloper(app.ctx, scene.portal, { email });
    const { accessToken } = await signIn(app.ctx, scene.portal, email);
    visitor = await welcome(browser, app.url, habits);
    await visitor.page.context().addCookies([{ name: 'portalaccesstoken', value: accessToken, url: app.url }]);
    return { page: visitor.page, pages: applicationPages(visitor.page) };
  };

  const approveAll = async (): Promise<void> => {
    const { items } = await listRegistrations(app.ctx, {}, { filters: [], sort: [], page: { number: 1, size: 100 } });
    await decideRegistrations(
      app.ctx,
      items.map(({ id }) => id),
      { status: 'approved' },
    );
  };

  beforeAll(async () => {
    connection = await freshDatabase('sqlite');
    app = await startApp(connection);
    scene = await registrationScene(app.ctx);
    browser = await sharedChromium();
  });
  afterEach(() => visitor.leave());
  afterAll(async () => {
    await app.close();
    await connection.close();
  });

  it.each([
    { width: 1280, scheme: 'light', scripts: true },
    { width: 360, scheme: 'dark', scripts: true },
    { width: 768, scheme: 'light', scripts: false },
  ] as const)('are registered on the spot, approved, and get a key that shows once (%o)', async (habits) => {
    const { page, pages } = await arrive(`ada-${habits.width}@example.com`, habits);
    /** What scripts have to be there for is looked at only where they are. */
    const inspect = async (): Promise<void> => {
      if (habits.scripts) expect(await visitor.inspect()).toEqual([]);
    };
    await page.goto('/my-apps');
    await inspect();
    await pages.register(`/spec/${scene.product.slug}/v1`);
    expect(await pages.heading()).toBe('Register for Orders v1');
    await inspect();
    await pages.registerNew('Shop');
    expect(await pages.heading()).toBe('Shop');
    expect(await pages.registrations()).toEqual([expect.stringMatching(/Orders v1[\s\S]*Waiting/)]);
    await inspect();
    await approveAll();
    await page.reload();
    expect(await pages.registrations()).toEqual([expect.stringMatching(/Approved[\s\S]*curl/)]);
    await inspect();

    const key = await pages.generateKey('Server');
    expect(key).toMatch(/^portico_\w{38}$/);
    await inspect();
    if (habits.scripts) {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      expect(await pages.copied()).toBe(key);
    }
    await page.getByRole('link', { name: 'I have copied it' }).click();
    expect(await page.content()).not.toContain(key);
    await inspect();
    await page.getByRole('link', { name: 'Manage Server' }).click();
    await inspect();
    await page.getByRole('button', { name: 'Rotate key' }).click();
    expect(await page.locator('.key-text').textContent()).not.toBe(key);

    await page.goto('/application/create');
    await inspect();
    await page.getByRole('textbox', { name: 'Name' }).fill('Till');
    await page.getByRole('button', { name: 'Create application' }).click();
    await pages.register(`/spec/${scene.product.slug}/v1`);
    await pages.registerOther('Till');
    expect(await pages.heading()).toBe('Till');
    await page.getByRole('link', { name: 'Delete' }).click();
    await inspect();
    await page.getByRole('button', { name: 'Delete application' }).click();
    expect(await page.getByRole('status').first().textContent()).toContain('deleted');
  });

  it('are asked for a client ID only while a way is chosen that has one', async () => {
    const { id } = await createAuthStrategy(app.ctx, {
      name: 'tokens',
      displayName: 'Tokens',
      config: {
        type: 'openid_connect',
        issuer: 'https://id.example',
        credentialClaims: [],
        scopes: [],
        authMethods: [],
        further: {},
      },
    });
    await scene.addVersion('v9', { authStrategyIds: [id] });
    const { page } = await arrive('grace@example.com', { width: 360, scheme: 'light', scripts: false });
    await page.goto('/application/create');
    const clientId = page.getByRole('textbox', { name: 'Client ID' });
    expect(await clientId.isVisible()).toBe(false);
    await page.getByLabel('How it proves itself').selectOption({ label: 'Tokens (shows a token of an identity provider)' });
    expect(await clientId.isVisible()).toBe(true);
  });
});
