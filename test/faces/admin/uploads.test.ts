import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPortal } from '../../../src/domain/portals/index.ts';
import { createProduct, createVersion } from '../../../src/domain/products/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { startAdministration, type TestAdministration } from './admin.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };
const env = { MAX_DOCUMENT_BYTES: '50000', MAX_IMAGES_BYTES: '50000', MAX_SPECIFICATION_BYTES: '30000' };

onEachDatabase('files that are too large', (open) => {
  let administration: TestAdministration;
  beforeEach(async () => {
    administration = await startAdministration(await open(), { env });
  });
  afterEach(() => administration.app.close());

  it('are refused beside the field of a document, and what was typed is kept', async () => {
    const { app, browser } = administration;
    const product = await createProduct(app.ctx, { name: 'Sailings' });
    const form = await browser.get(`/admin/us/products/${product.id}/documents/create`);
    const file = { name: 'long.md', text: 'x'.repeat(123_456) };
    const refused = await browser.upload(form, file, { title: 'Long', slug: 'long-one', metadata: '{"a": 1}' });
    expect(refused.status).toBe(413);
    expect(refused.$('#field-file-error').text()).toBe('The file has 123.5 kB: it may have 50 kB at most');
    expect(refused.$('.error-summary a').attr('href')).toBe('#field-file');
    expect(refused.$('#field-file-notice')).toHaveLength(0); // that one would be refused again
    expect([refused.$('#field-slug').val(), refused.$('#field-metadata').val()]).toEqual(['long-one', '{"a": 1}']);
    const typed = await browser.upload(form, undefined, { title: 'Long', content: 'x'.repeat(50_001) });
    expect([typed.status, typed.$('#field-content-error').text()]).toEqual([413, expect.stringContaining('50 kB at most')]);
    expect([typed.$('#field-content').val(), typed.$('[data-editor]').is('[data-unsaved]')]).toEqual(['x'.repeat(50_001), true]);
    const unread = await browser.upload(form, undefined, { title: 'Long', content: 'x'.repeat(150_001) });
    expect([unread.status, unread.$('form[data-editor]').length]).toEqual([413, 0]); // fields that were not read would be saved empty
    expect(unread.$('main').text()).toMatch(/50 kB at most[\s\S]*Go back in your browser/);
    const _csrf = String(form.$('input[name="_csrf"]').val());
    const long = '海'.repeat(16_000); // 48 kB, and three times as much in a form
    const kept = await browser.post(`/admin/us/products/${product.id}/documents/draft`, {
      _csrf,
      base: '0',
      title: '',
      content: long,
    });
    expect(kept.status).toBe(200);
    const named = await browser.upload(form, undefined, { title: 'Long', content: 'kept', slug: 'no slug' });
    expect([named.status, named.$('[data-editor]').is('[data-unsaved]')]).toEqual([422, true]);
    const fits = { name: 'fits.md', text: 'x'.repeat(50_000) };
    expect((await browser.upload(form, fits, { title: 'Fits' })).status).toBe(303);
    const forged = await browser.upload(form, file, { _csrf: 'wrong' });
    expect(forged.status).toBe(403);
  });

  it('are refused beside the field of a specification', async () => {
    const { app, browser } = administration;
    const product = await createProduct(app.ctx, { name: 'Sailings' });
    const { id } = await createVersion(app.ctx, product.id, { name: 'v1' });
    const form = await browser.get(`/admin/us/products/${product.id}/versions/${id}/specification`);
    const refused = await browser.upload(form, { name: 'big.yaml', text: `openapi: 3.1.0\n#${'x'.repeat(60_000)}` });
    expect([refused.status, refused.$('#field-file-error').text()]).toEqual([
      413,
      expect.stringContaining('The file has 60.1 kB'),
    ]);
  });

  it('have to be chosen again where their form is refused for something else, which is said beside their field', async () => {
    const { app, browser } = administration;
    const product = await createProduct(app.ctx, { name: 'Sailings' });
    const { id } = await createVersion(app.ctx, product.id, { name: 'v1' });
    const documents = `/admin/us/products/${product.id}/documents`;
    const said = async (path: string, files: Parameters<typeof browser.upload>[1], fields: Record<string, string> = {}) => {
      const page = await browser.upload(await browser.get(path), files, fields);
      return [page.status, page.$('[id$="-notice"]').text()];
    };
    const again = 'has to be chosen again: browsers keep no file of a form that was sent.';
    const some = [
      { name: 'docs/a.md', text: 'a' },
      { name: 'docs/b.md', text: 'b' },
    ];
    expect(await said(`${documents}/import`, some, { existing: 'neither' })).toEqual([
      422,
      'The 2 files have to be chosen again: browsers keep no file of a form that was sent.',
    ]);
    expect(await said(`${documents}/create`, { name: 'a.md', text: 'a\0b' }, { slug: 'no slug' })).toEqual([
      422,
      `“a.md” ${again}`,
    ]);
    const version = `/admin/us/products/${product.id}/versions/${id}/specification`;
    expect(await said(version, { name: 'a.yaml', text: 'openapi: 1.0.0' })).toEqual([422, `“a.yaml” ${again}`]);
    expect(await said(`/admin/us/products/${product.id}/images`, { name: 'a.png', text: 'x' })).toEqual([
      422,
      `“a.png” ${again}`,
    ]);
    const portal = await createPortal(app.ctx, { name: 'Harbour' }, HOSTS);
    expect(await said(`/admin/us/portals/${portal.id}/appearance`, { name: 'a.txt', text: 'x' })).toEqual([
      422,
      `“a.txt” ${again}`,
    ]);
  });

  it('of documents come back as text where their form is refused', async () => {
    const { app, browser } = administration;
    const product = await createProduct(app.ctx, { name: 'Sailings' });
    const form = await browser.get(`/admin/us/products/${product.id}/documents/create`);
    const file = { name: 'tides.md', text: '# Tides\r\n\r\nHigh' };
    const refused = await browser.upload(form, file, { slug: 'no slug', content: 'less' });
    expect(refused.$('#field-slug-error').text()).toContain('letters, digits');
    expect([refused.$('#field-content').val(), refused.$('#field-file-notice').length]).toEqual(['# Tides\n\nHigh', 0]);
    expect((await browser.upload(refused, undefined, { slug: 'tides' })).status).toBe(303);
  });

  it('are refused beside the image that they were meant for', async () => {
    const { app, browser } = administration;
    const { id } = await createPortal(app.ctx, { name: 'Harbour' }, HOSTS);
    const form = await browser.get(`/admin/us/portals/${id}/appearance`);
    const refused = await browser.upload(form, { name: 'logo.png', text: 'x'.repeat(60_000) });
    expect([refused.status, refused.$('#field-logo-error').text()]).toEqual([413, expect.stringContaining('50 kB at most')]);
  });
});
