import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { createDocument, listDocumentTree } from '../../src/domain/products/index.ts';
import { CHROMIUM } from '../support/chromium.ts';
import { ADA, writingDesk } from './writing-desk.ts';

describe.skipIf(CHROMIUM === undefined)('the order of documents in a browser', () => {
  const desk = writingDesk();
  const tree = (): string => `/admin/us/products/${desk.address().productId}/documents`;
  const add = async (...slugs: readonly string[]): Promise<void> => {
    for (const slug of slugs)
      await createDocument(desk.app().ctx, desk.address().productId, { slug, title: slug, status: 'published' });
  };
  const shape = async (): Promise<string> => {
    const print = (nodes: Awaited<ReturnType<typeof listDocumentTree>>['items']): string =>
      nodes.map(({ slug, children }) => (children.length === 0 ? slug : `${slug}(${print(children)})`)).join(' ');
    return print((await listDocumentTree(desk.app().ctx, desk.address().productId, { number: 1, size: 100 })).items);
  };
  const treeOn = (page: Page) => ({
    status: (words: string) => page.locator('[data-tree-status]', { hasText: words }).waitFor(),
    handle: (title: string) => page.getByRole('button', { name: `Move “${title}”`, exact: true }),
  });

  it('orders documents by keys and by dragging', async () => {
    await add('ebb', 'flood');
    const { page, inspect } = await desk.arrive(ADA, true);
    await page.goto(tree());
    const { status, handle } = treeOn(page);
    await handle('flood').press('ArrowUp');
    await status('“flood” is moved.');
    expect(await shape()).toBe('tides flood ebb');
    await page.keyboard.press('ArrowRight');
    await page.locator('[data-document] [data-document]', { hasText: 'flood' }).waitFor();
    expect(await shape()).toBe('tides(flood) ebb');
    expect(await handle('flood').evaluate((button) => button === document.activeElement)).toBe(true);
    expect(await inspect()).toEqual([]);

    await handle('ebb').hover();
    await page.mouse.down();
    const target = await page.locator('.document-row').first().boundingBox();
    if (!target) throw new Error('the row is not there');
    await page.mouse.move(target.x + 80, target.y + 3, { steps: 4 });
    await page.mouse.up();
    await status('“ebb” is moved.');
    expect(await shape()).toBe('ebb tides(flood)');
  });

  it('leaves a document where it was when Escape is pressed while it is dragged', async () => {
    await add('ebb');
    const { page } = await desk.arrive(ADA, true);
    await page.goto(tree());
    const { status, handle } = treeOn(page);
    const drag = async () => {
      await handle('ebb').hover();
      await page.mouse.down();
      const target = await page.locator('.document-row').first().boundingBox();
      await page.mouse.move((target?.x ?? 0) + 80, (target?.y ?? 0) + 3, { steps: 4 });
      await page.locator('.drop-before').waitFor();
    };
    await drag();
    await page.keyboard.press('Escape');
    await status('Nothing is moved.');
    expect(await page.locator('.drop-before, .dragged').count()).toBe(0);
    await page.mouse.move(200, 200, { steps: 2 });
    expect(await page.locator('.drop-before, .drop-after, .drop-inside').count()).toBe(0);
    await page.mouse.up();
    await handle('ebb').press('ArrowRight');
    await status('“ebb” is moved.');
    expect(await shape()).toBe('tides(ebb)');
  });

  it('scrolls at the edges of the window while a document is dragged, and leaves it where it is let go', async () => {
    const slugs = Array.from({ length: 40 }, (_, n) => `page-${n + 10}`);
    await add(...slugs);
    const { page } = await desk.arrive(ADA, true);
    await page.goto(tree());
    const { status, handle } = treeOn(page);
    const { height } = page.viewportSize() ?? { height: 0 };
    await handle('Tides').hover();
    await page.mouse.down();
    await page.mouse.move(400, height - 4, { steps: 4 });
    await page.waitForFunction(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 1);
    const last = await page.locator('.document-row').last().boundingBox();
    await page.mouse.move((last?.x ?? 0) + 80, (last?.y ?? 0) + (last?.height ?? 0) - 3, { steps: 4 });
    await page.locator('.drop-after').waitFor();
    await page.mouse.up();
    await status('“Tides” is moved.');
    expect(await shape()).toBe([...slugs, 'tides'].join(' '));
    await handle('Tides').hover();
    await page.mouse.down();
    await page.mouse.move(400, 4, { steps: 4 });
    await page.waitForFunction(() => scrollY === 0);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await status('Nothing is moved.');
  });
});
