import type { Page } from 'playwright-core';

const SPECIFICATION = `openapi: 3.1.0
info: { title: Tides, version: "1.0" }
paths:
  /tides:
    get:
      operationId: listTides
      summary: List tides
      responses: { "200": { description: All of them } }
`;
const BROKEN = SPECIFICATION.replace('get:', 'get: ]');

/** What a publisher does in front of the pages of API products. */
export const publisherAt = (page: Page) => {
  const main = () => page.getByRole('main');
  const goOn = async (act: () => Promise<void>): Promise<void> => {
    await Promise.all([page.waitForEvent('framenavigated'), act()]);
    await page.waitForLoadState('load');
  };
  const press = (name: string): Promise<void> => goOn(() => main().getByRole('button', { name, exact: true }).click());
  const upload = async (text: string, button: string): Promise<void> => {
    await page
      .getByLabel('File', { exact: true })
      .setInputFiles({ name: 'tides.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text) });
    await press(button);
  };
  return {
    createProduct: async (name: string): Promise<void> => {
      await goOn(() =>
        page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: 'API products' }).click(),
      );
      await goOn(() => main().getByRole('link', { name: 'Create the first API product' }).click());
      await page.getByLabel('Name', { exact: true }).fill(name);
      await press('Create API product');
    },
    /** Follows the first step of the checklist that is not done. */
    nextStep: (): Promise<void> => goOn(() => page.locator('.checklist a').first().click()),
    createVersion: async (name: string): Promise<void> => {
      await page.getByLabel('Name', { exact: true }).fill(name);
      await press('Create version');
    },
    uploadBroken: (): Promise<void> => upload(BROKEN, 'Upload'),
    uploadMended: (): Promise<void> => upload(SPECIFICATION, 'Upload'),
    finding: async (): Promise<string> => (await page.locator('.finding-current').first().textContent()) ?? '',
    add: async (name: string): Promise<void> => {
      await main().getByText('Add', { exact: true }).click();
      await goOn(() => page.locator('.menu-item', { hasText: name }).click());
    },
    press,
    openProduct: (name: string): Promise<void> =>
      goOn(() => page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('link', { name, exact: true }).click()),
    openPart: (name: string): Promise<void> =>
      goOn(() =>
        page
          .getByRole('navigation', { name: /^Parts of/ })
          .getByRole('link', { name })
          .click(),
      ),
    heading: async (): Promise<string> => (await page.getByRole('heading', { level: 1 }).textContent()) ?? '',
  };
};
