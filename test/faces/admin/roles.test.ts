import { afterEach, expect, it } from 'vitest';
import { inviteAdministrator } from '../../../src/domain/administrators/index.ts';
import { createProduct } from '../../../src/domain/products/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { addAdministrator, logIn, startAdministration, type TestAdministration } from './admin.ts';

onEachDatabase('roles on one entity', (open) => {
  let administration: TestAdministration;
  const start = async (): Promise<TestAdministration> => {
    administration = await startAdministration(await open());
    return administration;
  };
  afterEach(() => administration.app.close());

  it('are given by name by whoever manages roles, who sees nothing else of products', async () => {
    const { app } = await start();
    const product = await createProduct(app.ctx, { name: 'Sailings 100%' });
    await createProduct(app.ctx, { name: 'Ports' });
    const bob = await addAdministrator(app, 'bob@example.org', 'Bob', []);
    await addAdministrator(app, 'ida@example.org', 'Ida', [{ entityType: 'organisation', role: 'Identity Admin' }]);
    const ida = await logIn(app, 'ida@example.org');
    const here = `/admin/us/organisation/people/${bob.id}`;
    const form = await ida.get(`${here}/roles/new?type=product&q=100%25`);
    expect(form.$('#field-scope option').last().text()).toBe('API product Sailings 100%');
    expect(form.text).not.toContain('Ports');
    const scope = form.$('#field-scope option').last().attr('value') ?? '';
    expect((await ida.submit(form, { role: 'Viewer', scope })).status).toBe(303);
    expect((await ida.get(here)).$('main').text()).toContain('API product Sailings 100%');
    for (const path of [`products/${product.id}`, `access/product/${product.id}`])
      expect((await ida.get(`/admin/us/${path}`)).status, path).toBe(404);
  });

  it('are seen by its Admin, who gives and takes them', async () => {
    const { app, administrator } = await start();
    const bob = await addAdministrator(app, 'bob@example.org', 'Bob', [{ entityType: 'product', role: 'Creator' }]);
    const cy = await inviteAdministrator(app.installation.organisation, { email: 'cy@example.org', name: 'Cy' });
    const actor = {
      ...({ kind: 'administrator', id: bob.id, tokenId: undefined } as const),
      grants: [{ entityType: 'product', role: 'Creator', entityId: '*' } as const],
    };
    const product = await createProduct({ ...app.ctx, actor }, { name: 'Sailings' });
    const path = `/admin/us/access/product/${product.id}`;
    const browser = await logIn(app, bob.email);
    const page = await browser.get(path);
    expect(page.$('h1').text()).toBe('Roles on Sailings');
    expect(page.$('[aria-labelledby="held-title"] .item-text').text()).toContain('Bob Admin');
    expect((await browser.submit(page, { holder: 'nobody', role: 'Viewer' }, path)).status).toBe(422);
    expect((await browser.submit(page, { holder: `administrator:${cy.id}`, role: 'Creator' }, path)).status).toBe(422);
    expect((await browser.submit(page, { holder: `administrator:${cy.id}`, role: 'Viewer' }, path)).status).toBe(303);
    const given = await browser.get(path);
    expect(given.$('[aria-labelledby="held-title"] .item')).toHaveLength(2);
    const take = given.$('[aria-labelledby="held-title"] .item:last-child form').attr('action') ?? '';
    expect((await browser.submit(given, {}, take)).status).toBe(303);
    expect((await browser.submit(given, {}, take)).status).toBe(404);
    const stranger = await addAdministrator(app, 'eve@example.org', 'Eve', [{ entityType: 'portal', role: 'Admin' }]);
    expect((await (await logIn(app, stranger.email)).get(path)).status).toBe(404);
    expect((await (await logIn(app, administrator.email)).get('/admin/us/access/product/nothing')).status).toBe(404);
  });
});
