import { afterEach, expect, it } from 'vitest';
import type { Role } from '../../../src/domain/access/index.ts';
import { createProduct } from '../../../src/domain/products/index.ts';
import { decideRegistration, getRegistration } from '../../../src/domain/registrations/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { registrationScene } from '../../support/registrations.ts';
import { addAdministrator, arriveWith, logIn, startAdministration, type TestAdministration } from './admin.ts';

onEachDatabase('applications as pages of the administration', (open) => {
  let administration: TestAdministration;
  const start = async () => {
    administration = await startAdministration(await open());
    const { ctx } = administration.app;
    const scene = await registrationScene(ctx, { name: 'Partners' });
    const { defaultAuthStrategyId } = scene.portal;
    const settings = { ...scene.settings, authStrategyIds: defaultAuthStrategyId === null ? [] : [defaultAuthStrategyId] };
    await scene.putSettings(settings);
    const registrationId = await scene.addRegistration('Shop');
    const { applicationId } = await getRegistration(ctx, { registrationId });
    const list = `/admin/us/portals/${scene.portal.id}/applications`;
    return { ...administration, ...scene, registrationId, list, page: `${list}/${applicationId}` };
  };
  afterEach(() => administration.app.close());

  it('are listed, searched and edited', async () => {
    const { browser, list, page } = await start();
    expect((await browser.get(list)).$('tbody th').text()).toBe('Shop');
    const narrowed = await browser.get(`${list}?q=nothing`);
    expect(narrowed.$('.empty-state').text()).toContain('No application matches “nothing”');
    expect(narrowed.$('.filter-fold summary').text()).toBe('Filters (1)');
    expect((await browser.submit(await browser.get(`${page}/edit`), { name: 'Web shop' })).status).toBe(303);
    expect((await browser.get(page)).$('h1').text()).toBe('Web shop');
    expect((await browser.submit(await browser.get(`${page}/edit`), { name: ' ' })).status).toBe(422);
  });

  it('say of registrations that no longer fit what to do, as do the queue and the Dev Portals tab', async () => {
    const { app, browser, page, product, version, portal, strategy, settings, putSettings, registrationId } = await start();
    expect((await browser.get(page)).$('article .message').length).toBe(0);
    await putSettings({ ...settings, authStrategyIds: [strategy.id] });
    const marked = await browser.get(page);
    expect(marked.$('article .message').text()).toContain('It no longer fits');
    const tab = await browser.get(marked.$('article .message a').attr('href') ?? '');
    expect(tab.$('tbody .row-text').text()).toBe('1 registration no longer fits');
    expect(tab.$('.portal-title a').attr('href')).toBe(`/admin/us/portals/${portal.id}`);
    const visit = new URL(tab.$('section a:contains("as developers do")').attr('href') ?? '');
    expect([visit.hostname, visit.pathname]).toEqual([portal.defaultDomain, `/docs/${product.slug}`]);
    const place = await browser.get(`/admin/us/products/${product.id}/portals/${portal.id}/versions/${version.id}`);
    expect(place.$('main .lead').text()).toContain('Shop of ');
    const queue = await browser.get(`/admin/us/requests?request=registration.${registrationId}`);
    expect(queue.$('main .message').text()).toContain('It no longer fits');
    await decideRegistration(app.ctx, { registrationId }, { status: 'rejected' });
    expect((await browser.get(page)).$('article .message').length).toBe(0);
  });

  it('show their registrations, which are decided, revoked, reinstated and deleted', async () => {
    const { app, browser, page, registrationId } = await start();
    const state = async () => (await getRegistration(app.ctx, { registrationId })).status;
    const first = await browser.get(page);
    expect(first.$('article h3').text()).toMatch(/Orders v1\s+Waiting/);
    const action = first.$('article form').attr('action') ?? '';
    for (const [status, text] of [
      ['approved', 'Revoke'],
      ['revoked', 'Reinstate'],
      ['approved', 'Revoke'],
    ] as const) {
      expect((await browser.submit(await browser.get(page), { status }, action)).status).toBe(303);
      expect(await state()).toBe(status);
      expect((await browser.get(page)).$('article button').text()).toBe(text);
    }
    const stale = await browser.get(page);
    await decideRegistration(app.ctx, { registrationId }, { status: 'revoked' });
    const overtaken = await browser.submit(stale, { status: 'approved' }, action);
    expect(overtaken.status).toBe(409);
    expect(overtaken.$('[role="alert"]').text()).toContain('Somebody else has decided meanwhile');
    const deletion = await browser.get(stale.$('article a').attr('href') ?? '');
    expect((await browser.submit(deletion, { reason: 'A mistake.' })).status).toBe(303);
    expect((await browser.get(page)).$('main').text()).toContain('this application may call no API yet');
  });

  it('are deleted on a page that says what goes with them', async () => {
    const { browser, list, page } = await start();
    const deletion = await browser.get(`${page}/delete`);
    expect(deletion.$('.consequences').text()).toContain('1 registration');
    expect(await browser.submit(deletion)).toMatchObject({ status: 303, location: list });
    expect((await browser.get(page)).status).toBe(404);
  });

  it('lose a registration by who decides about it, who may not see the application', async () => {
    const { app, page, product, registrationId } = await start();
    const deletion = `${page}/registrations/${registrationId}/delete`;
    const viewer = await arriveWith(app, 'vera@example.org', { entityType: 'portal', role: 'Viewer', entityId: '*' });
    expect((await viewer.get(deletion)).status).toBe(403);
    const role = { entityType: 'product', role: 'Application Registration' } as const;
    const other = await arriveWith(app, 'otto@example.org', {
      ...role,
      entityId: (await createProduct(app.ctx, { name: 'Other' })).id,
    });
    expect((await other.get(deletion)).status).toBe(404);
    const delegate = await arriveWith(app, 'dora@example.org', { ...role, entityId: product.id });
    expect((await delegate.get(page)).status).toBe(404);
    const asked = await delegate.get(deletion);
    expect(asked.$('.breadcrumbs a').last().attr('href')).toBe('/admin/us/requests');
    expect(await delegate.submit(asked)).toMatchObject({ status: 303, location: '/admin/us/requests' });
    await expect(getRegistration(app.ctx, { registrationId })).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('are seen by whoever reads the portal, and changed by those who decide there', async () => {
    const { app, list, page } = await start();
    const person = async (email: string, roles: readonly Role[]) => {
      await addAdministrator(app, email, email, roles);
      return logIn(app, email);
    };
    const viewer = await person('viewer@example.org', [{ entityType: 'portal', role: 'Viewer' }]);
    const seen = await viewer.get(page);
    expect(seen.status).toBe(200);
    expect(seen.$('main form').length).toBe(0);
    for (const part of ['edit', 'delete']) expect((await viewer.get(`${page}/${part}`)).status).toBe(403);
    const maintainer = await person('maintainer@example.org', [{ entityType: 'portal', role: 'Maintainer' }]);
    expect((await maintainer.get(page)).$('article button').length).toBe(2);
    const stranger = await person('stranger@example.org', [{ entityType: 'product', role: 'Viewer' }]);
    for (const path of [list, page, `${page}/edit`]) expect((await stranger.get(path)).status).toBe(404);
  });
});
