import { afterEach, expect, it } from 'vitest';
import { deleteProduct, updateProduct } from '../../../src/domain/products/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { type PageAnswer, publish, startPortal, type TestPortal } from './portal.ts';

onEachDatabase('the catalogue', (open) => {
  let portal: TestPortal;
  const start = async (): Promise<TestPortal> => {
    portal = await startPortal(await open());
    return portal;
  };
  afterEach(() => portal.app.close());

  const titles = ({ $ }: PageAnswer): string[] =>
    $('.card-title, .catalogue-name')
      .map((_, element) => $(element).text())
      .get();

  it('says what comes next while nothing is published', async () => {
    const { get } = await start();
    const page = await get('/');
    expect(page.status).toBe(200);
    expect(page.$('.empty-state-title').text()).toBe('Nothing is published here yet');
    expect(page.$('h1').text()).toBe('Find All of Our Services in a Single Place');
    expect(page.$('title').text()).toBe('Main & more');
  });

  it('shows products with their latest version, labels and links', async () => {
    const { get } = await start();
    await publish(portal, {
      name: 'Tides',
      description: 'High and low',
      publicLabels: { domain: 'sea' },
      versions: [{ name: 'v1' }, { name: 'v2', deprecated: true }, { name: 'v3', unpublished: true }],
      documents: [{ slug: 'intro', title: 'Intro' }],
    });
    await publish(portal, { name: 'Hidden', assigned: false });
    const { $ } = await get('/');
    const card = $('.card');
    expect(card).toHaveLength(1);
    expect(card.find('.card-title a').attr('href')).toBe('/docs/tides');
    expect(
      card
        .find('.badge')
        .map((_, badge) => $(badge).text())
        .get(),
    ).toEqual(['v2', 'Deprecated']);
    expect(card.find('.chip').text()).toBe('domain sea');
    expect(
      card
        .find('.card-links a')
        .map((_, link) => $(link).attr('href'))
        .get(),
    ).toEqual(['/spec/tides/v2', '/docs/tides']);
    expect($('.toolbar-summary').text()).toBe('1 API');
  });

  it('finds, filters, sorts and shows as a table, all by its address', async () => {
    const { get } = await start();
    await publish(portal, { name: 'Alpha', publicLabels: { team: 'red', stage: 'beta' } });
    await publish(portal, { name: 'Beta', publicLabels: { team: 'red' } });
    await publish(portal, { name: 'Gamma', description: 'like alpha', publicLabels: { team: 'Blue' } });
    expect(titles(await get('/?q=ALPHA'))).toEqual(['Alpha', 'Gamma']);
    expect(titles(await get('/?label=team%3Ared'))).toEqual(['Alpha', 'Beta']);
    expect(titles(await get('/?label=team%3Ared&label=stage%3Abeta'))).toEqual(['Alpha']);
    expect(titles(await get('/?label=team%3ABLUE'))).toEqual(['Gamma']);
    expect(titles(await get('/?sort=newest'))).toEqual(['Gamma', 'Beta', 'Alpha']);
    expect(titles(await get('/?view=table&sort=newest'))).toEqual(['Gamma', 'Beta', 'Alpha']);
    expect((await get('/?q=nothing-like-it')).$('.empty-state-title').text()).toBe('No API matches “nothing-like-it”');

    const { $ } = await get('/?label=team%3Ared&sort=newest');
    const facet = $('.facet')
      .filter((_, element) => $(element).find('h2').text() === 'team')
      .first();
    expect(facet.find('.chip-link').text().trim()).toMatch(/^Blue\s+1$/);
    expect(facet.find('.chip-link').attr('href')).toBe('/?label=team%3ABlue&label=team%3Ared&sort=newest');
    expect(facet.find('.chip-remove').attr('href')).toBe('/?sort=newest');
    expect(
      $('form[role="search"] input[type="hidden"]')
        .map((_, field) => $(field).attr('value'))
        .get(),
    ).toEqual(['team:red', 'newest']);
  });

  it('has pages with real links, and none beyond the last', async () => {
    const { get } = await start();
    for (let n = 10; n < 60; n++) await publish(portal, { name: `P${n}` });
    const first = await get('/');
    expect(titles(first)).toHaveLength(24);
    expect(first.$('a[rel="next"]').attr('href')).toBe('/?page=2');
    const last = await get('/?page=3');
    expect(titles(last)).toEqual(['P58', 'P59']);
    expect(last.$('.pagination-summary').text()).toBe('49–50 of 50');
    expect((await get('/?page=4')).status).toBe(404);
    for (const page of ['0', '-1', 'x', '1e3', '99999999']) expect((await get(`/?page=${page}`)).status).toBe(400);
  });

  it('prints hostile names, labels and searches as text', async () => {
    const { get } = await start();
    const hostile = '"><script>alert(1)</script>{{ 7*7 }}';
    await publish(portal, { name: hostile, description: hostile, publicLabels: { team: 'x' } });
    for (const path of ['/', '/?view=table', `/?q=${encodeURIComponent(hostile)}`]) {
      const page = await get(path);
      expect(page.status).toBe(200);
      expect(page.text).not.toContain('<script>alert');
      expect(titles(page)).toEqual([hostile]);
    }
    expect((await get(`/?q=${'x'.repeat(201)}`)).status).toBe(400);
    expect((await get('/?q=%00')).status).toBe(404);
    expect((await get('/?q=%ED%A0%80')).status).toBe(200);
  });

  it('follows every change at once, and answers 304 in between', async () => {
    const { get, ctx, app } = await start();
    const { product } = await publish(portal, { name: 'Before' });
    const first = await get('/', { headers: { 'accept-encoding': 'br' } });
    const etag = String(first.headers.etag);
    expect(first.headers['content-encoding']).toBe('br');
    const again = await get('/', { headers: { 'accept-encoding': 'br', 'if-none-match': etag } });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    const head = await app.request('HEAD', '/');
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect(Number(head.headers['content-length'])).toBeGreaterThan(1000);
    await updateProduct(ctx, product.id, { name: 'After' });
    expect(titles(await get('/', { headers: { 'if-none-match': etag } }))).toEqual(['After']);
    await deleteProduct(ctx, product.id);
    expect(titles(await get('/'))).toEqual([]);
  });
});
