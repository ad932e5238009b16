import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { updateDocument } from '../../src/domain/products/index.ts';
import { CHROMIUM } from '../support/chromium.ts';
import { png } from '../support/images.ts';
import { writerAt } from './editor-pages.ts';
import { ADA, GRACE, writingDesk } from './writing-desk.ts';

describe.skipIf(CHROMIUM === undefined)('the editor of documents in a browser', () => {
  const desk = writingDesk();

  describe.each([true, false])('scripts: %s', (scripts) => {
    it('shows what a text will look like, saves it, and keeps what it was', async () => {
      const ada = await desk.arrive(ADA, scripts);
      await ada.open(desk.editor());
      await ada.write('# High water\n\nThe sea comes **twice** a day.');
      await ada.preview('The sea comes twice a day.');
      if (scripts) expect(await ada.inspect()).toEqual([]);
      await ada.press('Save');
      expect(await desk.stored()).toBe('# High water\n\nThe sea comes **twice** a day.');
      await ada.page.getByRole('main').getByRole('link', { name: 'History' }).click();
      await ada.page.getByRole('link', { name: 'Edition 1' }).click();
      if (scripts) expect(await ada.inspect()).toEqual([]);
      await ada.press('Restore this text');
      expect(await ada.text()).toContain('The sea comes once a day.');
    });

    it('lets two people write, and tells the second what the first has saved', async () => {
      const [ada, grace] = [await desk.arrive(ADA, scripts), await desk.arrive(GRACE, scripts)];
      await ada.open(desk.editor());
      await grace.open(desk.editor());
      await grace.write('The sea comes twice a day.');
      await grace.press('Save');
      await ada.write('The sea comes once a night.');
      if (scripts) await ada.status('This document was saved by somebody meanwhile');
      await ada.press('Save');
      ada.complaints.splice(0); // browsers complain of a status of 409
      const conflict = ada.page.getByRole('alert');
      expect(await conflict.textContent()).toContain('Grace changed the text after you had begun');
      expect(await conflict.locator('ins').allTextContents()).toContain('night');
      expect(await ada.text()).toContain('once a night');
      expect(await desk.stored()).toContain('twice a day');
      if (scripts) expect(await ada.inspect()).toEqual([]);
      await ada.write('The sea comes twice: once a night.');
      await ada.press('Save');
      expect(await desk.stored()).toContain('The sea comes twice: once a night.');
    });
  });

  it('keeps what is typed, so that one goes on at another machine', async () => {
    const ada = await desk.arrive(ADA, true);
    await ada.open(desk.editor());
    await ada.page.getByLabel('Slug').fill('half');
    await ada.page.getByLabel('Published').uncheck();
    await ada.write('Half a sentence');
    await ada.status('Draft kept');
    const elsewhere = await desk.arrive(ADA, true);
    await elsewhere.open(desk.editor());
    expect(await elsewhere.inspect()).toEqual([]);
    expect(await elsewhere.page.locator('.draft').textContent()).toContain('You wrote this and did not save it');
    expect(await elsewhere.text()).toBe('Half a sentence');
    expect(await elsewhere.page.getByLabel('Slug').inputValue()).toBe('half');
    expect(await elsewhere.page.getByLabel('Published').isChecked()).toBe(false);
  });

  it('leaves no draft of what was saved, however soon', async () => {
    const ada = await desk.arrive(ADA, true);
    const create = `/admin/us/products/${desk.address().productId}/documents/create`;
    const drafts = () => desk.connection().db.selectFrom('document_drafts').selectAll().execute();
    await ada.open(create);
    await ada.page.locator('#field-title').fill('Ebb');
    await ada.write('Typed, and saved at once');
    await ada.press('Create document');
    await ada.open(create);
    expect(await ada.page.locator('.draft').count()).toBe(0);
    expect(await drafts()).toEqual([]);
  });

  it('keeps what was refused', async () => {
    const ada = await desk.arrive(ADA, true);
    await ada.open(desk.editor());
    await ada.write('Typed, and refused');
    await ada.page.getByLabel('Slug').fill('no slug');
    await ada.press('Save');
    ada.complaints.splice(0); // browsers complain of a status of 422
    await ada.status('Draft kept');
    await ada.open(desk.editor());
    expect(await ada.text()).toBe('Typed, and refused');
  });

  it('keeps what is written in two tabs of a new document apart, and leads to both', async () => {
    const ada = await desk.arrive(ADA, true);
    const create = `/admin/us/products/${desk.address().productId}/documents/create`;
    const other = await ada.page.context().newPage();
    const second = writerAt(other, { scripts: true });
    await ada.open(create);
    await second.open(create);
    await ada.write('A page of work, and then the power failed');
    await ada.status('Draft kept');
    await second.write('Another one');
    await second.status('Draft kept');
    await other.reload();
    expect(await second.text()).toBe('Another one');
    await other.close();
    await ada.open(create);
    expect(await ada.inspect()).toEqual([]);
    expect(await ada.text()).toBe('');
    expect((await ada.page.locator('.begun a').allTextContents()).toSorted()).toEqual([
      'A page of work, and then the power failed',
      'Another one',
    ]);
    await ada.page.getByRole('link', { name: 'A page of work' }).click();
    await ada.page.locator('.draft').waitFor();
    await ada.page.getByLabel('Text', { exact: true }).click();
    await ada.page.keyboard.press('Control+End');
    await ada.page.keyboard.type('. And back.');
    await ada.status('Draft kept');
    await ada.page.reload();
    expect(await ada.text()).toBe('A page of work, and then the power failed. And back.');
    await ada.press('Discard it');
    expect(await ada.text()).toBe('');
    expect(await ada.page.locator('.begun a').allTextContents()).toEqual(['Another one']);
  });

  it('creates one document when the button is pressed twice', async () => {
    const ada = await desk.arrive(ADA, true);
    await ada.open(`/admin/us/products/${desk.address().productId}/documents/create`);
    await ada.page.locator('#field-title').fill('Ebb');
    await ada.page.getByRole('button', { name: 'Create document' }).dblclick();
    await ada.page.getByRole('status').filter({ hasText: '“Ebb” is created.' }).waitFor();
  });

  it('saves a text once its images are there', async () => {
    const ada = await desk.arrive(ADA, true);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await ada.page.route('**/images', async (route) => {
      await held;
      await route.continue();
    });
    await ada.open(desk.editor());
    await ada.write('');
    await ada.paste(png(), 'quay.png');
    await ada.page.locator('.cm-line', { hasText: 'Uploading' }).waitFor();
    await ada.page.getByRole('button', { name: 'Save', exact: true }).click();
    await ada.status('This waits until the images are there.');
    release();
    await ada.page.getByRole('status').filter({ hasText: 'Your changes are saved.' }).waitFor();
    expect(await desk.stored()).toMatch(/^!\[quay\]\(images\/[0-9a-f]{32}\.png\)$/);
  });

  it('shows what is typed at the end of a long text, above the bar that saves it', async () => {
    await updateDocument(desk.app().ctx, desk.address(), { content: 'The sea goes again.\n\n'.repeat(80) });
    const { page, ...ada } = await desk.arrive(ADA, true);
    await ada.open(desk.editor());
    await page.getByLabel('Text', { exact: true }).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('And comes back');
    const bar = await page.locator('.editor-acts').boundingBox();
    const line = await page.getByText('And comes back', { exact: true }).first().boundingBox();
    expect((line?.y ?? Number.NaN) + (line?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
    const editor = await page.locator('.editor-code').boundingBox();
    expect((editor?.y ?? Number.NaN) + (editor?.height ?? 0)).toBeGreaterThan((bar?.y ?? 0) - 50); // nor further than that
    await ada.preview('And comes back');
    const pane = await page.locator('.document-preview').boundingBox();
    const shown = await page.locator('.document-preview p', { hasText: 'And comes back' }).boundingBox();
    expect((shown?.y ?? Number.NaN) + (shown?.height ?? 0)).toBeLessThanOrEqual((pane?.y ?? 0) + (pane?.height ?? 0));
  });

  it.each([
    [1280, 720],
    [360, 740],
  ])('shows what becomes of the text, and finds in it, beside the bar that saves it, in %i pixels', async (width, height) => {
    await updateDocument(desk.app().ctx, desk.address(), { content: 'The sea goes again.\n\n'.repeat(80) });
    const { page, inspect, ...ada } = await desk.arrive(ADA, true);
    await page.setViewportSize({ width, height });
    await ada.open(desk.editor());
    const isSeen = (what: Locator): Promise<boolean> =>
      what.evaluate((element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        const there = (element.getRootNode() as Document | ShadowRoot).elementFromPoint(left + width / 2, top + height / 2);
        return element.contains(there);
      });
    await page.getByLabel('Text', { exact: true }).click();
    await page.keyboard.type('Now');
    await ada.status('Draft kept');
    expect(await isSeen(page.locator('[data-editor-status]'))).toBe(true);
    await page.keyboard.press('Control+f');
    await page.keyboard.type('again');
    expect(await isSeen(page.getByRole('button', { name: 'Replace all' }))).toBe(true);
    expect(await isSeen(page.getByRole('button', { name: 'Save', exact: true }))).toBe(true);
    expect(await inspect()).toEqual([]);
  });

  it('stays usable with a document of a megabyte', async () => {
    const block = (n: number): string =>
      `## Part ${n}\n\n${'The sea comes **twice** a day, and goes again. '.repeat(20)}\n\n- one\n- two\n\n`;
    let content = '';
    for (let n = 1; content.length < 998_000; n++) content += block(n);
    await updateDocument(desk.app().ctx, desk.address(), { content });
    const { page, complaints, ...ada } = await desk.arrive(ADA, true);
    await ada.open(desk.editor());
    await ada.preview('Part 900');
    await page.getByLabel('Text', { exact: true }).click();
    await page.keyboard.press('Control+End');
    const end = page.locator('.document-preview-part').last();
    await expect.poll(() => end.locator('li').last().isVisible()).toBe(true);
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('# Typed at once\n');
    expect(await ada.text()).toContain('# Typed at once');
    await ada.preview('Typed at once');
    await page.keyboard.press('Control+End');
    await page.keyboard.type('And at the end');
    await page.locator('.document-preview').evaluate((preview) => preview.scrollTo(0, 0));
    await ada.preview('And at the end');
    // what comes into sight takes its own height only then
    const isInSight = () =>
      end
        .locator('p')
        .last()
        .evaluate(async (element) => {
          for (let pictures = 5; pictures > 0; pictures--) await new Promise(requestAnimationFrame);
          const { top, bottom } = element.getBoundingClientRect();
          const frame = element.closest('.document-preview')?.getBoundingClientRect();
          return frame !== undefined && top >= frame.top && bottom <= frame.bottom;
        });
    await expect.poll(isInSight).toBe(true);
    await ada.status('Draft kept');
    await ada.press('Save');
    expect(await desk.stored()).toBe(`# Typed at once\n${content}And at the end`);
    expect(complaints).toEqual([]);
  });

  it('says of a text that is too long for a document how long it is, and of what is too long for a draft that it is not kept', async () => {
    const block = `${'The sea goes again. '.repeat(50).slice(2)}\n\n`; // a thousand characters
    await updateDocument(desk.app().ctx, desk.address(), { content: block.repeat(1000) });
    const { page, complaints, ...ada } = await desk.arrive(ADA, true);
    await ada.open(desk.editor());
    await page.getByLabel('Text', { exact: true }).click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('Ebb');
    await ada.status(/^Draft kept at .* The text is too long to be saved: 1,000,003 characters, .* 1,000,000 at most\.$/);
    expect(complaints).toEqual([]);
    const title = page.locator('#field-title');
    await title.fill('T'.repeat(10_000));
    await ada.status(/^Your text is not kept\. The title is too long to be kept: 10,000 characters, .* at most\.$/);
    await title.fill('Tides');
    await ada.status('Draft kept');
  });
});
