import { afterEach, expect, it } from 'vitest';
import { createAuthStrategy } from '../../../src/domain/auth-strategies/index.ts';
import { getPortal } from '../../../src/domain/portals/index.ts';
import { createProduct, createVersion } from '../../../src/domain/products/index.ts';
import { getPublication, putPublication } from '../../../src/domain/publications/index.ts';
import { registerApplication } from '../../../src/domain/registrations/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { registrationScene } from '../../support/registrations.ts';
import { arriveWith, startAdministration, type TestAdministration } from './admin.ts';

onEachDatabase('products in portals, in the administration', (open) => {
  let administration: TestAdministration;
  afterEach(() => administration.app.close());

  /** A portal, with a product that is not in it and has a version. */
  const start = async () => {
    administration = await startAdministration(await open());
    const { ctx } = administration.app;
    const scene = await registrationScene(ctx);
    const product = await createProduct(ctx, { name: 'Tides' });
    const version = await createVersion(ctx, product.id, { name: 'v1' });
    const here = `/admin/us/products/${product.id}`;
    const publication = () => getPublication(ctx, { portalId: scene.portal.id, versionId: version.id });
    return { ...administration, ctx, scene, product, version, here, publication };
  };

  it('are published in one form: assigned, with strategy and registration', async () => {
    const { browser, ctx, scene, here, publication } = await start();
    const overview = await browser.get(here);
    expect(overview.$('.menu-item').first().attr('href')).toBe(`${here}/publish`);
    const form = await browser.get(`${here}/publish`);
    expect(form.$('.choices input:checked')).toHaveLength(1);
    const without = await browser.submit(form, { registration: 'on' });
    expect(without.status).toBe(422);
    expect(without.$('#field-strategy-error').text()).toContain('without that they cannot register');
    const strategy = form.$('#field-strategy option').last().attr('value') ?? '';
    const published = await browser.submit(form, { strategy, registration: 'on' });
    expect(published).toMatchObject({ status: 303, location: `${here}/portals` });
    expect(await publication()).toMatchObject({
      publishStatus: 'published',
      applicationRegistrationEnabled: true,
      autoApproveRegistration: false,
      authStrategies: [{ id: strategy }],
    });
    expect((await getPortal(ctx, scene.portal.id)).productCount).toBe(2);
    const list = await browser.get('/admin/us/products?q=Tides');
    expect(list.$(`td a[href="/admin/us/portals/${scene.portal.id}"]`)).toHaveLength(1);
    const page = await browser.get(`${here}/portals`);
    expect(
      page
        .$('section .badge')
        .get()
        .map((badge) => page.$(badge).text()),
    ).toEqual(['Shows this product', 'Published']);
    const named = form.$(`#field-strategy option[value="${strategy}"]`).text();
    expect(named).toBe('API key (Keys)');
    expect(page.$('section td').text()).toContain(named);
    expect(page.$('section h2').text()).toContain(form.$('.choices label').first().text().trim().split('\n')[0]);
    expect((await browser.get(`${here}/publish`)).$('.message').text()).toContain('published already to');
  });

  it('are changed one by one, taken out, and put back as they were', async () => {
    const { browser, scene, version, here, publication } = await start();
    await browser.submit(await browser.get(`${here}/publish`));
    const form = await browser.get(`${here}/portals/${scene.portal.id}/versions/${version.id}`);
    expect(form.$('h1').text()).toBe(`v1 in ${scene.portal.name}`);
    expect(form.$('#field-published').attr('checked')).toBe('checked');
    expect((await browser.submit(form, { deprecated: 'on' })).status).toBe(303);
    expect(await publication()).toMatchObject({ publishStatus: 'published', deprecated: true, consoleProxy: false });
    await browser.submit(form, { deprecated: 'on', consoleProxy: 'on' });
    expect(await publication()).toMatchObject({ consoleProxy: true });
    const page = await browser.get(`${here}/portals`);
    const action = `${here}/portals/${scene.portal.id}`;
    expect((await browser.submit(page, {}, action)).status).toBe(303);
    const out = await browser.get(`${here}/portals`);
    expect(
      out
        .$('section .badge')
        .get()
        .map((badge) => out.$(badge).text()),
    ).toEqual(['Does not show it', 'Product not in portal']);
    await browser.submit(out, {}, action);
    expect(await publication()).toMatchObject({ publishStatus: 'published', deprecated: true });
  });

  it('are taken out altogether, on a page that asks', async () => {
    const { browser, ctx, scene, version, here, publication } = await start();
    const settings = { ...scene.settings, applicationRegistrationEnabled: false, authStrategyIds: [] };
    await putPublication(ctx, { portalId: scene.portal.id, versionId: version.id }, settings);
    const place = `${here}/portals/${scene.portal.id}/versions/${version.id}`;
    const form = await browser.get(place);
    expect(form.$(`main a[href="${place}/remove"]`).text().trim()).toBe('Take out');
    const question = await browser.get(`${place}/remove`);
    expect(question.$('#field-notify').length).toBe(1);
    expect(question.$(`nav a[href="${here}/portals"]`).text()).toBe('Dev Portals');
    const done = await browser.submit(question, { notify: 'on' });
    expect([done.status, done.location]).toEqual([303, `${here}/portals`]);
    await expect(publication()).rejects.toMatchObject({ kind: 'not-found' });
    expect((await browser.get(`${place}/remove`)).status).toBe(404);
    const left = await browser.get(`${here}/versions/${version.id}`);
    expect(left.$('[aria-labelledby="portals-title"]').text()).toContain('Published nowhere yet');
    expect(left.$(`[aria-labelledby="portals-title"] a[href="${here}/portals"]`).length).toBe(1);
  });

  it('ask before a strategy changes under registrations, and name them', async () => {
    const { browser, ctx, scene } = await start();
    const chosen = scene.portal.defaultAuthStrategyId ?? scene.strategy.id;
    const version = await scene.addVersion('v2', { authStrategyIds: [chosen] });
    await registerApplication(ctx, await scene.addApplication(), version.id);
    const other = await createAuthStrategy(ctx, { name: 'other', displayName: 'Other', config: { type: 'key_auth' } });
    const here = `/admin/us/products/${scene.product.id}/portals/${scene.portal.id}/versions/${version.id}`;
    const question = await browser.submit(await browser.get(here), { strategy: other.id });
    expect(question.status).toBe(200);
    expect(question.$('h1').text()).toBe('Change the authentication?');
    expect(question.$('.consequences li')).toHaveLength(1);
    const ref = { portalId: scene.portal.id, versionId: version.id };
    expect((await getPublication(ctx, ref)).authStrategies[0]?.id).not.toBe(other.id);
    expect((await browser.submit(question, { confirmed: 'on' })).status).toBe(303);
    expect((await getPublication(ctx, ref)).authStrategies[0]?.id).toBe(other.id);
  });

  it('are for those who may: a publisher without a portal learns why, an approver opens, a viewer reads', async () => {
    const { app, scene, product, version, here, publication } = await start();
    const onProduct = (role: string) => ({ entityType: 'product', role, entityId: product.id }) as const;
    const onPortal = { entityType: 'portal', role: 'Viewer', entityId: scene.portal.id } as const;
    const alone = await arriveWith(app, 'alone@example.org', onProduct('Publisher'));
    expect((await alone.get(`${here}/portals`)).$('.empty-state').text()).toContain('You see no portals');
    expect((await alone.get(`${here}/publish`)).status).toBe(403);

    const publisher = await arriveWith(app, 'publisher@example.org', onProduct('Publisher'), onPortal);
    const form = await publisher.get(`${here}/publish`);
    expect(form.$('#field-strategy')).toHaveLength(0);
    expect((await publisher.submit(form)).status).toBe(303);
    expect(await publication()).toMatchObject({ publishStatus: 'published' });

    const opener = await arriveWith(app, 'opener@example.org', onProduct('Application Registration'), onPortal);
    const change = `${here}/portals/${scene.portal.id}/versions/${version.id}`;
    const opening = await opener.get(change);
    expect(opening.$('#field-published')).toHaveLength(0);
    expect((await opener.submit(opening, { autoApprove: 'on' })).status).toBe(303);
    expect(await publication()).toMatchObject({ publishStatus: 'published', autoApproveRegistration: true });

    const viewer = await arriveWith(app, 'viewer@example.org', onProduct('Viewer'), onPortal);
    const seen = await viewer.get(`${here}/portals`);
    expect(seen.$('main form, main td a')).toHaveLength(0);
    expect((await viewer.get(change)).status).toBe(403);
    const _csrf = seen.$('input[name="_csrf"]').attr('value') ?? '';
    expect((await viewer.post(`${here}/portals/${scene.portal.id}`, { _csrf, status: 'unpublished' })).status).toBe(403);
    expect((await viewer.post(change, { _csrf })).status).toBe(403);
  });
});
