import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/database/connect.ts';
import { createOrganisationAdmin } from '../../src/domain/administrators/index.ts';
import {
  addImage,
  createDocument,
  createProduct,
  type DocumentAddress,
  deleteProduct,
  getDocument,
  listDocumentTree,
  listImages,
  updateDocument,
} from '../../src/domain/products/index.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { CHROMIUM, sharedChromium } from '../support/chromium.ts';
import { freshDatabase } from '../support/database.ts';
import { png } from '../support/images.ts';
import { admit, PASSWORD } from './administrator.ts';
import { writerAt } from './editor-pages.ts';
import { openWindows, type Windows } from './visitor.ts';

const ADA = 'ada@example.org';
const GRACE = 'grace@example.org';

describe.skipIf(CHROMIUM === undefined)('the editor of documents in a browser', () => {
  let connection: Connection;
  let app: TestApp;
  let windows: Windows;
  let address: DocumentAddress;
  let editor: string;

  beforeAll(async () => {
    connection = await freshDatabase('sqlite');
    app = await startApp(connection);
    windows = openWindows(await sharedChromium(), app.url);
    await app.installation.prepare();
    for (const [email, name] of [
      [ADA, 'Ada'],
      [GRACE, 'Grace'],
    ] as const)
      await createOrganisationAdmin(app.installation.organisation, { email, name, password: PASSWORD });
  });
  beforeEach(async () => {
    const { id: productId } = await createProduct(app.ctx, { name: 'Tides' });
    const fresh = { slug: 'tides', title: 'Tides', status: 'published', content: 'The sea comes once a day.\n' } as const;
    const { id: documentId } = await createDocument(app.ctx, productId, fresh);
    address = { productId, documentId };
    editor = `/admin/us/products/${productId}/documents/${documentId}`;
  });
  afterEach(async () => {
    await windows.leave();
    await deleteProduct(app.ctx, address.productId);
  });
  afterAll(async () => {
    await windows.close();
    await app.close();
    await connection.close();
  });

  const stored = async (): Promise<string> => (await getDocument(app.ctx, address)).content;

  const arrive = async (email: string, scripts: boolean) => {
    const visitor = await windows.arrive({ scripts });
    await admit(visitor.page, app, email);
    return { ...visitor, ...writerAt(visitor.page, { scripts }) };
  };

  describe.each([true, false])('scripts: %s', (scripts) => {
    it('shows what a text will look like, saves it, and keeps what it was', async () => {
      const ada = await arrive(ADA, scripts);
      await ada.open(editor);
      await ada.write('# High water\n\nThe sea comes **twice** a day.');
      await ada.preview('The sea comes twice a day.');
      if (scripts) expect(await ada.inspect()).toEqual([]);
      await ada.press('Save');
      expect(await stored()).toBe('# High water\n\nThe sea comes **twice** a day.');
      await ada.page.getByRole('main').getByRole('link', { name: 'History' }).click();
      await ada.page.getByRole('link', { name: 'Edition 1' }).click();
      if (scripts) expect(await ada.inspect()).toEqual([]);
      await ada.press('Restore this text');
      expect(await ada.text()).toContain('The sea comes once a day.');
    });

    it('lets two people write, and tells the second what the first has saved', async () => {
      const [ada, grace] = [await arrive(ADA, scripts), await arrive(GRACE, scripts)];
      await ada.open(editor);
      await grace.open(editor);
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
      expect(await stored()).toContain('twice a day');
      if (scripts) expect(await ada.inspect()).toEqual([]);
      await ada.write('The sea comes twice: once a night.');
      await ada.press('Save');
      expect(await stored()).toContain('The sea comes twice: once a night.');
    });
  });

  it('keeps what is typed, so that one goes on at another machine', async () => {
    const ada = await arrive(ADA, true);
    await ada.open(editor);
    await ada.page.getByLabel('Slug').fill('half');
    await ada.page.getByLabel('Published').uncheck();
    await ada.write('Half a sentence');
    await ada.status('Draft kept');
    const elsewhere = await arrive(ADA, true);
    await elsewhere.open(editor);
    expect(await elsewhere.inspect()).toEqual([]);
    expect(await elsewhere.page.locator('.draft').textContent()).toContain('You wrote this and did not save it');
    expect(await elsewhere.text()).toBe('Half a sentence');
    expect(await elsewhere.page.getByLabel('Slug').inputValue()).toBe('half');
    expect(await elsewhere.page.getByLabel('Published').isChecked()).toBe(false);
  });

  it('leaves no draft of what was saved, however soon', async () => {
    const ada = await arrive(ADA, true);
    const create = `/admin/us/products/${address.productId}/documents/create`;
    const drafts = () => connection.db.selectFrom('document_drafts').selectAll().execute();
    await ada.open(create);
    await ada.page.locator('#field-title').fill('Ebb');
    await ada.write('Typed, and saved at once');
    await ada.press('Create document');
    await ada.open(create);
    expect(await ada.page.locator('.draft').count()).toBe(0);
    expect(await drafts()).toEqual([]);
  });

  it('keeps what was refused', async () => {
    const ada = await arrive(ADA, true);
    await ada.open(editor);
    await ada.write('Typed, and refused');
    await ada.page.getByLabel('Slug').fill('no slug');
    await ada.press('Save');
    ada.complaints.splice(0); // browsers complain of a status of 422
    await ada.status('Draft kept');
    await ada.open(editor);
    expect(await ada.text()).toBe('Typed, and refused');
  });

  it('goes on with what was written, so that nothing takes its place unseen', async () => {
    const ada = await arrive(ADA, true);
    const create = `/admin/us/products/${address.productId}/documents/create`;
    await ada.open(create);
    await ada.write('A page of work, and then the power failed');
    await ada.status('Draft kept');
    await ada.open(create);
    await ada.page.getByLabel('Text', { exact: true }).click();
    await ada.page.keyboard.press('Control+End');
    await ada.page.keyboard.type('. And back.');
    await ada.status('Draft kept');
    await ada.open(create);
    expect(await ada.text()).toBe('A page of work, and then the power failed. And back.');
    await ada.press('Discard it');
    expect(await ada.text()).toBe('');
  });

  it('creates one document when the button is pressed twice', async () => {
    const ada = await arrive(ADA, true);
    await ada.open(`/admin/us/products/${address.productId}/documents/create`);
    await ada.page.locator('#field-title').fill('Ebb');
    await ada.page.getByRole('button', { name: 'Create document' }).dblclick();
    await ada.page.getByRole('status').filter({ hasText: '“Ebb” is created.' }).waitFor();
  });

  it('saves a text once its images are there', async () => {
    const ada = await arrive(ADA, true);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await ada.page.route('**/images', async (route) => {
      await held;
      await route.continue();
    });
    await ada.open(editor);
    await ada.write('');
    await ada.paste(png(), 'quay.png');
    await ada.page.locator('.cm-line', { hasText: 'Uploading' }).waitFor();
    await ada.page.getByRole('button', { name: 'Save', exact: true }).click();
    await ada.status('This waits until the images are there.');
    release();
    await ada.page.getByRole('status').filter({ hasText: 'Your changes are saved.' }).waitFor();
    expect(await stored()).toMatch(/^!\[quay\]\(images\/[0-9a-f]{32}\.png\)$/);
  });

  it('takes the text of what is pasted from programs that add a picture of it', async () => {
    const ada = await arrive(ADA, true);
    await ada.open(editor);
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
    await addImage(app.ctx, address.productId, { name: 'quay.png', bytes: png(8, 8) });
    const { page, complaints, ...ada } = await arrive(ADA, true);
    await ada.open(editor);
    await ada.write('');
    await ada.paste(png(3, 2), 'harbour.png');
    await ada.status('“harbour.png” is there.');
    expect(await ada.text()).toMatch(/^!\[harbour\]\(images\/[0-9a-f]{32}\.png\)$/);
    await page.locator('.document-preview img').evaluate((image) => (image as HTMLImageElement).decode());
    expect(await listImages(app.ctx, address.productId)).toHaveLength(2);

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
    expect(await stored()).toContain('**bold**');
    expect(complaints).toEqual([]);
  });

  it('keeps to what fingers know: marks are left, lists ended, blocks stand apart', async () => {
    const { page, ...ada } = await arrive(ADA, true);
    await ada.open(editor);
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
    const { page, ...ada } = await arrive(ADA, true);
    await ada.open(editor);
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
    const { page, ...ada } = await arrive(ADA, true);
    await ada.open(editor);
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

  it('shows what is typed at the end of a long text, above the bar that saves it', async () => {
    await updateDocument(app.ctx, address, { content: 'The sea goes again.\n\n'.repeat(80) });
    const { page, ...ada } = await arrive(ADA, true);
    await ada.open(editor);
    await page.getByLabel('Text', { exact: true }).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('And comes back');
    const bar = await page.locator('.editor-acts').boundingBox();
    const line = await page.getByText('And comes back', { exact: true }).first().boundingBox();
    expect((line?.y ?? Number.NaN) + (line?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
    await ada.preview('And comes back');
    const pane = await page.locator('.document-preview').boundingBox();
    const shown = await page.locator('.document-preview p', { hasText: 'And comes back' }).boundingBox();
    expect((shown?.y ?? Number.NaN) + (shown?.height ?? 0)).toBeLessThanOrEqual((pane?.y ?? 0) + (pane?.height ?? 0));
  });

  it('stays usable with a document of a megabyte', async () => {
    const block = (n: number): string =>
      `## Part ${n}\n\n${'The sea comes **twice** a day, and goes again. '.repeat(20)}\n\n- one\n- two\n\n`;
    let content = '';
    for (let n = 1; content.length < 999_000; n++) content += block(n);
    content = content.slice(0, 999_000);
    await updateDocument(app.ctx, address, { content });
    const { page, complaints, ...ada } = await arrive(ADA, true);
    await ada.open(editor);
    await ada.preview('Part 900');
    await page.getByLabel('Text', { exact: true }).click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('# Typed at once\n');
    expect(await ada.text()).toContain('# Typed at once');
    await ada.preview('Typed at once');
    await ada.status('Draft kept');
    await ada.press('Save');
    expect(await stored()).toBe(`# Typed at once\n${content}`);
    expect(complaints).toEqual([]);
  });

  it('says of a text that is too long for a document how long it is, and of one that is too long for a draft that it is not kept', async () => {
    const block = `${'The sea goes again. '.repeat(50).slice(2)}\n\n`; // a thousand characters
    await updateDocument(app.ctx, address, { content: block.repeat(1000) });
    const { page, complaints, ...ada } = await arrive(ADA, true);
    await ada.open(editor);
    await page.getByLabel('Text', { exact: true }).click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('Ebb');
    await ada.status(/^Draft kept at .* The text is too long to be saved: 1,000,003 characters, .* 1,000,000 at most\.$/);
    expect(complaints).toEqual([]);
    await connection.db
      .updateTable('document_drafts')
      .set({ content: block.repeat(3000) })
      .execute();
    await page.goto('about:blank');
    await ada.open(editor);
    await page.getByLabel('Text', { exact: true }).click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('Ebb');
    await ada.status(/^Your text is not kept\. The text is too long to be kept: 3,000,003 characters, .* 3,000,000 at most\.$/);
    await page.keyboard.press('Shift+PageDown');
    await page.keyboard.press('Delete');
    await ada.status('Draft kept');
  });

  it('orders documents by keys and by dragging', async () => {
    const { productId } = address;
    for (const slug of ['ebb', 'flood']) await createDocument(app.ctx, productId, { slug, title: slug, status: 'published' });
    const shape = async (): Promise<string> => {
      const print = (nodes: Awaited<ReturnType<typeof listDocumentTree>>['items']): string =>
        nodes.map(({ slug, children }) => (children.length === 0 ? slug : `${slug}(${print(children)})`)).join(' ');
      return print((await listDocumentTree(app.ctx, productId, { number: 1, size: 10 })).items);
    };
    const { page, inspect } = await arrive(ADA, true);
    await page.goto(`/admin/us/products/${productId}/documents`);
    const status = (words: string) => page.locator('[data-tree-status]', { hasText: words }).waitFor();
    const handle = (title: string) => page.getByRole('button', { name: `Move “${title}”`, exact: true });
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
});
