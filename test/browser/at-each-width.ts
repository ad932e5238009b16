import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { type Visitor, welcome } from './visitor.ts';

/** A narrow, a middling and a wide screen, one of them dark; the last is as the window was opened. */
const LOOKS = [
  { width: 360, scheme: 'light' },
  { width: 768, scheme: 'dark' },
  { width: 1280, scheme: 'light' },
] as const;

/**
 * What is wrong with a page, whichever of the looks it has. It is opened once: only stylesheets ask how wide a window is, and the theme is
 * what the attribute says.
 */
const inspectEachLook = async ({ page, inspect }: Visitor): Promise<string[]> => {
  const faults: string[] = [];
  for (const { width, scheme } of LOOKS) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await page.evaluate(`document.documentElement.dataset.theme = '${scheme}'`);
    for (const fault of await inspect()) faults.push(`at ${width} pixels, ${scheme}: ${fault}`);
  }
  return faults;
};

/**
 * Tests of pages that a visitor inspects at several widths; all in one window, which forgets between tests.
 * @param open where the pages are, once there are any
 * @param tests given what answers the visitor of the test
 */
export const atEachWidth = (open: () => { browser: Browser; url: string }, tests: (reader: () => Visitor) => void): void => {
  describe('at each width', () => {
    let reader: Visitor;
    beforeAll(async () => {
      const { browser, url } = open();
      const visitor = await welcome(browser, url);
      reader = { ...visitor, inspect: () => inspectEachLook(visitor) };
    });
    afterEach(() => reader.forget());
    afterAll(() => reader.leave());

    tests(() => reader);
  });
};
