import type { Page } from 'playwright-core';
import { logInAdministrator } from '../../src/domain/administrators/index.ts';
import { SESSION_COOKIE } from '../../src/faces/admin/context.ts';
import type { TestApp } from '../support/app.ts';

export const PASSWORD = 'four harbours in the fog';

/** Gives a window the session of an administrator who has logged in, which saves two pages. */
export const admit = async (page: Page, { installation, url }: TestApp, email: string): Promise<void> => {
  const browser = { userAgent: undefined, device: undefined };
  const { secret } = await logInAdministrator(installation.organisation, { email, password: PASSWORD }, browser);
  await page.context().addCookies([{ name: SESSION_COOKIE, value: secret, url }]);
};

/** Clicks, and waits for the page that it leads to. */
const goOn = async (page: Page, act: () => Promise<void>): Promise<void> => {
  await Promise.all([page.waitForEvent('framenavigated'), act()]);
  await page.waitForLoadState('load');
};

const press = (page: Page, name: string): Promise<void> =>
  goOn(page, () => page.getByRole('main').getByRole('button', { name, exact: true }).click());

const fill = async (page: Page, fields: Readonly<Record<string, string>>): Promise<void> => {
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(text);
};

/** What an administrator does in front of the pages of the administration. */
export const administratorAt = (page: Page) => ({
  heading: async (): Promise<string> => (await page.getByRole('heading', { level: 1 }).textContent()) ?? '',
  notice: async (): Promise<string> => ((await page.getByRole('status').first().textContent()) ?? '').trim(),
  setUp: async (link: string, name: string, email: string): Promise<void> => {
    await page.goto(link);
    await fill(page, { Name: name, 'E-mail': email, Password: PASSWORD });
    await press(page, 'Create account');
  },
  logIn: async (email: string, password = PASSWORD): Promise<void> => {
    await page.goto('/admin');
    await fill(page, { 'E-mail': email, Password: password });
    await press(page, 'Log in');
  },
  logOut: (): Promise<void> => goOn(page, () => page.getByRole('button', { name: 'Log out' }).click()),
  /** Follows a link of the navigation. */
  visit: (name: string): Promise<void> =>
    goOn(page, () => page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name, exact: true }).click()),
  follow: (name: string): Promise<void> => goOn(page, () => page.getByRole('main').getByRole('link', { name }).click()),
  openAccount: (): Promise<void> => goOn(page, () => page.getByRole('banner').getByRole('link').last().click()),
  press: (name: string): Promise<void> => press(page, name),
  fill: (fields: Readonly<Record<string, string>>): Promise<void> => fill(page, fields),
  choose: async (label: string, option: string): Promise<void> => {
    await page.getByLabel(label, { exact: true }).selectOption({ label: option });
  },
  /** What is shown once. */
  secret: (): Promise<string> => page.locator('#secret-text').inputValue(),
});
