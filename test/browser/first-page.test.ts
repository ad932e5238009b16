import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { CHROMIUM } from '../support/chromium.ts';
import { setDemoStage } from './stage.ts';

const PAGES = [
  '/',
  '/docs/sailings',
  '/docs/sailings/quick-start',
  '/spec/sailings/v2',
  '/spec/sailings/v2/operations/createSubscription',
  '/spec/sailings/v2/schemas/Sailing',
  '/spec/sailings/v2/changes',
];

/** How each element below `<body>` looks, and what stands before and behind it, with everything open that can be opened. */
const LOOKS = `(() => {
  for (const details of document.querySelectorAll('details')) details.open = true;
  const digest = (text) => {
    let sum = 0;
    for (let at = 0; at < text.length; at++) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
    return sum;
  };
  const lookOf = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    if (pseudo && style.content === 'none') return 'none';
    names ??= [...style].filter((name) => !name.startsWith('--'));
    return digest(names.map((name) => style.getPropertyValue(name)).join(';'));
  };
  let names;
  return [...document.body.querySelectorAll('*')].map((element) =>
    [element.tagName + '.' + element.className, lookOf(element), lookOf(element, '::before'), lookOf(element, '::after')].join(' '));
})()`;

const hrefsOf = (page: Page): Promise<(string | null)[]> =>
  page.evaluate(`[...document.styleSheets].map(({ href }) => href && new URL(href).pathname)`);

/** Goes to a page as somebody who follows a link of this portal. */
const follow = async (page: Page, path: string): Promise<void> => {
  await page.goto('/robots.txt');
  await page.evaluate(`location.href = '${path}'`);
  await page.waitForURL(path);
};

describe.skipIf(CHROMIUM === undefined)('the first page that a browser shows', () => {
  const stage = setDemoStage();

  it.each(PAGES)('looks as the next one does, without a script and with what it carries alone: %s', async (path) => {
    const { page } = await stage().windows.arrive({ scripts: false });
    await page.goto(path);
    expect(new Set(await hrefsOf(page))).toEqual(new Set([null]));
    const first = (await page.evaluate(LOOKS)) as string[];
    await follow(page, path);
    expect(await hrefsOf(page)).not.toContain(null);
    const next = (await page.evaluate(LOOKS)) as string[];
    expect(first.length).toBeGreaterThan(50);
    expect(first).toEqual(next);
  });

  it('has the whole of our stylesheets in their places once its scripts run', async () => {
    const { page, complaints } = await stage().windows.arrive();
    for (const path of PAGES) {
      await page.goto(path);
      const first = await hrefsOf(page);
      await follow(page, path);
      const next = await hrefsOf(page);
      expect(first).toEqual(next.map((href) => (href?.startsWith('/static/') ? href : null)));
      expect(next.length).toBeGreaterThan(1);
    }
    expect(complaints).toEqual([]);
  });
});
