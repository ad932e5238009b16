import { afterEach, expect, it } from 'vitest';
import { updateAppearance, updatePortal } from '../../../src/domain/portals/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { type PortalFixture, startPortal } from './portal-fixture.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);

onEachDatabase('the portal itself, for portal clients', (open) => {
  let at: PortalFixture;
  afterEach(() => at.app.close());

  it('says what it is', async () => {
    at = await startPortal(await open());
    const answer = await at.get('/portal');
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      portal_id: at.portal.id,
      org_id: '00000000-0000-0000-0000-000000000000',
      name: 'Harbour',
      canonical_domain: at.portal.defaultDomain,
      is_public: true,
      rbac_enabled: false,
      basic_auth_enabled: false,
      oidc_auth_enabled: false,
      dcr_provider_ids: [],
      featureset_id: 'portico',
      allowed_time_period: '90-days',
    });
    await updatePortal(at.app.ctx, at.portal.id, { customDomain: 'apis.example.com' }, HOSTS);
    expect((await at.get('/portal')).json.canonical_domain).toBe('apis.example.com');
    expect((await at.get('/portal', { host: 'apis.example.com' })).json.portal_id).toBe(at.portal.id);
  });

  it('is the default one on hosts that name none', async () => {
    at = await startPortal(await open());
    expect((await at.get('/portal', { host: 'localhost' })).json.portal_id).toBe(at.portal.id);
  });

  it('says how it looks', async () => {
    at = await startPortal(await open());
    const { variables, stylesheets } = (await at.get('/portal/appearance')).json;
    expect(variables.catalog).toMatchObject({
      logo: { url: `http://${at.portal.defaultDomain}/api/v2/portal/logo` },
      cover: { url: `http://${at.portal.defaultDomain}/api/v2/portal/catalog-cover` },
    });
    expect(stylesheets.global.main.data.button_colors['primary-fill'].value).toMatch(/^#/);
    const text = { catalog: { welcome_message: 'Ahoy', primary_header: 'Ferries' } };
    await updateAppearance(at.app.ctx, at.portal.id, { text, theme_name: 'dark_mode' });
    const changed = (await at.get('/portal/appearance')).json;
    expect(changed.variables.catalog).toMatchObject({
      welcome_message: { text: 'Ahoy' },
      primary_header: { text: 'Ferries' },
    });
    expect(changed.stylesheets.global.main.data).not.toEqual(stylesheets.global.main.data);
  });

  it('shows its images, its own or those that come with every portal', async () => {
    at = await startPortal(await open());
    for (const [path, kind] of [
      ['/portal/logo', 'logo'],
      ['/portal/catalog-cover', 'catalog_cover'],
    ] as const) {
      const first = await at.get(path);
      expect([first.status, first.headers['content-type']]).toEqual([200, 'image/png']);
      await updateAppearance(at.app.ctx, at.portal.id, {
        images: { [kind]: { data: `data:image/jpeg;base64,${JPEG.toString('base64')}` } },
      });
      const own = await at.get(path);
      expect(own.headers).toMatchObject({
        'content-type': 'image/jpeg',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'cross-origin',
        etag: expect.stringMatching(/^"[0-9a-f]{64}"$/),
      });
      expect(own.body).toEqual(JPEG);
      expect(own.headers.etag).not.toBe(first.headers.etag);
      const again = await at.get(path, { headers: { 'if-none-match': String(own.headers.etag) } });
      expect([again.status, again.body.length]).toEqual([304, 0]);
    }
  });

  it('gives its theme as CSS, in names that portal clients know', async () => {
    at = await startPortal(await open());
    const sheet = await at.get('/portal/stylesheet.css');
    expect(sheet.headers).toMatchObject({ 'content-type': 'text/css; charset=utf-8', etag: expect.stringMatching(/^"/) });
    for (const name of ['section_colors-hero', 'text_colors-link', 'button_colors-primary-fill', 'button_colors-primary-text'])
      expect(sheet.text).toMatch(new RegExp(`--${name}: rgb\\(\\d+ \\d+ \\d+ / [\\d.]+\\);`));
    expect(sheet.text).toContain('.bg-section_colors-hero { background-color: var(--section_colors-hero); }');
    const unchanged = { headers: { 'if-none-match': String(sheet.headers.etag) } };
    expect((await at.get('/portal/stylesheet.css', unchanged)).status).toBe(304);
    await updateAppearance(at.app.ctx, at.portal.id, { theme_name: 'dark_mode' });
    expect((await at.get('/portal/stylesheet.css', unchanged)).status).toBe(200);
  });

  it('gives its fonts as CSS, served from here', async () => {
    at = await startPortal(await open());
    expect((await at.get('/portal/stylesheet/font.css')).text).toBe('');
    const custom_fonts = { base: 'Lato', headings: 'Lora', code: 'PT Mono' } as const;
    await updateAppearance(at.app.ctx, at.portal.id, { use_custom_fonts: true, custom_fonts });
    const fonts = await at.get('/portal/stylesheet/font.css');
    expect(fonts.headers['content-type']).toBe('text/css; charset=utf-8');
    for (const name of ['Lato', 'Lora', 'PT Mono']) expect(fonts.text).toContain(`font-family: '${name}'`);
    const file = /url\('([^']+)'\)/.exec(fonts.text)?.[1] ?? '';
    const font = await at.app.request('GET', file, { host: at.portal.defaultDomain });
    expect([font.status, font.headers['content-type']]).toEqual([200, 'font/woff2']);
    expect(font.headers['access-control-allow-origin']).toBe('*');
    expect((await at.get('/portal/stylesheet.css')).text).toContain("--font-base: 'Lato'");
  });

  it('lets a client on its own host read with credentials, and nobody else', async () => {
    at = await startPortal(await open(), { customDomain: 'apis.example.com', customClientDomain: 'client.example.com' });
    const origin = 'http://client.example.com';
    const read = await at.get('/products', { headers: { origin } });
    expect(read.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      vary: expect.stringContaining('Origin'),
    });
    const sheet = await at.get('/portal/stylesheet.css', { headers: { origin } });
    expect(sheet.headers.vary?.split(', ').sort()).toEqual(['Accept-Encoding', 'Origin']);
    const preflight = await at.app.request('OPTIONS', '/api/v2/products', {
      host: at.portal.defaultDomain,
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    expect([preflight.status, preflight.headers['access-control-allow-headers']]).toEqual([204, 'Content-Type']);
    const refused = await at.get('/none', { headers: { origin } });
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([404, origin]);
    for (const other of ['http://client.example.com.evil.example', 'https://evil.example', 'null']) {
      const { headers } = await at.get('/products', { headers: { origin: other } });
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('has no more than it has', async () => {
    at = await startPortal(await open());
    for (const path of ['', '/', '/nothing', '/portal/nothing', '/products/%00', '/products/%E0%A4%A'])
      expect(await at.get(path).then(({ status, json }) => [status, json.title]), path).toEqual([404, 'Not Found']);
    expect((await at.get('/portal')).headers['cache-control']).toBe('private, no-cache');
  });
});

onEachDatabase('a private portal, for portal clients without a session', (open) => {
  let at: PortalFixture;
  afterEach(() => at.app.close());

  it('shows what it is and how it looks, and nothing else', async () => {
    at = await startPortal(await open(), { isPublic: false });
    const product = await at.addProduct('Orders');
    const version = await at.addVersion(product, 'v1');
    expect((await at.get('/portal')).json.is_public).toBe(false);
    for (const path of ['/appearance', '/logo', '/catalog-cover', '/stylesheet.css', '/stylesheet/font.css'])
      expect((await at.get(`/portal${path}`)).status, path).toBe(200);
    const one = `/products/${product.id}`;
    for (const path of [
      '/products',
      '/products?page[size]=x',
      one,
      `${one}/actions`,
      `${one}/documents`,
      `${one}/documents/start`,
      `${one}/versions`,
      `${one}/versions/${version.id}`,
      `${one}/versions/${version.id}/spec`,
      `${one}/versions/${version.id}/spec/operations`,
      '/products/nothing',
      '/search/product-catalog?q=orders',
    ]) {
      const answer = await at.get(path);
      expect([answer.status, answer.headers['cache-control'], answer.json.title], path).toEqual([
        401,
        'no-store',
        'Unauthorized',
      ]);
    }
    expect((await at.get('/nothing')).status).toBe(404);
  });
});
