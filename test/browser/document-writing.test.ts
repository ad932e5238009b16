import { describe, expect, it } from 'vitest';
import { addImage, listImages } from '../../src/domain/products/index.ts';
import { CHROMIUM } from '../support/chromium.ts';
import { png } from '../support/images.ts';
import { ADA, writingDesk } from './writing-desk.ts';

describe.skipIf(CHROMIUM === undefined)('what the tools of the editor put into a text', () => {
  const desk = writingDesk();
  /** The text of the document as a draft has it. */
  const drafted = async (): Promise<string | undefined> =>
    (await desk.connection().db.selectFrom('document_drafts').select('content').executeTakeFirst())?.content;

  it('takes the text of what is pasted from programs that add a picture of it', async () => {
    const ada = await desk.arrive(ADA, true);
    await ada.open(desk.editor());
    await ada.write('');
    await ada.paste(png(), 'image.png', {
      'text/plain': 'high\tlow',
      'text/html': '<table><tr><td>high</td><td>low</td></tr></table>',
    });
    expect(await ada.text()).toBe('high\tlow');
    await ada.paste(png(), 'image.png', { 'text/html': '<img src="https://example.org/image.png">' });
    await ada.status('“image.png” is there.');
  });

  it('puts pictures, emoji, tables, links and marks into a text', async () => {
    await addImage(desk.app().ctx, desk.address().productId, { name: 'quay.png', bytes: png(8, 8) });
    const { page, complaints, ...ada } = await desk.arrive(ADA, true);
    await ada.open(desk.editor());
    await ada.write('');
    await ada.paste(png(3, 2), 'harbour.png');
    await ada.status('“harbour.png” is there.');
    expect(await ada.text()).toMatch(/^!\[harbour\]\(images\/[0-9a-f]{32}\.png\)$/);
    await page.locator('.document-preview img').evaluate((image) => (image as HTMLImageElement).decode());
    expect(await listImages(desk.app().ctx, desk.address().productId)).toHaveLength(2);

    await page.keyboard.press('Control+End');
    await page.keyboard.press('Enter');
    await ada.tool('Emoji');
    await page.getByLabel('Find', { exact: true }).last().fill('sailboat');
    await page.getByRole('button', { name: 'sailboat' }).click();
    await ada.tool('Link to a document');
    await page.getByRole('dialog', { name: 'Link to a document' }).getByRole('link', { name: 'Tides' }).click();
    await ada.tool('Table');
    await page.getByLabel('Columns').fill('2');
    await page.getByRole('button', { name: 'Insert' }).click();
    await page.keyboard.press('Control+End');
    await ada.tool('Diagram');
    await page.getByRole('link', { name: 'States (Mermaid)' }).click();
    await page.keyboard.type('bold');
    await page.keyboard.press('Shift+Control+ArrowLeft');
    await page.keyboard.press('Control+b');
    const text = await ada.text();
    expect(text).toContain(':sailboat:[Tides](tides)');
    expect(text).toContain('| Column 1 | Column 2 |\n| -------- | -------- |');
    expect(text).toContain('```mermaid\nstateDiagram-v2');
    expect(text).toContain('**bold**');
    await page.locator('.document-preview .diagram-drawing').waitFor(); // drawn before it is saved
    await page.keyboard.press('Control+s');
    await page.getByRole('status').filter({ hasText: 'saved' }).waitFor();
    expect(await desk.stored()).toContain('**bold**');
    expect(complaints).toEqual([]);
  });

  it('keeps to what fingers know: marks are left, lists ended, blocks stand apart', async () => {
    const { page, ...ada } = await desk.arrive(ADA, true);
    await ada.open(desk.editor());
    const typed = async (...steps: readonly string[]): Promise<string> => {
      await ada.write('');
      for (const step of steps) {
        if (step.startsWith('Control+')) await page.keyboard.press(step);
        else await page.keyboard.type(step);
      }
      return ada.text();
    };
    expect(await typed('Control+b', 'high', 'Control+b', ' water')).toBe('**high** water');
    expect(await typed('Control+b', 'high', 'Control+Shift+ArrowLeft', 'Control+i', 'low')).toBe('***low***');
    expect(await typed('Control+k', 'tides')).toBe('[tides]()');
    expect(await typed('Control+Alt+c', 'ebb', 'Control+End', 'flood')).toBe('```\nebb\n```\n\nflood');
    expect(await typed('Control+Shift+8', 'ebb', 'Control+Alt+2')).toBe('## ebb');
    expect(await typed('- ebb\n\nflood')).toBe('- ebb\nflood');
    await typed('ebb');
    await ada.tool('Table');
    await page.getByRole('button', { name: 'Insert' }).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('flood');
    expect(await ada.text()).toMatch(/^ebb\n\n\| Column 1 .* \|\n\nflood$/s);
  });

  it('fills tables from cell to cell, and leads out of them', async () => {
    const { page, ...ada } = await desk.arrive(ADA, true);
    await ada.open(desk.editor());
    await ada.write('');
    await ada.tool('Table');
    await page.getByLabel('Columns').fill('2');
    await page.getByLabel('Rows').fill('1');
    await page.getByRole('button', { name: 'Insert' }).click();
    for (const [words, key] of [
      ['Port', 'Tab'],
      ['Depth', 'Tab'],
      ['Leith', 'Tab'],
      ['9 m', 'Shift+Tab'],
      ['Oban', 'Tab'],
    ] as const) {
      await page.keyboard.type(words);
      await page.keyboard.press(key);
    }
    await page.keyboard.press('Tab');
    await page.keyboard.type('Below');
    const lines = (await ada.text()).split('\n').map((line) => line.replace(/ +/g, ' '));
    expect(lines).toEqual(['| Port | Depth |', '| -------- | -------- |', '| Oban | 9 m |', '', 'Below']);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.editor-code') === null)).toBe(true);
  });

  it('keeps the words that are made a link, and the order of pictures', async () => {
    const { page, ...ada } = await desk.arrive(ADA, true);
    await ada.open(desk.editor());
    await ada.write('the sea');
    await page.keyboard.press('Control+Shift+ArrowLeft');
    await ada.tool('Link to a document');
    await page.keyboard.type('tid'); // the field is where one types
    await page.getByRole('dialog', { name: 'Link to a document' }).getByRole('link', { name: 'Tides' }).click();
    expect(await ada.text()).toBe('the [sea](tides)');
    await ada.write('');
    await ada.tool('Image');
    const files = ['one.png', 'two.png'].map((name, at) => ({ name, mimeType: 'image/png', buffer: png(at + 1, 1) }));
    await page.getByLabel('Image files').setInputFiles(files);
    await page.locator('.document-preview img').nth(1).waitFor();
    expect((await ada.text()).replace(/\(.*?\)/g, '')).toBe('![one]\n\n![two]');
  });

  it('takes a picture away in one step, and leaves no note of one that is on its way', async () => {
    const { page, ...ada } = await desk.arrive(ADA, true);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/images', async (route) => {
      await held;
      await route.continue();
    });
    await ada.open(desk.editor());
    await ada.write('the quay');
    await page.keyboard.press('Control+Shift+ArrowLeft');
    await ada.paste(png(2, 2), 'quay.png');
    await page.locator('.cm-line', { hasText: 'Uploading quay.png' }).waitFor();
    await page.keyboard.type('at night');
    await ada.paste(png(2, 3), 'night.png');
    await ada.status('Draft kept');
    expect(await drafted()).toBe('the at night');
    release();
    await page.locator('.cm-line', { hasText: 'night.png' }).waitFor({ state: 'detached' });
    await page.locator('.cm-line', { hasText: 'quay.png' }).waitFor({ state: 'detached' });
    expect((await ada.text()).replace(/\(.*?\)/g, '')).toBe('the ![quay]at night![night]');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    expect(await ada.text()).toBe('the at night');
    await page.keyboard.press('Control+y');
    await page.keyboard.press('Control+y');
    expect((await ada.text()).replace(/\(.*?\)/g, '')).toBe('the ![quay]at night![night]');
    for (let steps = 0; steps < 4; steps++) await page.keyboard.press('Control+z');
    expect(await ada.text()).toBe('the quay');
  });

  it('says which picture could not be added, and leaves nothing of it in the text', async () => {
    const { page, ...ada } = await desk.arrive(ADA, true);
    await ada.open(desk.editor());
    await ada.write('quay');
    await ada.paste(Buffer.from('no picture'), 'fake.png');
    await ada.status('“fake.png” could not be added');
    expect(await ada.text()).toBe('quay');
    await page.keyboard.type('s');
    expect(await ada.text()).toBe('quays');
  });

  it('takes the text of a file into the editor, where one step brings back what was there', async () => {
    const { page, ...ada } = await desk.arrive(ADA, true);
    await ada.open(desk.editor());
    await ada.write('An hour of work');
    const give = (name: string, words: string) =>
      page
        .getByLabel('Text from a file')
        .setInputFiles({ name, mimeType: 'text/markdown', buffer: Buffer.from(`\ufeff${words}`) });
    await give('high-water.md', 'From\r\na file');
    await ada.status('This is the text of “high-water.md”');
    expect(await ada.text()).toBe('From\na file');
    await page.keyboard.press('Control+z');
    expect(await ada.text()).toBe('An hour of work');
    await ada.press('Save');
    expect(await desk.stored()).toBe('An hour of work');
    await ada.open(`/admin/us/products/${desk.address().productId}/documents/create`);
    await give('low-water.md', '```sh\n# no heading\n```\n');
    await ada.status('This is the text of “low-water.md”');
    expect(await page.locator('#field-title').inputValue()).toBe('low-water');
    await ada.press('Create document');
    await page.getByRole('status').filter({ hasText: '“low-water” is created.' }).waitFor();
  });

  it('breaks no word of a wide table, which scrolls', async () => {
    const { page, ...ada } = await desk.arrive(ADA, true);
    await ada.open(desk.editor());
    const heads = ['State', 'Can be paid', 'Can be changed', 'Can be cancelled', 'Ends'];
    const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
    await ada.write(
      row(heads) + row(heads.map(() => '---')) + row(['`confirmed`', ...heads.map(() => 'when the ferry arrives')]),
    );
    await ada.preview('confirmed');
    const code = page.locator('.document-preview td code');
    expect(await code.evaluate((element) => element.getClientRects().length)).toBe(1);
  });
});
