import type { Page } from 'playwright-core';

/** What somebody does who writes documents, in front of the editor with scripts or without. */
export const writerAt = (page: Page, { scripts }: { readonly scripts: boolean }) => {
  const text = () => page.getByLabel('Text', { exact: true });
  const goOn = async (act: () => Promise<void>): Promise<void> => {
    await Promise.all([page.waitForEvent('framenavigated'), act()]);
    await page.waitForLoadState('load');
  };
  const press = (name: string): Promise<void> =>
    goOn(() => page.getByRole('main').getByRole('button', { name, exact: true }).click());
  return {
    open: async (path: string): Promise<void> => {
      await page.goto(path);
      if (scripts) await page.locator('.editor-code').waitFor();
    },
    write: (content: string): Promise<void> => text().fill(content),
    /** What stands in the text field. */
    text: async (): Promise<string> =>
      scripts ? (await text().locator('.cm-line').allTextContents()).join('\n') : text().inputValue(),
    /** Waits until the preview shows something. */
    preview: async (words: string): Promise<void> => {
      if (!scripts) await press('Preview');
      await page.locator('.document-preview', { hasText: words }).waitFor();
    },
    press,
    tool: (name: string): Promise<void> => page.getByRole('toolbar').getByRole('button', { name, exact: true }).click(),
    /** Waits until the line below the text says something. */
    status: (words: string | RegExp): Promise<void> => page.locator('[data-editor-status]', { hasText: words }).waitFor(),
    /** Pastes a file, as browsers do it, and what is there of it as text. */
    paste: async (bytes: Buffer, name: string, texts: Readonly<Record<string, string>> = {}): Promise<void> => {
      await text().evaluate(
        (field, given) => {
          const data = new DataTransfer();
          const binary = Uint8Array.from(atob(given.base64), (character) => character.charCodeAt(0));
          data.items.add(new File([binary], given.name, { type: 'image/png' }));
          for (const [type, words] of Object.entries(given.texts)) data.setData(type, words);
          field.dispatchEvent(
            new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true, composed: true }),
          );
        },
        { base64: bytes.toString('base64'), name, texts },
      );
    },
  };
};
