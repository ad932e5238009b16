import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { type Visitor, welcome } from './visitor.ts';

/**
 * The same tests on a narrow, a middling and a wide screen, one of them dark; in one window each, which forgets between tests.
 * @param open where the pages are, once there are any
 * @param tests given what answers the visitor of the test
 */
export const atEachWidth = (open: () => { browser: Browser; url: string }, tests: (reader: () => Visitor) => void): void => {
  describe.each([
    { width: 360, scheme: 'light' },
    { width: 768, scheme: 'dark' },
    { width: 1280, scheme: 'light' },
  ] as const)('at $width pixels, $scheme', (habits) => {
    let reader: Visitor;
    beforeAll(async () => {
      const { browser, url } = open();
      reader = await welcome(browser, url, habits);
    });
    afterEach(() => reader.forget());
    afterAll(() => reader.leave());

    tests(() => reader);
  });
};
