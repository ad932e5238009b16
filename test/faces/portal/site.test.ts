import { afterEach, expect, it } from 'vitest';
import { updateAppearance, updatePortal } from '../../../src/domain/portals/index.ts';
import { startApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';
import { addPortal, publish, specificationOf, startPortal, type TestPortal } from './portal.ts';

const PNG = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=';

onEachDatabase('a portal as a site', (open) => {
  let portal: TestPortal;
  const start = async (
    ...input: Parameters<typeof startPortal> extends [unknown, ...infer Rest] ? Rest : never
  ): Promise<TestPortal> => {
    portal = await startPortal(await open(), ...input);
    return portal;
  };
  afterEach(() => portal.app.close());

  it('is found by its default domain, custom domain and name; any other host shows the default one', async () => {
    const { get, ctx } = await start();
    const second = await addPortal(ctx, { name: 'Second one', displayName: 'Second', customDomain: 'api.example.com' });
    const nameAt = async (host: string): Promise<string> => (await get('/', { host })).$('.brand').text().trim();
    for (const host of [
      second.defaultDomain,
      `${second.defaultDomain}:3000`,
      'api.example.com',
      'API.Example.com',
      'second-one.localhost',
    ])
      expect(await nameAt(host), host).toBe('Second');
    for (const host of ['localhost', '127.0.0.1', 'unknown.example', 'main.localhost', portal.portal.defaultDomain])
      expect(await nameAt(host), host).toBe('Main & more');
  });

  it('describes itself to search engines when it is public', async () => {
    const { get } = await start({ description: 'All our APIs' });
    await publish(portal, {
      name: 'Ships & more',
      versions: [{ name: 'v1' }, { name: 'v2', unpublished: true }],
      documents: [
        { slug: 'a', title: 'A' },
        { slug: 'b', title: 'B', status: 'unpublished' },
      ],
    });
    await publish(portal, { name: 'Hidden', assigned: false, documents: [{ slug: 'c', title: 'C' }] });
    const origin = `http://${portal.portal.defaultDomain}`;
    const home = await get('/');
    expect(home.$('link[rel="canonical"]').attr('href')).toBe(`${origin}/`);
    expect(home.$('meta[name="description"]').attr('content')).toBe('All our APIs');
    expect(home.$('meta[property="og:title"]').attr('content')).toBe('Main & more');
    expect(home.$('meta[name="robots"]')).toHaveLength(0);
    const robots = await get('/robots.txt');
    expect(robots.text).toContain(`Sitemap: ${origin}/sitemap.xml`);
    const sitemap = await get('/sitemap.xml');
    expect(sitemap.headers['content-type']).toMatch(/^application\/xml/);
    expect([...sitemap.text.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address]) => address)).toEqual(
      ['/', '/docs/ships-more', '/spec/ships-more/v1', '/docs/ships-more/a'].map((path) => origin + path),
    );
  });

  it('shows nothing when it is private, but that it is', async () => {
    const { get, app } = await start({ isPublic: false });
    await publish(portal, {
      name: 'Secret',
      documents: [{ slug: 'a', title: 'A' }],
      versions: [{ name: 'v1', specification: ['s.json', specificationOf({ a: 1 })] }],
    });
    const pages = [
      '/docs/secret',
      '/docs/secret/a',
      '/spec/secret',
      '/spec/secret/v1/download',
      '/spec/secret/v1/operations/get-0-0',
      '/spec/secret/v1/schemas/Ship?fragment=1',
      '/search?q=secret',
      '/?q=secret',
      '/docs/none',
      '/my-apps',
    ];
    for (const path of pages) {
      const answer = await get(path);
      expect([answer.status, answer.headers.location], path).toEqual([
        303,
        `/login?returnTo=${new URLSearchParams({ p: path }).toString().slice(2)}`,
      ]);
    }
    expect((await get('/')).headers.location).toBe('/login');
    expect((await get('//evil.example/x')).headers.location ?? '').not.toContain('evil');
    const login = await get('/login?returnTo=https%3A%2F%2Fevil.example');
    expect(login.status).toBe(200);
    expect(login.$('h1').text()).toBe('Log in');
    expect(login.$('meta[name="robots"]').attr('content')).toBe('noindex');
    expect(login.text).not.toMatch(/evil|secret/i);
    expect((await get('/robots.txt')).text).toBe('User-agent: *\nDisallow: /\n');
    expect((await get('/sitemap.xml')).status).toBe(404);
    expect((await app.request('POST', '/login')).status).toBe(400);
  });

  it('has no accounts when it is public: their pages lead to the start', async () => {
    const { get } = await start();
    for (const path of [
      '/login',
      '/login?token=x',
      '/register',
      '/forgot-password',
      '/reset-password?token=x',
      '/my-apps',
      '/application/create',
      '/application/1/update',
    ]) {
      const answer = await get(path);
      expect([answer.status, answer.headers.location], path).toEqual([303, '/']);
    }
  });

  it('has its colours and fonts in a stylesheet that may be kept for ever', async () => {
    const { get, ctx } = await start();
    const hrefOf = async (): Promise<string> => (await get('/')).$('link[href^="/theme/"]').attr('href') ?? '';
    const before = await hrefOf();
    const sheet = await get(before);
    expect(sheet.headers['content-type']).toMatch(/^text\/css/);
    expect(sheet.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(sheet.text).toContain('--color-primary');
    await updateAppearance(ctx, portal.portal.id, {
      theme_name: 'dark_mode',
      use_custom_fonts: true,
      custom_fonts: { base: 'Lora', code: 'PT Mono', headings: 'Lora' },
    });
    const after = await hrefOf();
    expect(after).not.toBe(before);
    const changed = await get(after);
    expect(changed.text).toContain('@font-face');
    const font = /url\(["']?([^"')]+)/.exec(changed.text)?.[1] ?? '';
    const file = await get(font);
    expect([file.status, file.headers['content-type']]).toEqual([200, 'font/woff2']);
    expect((await get('/theme/none.css')).headers['cache-control']).toBe('no-cache');
  });

  it('serves its images as declared, and lets nothing in them run', async () => {
    const { get, ctx } = await start();
    await updateAppearance(ctx, portal.portal.id, {
      images: { logo: { data: PNG }, favicon: { data: PNG }, catalog_cover: { data: PNG } },
    });
    const { $ } = await get('/');
    for (const href of [$('.brand-logo').attr('src'), $('link[rel="icon"]').attr('href'), $('.hero-cover').attr('src')]) {
      const image = await get(href ?? '');
      expect(image.status).toBe(200);
      expect(image.headers['content-type']).toBe('image/png');
      expect(image.headers['x-content-type-options']).toBe('nosniff');
      expect(image.headers['content-security-policy']).toBe("default-src 'none'; sandbox");
      expect(image.body.equals(Buffer.from(PNG.split(',')[1] ?? '', 'base64'))).toBe(true);
    }
    for (const path of ['/images/logo/0123', '/images/none/0123', '/images/__proto__/0123'])
      expect((await get(path)).status, path).toBe(404);
    expect((await get('/favicon.ico')).headers['content-type']).toBe('image/png');
  });

  it('says in its own look what is wrong', async () => {
    const { get, app } = await start();
    const missing = await get('/no/such/page');
    expect(missing.status).toBe(404);
    expect(missing.$('.brand').text().trim()).toBe('Main & more');
    expect(missing.headers['cache-control']).toBe('no-store');
    expect((await get('/404')).status).toBe(404);
    expect((await get('/403')).status).toBe(403);
    const odd = await get('/?page=none');
    expect(odd.status).toBe(400);
    expect(odd.$('main').text()).toContain('page must be a number from 1');
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) expect((await app.request(method, '/')).status, method).toBe(405);
    expect((await get('/docs/%E0%A4%A')).status).toBe(404);
    const policy = String(missing.headers['content-security-policy']);
    expect(policy).not.toContain('unsafe');
  });

  it('says so in its own look when it cannot answer, and gives nothing away', async () => {
    const { get, ctx } = await start();
    await publish(portal, { name: 'Ships' });
    expect((await get('/')).status).toBe(200);
    await ctx.db.schema.alterTable('product_assignments').renameTo('gone').execute();
    const page = await get('/docs/ships');
    expect(page.status).toBe(500);
    expect(page.$('.brand').text().trim()).toBe('Main & more');
    expect(page.$('main code').text()).toBe(page.headers['x-request-id']);
    expect(page.text).not.toMatch(/product_assignments|select|sql/i);
    await ctx.db.schema.alterTable('gone').renameTo('product_assignments').execute();
    expect((await get('/docs/ships')).status).toBe(200);
  });

  it('turns from public to private at once', async () => {
    const { get, ctx } = await start();
    await publish(portal, { name: 'Ships' });
    expect((await get('/docs/ships')).status).toBe(200);
    await updatePortal(ctx, portal.portal.id, { isPublic: false }, { portalDomain: 'localhost', reservedHosts: [] });
    expect((await get('/docs/ships')).status).toBe(303);
  });

  it('is not there before the first portal is made', async () => {
    const app = await startApp(await open());
    portal = { ...portal, app };
    const answer = await app.request('GET', '/');
    expect(answer.status).toBe(404);
    expect(answer.text).toContain('Page not found');
  });
});
