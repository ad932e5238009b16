import { afterEach, expect, it } from 'vitest';
import type { ProductId } from '../../../src/domain/ids.ts';
import { createProduct, getProduct, type Product } from '../../../src/domain/products/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { arriveWith, type PageAnswer, startAdministration, type TestAdministration } from './admin.ts';

onEachDatabase('API products in the administration', (open) => {
  let administration: TestAdministration;
  afterEach(() => administration.app.close());

  const start = async (): Promise<TestAdministration> => {
    administration = await startAdministration(await open());
    return administration;
  };

  const product = (name: string, more: Partial<Parameters<typeof createProduct>[1]> = {}): Promise<Product> =>
    createProduct(administration.app.ctx, { name, ...more });

  const rows = ({ $ }: PageAnswer): string[] =>
    $('tbody th')
      .get()
      .map((cell) => $(cell).find('a').text());

  it('teach the first step where there are none', async () => {
    const { browser } = await start();
    const page = await browser.get('/admin/us/products');
    expect(page.$('h1').text()).toBe('API products');
    expect(page.$('nav[aria-label="Administration"] a[aria-current="page"]').text()).toContain('API products');
    expect(page.$('.empty-state a').attr('href')).toBe('/admin/us/products/create');
  });

  it('are created with a form, and say what is missing until developers see them', async () => {
    const { browser, app } = await start();
    const form = await browser.get('/admin/us/products/create');
    const fields = { name: ' Sailings ', description: '', publicLabels: 'domain: travel\n\ntier=gold', labels: 'team: ferries' };
    const made = await browser.submit(form, fields);
    expect(made.status).toBe(303);
    const page = await browser.get(made.location ?? '');
    expect(page.$('h1').text()).toBe('Sailings');
    expect(page.$('[role="status"]').text()).toContain('“Sailings” is created');
    const steps = page
      .$('.checklist-item')
      .get()
      .map((item) => page.$(item).text().replace(/\s+/g, ' ').trim());
    expect(steps.map((step) => step.split(':')[0])).toEqual(['To do', 'To do', 'To do']);
    expect(page.$('.checklist a').first().attr('href')).toBe(`${made.location}/versions/create`);
    const stored = await getProduct(app.ctx, (made.location ?? '').split('/').at(-1) as ProductId);
    expect(stored).toMatchObject({
      name: 'Sailings',
      description: null,
      publicLabels: { domain: 'travel', tier: 'gold' },
      labels: { team: 'ferries' },
    });
  });

  it('keep what was typed when something is wrong, and say what', async () => {
    const { browser } = await start();
    const form = await browser.get('/admin/us/products/create');
    const again = await browser.submit(form, {
      name: '',
      description: 'x',
      labels: 'team: a\nkong-x: b',
      publicLabels: 'lonely',
    });
    expect(again.status).toBe(422);
    expect(
      again
        .$('[role="alert"] a')
        .get()
        .map((link) => again.$(link).attr('href')),
    ).toEqual(['#field-name', '#field-labels', '#field-publicLabels']);
    expect(again.$('#field-labels-error').text()).toMatch(/Line 2: .*reserved/);
    expect(again.$('#field-labels').val()).toContain('kong-x: b');
    expect(again.$('#field-description').val()).toContain('x');
  });

  it('are searched, filtered by label and sorted, in the address', async () => {
    const { browser } = await start();
    await product('Bookings', { labels: { team: 'ferries' } });
    await product('Sailings', { publicLabels: { domain: 'travel' } });
    await product('Tides', { labels: { team: 'Ferries' } });
    expect(rows(await browser.get('/admin/us/products'))).toEqual(['Bookings', 'Sailings', 'Tides']);
    expect(rows(await browser.get('/admin/us/products?q=ID'))).toEqual(['Tides']);
    expect(rows(await browser.get('/admin/us/products?label=team:ferries'))).toEqual(['Bookings', 'Tides']);
    expect(rows(await browser.get('/admin/us/products?label=domain'))).toEqual(['Sailings']);
    expect(rows(await browser.get('/admin/us/products?sort=newest'))).toEqual(['Tides', 'Sailings', 'Bookings']);
    const nothing = await browser.get('/admin/us/products?q=nothing');
    expect(nothing.$('.empty-state a').attr('href')).toBe('/admin/us/products');
    expect((await browser.get('/admin/us/products?page=2')).status).toBe(404);
  });

  it('have pages with real links', async () => {
    const { browser } = await start();
    for (let i = 10; i < 36; i++) await product(`Product ${i}`);
    const first = await browser.get('/admin/us/products');
    expect(first.$('.pagination-summary').text()).toBe('1–25 of 26');
    const second = await browser.get(first.$('a[rel="next"]').attr('href') ?? '');
    expect(rows(second)).toEqual(['Product 35']);
  });

  it('are edited: labels that are gone from the form are gone', async () => {
    const { browser, app } = await start();
    const { id } = await product('Sailings', { description: 'Ferries.', labels: { a: '1', b: '2' } });
    const form = await browser.get(`/admin/us/products/${id}/edit`);
    expect(form.$('#field-labels').val()).toBe('a: 1\nb: 2');
    const saved = await browser.submit(form, { labels: 'b: 3\nc: 4' });
    expect(saved).toMatchObject({ status: 303, location: `/admin/us/products/${id}` });
    expect(await getProduct(app.ctx, id)).toMatchObject({ description: 'Ferries.', labels: { b: '3', c: '4' } });
  });

  it('are deleted from a page that names what goes with them', async () => {
    const { browser } = await start();
    const { id } = await product('Sailings');
    const page = await browser.get(`/admin/us/products/${id}/delete`);
    expect(page.$('h1').text()).toBe('Delete Sailings?');
    expect(page.$('.consequences li')).toHaveLength(2);
    expect(await browser.submit(page)).toMatchObject({ status: 303, location: '/admin/us/products' });
    expect((await browser.get(`/admin/us/products/${id}`)).status).toBe(404);
  });

  it('show a viewer no buttons, and let no viewer change anything', async () => {
    const { app } = await start();
    const { id } = await product('Sailings');
    const other = await product('Tides');
    const viewer = await arriveWith(app, 'vera@example.org', { entityType: 'product', role: 'Viewer', entityId: id });
    const page = await viewer.get(`/admin/us/products/${id}`);
    expect(page.status).toBe(200);
    expect(page.$('.admin-title a, .admin-title details, .checklist a')).toHaveLength(0);
    expect((await viewer.get('/admin/us/products/create')).status).toBe(403);
    for (const path of ['edit', 'delete', 'versions/create'])
      expect((await viewer.get(`/admin/us/products/${id}/${path}`)).status, path).toBe(403);
    const token = page.$('input[name="_csrf"]').attr('value') ?? '';
    expect((await viewer.post(`/admin/us/products/${id}/edit`, { _csrf: token, name: 'Mine' })).status).toBe(403);
    expect((await viewer.post(`/admin/us/products/${id}/delete`, { _csrf: token })).status).toBe(403);
    expect((await viewer.get(`/admin/us/products/${other.id}`)).status).toBe(404);
    expect(rows(await viewer.get('/admin/us/products'))).toEqual(['Sailings']);
  });
});
