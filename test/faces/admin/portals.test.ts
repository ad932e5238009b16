import { afterEach, expect, it } from 'vitest';
import type { Role } from '../../../src/domain/access/index.ts';
import { listPortals, readKeyPolicy } from '../../../src/domain/portals/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { givenDeveloper } from '../../support/developers.ts';
import { addAdministrator, logIn, startAdministration, type TestAdministration } from './admin.ts';

const PORTALS = '/admin/us/portals';

onEachDatabase('portals as pages', (open) => {
  let administration: TestAdministration;
  const start = async (): Promise<TestAdministration> => {
    administration = await startAdministration(await open(), { options: { ports: { resolveCname: () => Promise.resolve([]) } } });
    return administration;
  };
  afterEach(() => administration.app.close());

  const made = async () => {
    const { browser } = administration;
    const answer = await browser.submit(await browser.get(`${PORTALS}/create`), {
      name: 'partners',
      displayName: 'Partner portal',
      description: 'For those who ship with us',
    });
    expect(answer.status).toBe(303);
    return answer.location ?? '';
  };

  it('are created, listed, shown and searched', async () => {
    const { browser } = await start();
    expect((await browser.get(PORTALS)).$('.empty-state').text()).toContain('There are no portals yet');
    const portal = await made();
    const page = await browser.get(portal);
    expect(page.$('h1').text()).toBe('Partner portal');
    expect(page.$('aside').text()).toContain('Private: approved developers only');
    expect(page.$('a:contains("Visit portal")').attr('href')).toMatch(/^http:\/\/[0-9a-f]{12}\.us\.localhost\/$/);
    expect((await browser.get(PORTALS)).$('table tbody tr').length).toBe(1);
    const narrowed = await browser.get(`${PORTALS}?q=nothing`);
    expect(narrowed.$('.empty-state').text()).toContain('No portal is called “nothing”');
    expect(narrowed.$('.filter-fold summary').text()).toBe('Filters (1)');
    const twice = await browser.submit(await browser.get(`${PORTALS}/create`), { name: 'PARTNERS' });
    expect(twice.status).toBe(409);
    expect(twice.$('[role="alert"]').text()).toContain('exists already');
    expect(twice.$('#field-name').attr('value')).toBe('PARTNERS');
  });

  it('have settings, with what is wrong beside its field', async () => {
    const { app, browser } = await start();
    const portal = await made();
    const settings = await browser.get(`${portal}/settings`);
    expect(settings.$('#field-name').attr('value')).toBe('partners');
    const saved = await browser.submit(settings, {
      visibility: 'public',
      customDomain: 'developers.example.com',
      rbacEnabled: 'on',
      autoApproveDevelopers: 'on',
      defaultAuthStrategyId: '',
    });
    expect(saved.status).toBe(303);
    const [stored] = (await listPortals(app.ctx, { filters: [], sort: [], page: { number: 1, size: 1 } })).items;
    expect(stored).toMatchObject({
      displayName: 'Partner portal',
      isPublic: true,
      customDomain: 'developers.example.com',
      rbacEnabled: true,
      autoApproveDevelopers: true,
      autoApproveApplications: false,
      defaultAuthStrategyId: null,
    });
    const again = await browser.get(`${portal}/settings`);
    expect(again.$('#field-rbacEnabled').attr('checked')).toBeDefined();
    const wrong = await browser.submit(again, { customDomain: 'not a domain' });
    expect(wrong.status).toBe(422);
    expect(wrong.$('[role="alert"] a[href="#field-customDomain"]').length).toBe(1);
    expect(wrong.$('#field-customDomain').attr('value')).toBe('not a domain');
    const verified = await browser.submit(await browser.get(portal), {}, `${portal}/verify-domain`);
    expect(verified.status).toBe(303);
    expect((await browser.get(verified.location ?? '')).$('.message-warning').text()).toContain(
      'No CNAME record of developers.example.com',
    );
  });

  it('say how long API keys live', async () => {
    const { app, browser } = await start();
    const portal = await made();
    const [stored] = (await listPortals(app.ctx, { filters: [], sort: [], page: { number: 1, size: 1 } })).items;
    const page = await browser.get(`${portal}/keys`);
    expect((await browser.submit(page, { maxAgeDays: 'a while' })).status).toBe(422);
    expect((await browser.submit(page, { maxAgeDays: '90', maxOverlapHours: '24' })).status).toBe(303);
    expect(stored && (await readKeyPolicy(app.ctx, stored.id))).toEqual({ maxAgeDays: 90, maxOverlapHours: 24 });
  });

  it('are deleted on a page that says what goes with them', async () => {
    const { app, browser } = await start();
    const portal = await made();
    const [stored] = (await listPortals(app.ctx, { filters: [], sort: [], page: { number: 1, size: 1 } })).items;
    if (stored) await givenDeveloper(app.ctx, stored.id);
    const page = await browser.get(`${portal}/delete`);
    expect(page.$('.consequences').text()).toContain('1 developer,');
    const refused = await browser.submit(page);
    expect(refused.status).toBe(422);
    expect(refused.$('[role="alert"]').text()).toContain('1 developer');
    expect((await browser.submit(page, { force: 'on' })).status).toBe(303);
    expect((await browser.get(portal)).status).toBe(404);
  });

  it('show each administrator what their roles allow', async () => {
    const { app } = await start();
    const portal = await made();
    const person = async (email: string, roles: readonly Role[]) => {
      await addAdministrator(app, email, email, roles);
      return logIn(app, email);
    };
    const viewer = await person('viewer@example.org', [{ entityType: 'portal', role: 'Viewer' }]);
    expect((await viewer.get(PORTALS)).$('main a:contains("New portal")').length).toBe(0);
    const seen = await viewer.get(portal);
    expect(seen.status).toBe(200);
    expect(seen.$('main').text()).not.toContain('Settings');
    for (const part of ['settings', 'keys', 'delete']) expect((await viewer.get(`${portal}/${part}`)).status).toBe(403);
    expect((await viewer.get(`${PORTALS}/create`)).status).toBe(403);
    const nobody = await person('nobody@example.org', [{ entityType: 'product', role: 'Viewer' }]);
    expect((await nobody.get(PORTALS)).status).toBe(403);
    for (const path of ['', '/settings', '/keys', '/delete']) expect((await nobody.get(`${portal}${path}`)).status).toBe(404);
    expect((await nobody.get('/admin/us')).$('nav[aria-label="Administration"]').text()).not.toContain('Portals');
  });
});
