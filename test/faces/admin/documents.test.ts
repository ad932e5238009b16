import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDocument, createProduct, listDocuments, type Product } from '../../../src/domain/products/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { arriveWith, type PageAnswer, startAdministration, type TestAdministration } from './admin.ts';

onEachDatabase('documents in the administration', (open) => {
  let administration: TestAdministration;
  let product: Product;
  let here: string;
  beforeEach(async () => {
    administration = await startAdministration(await open());
    product = await createProduct(administration.app.ctx, { name: 'Sailings' });
    here = `/admin/us/products/${product.id}/documents`;
  });
  afterEach(() => administration.app.close());

  const write = (title: string, parentId: string | null = null, status: 'published' | 'unpublished' = 'published') =>
    createDocument(administration.app.ctx, product.id, { title, slug: title.toLowerCase(), status, parentId: parentId as never });
  const stored = async () =>
    (await listDocuments(administration.app.ctx, product.id, { number: 1, size: 100 })).items.map(({ title }) => title);
  const titles = ({ $ }: PageAnswer): string[] =>
    $('.document-row-text > a')
      .get()
      .map((link) => $(link).text());

  it('are written: previewed as portals show them, then created, with what was left out made from the text', async () => {
    const { browser } = administration;
    expect((await browser.get(here)).$('.empty-state a').attr('href')).toBe(`${here}/create`);
    const form = await browser.get(`${here}/create`);
    const text = '# Getting started\n\n> [!NOTE]\n> Bring a coat.\n\n<script>alert(1)</script>';
    const preview = await browser.upload(form, undefined, { title: '', content: text, act: 'preview' });
    expect(preview.status).toBe(200);
    expect(preview.$('.document-preview').text()).toContain('Bring a coat.');
    expect(preview.$('main script')).toHaveLength(0);
    expect(preview.$('#field-title').attr('value')).toBe('Getting started');
    expect(await stored()).toEqual([]);
    expect(await browser.upload(preview, undefined, { act: 'save' })).toMatchObject({ status: 303, location: here });
    const tree = await browser.get(here);
    expect(titles(tree)).toEqual(['Getting started']);
    expect(tree.$('.document-row code').text()).toBe('Getting-started'.toLowerCase());
    expect(tree.$('.document-row .badge').text()).toBe('Published');
  });

  it('come from a file, and say what is wrong with them beside the field', async () => {
    const { browser } = administration;
    const form = await browser.get(`${here}/create`);
    const file = { name: 'Quick start.md', text: 'No heading here.\r\n' };
    expect((await browser.upload(form, file, { title: '', metadata: '{"a": 1}' })).status).toBe(303);
    expect(await stored()).toEqual(['Quick start']);
    const wrong = await browser.upload(form, file, { slug: 'no slug', metadata: '[]' });
    expect(wrong.status).toBe(422);
    expect(wrong.$('#field-slug-error').text()).toContain('A slug consists of');
    expect(wrong.$('#field-metadata-error').text()).toContain('JSON object');
    const taken = await browser.upload(form, file, { slug: 'quick-start' });
    expect(taken.status).toBe(409);
    expect(taken.$('[role="alert"]').text()).toContain('quick-start');
  });

  it('are moved, published and deleted without scripts; what was below moves up', async () => {
    const { browser } = administration;
    await write('One');
    const two = await write('Two');
    await write('Three', two.id);
    const page = await browser.get(here);
    expect(titles(page)).toEqual(['One', 'Two', 'Three']);
    await browser.submit(page, { index: '0' }, `${here}/${two.id}/place`);
    expect(await stored()).toEqual(['Two', 'Three', 'One']);
    await browser.submit(page, { status: 'unpublished' }, `${here}/${two.id}/status`);
    const hidden = await browser.get(here);
    expect(
      hidden
        .$('.document-row .badge')
        .get()
        .map((badge) => hidden.$(badge).text()),
    ).toEqual(['Unpublished', 'Hidden with its parent', 'Published']);
    const deletion = await browser.get(`${here}/${two.id}/delete`);
    expect(deletion.$('.consequences').text()).toContain('“Three”');
    expect((await browser.submit(deletion)).status).toBe(303);
    expect(await stored()).toEqual(['Three', 'One']);
  });

  it('are edited: below another one, but not below themselves', async () => {
    const { browser } = administration;
    const one = await write('One');
    const two = await write('Two', one.id);
    await write('Other');
    const editor = await browser.get(`${here}/${one.id}`);
    const parents = editor
      .$('#field-parent option')
      .get()
      .map((option) => editor.$(option).text());
    expect(parents).toEqual(['Top level', 'Other']);
    const moved = await browser.upload(await browser.get(`${here}/${two.id}`), undefined, { parent: '', title: 'Second' });
    expect(moved).toMatchObject({ status: 303, location: `${here}/${two.id}` });
    expect(await stored()).toEqual(['One', 'Other', 'Second']);
  });

  it('are read by a viewer, and changed by nobody but who may', async () => {
    const { app, browser } = administration;
    const { id } = await write('One');
    const viewer = await arriveWith(app, 'vera@example.org', { entityType: 'product', role: 'Viewer', entityId: product.id });
    const page = await viewer.get(here);
    expect(page.$('.document-row-title').text()).toBe('One');
    expect(page.$('main form')).toHaveLength(0);
    expect((await viewer.get(`${here}/create`)).status).toBe(403);
    expect((await viewer.get(`${here}/${id}`)).status).toBe(403);
    const _csrf = page.$('input[name="_csrf"]').attr('value') ?? '';
    expect((await viewer.post(`${here}/${id}/status`, { _csrf, status: 'unpublished' })).status).toBe(403);
    expect((await browser.get(`${here}/${product.id}`)).status).toBe(404);
  });
});
