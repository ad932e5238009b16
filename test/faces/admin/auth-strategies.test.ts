import { afterEach, expect, it } from 'vitest';
import { createAuthStrategy, getAuthStrategy, listAuthStrategies } from '../../../src/domain/auth-strategies/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { registrationScene } from '../../support/registrations.ts';
import { arriveWith, startAdministration, type TestAdministration } from './admin.ts';

const HERE = '/admin/us/auth-strategies';

onEachDatabase('auth strategies in the administration', (open) => {
  let administration: TestAdministration;
  afterEach(() => administration.app.close());
  const start = async (): Promise<TestAdministration> => {
    administration = await startAdministration(await open());
    return administration;
  };

  it('are created, with one to ten key names, and edited', async () => {
    const { app, browser } = await start();
    const form = await browser.get(`${HERE}/create`);
    expect(form.$('#field-keyNames').val()).toBe('apikey');
    const wrong = await browser.submit(form, { displayName: 'Keys', name: '', keyNames: ' \n' });
    expect(wrong.status).toBe(422);
    expect(
      wrong
        .$('[role="alert"] a')
        .get()
        .map((link) => wrong.$(link).attr('href')),
    ).toEqual(['#field-name', '#field-keyNames']);
    const many = await browser.submit(form, { displayName: 'Keys', name: 'k', keyNames: 'abcdefghijk'.split('').join('\n') });
    expect(many.$('#field-keyNames-error').text()).toBe('Enter at most 10 lines');
    expect((await browser.submit(form, { displayName: 'Keys', name: 'k', keyNames: 'x-key\nkey' })).status).toBe(303);
    const taken = await browser.submit(form, { displayName: 'Keys', name: 'k' });
    expect(taken.status).toBe(409);
    const list = await browser.get(HERE);
    const link =
      list
        .$('tbody th a')
        .filter((_, cell) => list.$(cell).text() === 'Keys')
        .attr('href') ?? '';
    const saved = await browser.submit(await browser.get(link), { displayName: 'Our keys', labels: 'team: a' });
    expect(saved.status).toBe(303);
    expect(await getAuthStrategy(app.ctx, link.split('/').at(-1) as never)).toMatchObject({
      displayName: 'Our keys',
      labels: { team: 'a' },
      config: { type: 'key_auth', keyNames: ['x-key', 'key'] },
    });
  });

  it('are of OpenID Connect, and keep what the form does not show', async () => {
    const { app, browser } = await start();
    const form = await browser.get(`${HERE}/create?type=openid_connect`);
    const given = { displayName: 'Login', name: 'oidc', scopes: 'openid\nread' };
    const wrong = await browser.submit(form, { ...given, issuer: 'login.example.com' });
    expect(wrong.$('#field-issuer-error').text()).toContain('Enter an address such as');
    expect((await browser.submit(form, { ...given, issuer: 'https://login.example.com' })).status).toBe(303);
    const { id } = await createAuthStrategy(app.ctx, {
      ...{ name: 'other', displayName: 'Other' },
      config: {
        ...{ type: 'openid_connect', issuer: 'https://a.example', scopes: [], credentialClaims: [], authMethods: [] },
        further: { cache_ttl: 3 },
      },
    });
    await browser.submit(await browser.get(`${HERE}/${id}`), { issuer: 'https://b.example' });
    expect(await getAuthStrategy(app.ctx, id)).toMatchObject({
      config: { issuer: 'https://b.example', further: { cache_ttl: 3 } },
    });
  });

  it('go only while nobody uses them, and say who does', async () => {
    const { app, browser } = await start();
    const { strategy } = await registrationScene(app.ctx);
    const refused = await browser.submit(await browser.get(`${HERE}/${strategy.id}/delete`));
    expect(refused.status).toBe(409);
    expect(refused.$('[role="alert"]').text()).toContain('"Orders" v1 in "Partners"');
    const { id } = await createAuthStrategy(app.ctx, { name: 'free', displayName: 'Free', config: { type: 'key_auth' } });
    expect((await browser.submit(await browser.get(`${HERE}/${id}/delete`))).status).toBe(303);
    expect((await browser.get(`${HERE}/${id}`)).status).toBe(404);
  });

  it('are read by a viewer as facts', async () => {
    const { app } = await start();
    const [strategy] = (await listAuthStrategies(app.ctx, { filters: [], sort: [], page: { number: 1, size: 1 } })).items;
    const entityId = strategy?.id ?? '';
    const viewer = await arriveWith(app, 'vera@example.org', { entityType: 'auth-strategy', role: 'Viewer', entityId });
    const page = await viewer.get(`${HERE}/${entityId}`);
    expect(page.$('main form')).toHaveLength(0);
    expect(page.$('.facts').text()).toContain('apikey');
    expect((await viewer.get(`${HERE}/create`)).status).toBe(403);
    expect((await viewer.get(`${HERE}/${entityId}/delete`)).status).toBe(403);
    const _csrf = page.$('input[name="_csrf"]').attr('value') ?? '';
    const sent = { _csrf, name: 'x', displayName: 'x', keyNames: 'x' };
    expect((await viewer.post(`${HERE}/${entityId}`, sent)).status).toBe(403);
  });
});
