import { afterEach, expect, it } from 'vitest';
import { createPortal, getAppearance } from '../../../src/domain/portals/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { addAdministrator, logIn, startAdministration, type TestAdministration } from './admin.ts';

onEachDatabase('the look of a portal as pages', (open) => {
  let administration: TestAdministration;
  const start = async () => {
    administration = await startAdministration(await open());
    const { ctx } = administration.app;
    const { id } = await createPortal(ctx, { name: 'partners' }, { portalDomain: 'localhost', reservedHosts: [] });
    return { ...administration, id, page: `/admin/us/portals/${id}/appearance` };
  };
  afterEach(() => administration.app.close());

  it('is chosen from what there is, or made of one’s own colours, fonts and texts', async () => {
    const { app, browser, id, page } = await start();
    const form = await browser.get(page);
    expect(form.status).toBe(200);
    expect(form.headers['content-security-policy']).toMatch(/frame-src 'self'/);
    expect((await browser.submit(form, { theme: 'dark_mode', header: 'Ships' })).status).toBe(303);
    expect(await getAppearance(app.ctx, id)).toMatchObject({
      theme_name: 'dark_mode',
      custom_theme: null,
      text: { catalog: { primary_header: 'Ships', welcome_message: expect.any(String) } },
    });
    const own = await browser.submit(await browser.get(page), {
      ...{ theme: 'custom', 'section.hero': '#552288', 'text.hero': '#552289' },
      ...{ customFonts: 'on', baseFont: 'Inter' },
    });
    expect(own.status).toBe(303);
    const stored = await getAppearance(app.ctx, id);
    expect(stored.custom_theme?.colors.section.hero.value).toBe('#552288');
    expect(stored.custom_fonts?.base).toBe('Inter');
    expect((await browser.get(page)).$('.message-warning').text()).toMatch(
      /Hero text on “Background for hero section”: 1\.0 to 1/,
    );
    const wrong = await browser.submit(await browser.get(page), { 'section.hero': 'red; } body { display: none' });
    expect(wrong.status).toBe(422);
    expect(wrong.$('[role="alert"] a[href="#field-section-hero"]').text()).toContain('Enter a colour');
  });

  it('is previewed by the same code as the portal, in a frame of this host only', async () => {
    const { browser, page } = await start();
    const query = new URLSearchParams({
      ...Object.fromEntries(
        (await browser.get(page))
          .$('form[data-live-preview]')
          .serializeArray()
          .map(({ name, value }) => [name, value]),
      ),
      ...{ theme: 'custom', 'section.hero': '#552288', header: '<script>alert(1)</script>' },
    });
    const preview = await browser.get(`${page}/preview?${query}`);
    expect(preview.status).toBe(200);
    expect(preview.headers['content-security-policy']).toMatch(/frame-ancestors 'self'/);
    expect(preview.headers['x-frame-options']).toBe('SAMEORIGIN');
    expect(preview.$('h1').text()).toBe('<script>alert(1)</script>');
    const style = await browser.get(preview.$('link[rel="stylesheet"]').eq(1).attr('href') ?? '');
    expect(style.headers['content-type']).toMatch(/^text\/css/);
    expect(style.text).toContain('#552288');
    const bad = await browser.get(
      `${page}/preview.css?theme=custom&section.hero=${encodeURIComponent('} body { display: none')}`,
    );
    expect(bad.text).not.toContain('display: none');
  });

  it('has images, which are uploaded and removed', async () => {
    const { app, browser, id, page } = await start();
    const form = await browser.get(page);
    expect((await browser.upload(form, { name: 'logo.png', text: 'nobody looks into it' })).status).toBe(303);
    const data = `data:image/png;base64,${Buffer.from('nobody looks into it').toString('base64')}`;
    expect((await getAppearance(app.ctx, id)).images.logo).toEqual({ data, filename: 'logo.png' });
    const image = await browser.get(`${page}/images/logo`);
    expect(image.headers['content-security-policy']).toBe("default-src 'none'; sandbox");
    const refused = await browser.upload(form, { name: 'logo.svg', text: '<svg onload="alert(1)"/>' });
    expect(refused.status).toBe(422);
    expect(refused.$('main').text()).toContain('PNG, JPEG, GIF');
    expect((await getAppearance(app.ctx, id)).images.logo).not.toBeNull();
  });

  it('is for those who may change it', async () => {
    const { app, page } = await start();
    await addAdministrator(app, 'stylist@example.org', 'Stylist', [{ entityType: 'portal', role: 'Appearance Maintainer' }]);
    await addAdministrator(app, 'viewer@example.org', 'Viewer', [{ entityType: 'portal', role: 'Viewer' }]);
    const stylist = await logIn(app, 'stylist@example.org');
    expect((await stylist.submit(await stylist.get(page), { header: 'Ships' })).status).toBe(303);
    expect((await stylist.get(page.replace('/appearance', '/settings'))).status).toBe(403);
    const viewer = await logIn(app, 'viewer@example.org');
    for (const path of [page, `${page}/preview`, `${page}/preview.css`, `${page}/images/logo`])
      expect((await viewer.get(path)).status).toBe(403);
  });
});
