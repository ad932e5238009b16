import { describe, expect, it } from 'vitest';
import { CHROMIUM } from '../support/chromium.ts';
import { setDemoStage } from './stage.ts';
import type { Habits } from './visitor.ts';

describe.skipIf(CHROMIUM === undefined)('what a reader sees, on screens and on paper', () => {
  const stage = setDemoStage();

  const arrive = async (habits?: Habits) => (await stage().windows.arrive(habits)).page;

  it('prints nothing below the last words of an operation, for which a page of its own might be added', async () => {
    const page = await arrive();
    await page.goto('/spec/sailings/v2?tag=Network');
    await page.emulateMedia({ media: 'print' });
    const room = await page.evaluate<number[]>(`[...document.querySelectorAll('article.operation')].map((article) => {
      const words = [...article.querySelectorAll('.operation-main > *, .sample-stack')];
      const end = Math.max(...words.map((box) => box.getBoundingClientRect().bottom));
      return Math.round(article.getBoundingClientRect().bottom - end);
    })`);
    expect(room.length).toBeGreaterThan(1);
    expect(room).toEqual(room.map(() => 0));
    await page.goto('/spec/sailings/v2/operations/searchJourneys');
    expect(await page.locator('.prev-next').count()).toBe(1);
    expect(await page.locator('.prev-next, .code-copy, .operation-tools').filter({ visible: true }).count()).toBe(0);
  });

  it('gives no row of a narrow window to a navigation that leads where the name of the portal does', async () => {
    const page = await arrive({ width: 360 });
    await page.goto('/docs/sailings');
    expect(await page.getByRole('navigation', { name: 'Portal' }).isVisible()).toBe(false);
    expect(await page.locator('.site-header .brand').getAttribute('href')).toBe('/');
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(await page.getByRole('navigation', { name: 'Portal' }).isVisible()).toBe(true);
  });

  it('shows the underscores of names in links, and their documents smaller than what a page is about', async () => {
    const page = await arrive();
    await page.goto('/spec/sailings/v2/schemas');
    const offset = await page.evaluate<string>("getComputedStyle(document.querySelector('.schema-list a')).textUnderlineOffset");
    expect(Number.parseFloat(offset)).toBeGreaterThan(4);
    const size = (selector: string) =>
      page.evaluate<number>(`Number.parseFloat(getComputedStyle(document.querySelector('${selector}')).fontSize)`);
    await page.goto('/spec/sailings/v2/operations/searchJourneys');
    expect(await size('h1')).toBeLessThan(await size('.operation-title'));
    await page.goto('/spec/sailings/v2');
    expect(await size('h1')).toBeGreaterThan(await size('.group-title'));
  });
});
