import { afterEach, expect, it } from 'vitest';
import { onEachDatabase } from '../../support/database.ts';
import { addPortal, publish, specificationOf, startPortal, type TestPortal } from './portal.ts';

onEachDatabase('the search of a portal', (open) => {
  let portal: TestPortal;
  afterEach(() => portal.app.close());
  const index = (): Promise<number> => portal.app.installation.worker.runDue();

  it('finds products, sections of documents, operations and schemas, and nothing that is not published here', async () => {
    portal = await startPortal(await open());
    const { get, ctx } = portal;
    const specification = ['s.json', specificationOf({ lighthouse: 1 })] as const;
    const documents = [
      { slug: 'lamps', title: 'Lighthouse lamps', content: 'How they burn\n\n## Oil <b>\n\nFor a lighthouse & more' },
      { slug: 'draft', title: 'Lighthouse plans', status: 'unpublished' as const },
    ];
    await publish(portal, {
      name: 'Lighthouse',
      documents,
      versions: [
        { name: 'v1', specification },
        { name: 'v2', unpublished: true, specification },
      ],
    });
    const other = await addPortal(ctx, { name: 'other' });
    for (const [to, name, assigned] of [
      [other, 'Lighthouse two', true],
      [portal.portal, 'Lighthouse three', false],
    ] as const)
      await publish({ ctx, portal: to }, { name, assigned, documents, versions: [{ name: 'v1', specification }] });
    await index();

    const { $, headers } = await get('/search?q=LIGHTHOUSE');
    const links = $('.hit-heading a')
      .map((_, link) => $(link).attr('href'))
      .get();
    expect(links).toEqual([
      '/docs/lighthouse',
      '/docs/lighthouse/lamps',
      '/spec/lighthouse/v1/operations/get-0-0',
      '/docs/lighthouse/lamps#oil',
    ]);
    expect($('.hit-excerpt mark').last().text()).toBe('lighthouse');
    expect($('.hit').last().find('.hit-excerpt').html()).toBe('For a <mark>lighthouse</mark> &amp; more');
    expect(
      $('.hit .hit-place')
        .get()
        .map((place) => $(place).text()),
    ).toEqual([
      'API',
      'Documentation · Lighthouse',
      'Operation · Lighthouse › v1',
      'Documentation · Lighthouse › Lighthouse lamps',
    ]);
    expect($('.search-kinds a').first().text()).toBe('Everything 4');
    expect($('#site-search').attr('value')).toBe('LIGHTHOUSE');
    expect($('meta[name="robots"]').attr('content')).toBe('noindex');
    expect(headers['cache-control']).toBe('no-store');
    expect((await get('/docs/lighthouse/lamps')).$('#oil').length).toBe(1);
    for (const href of ['/search?q=ship&kind=schema', '/search?q=ship&kind=schema&product=lighthouse'])
      expect((await get(href)).$('.hit-heading a').attr('href')).toBe('/spec/lighthouse/v1/schemas/Ship');
  });

  it('narrows to a kind and a product by links, and pages', async () => {
    portal = await startPortal(await open());
    for (let n = 10; n < 35; n++) await publish(portal, { name: `Buoy ${n}`, versions: [{ name: 'buoy' }] });
    await index();
    const { $ } = await portal.get('/search?q=buoy');
    expect(
      $('.search-kinds a')
        .map((_, link) => $(link).attr('href'))
        .get(),
    ).toEqual(['/search?q=buoy', '/search?q=buoy&kind=product', '/search?q=buoy&kind=version']);
    expect($('.search-products a').length).toBe(10);
    expect($('.search-products a').first().attr('href')).toMatch(/^\/search\?q=buoy&product=buoy-\d\d$/);
    expect($('.search-summary').text()).toBe('50 results');
    expect($('.pagination').text()).toContain('1–20 of 50');
    const second = await portal.get('/search?q=buoy&kind=product&page=2');
    expect(second.$('.hit').length).toBe(5);
    const one = await portal.get('/search?q=buoy&product=buoy-12');
    expect([one.$('.hit').length, one.$('.search-products .chip-value').text()]).toEqual([2, 'Buoy 12']);
    expect((await portal.get('/search?q=buoy&page=9')).status).toBe(404);
  });

  it('asks for words when there are none, and says what to do when nothing is found', async () => {
    portal = await startPortal(await open());
    await publish(portal, { name: 'Lighthouse' });
    await index();
    expect((await portal.get('/search')).$('h1').text()).toBe('Search');
    const hostile = '<b>%_\\';
    const { $, status } = await portal.get(`/search?q=${encodeURIComponent(hostile)}`);
    expect(status).toBe(200);
    expect($('.empty-state-title').text()).toBe(`Nothing found for “${hostile}”`);
    expect($('.empty-state a').attr('href')).toBe('/');
    const narrow = await portal.get('/search?q=nothing&kind=schema');
    expect(narrow.$('.empty-state a').attr('href')).toBe('/search?q=nothing');
    const misspelt = await portal.get('/search?q=lighthuose');
    expect(misspelt.$('.message').text()).toContain('Nothing holds “lighthuose”. These are the results for “lighthouse”.');
    expect(misspelt.$('.hit').length).toBe(1);
    expect((await portal.get(`/search?q=${'y'.repeat(201)}`)).status).toBe(400);
  });

  it('says of more than is looked at that there is more', async () => {
    portal = await startPortal(await open());
    await publish(portal, {
      name: 'Harbours',
      versions: [{ name: 'v1', specification: ['s.json', specificationOf({ quays: 260 })] }],
    });
    await index();
    const said = (await portal.get('/search?q=quays+get')).$('.search-summary').text();
    expect(said).toMatch(/^The best of more than \d+ results$/);
    expect((await portal.get('/search/suggestions?q=quays+get')).$('[data-palette-status]').text()).toBe(said);
  });

  it('suggests the first results as a piece of a page', async () => {
    portal = await startPortal(await open());
    for (let n = 10; n < 20; n++) await publish(portal, { name: `Buoy ${n}` });
    await index();
    const { $, text } = await portal.get('/search/suggestions?q=buo');
    expect(text).not.toContain('<html');
    expect($('[role=option]').length).toBe(9);
    expect($('[role=option]').last().attr('href')).toBe('/search?q=buo');
    expect($('[data-palette-status]').text()).toBe('10 results');
    expect((await portal.get('/search/suggestions?q=')).$('[role=option]').length).toBe(0);
    expect((await portal.get('/')).$('dialog[data-palette]').attr('data-palette')).toBe('/search/suggestions');
  });
});
