import { afterEach, expect, it } from 'vitest';
import { findAdministratorByEmail } from '../../../src/domain/administrators/index.ts';
import { createProduct } from '../../../src/domain/products/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import {
  addAdministrator,
  logIn,
  openBrowser,
  PASSWORD,
  startAdministration,
  type TestAdministration,
  type TestBrowser,
} from './admin.ts';

const ORGANISATION = '/admin/us/organisation';

onEachDatabase('the organisation in the administration', (open) => {
  let administration: TestAdministration;
  const start = async (): Promise<TestAdministration> => {
    administration = await startAdministration(await open());
    return administration;
  };
  afterEach(() => administration.app.close());

  const follow = async (browser: TestBrowser, ...[page, fields, action]: Parameters<TestBrowser['submit']>) => {
    const answer = await browser.submit(page, fields, action);
    expect(answer.status, answer.$('[role="alert"]').text() || answer.$('h1').text()).toBe(303);
    return browser.get(answer.location ?? '');
  };

  it('invites people, who choose a password with the link that the inviter is shown', async () => {
    const { app, browser } = await start();
    const form = await browser.get(`${ORGANISATION}/people/new`);
    const wrong = await browser.submit(form, { name: '', email: 'bob' });
    expect(wrong.status).toBe(422);
    expect(wrong.$('#field-name').attr('aria-invalid')).toBe('true');
    expect((await browser.submit(form, { name: 'Bob', email: 'ADA@example.org' })).status).toBe(409);
    const invited = await browser.submit(form, { name: 'Bob', email: 'bob@example.org' });
    expect(invited.status).toBe(200);
    expect(invited.headers['cache-control']).toBe('no-store');
    const link = new URL(invited.$('#secret-text').attr('value') ?? '');
    const theirs = openBrowser(app);
    await follow(theirs, await theirs.get(link.pathname + link.search), { password: PASSWORD });
    const bob = await logIn(app, 'bob@example.org');
    expect((await bob.get('/admin/us')).$('nav[aria-label="Administration"]').text()).not.toContain('People');
    expect((await bob.get(`${ORGANISATION}/people`)).status).toBe(403);
    const list = await browser.get(`${ORGANISATION}/people?q=bo`);
    expect(list.$('tbody th').text()).toBe('Bob');
    expect(list.$('tbody').text()).toContain('Active');
    expect((await browser.get(`${ORGANISATION}/people?q=zed`)).$('main').text()).toContain('Nobody matches “zed”');
  });

  it('renames, deactivates, reactivates and deletes people, asking first', async () => {
    const { app, browser } = await start();
    const bob = await addAdministrator(app, 'bob@example.org', 'Bob', []);
    const path = `${ORGANISATION}/people/${bob.id}`;
    const theirs = await logIn(app, bob.email);
    const renamed = await follow(browser, await browser.get(path), { name: 'Robert' }, `${path}/name`);
    expect(renamed.$('h1').text()).toBe('Robert');
    const asked = await browser.get(`${path}/deactivate`);
    expect(asked.$('h1').text()).toBe('Deactivate Robert');
    expect(asked.$('main').text()).toContain('Their sessions end at once.');
    const deactivated = await follow(browser, asked);
    expect(deactivated.$('main').text()).toContain('Deactivated');
    expect((await theirs.get('/admin/us')).status).toBe(303);
    await follow(browser, deactivated, {}, `${path}/reactivate`);
    await logIn(app, bob.email);
    const list = await follow(browser, await browser.get(`${path}/delete`));
    expect(list.path).toBe(`${ORGANISATION}/people`);
    expect(await findAdministratorByEmail(app.installation.organisation, bob.email)).toBeUndefined();
    expect((await browser.get(path)).status).toBe(404);
  });

  it('keeps administrators from locking themselves out', async () => {
    const { administrator, browser } = await start();
    const path = `${ORGANISATION}/people/${administrator.id}`;
    const page = await browser.get(path);
    expect(page.$('main').text()).not.toContain('Deactivate');
    const answer = await browser.submit(await browser.get(`${path}/deactivate`));
    expect(answer.status).toBe(409);
    expect(answer.$('main').text()).toContain('Nobody can do this to themselves');
    const role = page.$('form[action*="/roles/"]').attr('action') ?? '';
    expect((await browser.submit(page, {}, role)).status).toBe(409);
  });

  it('gives and takes roles on all of a type, in a region, and on one entity', async () => {
    const { app, browser } = await start();
    const product = await createProduct(app.ctx, { name: 'Sailings' });
    const bob = await addAdministrator(app, 'bob@example.org', 'Bob', []);
    const path = `${ORGANISATION}/people/${bob.id}`;
    const form = await browser.get(`${path}/roles/new?type=product`);
    expect(form.$('nav[aria-label="What the role is about"] [aria-current]').text().trim()).toBe('API products');
    const options = form
      .$('#field-scope option')
      .get()
      .map((option) => form.$(option).text());
    expect(options).toEqual(['All API products, in all regions', 'API product Sailings']);
    await follow(browser, form, { role: 'Publisher', scope: `one:${product.id}` });
    const page = await follow(browser, form, { role: 'Viewer', scope: 'all:*' });
    const roles = page
      .$('[aria-labelledby="roles-title"] .item-text')
      .get()
      .map((item) => page.$(item).text());
    expect(roles).toEqual(['Viewer all API products, in all regions', 'Publisher API product Sailings']);
    expect((await browser.submit(form, { role: 'Viewer', scope: 'all:*' })).status).toBe(409);
    for (const fields of [
      { role: 'Emperor', scope: 'all:*' },
      { role: 'Viewer', scope: 'everywhere' },
      { role: '', scope: 'all:*' },
    ])
      expect((await browser.submit(form, fields)).status, JSON.stringify(fields)).toBe(422);
    const takes = page
      .$('form[action*="/roles/"]')
      .get()
      .map((item) => page.$(item).attr('action') ?? '');
    const other = `${ORGANISATION}/people/${administration.administrator.id}`;
    const elsewhere = (takes[0] ?? '').replace(path, other);
    expect((await browser.post(elsewhere, { _csrf: page.$('input[name="_csrf"]').attr('value') ?? '' })).status).toBe(404);
    for (const take of takes) await follow(browser, page, {}, take);
    expect((await browser.get(path)).$('main').text()).toContain('No roles yet');
  });

  it('lets whoever manages people do so, but not rise above themselves', async () => {
    const { app, administrator } = await start();
    const ida = await addAdministrator(app, 'ida@example.org', 'Ida', [{ entityType: 'organisation', role: 'Identity Admin' }]);
    const browser = await logIn(app, ida.email);
    const form = await browser.get(`${ORGANISATION}/people/${ida.id}/roles/new?type=organisation`);
    expect((await browser.submit(form, { role: 'Organisation Admin', scope: 'all:*' })).status).toBe(403);
    const ask = await browser.get(`${ORGANISATION}/people/${administrator.id}/delete`);
    expect((await browser.submit(ask)).status).toBe(403);
  });

  it('has system accounts, whose tokens are shown once and stop when they are revoked', async () => {
    const { app, browser } = await start();
    const empty = await browser.get(`${ORGANISATION}/system-accounts`);
    expect(empty.$('main').text()).toContain('No system account yet');
    const form = await browser.get(`${ORGANISATION}/system-accounts/new`);
    const account = await follow(browser, form, { name: 'Pipeline', description: 'Publishes <everything>' });
    expect((await browser.submit(form, { name: 'pipeline' })).status).toBe(409);
    expect(account.$('.lead').text()).toBe('Publishes <everything>');
    await follow(browser, await browser.get(`${account.path}/roles/new?type=product`), { role: 'Viewer', scope: 'all:*' });
    const make = await browser.get(`${account.path}/tokens/new`);
    expect((await browser.submit(make, { name: 'ci', days: '4000' })).status).toBe(422);
    const made = await browser.submit(make, { name: 'ci' });
    const token = made.$('#secret-text').attr('value') ?? '';
    expect(token).toMatch(/^spat_[\w-]{43}$/);
    expect(made.headers['cache-control']).toBe('no-store');
    expect((await app.request('GET', '/v2/api-products', { token })).status).toBe(200);
    const shown = await browser.get(account.path);
    expect(shown.text).not.toContain(token);
    expect(shown.$('td code').text()).toBe(`${token.slice(0, 11)}…`);
    const revoke = shown.$('td a').attr('href') ?? '';
    await follow(browser, await browser.get(revoke));
    expect((await app.request('GET', '/v2/api-products', { token })).status).toBe(401);
    const edited = await follow(browser, await browser.get(`${account.path}/edit`), { name: 'Pipelines' });
    expect(edited.$('h1').text()).toBe('Pipelines');
    await follow(browser, await browser.get(`${account.path}/delete`));
    expect((await browser.get(account.path)).status).toBe(404);
  });

  it('has teams, whose members hold its roles', async () => {
    const { app, browser } = await start();
    const bob = await addAdministrator(app, 'bob@example.org', 'Bob', []);
    const theirs = await logIn(app, bob.email);
    const team = await follow(browser, await browser.get(`${ORGANISATION}/teams/new`), { name: 'Gatekeepers' });
    await follow(browser, await browser.get(`${team.path}/roles/new?type=organisation`), { role: 'Identity Admin' });
    expect((await theirs.get(`${ORGANISATION}/people`)).status).toBe(403);
    expect((await browser.submit(team, { member: 'nobody' }, `${team.path}/members`)).status).toBe(422);
    const page = await follow(browser, team, { member: `administrator:${bob.id}` }, `${team.path}/members`);
    expect(page.$('[aria-labelledby="members-title"] a').text()).toBe('Bob');
    expect(page.$('#field-member').text()).not.toContain('Bob');
    expect((await theirs.get(`${ORGANISATION}/people`)).status).toBe(200);
    const remove = page.$('form[action*="/remove"]').first().attr('action') ?? '';
    await follow(browser, page, {}, remove);
    expect((await theirs.get(`${ORGANISATION}/people`)).status).toBe(403);
    await follow(browser, await browser.get(`${team.path}/edit`), { name: 'Keepers', description: 'of the gate' });
    await follow(browser, await browser.get(`${team.path}/delete`));
    expect((await browser.get(team.path)).status).toBe(404);
  });

  it('lets everybody make and revoke tokens of their own', async () => {
    const { app } = await start();
    const bob = await addAdministrator(app, 'bob@example.org', 'Bob', [{ entityType: 'product', role: 'Viewer' }]);
    const browser = await logIn(app, bob.email);
    expect((await browser.get('/admin/us/tokens')).$('main').text()).toContain('You have no tokens');
    const made = await browser.submit(await browser.get('/admin/us/tokens/new'), { name: 'laptop', days: '7' });
    const token = made.$('#secret-text').attr('value') ?? '';
    expect(token).toMatch(/^kpat_/);
    expect((await app.request('GET', '/v2/api-products', { token })).status).toBe(200);
    const list = await browser.get('/admin/us/tokens');
    expect(list.$('tbody th').text()).toBe('laptop');
    const revoke = list.$('td a').attr('href') ?? '';
    expect((await (await logIn(app, 'ada@example.org')).get(revoke)).status).toBe(404);
    await follow(browser, await browser.get(revoke));
    expect((await app.request('GET', '/v2/api-products', { token })).status).toBe(401);
  });
});
