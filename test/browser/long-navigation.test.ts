import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { CHROMIUM } from '../support/chromium.ts';
import { setReadingStage } from './stage.ts';
import { welcome } from './visitor.ts';

/** Forty groups, of which one is large. */
const sizeOf = (group: number): number => (group === 38 ? 120 : 8);
const operation = (group: number, n: number) => ({
  operationId: `g${group}n${n}`,
  tags: [`group ${group}`],
  summary: `Number ${n} of group ${group}, told at a length that takes ${n % 2 === 0 ? 'a line more' : 'its room'}`,
  responses: { 204: { description: 'Done.' } },
});
const PATHS = Array.from({ length: 40 }, (_, group) =>
  Array.from({ length: sizeOf(group) }, (_, n) => [`/g${group}/n${n}`, { get: operation(group, n) }] as const),
);
const DOCUMENT = { openapi: '3.1.0', info: { title: 'Many', version: '1' }, paths: Object.fromEntries(PATHS.flat()) };

const edgesOf = async (page: Page, selector: string) => {
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`${selector} does not show`);
  return { top: box.y, bottom: box.y + box.height };
};

/** Whether a link is among those that a browser lays out, or left out as it is far from what is in sight. */
const isLaidOut = (page: Page, name: string): Promise<boolean> =>
  page
    .locator('.side-nav-link', { hasText: name })
    .first()
    .evaluate((link) => link.checkVisibility({ contentVisibilityAuto: true }));

describe.skipIf(CHROMIUM === undefined)('a long navigation in a browser', () => {
  const stage = setReadingStage({
    name: 'Many',
    versions: [{ name: 'v1', specification: ['many.json', JSON.stringify(DOCUMENT)] }],
  });

  it.each([
    { place: 'beside the page', width: 1280, scripts: true },
    { place: 'beside the page, without scripts', width: 1280, scripts: false },
    { place: 'in the drawer', width: 360, scripts: true },
  ])('shows where one is $place, below its filter, and lays out nothing far from it', async ({ width, scripts }) => {
    const { portal, browser } = stage();
    const { page, leave } = await welcome(browser, portal.app.url, { width, scripts });
    await page.goto('/spec/many/v1/operations/g38n90');
    if (width === 360) await page.locator('[popovertarget="page-side"]').click();
    const { bottom } = await edgesOf(page, '.side-nav-filter');
    const current = await edgesOf(page, '.page-side [aria-current="page"]');
    expect(current.top - bottom).toBeGreaterThan(50); // some of what precedes it
    expect(current.bottom).toBeLessThanOrEqual(900);
    expect((await edgesOf(page, '.side-nav-filter .input')).top).toBeGreaterThan(0);
    // what was measured is what shows
    expect(await page.locator('.page-side-list').evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(1000);
    expect(await isLaidOut(page, 'Number 91 of group 38')).toBe(true);
    expect(await isLaidOut(page, 'Overview')).toBe(false);
    await leave();
  });
});
