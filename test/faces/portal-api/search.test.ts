import { afterEach, expect, it } from 'vitest';
import { createDocument } from '../../../src/domain/products/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { type PortalFixture, startPortal } from './portal-fixture.ts';

onEachDatabase('the search beside the contract', (open) => {
  let at: PortalFixture;
  afterEach(() => at.app.close());

  it('answers what was found in pieces, with facets', async () => {
    at = await startPortal(await open());
    const product = await at.addProduct('Ferries', { description: 'Crossings in <winter>' });
    await at.addVersion(product, 'v1');
    await createDocument(at.app.ctx, product.id, {
      slug: 'ice',
      title: 'Ice',
      status: 'published',
      content: '# Ice\n\n## In winter\n\nSlow.',
    });
    await at.app.installation.worker.runDue();
    const search = (query: string) => at.app.request('GET', `/api/portico/v1/search${query}`, { host: at.portal.defaultDomain });
    const { status, json } = await search('?q=winter&page[size]=5');
    expect([status, json]).toEqual([
      200,
      {
        meta: { page: { number: 1, size: 5, total: 2 } },
        data: [
          {
            kind: 'document',
            title: [
              { text: 'In ', match: false },
              { text: 'winter', match: true },
            ],
            excerpt: [{ text: 'Slow.', match: false }],
            deprecated: false,
            product: { slug: 'ferries', name: 'Ferries' },
            version: null,
            document: { slug: 'ice', title: 'Ice', heading_id: 'in-winter', headings_above: 'Ice' },
            operation: null,
            schema: null,
          },
          {
            kind: 'product',
            title: [{ text: 'Ferries', match: false }],
            excerpt: [
              { text: 'Crossings in <', match: false },
              { text: 'winter', match: true },
              { text: '>', match: false },
            ],
            deprecated: false,
            product: { slug: 'ferries', name: 'Ferries' },
            version: null,
            document: null,
            operation: null,
            schema: null,
          },
        ],
        facets: {
          kinds: ['product', 'version', 'document', 'operation', 'schema'].map((kind) => ({
            ...{ kind, count: kind === 'product' || kind === 'document' ? 1 : 0, more: false },
          })),
          products: [{ slug: 'ferries', name: 'Ferries', count: 2 }],
          corrected: null,
        },
      },
    ]);
    expect((await search('?q=v1&kind=version&product=ferries')).json.data[0].version).toEqual({ slug: 'v1', name: 'v1' });
    expect((await search('?q=wintre')).json.facets.corrected).toEqual(['winter']);
    expect((await search('')).json.data).toEqual([]);
  });

  it('refuses what cannot be understood', async () => {
    at = await startPortal(await open());
    for (const [query, field] of [
      ['?kind=secret', 'kind'],
      ['?q=%00', 'q'],
      ['?q=a&q=b', 'q'],
      [`?q=${'y'.repeat(201)}`, 'q'],
      ['?page[size]=x', 'page[size]'],
      ['?sort=name', 'sort'],
    ] as const) {
      const answer = await at.app.request('GET', `/api/portico/v1/search${query}`, { host: at.portal.defaultDomain });
      expect([answer.status, answer.json.invalid_parameters?.[0]?.field], query).toEqual([400, field]);
    }
  });

  it('is closed to whoever may not read a private portal', async () => {
    at = await startPortal(await open(), { isPublic: false });
    expect((await at.app.request('GET', '/api/portico/v1/search?q=a', { host: at.portal.defaultDomain })).status).toBe(401);
  });
});
