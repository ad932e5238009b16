import type { Page } from 'playwright-core';

/** The pages by which a developer comes in, as a person uses them: by what stands on them. */
export const entrancePages = (page: Page) => {
  const fill = async (fields: Record<string, string>): Promise<void> => {
    for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
  };
  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  return {
    heading: (): Promise<string | null> => page.getByRole('heading', { level: 1 }).textContent(),
    signUp: async (name: string, email: string): Promise<void> => {
      await page.getByRole('link', { name: 'Sign up', exact: true }).last().click();
      await fill({ Name: name, 'E-mail': email });
      await press('Sign up');
    },
    confirm: async (link: string): Promise<void> => {
      await page.goto(link);
      await press('Confirm my address');
    },
    choosePassword: async (password: string): Promise<void> => {
      await fill({ 'New password': password });
      await press('Save password');
    },
    logIn: async (email: string, password: string): Promise<void> => {
      await fill({ 'E-mail': email, Password: password });
      await press('Log in');
    },
    logOut: (): Promise<void> => press('Log out'),
    openAccount: (): Promise<void> => page.locator('.site-account').click(),
  };
};
