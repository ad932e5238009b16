import { afterEach, expect, it } from 'vitest';
import { createPortal } from '../../../src/domain/portals/index.ts';
import { createProductInPortals } from '../../../src/domain/publications/index.ts';
import { createTeam, listTeamMembers, listTeamRoles } from '../../../src/domain/teams/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { givenDeveloper } from '../../support/developers.ts';
import { arriveWith, type PageAnswer, startAdministration, type TestAdministration } from './admin.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };
const PAGE = { number: 1, size: 100 };

onEachDatabase('teams of a portal in the administration', (open) => {
  let administration: TestAdministration;
  afterEach(() => administration.app.close());

  const start = async (rbacEnabled = true) => {
    administration = await startAdministration(await open());
    const { ctx } = administration.app;
    const portal = await createPortal(ctx, { name: 'Harbour', rbacEnabled }, HOSTS);
    const orders = await createProductInPortals(ctx, { name: 'Orders', portalIds: [portal.id] });
    await createProductInPortals(ctx, { name: 'Elsewhere' });
    return { ...administration, ctx, portal, orders, teams: `/admin/us/portals/${portal.id}/teams` };
  };

  const items = ({ $ }: PageAnswer): string[] =>
    $('.item .item-title')
      .get()
      .map((item) => $(item).text());

  it('teach the first step, are created, and given developers and products', async () => {
    const { browser, ctx, portal, orders, teams } = await start();
    const ada = await givenDeveloper(ctx, portal.id, { email: 'ada@example.com', fullName: 'Ada' });
    const empty = await browser.get(teams);
    expect(empty.$('nav a[aria-current="page"]').text()).toContain('Teams');
    const form = await browser.get(empty.$('.empty-state a').attr('href') ?? '');
    const made = await browser.submit(form, { name: ' Partners ', description: 'They pay.' });
    expect(made.status).toBe(303);
    const address = { portalId: portal.id, teamId: (made.location ?? '').split('/').at(-1) as never };
    const page = await browser.get(made.location ?? '');
    expect([page.$('h1').text(), items(page)]).toEqual(['Partners', []]);
    const added = await browser.submit(page, { email: 'ADA@example.com' });
    expect(added).toMatchObject({ status: 303, location: made.location });
    expect(items(await browser.get(made.location ?? ''))).toEqual(['Ada']);
    expect((await listTeamMembers(ctx, address, { filters: [], sort: [], page: PAGE })).items).toMatchObject([{ id: ada }]);
    const roles = await browser.get(`${made.location}/roles`);
    const options = roles
      .$('select[name="product"] option')
      .get()
      .map((option) => roles.$(option).text());
    expect(options).toEqual(['Orders']);
    expect(await browser.submit(roles, { product: orders.id, role: 'API Consumer' })).toMatchObject({ status: 303 });
    expect((await listTeamRoles(ctx, address, PAGE)).items).toMatchObject([{ role: 'API Consumer', productId: orders.id }]);
    const list = await browser.get(teams);
    const cells = list
      .$('tbody tr')
      .first()
      .find('th, td')
      .get()
      .map((cell) => list.$(cell).text().trim());
    expect(cells).toEqual(['Partners', 'They pay.', '1', '1']);
    const withRole = await browser.get(`${made.location}/roles`);
    expect(await browser.submit(withRole, {}, withRole.$('.item form').attr('action'))).toMatchObject({ status: 303 });
    const withMember = await browser.get(made.location ?? '');
    expect(await browser.submit(withMember, {}, withMember.$('.item form').attr('action'))).toMatchObject({ status: 303 });
    expect(items(await browser.get(made.location ?? ''))).toEqual([]);
  });

  it('say what is wrong, and keep what was typed', async () => {
    const { browser, ctx, portal, orders, teams } = await start();
    const { id } = await createTeam(ctx, portal.id, { name: 'Partners' });
    await givenDeveloper(ctx, portal.id, { email: 'ada@example.com' });
    const taken = await browser.submit(await browser.get(`${teams}/create`), { name: 'PARTNERS', description: 'x' });
    expect([taken.status, taken.$('#field-name').val(), taken.$('#field-name-error').text()]).toEqual([
      ...[422, 'PARTNERS', expect.stringContaining('unique')],
    ]);
    expect((await browser.submit(await browser.get(`${teams}/create`), { name: '' })).status).toBe(422);
    const page = await browser.get(`${teams}/${id}`);
    const nobody = await browser.submit(page, { email: 'bob@example.com' });
    expect([nobody.status, nobody.$('#field-email').val()]).toEqual([422, 'bob@example.com']);
    expect(nobody.$('[role="alert"] a').attr('href')).toBe('#field-email');
    await browser.submit(page, { email: 'ada@example.com' });
    expect((await browser.submit(page, { email: 'ada@example.com' })).status).toBe(409);
    const roles = await browser.get(`${teams}/${id}/roles`);
    await browser.submit(roles, { product: orders.id, role: 'API Viewer' });
    expect((await browser.submit(roles, { product: orders.id, role: 'API Viewer' })).status).toBe(409);
    for (const sent of [{ product: 'x' }, { role: 'Admin' }, { product: id }])
      expect((await browser.submit(roles, sent)).status, JSON.stringify(sent)).toBe(422);
    for (const path of ['nonsense', portal.id, `${id}/nonsense`])
      expect((await browser.get(`${teams}/${path}`)).status, path).toBe(404);
    expect((await browser.get(`${teams}?page=2`)).status).toBe(404);
  });

  it('are edited, and deleted from a page that names what goes', async () => {
    const { browser, ctx, portal, teams } = await start();
    const { id } = await createTeam(ctx, portal.id, { name: 'Partners', description: 'They pay.' });
    const form = await browser.get(`${teams}/${id}/edit`);
    expect(form.$('#field-description').val()).toBe('They pay.');
    await browser.submit(form, { name: 'Friends', description: '' });
    expect((await browser.get(`${teams}/${id}`)).$('h1').text()).toBe('Friends');
    const page = await browser.get(`${teams}/${id}/delete`);
    expect([page.$('h1').text(), page.$('.consequences li').length]).toEqual(['Delete Friends?', 2]);
    expect(await browser.submit(page)).toMatchObject({ status: 303, location: teams });
    expect((await browser.get(`${teams}/${id}`)).status).toBe(404);
  });

  it('say where they are of no account, and are only read by viewers', async () => {
    const { app, ctx, portal, teams } = await start(false);
    const { id } = await createTeam(ctx, portal.id, { name: 'Partners' });
    const role = { entityType: 'portal', role: 'Viewer', entityId: portal.id } as const;
    const viewer = await arriveWith(app, 'vera@example.org', role);
    const page = await viewer.get(teams);
    expect(page.$('main').text()).toContain('Access by roles is off');
    expect(page.$('a[href$="/teams/create"]')).toHaveLength(0);
    const team = await viewer.get(`${teams}/${id}`);
    expect([team.status, team.$('main form').length]).toEqual([200, 0]);
    for (const path of ['create', `${id}/edit`, `${id}/delete`])
      expect((await viewer.get(`${teams}/${path}`)).status, path).toBe(403);
    const stranger = await arriveWith(app, 'sam@example.org', { entityType: 'product', role: 'Viewer', entityId: '*' });
    for (const path of ['', `/${id}`]) expect((await stranger.get(`${teams}${path}`)).status).toBe(404);
  });
});
