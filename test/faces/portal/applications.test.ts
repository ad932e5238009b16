import { load } from 'cheerio';
import { afterEach, expect, it } from 'vitest';
import type { RegistrationId } from '../../../src/domain/ids.ts';
import { updateKeyPolicy, updatePortal } from '../../../src/domain/portals/index.ts';
import { decideRegistration, listRegistrations } from '../../../src/domain/registrations/index.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';
import { addDeveloper, signIn } from '../../support/developers.ts';
import { registrationScene } from '../../support/registrations.ts';
import { formBrowser } from './form.ts';

onEachDatabase('pages of applications', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  const start = async () => {
    app = await startApp(await open());
    const scene = await registrationScene(app.ctx);
    await addDeveloper(app.ctx, scene.portal);
    const browser = formBrowser({ app }, load);
    browser.cookies.set('portalaccesstoken', (await signIn(app.ctx, scene.portal)).accessToken);
    const registrations = async () =>
      (await listRegistrations(app.ctx, {}, { filters: [], sort: [], page: { number: 1, size: 10 } })).items;
    const decide = async (status: 'approved' | 'rejected' | 'revoked', reason?: string): Promise<void> => {
      for (const { id } of await registrations())
        await decideRegistration(app.ctx, { registrationId: id as RegistrationId }, { status, reason });
    };
    /** Registers a new application for `v1`; answers its page. */
    const register = async (name = 'Shop') => {
      const create = `/application/create?productVersion=${scene.version.id}`;
      const form = await browser.open(create);
      return browser.follow(await browser.submit(form, create, { application: 'new', name }));
    };
    return {
      ...scene,
      browser,
      registrations,
      decide,
      register,
      create: `/application/create?productVersion=${scene.version.id}`,
    };
  };

  it('teach who has none yet, and list them', async () => {
    const { browser, register } = await start();
    const empty = await browser.open('/my-apps');
    expect(empty.$('.empty-state').text()).toContain('no application yet');
    expect(empty.$('.site-nav [aria-current]').text()).toBe('My applications');
    await register();
    const list = await browser.open('/my-apps');
    expect(list.$('.item').text()).toMatch(/Shop[\s\S]*1 waiting/);
    expect((await browser.open('/application')).headers.location).toBe('/my-apps');
    expect((await browser.open('/my-apps?page=9')).status).toBe(404);
  });

  it('register a new application or one that fits, from the reference on', async () => {
    const { browser, create, product, register, registrations } = await start();
    const reference = await browser.open(`/spec/${product.slug}/v1`);
    expect(reference.$('.reference-registration a').first().attr('href')).toBe(create);
    expect((await browser.open(`/docs/${product.slug}`)).$(`a[href="${create}"]`).length).toBe(1);
    const wrong = await browser.submit(await browser.open(create), create, { name: '' });
    expect([wrong.status, wrong.$('.error-summary a').attr('href')]).toEqual([422, '#field-name']);
    const shop = await register();
    expect(shop.$('.message-success').text()).toContain('The request for Orders v1 is sent');
    expect(shop.$('.registration').text()).toMatch(/Orders v1[\s\S]*Waiting[\s\S]*A mail to ada@example\.com/);
    expect((await browser.open(`/spec/${product.slug}/v1`)).$('.reference-registered').text()).toBe('Shop: waiting for approval');

    const made = await browser.submit(await browser.open('/application/create'), '/application/create', { name: 'Till' });
    const till = String(made.headers.location);
    const again = await browser.open(create);
    expect(again.$('.panel').first().text()).toMatch(/Registered already[\s\S]*Shop[\s\S]*Waiting/);
    expect(again.$('input[name=application]').first().attr('value')).toBe(till.split('/').at(-1));
    const twice = await browser.submit(again, create, { application: 'new', name: 'shop' });
    expect([twice.status, twice.$('.error-summary').text().includes('already')]).toEqual([409, true]);
    expect(twice.$('input[name=name]').attr('value')).toBe('shop');
    expect((await browser.submit(again, create, { application: 'nonsense' })).status).toBe(422);
    expect((await browser.submit(again, create)).headers.location).toBe(till);
    expect(await registrations()).toHaveLength(2);
  });

  it('say what each state means, and let go of a registration', async () => {
    const { browser, register, decide, registrations } = await start();
    await register();
    const shop = `/application/${(await registrations())[0]?.applicationId}`;
    const text = async () => (await browser.open(shop)).$('.registration').text();
    await decide('rejected', 'Say what you need it for.');
    expect(await text()).toMatch(/Rejected[\s\S]*Say what you need it for\./);
    expect((await browser.open(shop)).$('a[href$="/unregister"]').length).toBe(0);
    await decide('revoked');
    expect(await text()).toContain('Revoked');
    await decide('approved');
    expect(await text()).toMatch(/Approved[\s\S]*can be called now[\s\S]*curl[\s\S]*apikey: YOUR_API_KEY/);
    const way = String((await browser.open(shop)).$('a[href$="/unregister"]').attr('href'));
    const asked = await browser.open(way);
    expect(asked.$('h1').text()).toBe('Unregister from Orders v1?');
    const left = await browser.follow(await browser.submit(asked, way));
    expect(left.$('.empty-state').text()).toContain('Not registered for any API yet');
  });

  it('show a key once, in the answer to the form', async () => {
    const { browser, register, registrations, portal } = await start();
    await register();
    const shop = `/application/${(await registrations())[0]?.applicationId}`;
    const made = await browser.submit(await browser.open(shop), `${shop}/keys`, { name: 'Server' });
    expect([made.status, made.headers['cache-control']]).toEqual([200, 'no-store']);
    const key = made.$('.key-text').text();
    expect(key).toMatch(/^portico_\w{38}$/);
    expect(made.$('button[data-copy]').attr('data-copy')).toBe(key);
    expect(made.$('pre').text()).toContain(`apikey: ${key}`);
    const after = await browser.open(shop);
    expect(after.text).not.toContain(key);
    expect(after.$('table').text()).toMatch(/Server[\s\S]*Never/);
    expect((await browser.open(`${shop}/keys`)).headers.location).toBe(shop);

    const manage = String(after.$('table a').attr('href'));
    await browser.submit(await browser.open(manage), `${manage}/rename`, { name: 'Worker' });
    expect((await browser.submit(await browser.open(manage), `${manage}/rename`, { name: ' ' })).status).toBe(422);
    const rotated = await browser.submit(await browser.open(manage), `${manage}/rotate`, { overlapHours: '24' });
    expect([rotated.status, rotated.$('.facts').text().includes('It works until')]).toEqual([200, true]);
    expect((await browser.open(shop)).$('table').text()).toContain('Being replaced');
    const twice = await browser.submit(await browser.open(manage), `${manage}/rotate`, { overlapHours: '24' });
    expect(twice.status).toBe(409);
    await updateKeyPolicy(app.ctx, portal.id, { maxOverlapHours: 1 });
    const options = (await browser.open(manage))
      .$('select option')
      .map((_, option) => option.attribs['value'])
      .get();
    expect(options).toEqual(['0', '1']);
    await browser.submit(await browser.open(`${manage}/revoke`), `${manage}/revoke`);
    expect((await browser.open(manage)).status).toBe(404);
    for (let count = 1; count < 20; count++) await browser.submit(await browser.open(shop), `${shop}/keys`, {});
    const full = await browser.submit(await browser.open(shop), `${shop}/keys`, {});
    expect([full.status, full.$('.error-summary').text().includes('at most 20')]).toEqual([409, true]);
  });

  it('are edited, and deleted on a page that says what goes with them', async () => {
    const { browser, register, registrations } = await start();
    await register();
    const shop = `/application/${(await registrations())[0]?.applicationId}`;
    await browser.submit(await browser.open(shop), `${shop}/keys`, {});
    const edited = await browser.follow(
      await browser.submit(await browser.open(`${shop}/update`), `${shop}/update`, {
        name: 'Store',
        description: '<b>Sells</b>',
      }),
    );
    expect([edited.$('h1').text(), edited.$('.lead').text()]).toEqual(['Store', '<b>Sells</b>']);
    expect((await browser.submit(await browser.open(`${shop}/update`), `${shop}/update`, { name: '' })).status).toBe(422);
    const asked = await browser.open(`${shop}/delete`);
    expect(asked.$('.consequences').text()).toMatch(/Orders v1[\s\S]*1 API key/);
    const gone = await browser.follow(await browser.submit(asked, `${shop}/delete`));
    expect(gone.$('.message-success').text()).toContain('deleted');
    expect((await browser.open(shop)).status).toBe(404);
  });

  it('are there for their developer only, and nowhere on a public portal', async () => {
    const { browser, register, registrations, portal, create } = await start();
    await register();
    const shop = `/application/${(await registrations())[0]?.applicationId}`;
    await addDeveloper(app.ctx, portal, { email: 'bo@example.com' });
    const bo = formBrowser({ app }, load);
    expect((await bo.open(shop)).headers.location).toMatch(/^\/login\?returnTo=/);
    bo.cookies.set('portalaccesstoken', (await signIn(app.ctx, portal, 'bo@example.com')).accessToken);
    for (const path of ['', '/update', '/delete']) expect((await bo.open(`${shop}${path}`)).status).toBe(404);
    const unforged = await app.request('POST', `${shop}/delete`, {
      body: '',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        cookie: `portalaccesstoken=${browser.cookies.get('portalaccesstoken')}`,
      },
    });
    expect(unforged.status).toBe(403);
    for (const path of ['/application/create?productVersion=00000000-0000-4000-8000-000000000000', '/application/nothing'])
      expect((await browser.open(path)).status).toBe(404);
    await updatePortal(app.ctx, portal.id, { isPublic: true }, { portalDomain: 'x.example', reservedHosts: [] });
    for (const path of ['/my-apps', '/application', create, shop]) expect((await browser.open(path)).headers.location).toBe('/');
  });
});
