import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { MAX_IMAGE_LENGTH } from '../../../src/domain/portals/index.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';

const PNG = 'data:image/png;base64,bmljZV9sb29raW5nX3BpY3R1cmU=';
const JPEG = 'data:image/jpeg;base64,/9j/';
const FONTS = { base: 'Roboto', code: 'Roboto Mono', headings: 'Slabo 27px' };
const TEXT = { catalog: { welcome_message: 'Welcome', primary_header: 'Come in!' } };

onEachDatabase('appearance over HTTP', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  const start = async () => {
    app = await startApp(await open());
    const { id } = (await app.request('POST', '/v2/portals', { json: { name: 'Site' } })).json;
    return { request: app.request, at: `/v2/portals/${id}/appearance` };
  };

  it('has defaults', async () => {
    const { request, at } = await start();
    const { status, json } = await request('GET', '/v2/portals/appearance-defaults');
    expect(status).toBe(200);
    expect(Object.keys(json).sort()).toEqual(['fonts', 'text', 'themes']);
    expect(json.themes.dark_mode.colors.section.header.value).toMatch(/^#/);
    expect((await request('GET', at)).json).toEqual({
      theme_name: 'mint_rocket',
      custom_theme: null,
      use_custom_fonts: false,
      custom_fonts: null,
      text: null,
      images: { logo: null, favicon: null, catalog_cover: null },
    });
  });

  it('is changed part by part', async () => {
    const { request, at } = await start();
    const custom_theme = (await request('GET', '/v2/portals/appearance-defaults')).json.themes.dark_mode;
    const changed = await request('PATCH', at, {
      json: { theme_name: 'custom', custom_theme, use_custom_fonts: true, custom_fonts: FONTS, text: TEXT },
    });
    expect([changed.status, changed.json]).toMatchObject([
      200,
      { theme_name: 'custom', custom_theme, custom_fonts: FONTS, text: TEXT },
    ]);
    const images = await request('PATCH', at, {
      json: { images: { logo: { data: PNG, filename: 'logo.png' }, favicon: { data: PNG } } },
    });
    expect(images.json).toMatchObject({ theme_name: 'custom', text: TEXT });
    expect(images.json.images).toEqual({
      logo: { data: PNG, filename: 'logo.png' },
      favicon: { data: PNG },
      catalog_cover: null,
    });
    const fewer = await request('PATCH', at, { json: { images: { logo: null }, text: null } });
    expect(fewer.json).toMatchObject({ text: null, images: { logo: null, favicon: { data: PNG } } });
    expect((await request('PATCH', at, { json: { images: null } })).json.images.favicon).toBeNull();
    const back = await request('PATCH', at, {
      json: { theme_name: 'dark_mode', custom_theme: null, use_custom_fonts: false, custom_fonts: null },
    });
    expect(back.json).toMatchObject({ theme_name: 'dark_mode', custom_theme: null, custom_fonts: null });
    expect((await request('GET', at)).json).toEqual(back.json);
    expect((await request('PATCH', at, { json: {} })).json).toEqual(back.json);
  });

  it('serves images as declared, or those that come with every portal', async () => {
    const { request, at } = await start();
    for (const path of [`${at}/logo`, `${at}/catalog-cover`]) {
      const image = await request('GET', path);
      expect([image.status, image.headers['content-type']]).toEqual([200, 'image/png']);
      expect(image.body.subarray(1, 4).toString()).toBe('PNG');
    }
    await request('PATCH', at, { json: { images: { logo: { data: PNG }, catalog_cover: { data: JPEG } } } });
    const logo = await request('GET', `${at}/logo`);
    expect(logo.text).toBe('nice_looking_picture');
    expect(logo.headers['x-content-type-options']).toBe('nosniff');
    expect(logo.headers['content-security-policy']).toBe("default-src 'none'; sandbox");
    const cover = await request('GET', `${at}/catalog-cover`);
    expect([cover.headers['content-type'], cover.body]).toEqual(['image/jpeg', Buffer.from([0xff, 0xd8, 0xff])]);
  });

  it('ask for a token', async () => {
    const request = (await start()).request;
    for (const [method, path] of [
      ['GET', `/v2/portals/appearance-defaults`],
      ['GET', `/v2/portals/${randomUUID()}/appearance`],
      ['PATCH', `/v2/portals/${randomUUID()}/appearance`],
      ['GET', `/v2/portals/${randomUUID()}/appearance/logo`],
      ['GET', `/v2/portals/${randomUUID()}/appearance/catalog-cover`],
    ] as const) {
      const json = method === 'GET' ? {} : { json: {} };
      expect((await request(method, path, { ...json, token: null })).status, `${method} ${path}`).toBe(401);
    }
  });

  it('is that of an existing portal', async () => {
    const { request } = await start();
    const at = `/v2/portals/${randomUUID()}/appearance`;
    for (const path of [at, `${at}/logo`, `${at}/catalog-cover`]) expect((await request('GET', path)).status).toBe(404);
    expect((await request('PATCH', at, { json: {} })).status).toBe(404);
  });

  it('refuses what cannot be shown', async () => {
    const { request, at } = await start();
    const theme = (await request('GET', '/v2/portals/appearance-defaults')).json.themes.mint_rocket;
    const withHeader = (header: unknown) => ({
      custom_theme: { colors: { ...theme.colors, section: { ...theme.colors.section, header } } },
    });
    const logo = (data: unknown, more: object = {}) => ({ images: { logo: { data, ...more } } });
    const cases: [unknown, string, string][] = [
      [{ my_property: 1 }, 'my_property', 'unknown_property'],
      [{ use_custom_fonts: 'yes' }, 'use_custom_fonts', 'is_boolean'],
      [{ use_custom_fonts: true }, 'use_custom_fonts', 'dependent_fields'],
      [{ theme_name: 'custom' }, 'theme_name', 'dependent_fields'],
      [{ theme_name: 'neon' }, 'theme_name', 'enum'],
      [{ custom_fonts: { ...FONTS, base: 'Comic Sans' } }, 'custom_fonts.base', 'enum'],
      [{ custom_fonts: { base: 'Roboto' } }, 'custom_fonts.code', 'required'],
      [{ custom_theme: { colors: {} } }, 'custom_theme.colors.section', 'required'],
      [withHeader({ value: 'red; } body { display: none' }), 'custom_theme.colors.section.header.value', 'invalid'],
      [withHeader({ value: 'url(https://example.org)' }), 'custom_theme.colors.section.header.value', 'invalid'],
      [withHeader({ value: 'x'.repeat(256) }), 'custom_theme.colors.section.header.value', 'max_length'],
      [
        withHeader({ value: '#fff', description: 'x'.repeat(513) }),
        'custom_theme.colors.section.header.description',
        'max_length',
      ],
      [withHeader({}), 'custom_theme.colors.section.header.value', 'required'],
      [{ text: {} }, 'text.catalog', 'required'],
      [{ text: { catalog: { ...TEXT.catalog, primary_header: 'x'.repeat(513) } } }, 'text.catalog.primary_header', 'max_length'],
      [logo('data:image/svg+xml;base64,AAAA'), 'images.logo.data', 'matches_regex'],
      [logo('data:image/png;base64,AAA'), 'images.logo.data', 'matches_regex'],
      [logo('data:image/png;base64,<svg>'), 'images.logo.data', 'matches_regex'],
      [logo('https://example.org/logo.png'), 'images.logo.data', 'matches_regex'],
      [logo(`data:image/png;base64,${'A'.repeat(MAX_IMAGE_LENGTH)}`), 'images.logo.data', 'max_length'],
      [logo(1), 'images.logo.data', 'is_string'],
      [logo(PNG, { filename: 'x'.repeat(513) }), 'images.logo.filename', 'max_length'],
      [logo(PNG, { size: 1 }), 'images.logo.size', 'unknown_property'],
      [{ images: { banner: null } }, 'images.banner', 'unknown_property'],
    ];
    for (const [json, field, rule] of cases) {
      const answer = await request('PATCH', at, { json });
      const shown = JSON.stringify(json).slice(0, 200);
      expect(answer.status, shown).toBe(400);
      expect(answer.json.invalid_parameters[0], shown).toMatchObject({ field, rule });
    }
    expect((await request('PATCH', at, { json: { theme_name: 'neon' } })).json.invalid_parameters[0].choices).toEqual([
      'mint_rocket',
      'dark_mode',
      'custom',
    ]);
  });
});
