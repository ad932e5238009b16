import { afterEach, expect, it } from 'vitest';
import type { Role } from '../../../src/domain/access/index.ts';
import { getDeveloper } from '../../../src/domain/developers/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { givenDeveloper } from '../../support/developers.ts';
import { registrationScene } from '../../support/registrations.ts';
import { addAdministrator, logIn, startAdministration, type TestAdministration } from './admin.ts';

onEachDatabase('developers as pages of the administration', (open) => {
  let administration: TestAdministration;
  const start = async () => {
    administration = await startAdministration(await open());
    const { ctx } = administration.app;
    const { portal } = await registrationScene(ctx);
    const bert = await givenDeveloper(ctx, portal.id, { fullName: 'Bert Waits', email: 'bert@example.com', status: 'pending' });
    const dora = await givenDeveloper(ctx, portal.id, { fullName: 'Dora Waits', email: 'dora@example.com', status: 'pending' });
    return { ...administration, portal, bert, dora, list: `/admin/us/portals/${portal.id}/developers` };
  };
  afterEach(() => administration.app.close());

  it('are listed and filtered', async () => {
    const { browser, list } = await start();
    const page = await browser.get(list);
    expect(page.status).toBe(200);
    expect(page.$('tbody tr').length).toBe(3);
    expect(page.$('[aria-current="page"]:contains("Developers")').text()).toMatch(/3/);
    const names = async (query: string): Promise<string[]> => {
      const { $ } = await browser.get(`${list}?${query}`);
      return $('tbody .row-name')
        .toArray()
        .map((name) => $(name).text())
        .sort();
    };
    expect(await names('status=pending')).toEqual(['Bert Waits', 'Dora Waits']);
    expect(await names('q=DORA')).toEqual(['Dora Waits']);
    expect(await names('q=bert@')).toEqual(['Bert Waits']);
    expect(await names('q=nobody')).toEqual([]);
  });

  it('are decided about one by one, with a reason, or many at once', async () => {
    const { app, browser, list, portal, bert, dora } = await start();
    const page = await browser.get(`${list}/${bert}`);
    expect(page.$('h1').text()).toBe('Bert Waits');
    expect((await browser.submit(page, { status: 'rejected', reason: 'No company given.' })).status).toBe(303);
    const developerId = bert;
    expect(await getDeveloper(app.ctx, { portalId: portal.id, developerId })).toMatchObject({
      status: 'rejected',
      statusReason: 'No company given.',
    });
    expect((await browser.submit(page, { status: 'promoted' })).status).toBe(422);

    const all = await browser.get(list);
    const nothing = await browser.submit(all, { status: 'approved' });
    expect(nothing.status).toBe(422);
    expect(nothing.$('[role="alert"]').text()).toContain('Choose at least one developer');
    expect((await browser.submit(all, { status: 'approved', developer: [bert, dora] })).status).toBe(303);
    for (const developerId of [bert, dora])
      expect(await getDeveloper(app.ctx, { portalId: portal.id, developerId })).toMatchObject({ status: 'approved' });
  });

  it('are deleted on a page that says what goes with them', async () => {
    const { browser, list, bert } = await start();
    const page = await browser.get(`${list}/${bert}/delete`);
    expect(page.$('.consequences').text()).toContain('bert@example.com');
    expect((await browser.submit(page)).status).toBe(303);
    expect((await browser.get(`${list}/${bert}`)).status).toBe(404);
  });

  it('are seen by whoever reads the portal, and decided about by its administrators only', async () => {
    const { app, list, bert, browser } = await start();
    const person = async (email: string, roles: readonly Role[]) => {
      await addAdministrator(app, email, email, roles);
      return logIn(app, email);
    };
    const viewer = await person('viewer@example.org', [{ entityType: 'portal', role: 'Viewer' }]);
    const page = await viewer.get(`${list}/${bert}`);
    expect(page.status).toBe(200);
    expect(page.$('main form').length).toBe(0);
    expect((await viewer.get(list)).$('input[type="checkbox"]').length).toBe(0);
    expect((await viewer.get(`${list}/${bert}/delete`)).status).toBe(403);
    const token = page.$('input[name="_csrf"]').attr('value') ?? '';
    expect((await viewer.post(`${list}/${bert}/status`, { _csrf: token, status: 'approved' })).status).toBe(403);
    const stranger = await person('stranger@example.org', [{ entityType: 'product', role: 'Admin' }]);
    expect((await stranger.get(list)).status).toBe(404);
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect((await browser.get(`/admin/us/portals/${nobody}/developers/${bert}`)).status).toBe(404);
  });
});
