import { describe, expect, it } from 'vitest';
import { CHROMIUM } from '../support/chromium.ts';
import { atEachWidth } from './at-each-width.ts';
import { setDemoStage } from './stage.ts';
import type { Habits, Visitor } from './visitor.ts';

/** One page of each kind, of the demo content. */
const PAGES = {
  'the catalogue': '/',
  'the catalogue as a table': '/?view=table',
  'the catalogue, filtered': '/?q=a&label=stability%3Astable',
  'a catalogue without an answer': '/?q=nothing-of-the-kind',
  'a product': '/docs/sailings',
  'a document': '/docs/sailings/quick-start',
  'a reference': '/spec/sailings/v2',
  'a deprecated reference': '/spec/sailings/v1',
  'a tag of a reference': '/spec/sailings/v2?tag=Journeys',
  'tags of a reference': '/spec/sailings/v2?tag=Network&tag=Journeys',
  'an operation': '/spec/sailings/v2/operations/createSubscription',
  'a schema': '/spec/sailings/v2/schemas/Sailing',
  'what changed in a specification': '/spec/sailings/v2/changes',
  'operations that were found': '/spec/sailings/v2?q=port',
  'a search': '/search?q=sailing',
  'a search of one kind': '/search?q=port&kind=operation',
  'a search without an answer': '/search?q=nothing-of-the-kind',
  'a search for a misspelt word': '/search?q=sialing',
} as const;

describe.skipIf(CHROMIUM === undefined)('a portal in a browser', () => {
  const stage = setDemoStage();
  let visitor: Visitor;

  const arrive = async (habits?: Habits): Promise<Visitor['page']> => {
    visitor = await stage().windows.arrive(habits);
    return visitor.page;
  };

  atEachWidth(
    () => ({ browser: stage().browser, url: stage().app.url }),
    (reader) => {
      it.each(Object.entries(PAGES))('%s is sound', async (_name, path) => {
        expect((await reader().page.goto(path))?.status()).toBe(200);
        expect(await reader().inspect()).toEqual([]);
      });
    },
  );

  it.each([true, false])('leads from the catalogue to an operation (scripts: %s)', async (scripts) => {
    const page = await arrive({ scripts });
    await page.goto('/');
    await page.getByRole('searchbox', { name: 'Search the APIs' }).fill('sailings');
    await page.getByRole('searchbox', { name: 'Search the APIs' }).press('Enter');
    await page.waitForURL('**/?q=sailings');
    await page.getByRole('link', { name: 'Sailings', exact: true }).click();
    await page.waitForURL('**/docs/sailings');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Sailings');

    await page.getByRole('navigation', { name: 'Sailings' }).getByRole('link', { name: 'Quick start' }).click();
    await page.waitForURL('**/docs/sailings/quick-start');
    await page.getByRole('link', { name: 'Previous' }).click();
    await page.waitForURL('**/docs/sailings');

    await page.getByRole('link', { name: 'API reference v2' }).click();
    await page.waitForURL('**/spec/sailings/v2');
    await page
      .getByRole('navigation', { name: 'Operations' })
      .getByRole('link', { name: /^Journeys/ })
      .click();
    await page.waitForURL('**/spec/sailings/v2?tag=Journeys');
    expect(await page.locator('article.operation').count()).toBe(2);
    await page.locator('article.operation').first().getByRole('heading', { level: 2 }).getByRole('link').click();
    await page.waitForURL('**/spec/sailings/v2/operations/searchJourneys');
    expect(await page.locator('article.operation').count()).toBe(1);
    expect(visitor.complaints).toEqual([]);
  });

  it('copies an operation as Markdown and as a curl line', async () => {
    const page = await arrive();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto('/spec/sailings/v2/operations/searchJourneys');
    for (const [button, text] of [
      ['Copy as Markdown', /^\[Sailings v2\]\(\/spec\/sailings\/v2\.md\)\n[\s\S]+Find journeys/],
      ['Copy as curl', /^curl /],
    ] as const) {
      await page.getByRole('button', { name: button }).click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      expect(await page.evaluate<string>('navigator.clipboard.readText()')).toMatch(text);
      await page.getByRole('button', { name: button }).waitFor();
    }
    expect(visitor.complaints).toEqual([]);
  });

  it.each([true, false])('goes to another version (scripts: %s)', async (scripts) => {
    const page = await arrive({ scripts });
    await page.goto('/spec/sailings/v2');
    await page.getByLabel('Version', { exact: true }).selectOption('v1');
    if (!scripts) await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.waitForURL('**/spec/sailings/v1');
    expect(await page.locator('.reference-notice').textContent()).toContain('deprecated');
  });

  it.each([true, false])('finds an operation by typing (scripts: %s)', async (scripts) => {
    const page = await arrive({ scripts });
    await page.goto('/spec/sailings/v2');
    const operations = page.getByRole('navigation', { name: 'Operations' });
    await page.getByLabel('Find an operation').fill('journey');
    if (scripts) {
      await expect.poll(() => operations.getByRole('link', { name: 'List ports' }).isVisible()).toBe(false);
      expect(await operations.getByRole('link', { name: 'Find journeys' }).isVisible()).toBe(true);
    }
    await page.getByLabel('Find an operation').press('Enter');
    await page.waitForURL('**/spec/sailings/v2?q=journey');
    expect(await page.locator('.operation-row').count()).toBe(2);
    expect(visitor.complaints).toEqual([]);
  });

  it.each([true, false])('finds a section of a document by the search of the header (scripts: %s)', async (scripts) => {
    const page = await arrive({ scripts });
    await page.goto('/');
    await page.getByRole('searchbox', { name: 'Search this portal' }).fill('sheep');
    await page.getByRole('searchbox', { name: 'Search this portal' }).press('Enter');
    await page.waitForURL('**/search?q=sheep');
    await page
      .getByRole('navigation', { name: 'Kinds of results' })
      .getByRole('link', { name: /^Documentation/ })
      .click();
    await page.waitForURL('**/search?q=sheep&kind=document');
    await page.getByRole('link', { name: 'Sheep', exact: true }).click();
    await page.waitForURL('**/docs/freight/consignments#sheep');
    expect(await page.locator(':target').textContent()).toContain('Sheep');
    expect(visitor.complaints).toEqual([]);
  });

  it('finds by keyboard alone, in a window that opens by Ctrl-K', async () => {
    const page = await arrive();
    await page.goto('/');
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: /^Search APIs/ });
    await page.keyboard.type('find journeys');
    const options = page.getByRole('listbox', { name: 'Results' }).getByRole('option');
    await options.first().waitFor();
    expect(await visitor.inspect()).toEqual([]);
    await page.keyboard.press('ArrowDown');
    expect(await options.first().getAttribute('aria-selected')).toBe('true');
    expect(await field.getAttribute('aria-activedescendant')).toBe(await options.first().getAttribute('id'));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/spec/sailings/v2/operations/searchJourneys');
    await page.keyboard.press('Control+k');
    await field.waitFor();
    await page.keyboard.press('Escape');
    await field.waitFor({ state: 'hidden' });
    await page.keyboard.press('Control+k');
    await field.fill('port');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?q=port');
    expect(visitor.complaints).toEqual([]);
  });

  it('keeps what was chosen of the results when further ones come that hold it', async () => {
    const page = await arrive();
    await page.goto('/');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('journey');
    const options = page.getByRole('listbox', { name: 'Results' }).getByRole('option');
    await options.nth(1).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const chosen = await options.nth(1).getAttribute('href');
    await options.first().evaluate((first) => first.setAttribute('data-earlier', ''));
    await page.keyboard.type('s');
    await page.locator('[role=option][data-earlier]').waitFor({ state: 'detached' });
    expect(await page.locator('[role=option][aria-selected=true]').getAttribute('href')).toBe(chosen);
    expect(visitor.complaints).toEqual([]);
  });

  it('remembers how the catalogue was looked at', async () => {
    const page = await arrive();
    await page.goto('/');
    await page.getByRole('link', { name: 'Table', exact: true }).click();
    await page.getByRole('table').waitFor();
    await page.goto('/?sort=newest');
    await page.getByRole('table').waitFor();
    expect(new URL(page.url()).search).toBe('?sort=newest&view=table');
    await page.getByRole('link', { name: 'Cards', exact: true }).click();
    await page.locator('.card').first().waitFor();
    await page.goto('/');
    expect(await page.locator('.card').count()).toBeGreaterThan(0);
    expect(visitor.complaints).toEqual([]);
  });

  it('follows the fragments of older portals', async () => {
    const page = await arrive();
    await page.goto('/spec/sailings/v2#/Sailings/getSailing');
    await page.waitForURL('**/spec/sailings/v2/operations/getSailing');
    expect(visitor.complaints).toEqual([]);
  });

  it('opens a schema in its place', async () => {
    const page = await arrive();
    await page.goto('/spec/sailings/v2/schemas/Sailing');
    const link = page.locator('main a[data-schema]').first();
    await link.click();
    await expect.poll(() => link.getAttribute('aria-expanded')).toBe('true');
    expect(await page.locator('.schema-expanded .schema-fragment').count()).toBe(1);
    expect(visitor.complaints).toEqual([]);
  });

  it('shows the full page by Redoc, in its own styles, which asks for nothing from elsewhere', async () => {
    const page = await arrive();
    await page.goto('/spec/sailings/v2/redoc');
    await page.getByRole('heading', { name: 'Find journeys' }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(visitor.complaints).toEqual([]);
    const ours = `[...document.styleSheets].filter(({ href }) => href !== null)
      .flatMap(({ cssRules }) => [...cssRules].flatMap((rule) => rule.selectorText ?? []))
      .filter((selector) => document.querySelector('[data-redoc]').querySelector(selector) !== null)`;
    expect(await page.evaluate(ours)).toEqual([]);
  });

  it('lays out what is in sight of a page of operations, and all of it where a fragment leads into it', async () => {
    const page = await arrive();
    await page.goto('/spec/sailings/v2?tag=Network');
    const last = page.locator('.operation-section').last();
    const isLaidOut = () =>
      last.evaluate((section) => section.firstElementChild?.checkVisibility({ contentVisibilityAuto: true }));
    expect(await isLaidOut()).toBe(false);
    await last.scrollIntoViewIfNeeded();
    await expect.poll(isLaidOut).toBe(true);

    const id = await page.locator('article.operation [id]').last().getAttribute('id');
    await page.goto('about:blank');
    await page.goto(`/spec/sailings/v2?tag=Network#${id}`);
    const skipped = `[...document.querySelectorAll('.operation-section > *')].filter((part) =>
      part.checkVisibility() && !part.checkVisibility({ contentVisibilityAuto: true })).length`;
    expect(await page.evaluate(skipped)).toBe(0);
    expect(await page.evaluate(`document.querySelector(':target').checkVisibility()`)).toBe(true);
  });

  it('makes no formatter of instants, which takes long the first time, for a page that shows none', async () => {
    const page = await arrive();
    await page.addInitScript(`const { DateTimeFormat } = Intl;
      globalThis.made = 0;
      Intl.DateTimeFormat = function (...asked) { globalThis.made++; return new DateTimeFormat(...asked); };`);
    await page.goto('/spec/sailings/v2/operations/createSubscription');
    expect(await page.locator('time[data-relative]').count()).toBe(0);
    expect(await page.evaluate('made')).toBe(0);
  });

  it('asks for nothing on a page that somebody comes to from elsewhere, and for scripts by a script', async () => {
    const page = await arrive();
    const answer = await page.goto('/spec/sailings/v2/operations/createSubscription');
    expect(await answer?.text()).not.toMatch(/rel="stylesheet"|<script[^>]* src=/);
    const initiators = await page.evaluate<string[]>(
      `performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/portal.js')).map(({ initiatorType }) => initiatorType)`,
    );
    expect(initiators).toEqual(['script']);
    expect(await page.locator('[data-theme-switch]').isVisible()).toBe(true);
    await page.locator('.brand').click();
    await page.waitForURL('**/');
    expect(await page.locator('style').count()).toBe(0);
    await expect.poll(() => page.locator('[data-theme-switch]').isVisible()).toBe(true);
  });

  it('keeps the navigation in a drawer where there is no room, and opens it', async () => {
    const page = await arrive({ width: 360 });
    await page.goto('/docs/sailings');
    const side = page.getByRole('navigation', { name: 'Sailings' });
    expect(await side.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Contents' }).click();
    await side.getByRole('link', { name: 'Service days' }).click();
    await page.waitForURL('**/docs/sailings/service-days');
    expect(await visitor.inspect()).toEqual([]);
  });
});
