import { afterEach, expect, it } from 'vitest';
import { onEachDatabase } from '../../support/database.ts';
import { addPortal, publish, specificationOf, startPortal, type TestPortal } from './portal.ts';

onEachDatabase('the search of a portal', (open) => {
  let portal: TestPortal;
  afterEach(() => portal.app.close());

  it('finds products, documents and operations, and nothing that is not published here', async () => {
    portal = await startPortal(await open());
    const { get, ctx } = portal;
    const specification = ['s.json', specificationOf({ lighthouse: 1 })] as const;
    const documents = [
      { slug: 'lamps', title: 'Lighthouse lamps', content: 'How they burn' },
      { slug: 'other', title: 'Other', content: 'of the lighthouse' },
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

    const { $ } = await get('/search?q=LIGHTHOUSE');
    expect($('.card-title').text()).toBe('Lighthouse');
    expect(
      $('.operation-row a')
        .map((_, link) => $(link).attr('href'))
        .get(),
    ).toEqual(['/docs/lighthouse/lamps', '/docs/lighthouse/other', '/spec/lighthouse/v1/operations/get-0-0']);
    expect($('#site-search').attr('value')).toBe('LIGHTHOUSE');
    expect($('meta[name="robots"]').attr('content')).toBe('noindex');
  });

  it('asks for words when there are none, and says so when nothing is found', async () => {
    portal = await startPortal(await open());
    expect((await portal.get('/search')).$('h1').text()).toBe('Search');
    const hostile = '<b>%_\\';
    const { $, status } = await portal.get(`/search?q=${encodeURIComponent(hostile)}`);
    expect(status).toBe(200);
    expect($('.empty-state-title').text()).toBe(`Nothing found for “${hostile}”`);
    expect((await portal.get(`/search?q=${'y'.repeat(201)}`)).status).toBe(400);
  });
});
