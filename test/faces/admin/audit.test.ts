import { afterEach, expect, it } from 'vitest';
import { createPortal } from '../../../src/domain/portals/index.ts';
import { assignEntityRole } from '../../../src/domain/roles/index.ts';
import { createTeam, updateTeam } from '../../../src/domain/teams/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { arriveWith, type PageAnswer, startAdministration, type TestAdministration } from './admin.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };

onEachDatabase('the audit log in the administration', (open) => {
  let administration: TestAdministration;
  afterEach(() => administration.app.close());

  const start = async () => {
    administration = await startAdministration(await open());
    const { ctx } = administration.app;
    const actor = { kind: 'administrator', id: administration.administrator.id, tokenId: undefined, grants: [] } as const;
    const portal = await createPortal(ctx, { name: 'Harbour' }, HOSTS);
    const team = await createTeam(ctx, portal.id, { name: '=Before' });
    const acting = {
      ...ctx,
      actor: { ...actor, grants: [{ entityType: 'organisation', role: 'Organisation Admin', entityId: '*' }] } as const,
    };
    await updateTeam(acting, { portalId: portal.id, teamId: team.id }, { name: '=Partners', description: 'a "b", c' });
    return { ...administration, portal, team };
  };

  const acts = ({ $ }: PageAnswer): string[] =>
    $('tbody th')
      .get()
      .map((cell) => $(cell).text().trim());

  it('says who did what to what, the youngest first', async () => {
    const { browser, portal, team } = await start();
    const page = await browser.get('/admin/us/audit');
    expect(page.$('h1').text()).toBe('Audit log');
    expect(page.$('nav[aria-label="Administration"] a[aria-current="page"]').text()).toContain('Audit log');
    expect(acts(page).slice(0, 3)).toEqual(['Team: updated', 'Team: created', 'Portal: created']);
    const cells = page
      .$('tbody tr')
      .first()
      .find('td')
      .get()
      .map((cell) => page.$(cell).text().trim());
    expect(cells.slice(1)).toEqual(['=Partners', 'Ada Admin', 'Harbour', '']);
    expect(acts(await browser.get(`/admin/us/audit?portal=${portal.id}&what=portal`))).toEqual(['Portal: created']);
    expect(acts(await browser.get(`/admin/us/audit?subject=${team.id}`))).toEqual(['Team: updated', 'Team: created']);
    const mine = await browser.get(page.$('a[title="What else they did"]').attr('href') ?? '');
    expect(acts(mine)).toEqual(['Team: updated']);
    const all = await browser.get(mine.$('.chip a, a.chip').attr('href') ?? '');
    expect(acts(all).length).toBeGreaterThan(2);
    expect(all.$('.filter-fold summary').text()).toBe('Filters');
    const none = await browser.get('/admin/us/audit?until=2000-01-01');
    expect(none.$('.filter-fold summary').text()).toBe('Filters (1)');
    expect(none.$('.empty-state').text()).toContain('Nothing that happened fits');
  });

  it('shows one event with what was before and after', async () => {
    const { browser } = await start();
    const list = await browser.get('/admin/us/audit');
    const page = await browser.get(list.$('tbody th a').first().attr('href') ?? '');
    expect(page.$('h1').text()).toBe('Team: updated');
    const rows = page
      .$('tbody tr')
      .get()
      .map((row) => page.$(row).text().replace(/\s+/g, ' ').trim());
    expect(rows).toEqual(['Name =Before =Partners', 'Description nothing a "b", c']);
    expect(page.$('aside').text()).toContain('Ada Admin');
    for (const path of ['nonsense', '019c1363-49c0-7000-97ca-836d26da7c4a'])
      expect((await browser.get(`/admin/us/audit/${path}`)).status).toBe(404);
  });

  it('calls by their names, with links, what ids in it are of', async () => {
    const { browser, app, administrator, portal } = await start();
    const holder = { kind: 'administrator', id: administrator.id } as const;
    const role = { holder, entityType: 'portal', role: 'Viewer', entityId: portal.id } as const;
    await assignEntityRole(app.ctx, app.installation.organisation, role);
    const list = await browser.get('/admin/us/audit?what=role.assigned');
    expect(list.$('tbody td').eq(1).text().trim()).toBe('Viewer');
    const page = await browser.get(list.$('tbody th a').attr('href') ?? '');
    const linked = Object.fromEntries(
      page
        .$('.split-main dd a')
        .get()
        .map((link) => [page.$(link).text(), page.$(link).attr('href')]),
    );
    expect(linked).toEqual({
      Harbour: `/admin/us/portals/${portal.id}`,
      'Ada Admin': `/admin/us/organisation/people/${administrator.id}`,
    });
  });

  it('of the organisation has a tab of its own', async () => {
    const { browser } = await start();
    const page = await browser.get('/admin/us/audit?log=organisation');
    expect(page.$('nav[aria-label="Audit logs"] a[aria-current="page"]').text()).toBe('Organisation');
    expect(acts(page)).toContain('Administrator session: created');
    const record = await browser.get(page.$('tbody th a').first().attr('href') ?? '');
    expect([record.status, record.$('aside').text().includes('Ada Admin')]).toEqual([200, true]);
  });

  it('is read page by page', async () => {
    const { browser, app, portal } = await start();
    for (let n = 0; n < 60; n++) await createTeam(app.ctx, portal.id, { name: `Team ${n}` });
    const first = await browser.get('/admin/us/audit?what=team.created');
    expect(acts(first)).toHaveLength(50);
    const older = await browser.get(first.$('nav[aria-label="Pages"] a').attr('href') ?? '');
    expect(acts(older)).toHaveLength(11);
    expect(older.$('nav[aria-label="Pages"] a').text()).toContain('Newest');
  });

  it('is exported, and no cell is a formula', async () => {
    const { browser, portal } = await start();
    const answer = await browser.get(`/admin/us/audit/export.csv?portal=${portal.id}`);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(answer.headers['content-disposition']).toBe('attachment; filename=audit-log.csv');
    const lines = answer.text.split('\r\n');
    expect(lines[0]).toMatch(/^id,at,action,actor_kind,actor_id,actor,/);
    expect(lines).toHaveLength(5);
    expect(lines[1]).toContain(`,team.updated,administrator,${administration.administrator.id},Ada Admin,team,`);
    expect(lines[1]).toContain(",'=Partners,");
    expect(lines[1]).toMatch(/"\{""changed"":.*\}"$/);
  });

  it('is not for everybody', async () => {
    const { app, portal } = await start();
    const viewer = await arriveWith(app, 'vera@example.org', { entityType: 'portal', role: 'Viewer', entityId: portal.id });
    expect((await viewer.get('/admin/us')).$('nav[aria-label="Administration"]').text()).not.toContain('Audit log');
    for (const path of ['audit', 'audit?log=organisation', 'audit/export.csv'])
      expect((await viewer.get(`/admin/us/${path}`)).status, path).toBe(403);
    const admin = await arriveWith(app, 'paul@example.org', { entityType: 'portal', role: 'Admin', entityId: portal.id });
    expect(acts(await admin.get('/admin/us/audit')).filter((act) => !/^(Team|Portal)/.test(act))).toEqual([]);
    expect((await admin.get('/admin/us/audit?log=organisation')).status).toBe(403);
    const people = await arriveWith(app, 'ida@example.org', {
      entityType: 'organisation',
      role: 'Identity Admin',
      entityId: '*',
    });
    expect(acts(await people.get('/admin/us/audit'))).toContain('Administrator session: created');
  });
});
