import type { Page } from 'playwright-core';

/** The pages on which a developer registers an application and gets a key, as one uses them. */
export const applicationPages = (page: Page) => ({
  /** From the reference of a version to its registration. */
  register: async (reference: string): Promise<void> => {
    await page.goto(reference);
    await page.getByRole('link', { name: 'Register', exact: true }).click();
  },
  /** Registers a new application on the spot. */
  registerNew: async (name: string): Promise<void> => {
    const choice = page.getByRole('radio', { name: 'A new application' });
    if ((await choice.count()) > 0) await choice.check();
    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    await page.getByRole('button', { name: 'Register' }).click();
  },
  /** Registers the application that is there. */
  registerOther: async (name: string): Promise<void> => {
    await page.getByRole('radio', { name }).check();
    await page.getByRole('button', { name: 'Register' }).click();
  },
  generateKey: async (name: string): Promise<string> => {
    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    await page.getByRole('button', { name: 'Generate key' }).click();
    return (await page.locator('.key-text').textContent()) ?? '';
  },
  copied: async (): Promise<string> => {
    await page.getByRole('button', { name: 'Copy key' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    return page.evaluate<string>('navigator.clipboard.readText()');
  },
  heading: (): Promise<string | null> => page.getByRole('heading', { level: 1 }).textContent(),
  registrations: (): Promise<string[]> => page.locator('.registration').allInnerTexts(),
});
