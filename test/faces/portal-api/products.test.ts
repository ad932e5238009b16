import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { createPortal } from '../../../src/domain/portals/index.ts';
import { createProductInPortals } from '../../../src/domain/publications/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { type PortalFixture, startPortal } from './portal-fixture.ts';

onEachDatabase('products, for portal clients', (open) => {
  let at: PortalFixture;
  afterEach(() => at.app.close());

  it('are shown with what the visitor may see of them', async () => {
    at = await startPortal(await open());
    const labels = { labels: { secret: 'x' }, publicLabels: { team: 'Harbour' } };
    const product = await at.addProduct('Orders', { description: 'To order.', ...labels });
    const v1 = await at.addVersion(product, 'v1');
    const shown = {
      id: product.id,
      name: 'Orders',
      description: 'To order.',
      public_labels: { team: 'Harbour' },
      document_count: 0,
      version_count: 1,
      latest_version: { id: v1.id, name: 'v1' },
      created_at: expect.any(String),
      updated_at: expect.any(String),
    };
    const listed = await at.get('/products');
    expect(listed.status).toBe(200);
    expect(listed.json).toEqual({ meta: { page: { number: 1, size: 10, total: 1 } }, data: [shown] });
    const one = await at.get(`/products/${product.id.toUpperCase()}`);
    expect(one.json).toEqual(shown);
    expect(one.headers.etag).toMatch(/^"/);
    const again = await at.get(`/products/${product.id}`, { headers: { 'if-none-match': String(one.headers.etag) } });
    expect(again.status).toBe(304);
    expect((await at.get(`/products/${product.id}/actions`)).json).toEqual({
      actions: { view: true, view_documentation: true, register: false },
    });
    const plain = await at.addProduct('Plain');
    expect((await at.get(`/products/${plain.id}`)).json).toMatchObject({ description: null, latest_version: null });
  });

  it('of other portals do not exist', async () => {
    at = await startPortal(await open());
    const hosts = { portalDomain: 'portals.example.com', reservedHosts: [] };
    const other = await createPortal(at.app.ctx, { name: 'other', isPublic: true }, hosts);
    const elsewhere = await createProductInPortals(at.app.ctx, { name: 'Elsewhere', portalIds: [other.id] });
    const nowhere = await createProductInPortals(at.app.ctx, { name: 'Nowhere' });
    const v1 = await at.addVersion(elsewhere, 'v1');
    expect((await at.get('/products')).json.data).toEqual([]);
    for (const id of [elsewhere.id, nowhere.id, 'elsewhere', randomUUID()])
      for (const path of ['', '/actions', '/versions', '/documents', '/documents/start', `/versions/${v1.id}`])
        expect((await at.get(`/products/${id}${path}`)).status, `${id}${path}`).toBe(404);
    expect((await at.get(`/products/${elsewhere.id}`, { host: other.defaultDomain })).status).toBe(200);
  });

  it('whose address looks like an id are not found by it', async () => {
    at = await startPortal(await open());
    const id = randomUUID();
    await at.addProduct(id);
    expect((await at.get(`/products/${id}`)).status).toBe(404);
  });

  it('are filtered, sorted and paged', async () => {
    at = await startPortal(await open());
    const a = await at.addProduct('Alpha', { description: 'first' });
    await at.addProduct('Beta', { description: 'second' });
    await at.addProduct('Gamma');
    const names = async (query: string): Promise<string[]> =>
      (await at.get(`/products?${query}`)).json.data.map(({ name }: { name: string }) => name);
    expect(await names('')).toEqual(['Alpha', 'Beta', 'Gamma']);
    expect(await names('filter[name]=Beta')).toEqual(['Beta']);
    expect(await names('filter[name][eq]=Beta')).toEqual(['Beta']);
    expect(await names('filter[name][contains]=mm')).toEqual(['Gamma']);
    expect(await names('filter[description]=first')).toEqual(['Alpha']);
    expect(await names('filter[description][eq]=first')).toEqual(['Alpha']);
    expect(await names('filter[description][contains]=sec')).toEqual(['Beta']);
    expect(await names(`filter[id]=${a.id}`)).toEqual(['Alpha']);
    expect(await names(`filter[id][eq]=${a.id.toUpperCase()}`)).toEqual(['Alpha']);
    expect(await names('sort=name%20desc&page[size]=1&page[number]=2')).toEqual(['Beta']);
    expect((await at.get('/products?page[size]=2&page[number]=9')).json).toEqual({
      meta: { page: { number: 9, size: 2, total: 3 } },
      data: [],
    });
    expect((await at.get('/products?page[size]=5000')).json.meta.page.size).toBe(100);
  });

  it('say which parameter cannot be taken', async () => {
    at = await startPortal(await open());
    const { id } = await at.addProduct('Orders');
    for (const [path, field] of [
      ['/products?page[size]=x', 'page[size]'],
      ['/products?page[number]=0', 'page[number]'],
      ['/products?filter[secret]=x', 'filter[secret]'],
      ['/products?filter[name][lt]=x', 'filter[name][lt]'],
      ['/products?filter[id]=x', 'filter[id]'],
      ['/products?filter[name]=%00', 'filter[name]'],
      ['/products?sort=secret', 'sort'],
      [`/products/${id}?page[size]=1`, 'page[size]'],
      [`/products/${id}?filter[name]=x`, 'filter[name]'],
    ] as const) {
      const answer = await at.get(path);
      expect([answer.status, answer.json.invalid_parameters?.[0]?.field], path).toEqual([400, field]);
    }
    expect((await at.get(`/products/${id}?_=1`)).status).toBe(200);
  });
});

onEachDatabase('search, for portal clients', (open) => {
  let at: PortalFixture;
  afterEach(() => at.app.close());

  it('finds products by what the visitor may see of them', async () => {
    at = await startPortal(await open());
    const product = await at.addProduct('Timetables', { description: 'When ferries go.', publicLabels: { team: 'Harbour' } });
    const version = await at.addVersion(product, 'winter');
    await at.addProduct('Fares');
    const search = (query: string) => at.get(`/search/product-catalog${query}`);
    const found = await search('?q=ferries&join=versions,versions.documents&page[size]=5&page[number]=1');
    expect(found.json).toEqual({
      meta: { page: { number: 1, size: 5, total: 1 } },
      data: [
        {
          index: 'product-catalog',
          source: {
            id: product.id,
            name: 'Timetables',
            description: 'When ferries go.',
            public_labels: { team: 'Harbour' },
            document_count: 0,
            version_count: 1,
            latest_version: { id: version.id, name: 'winter' },
            created_at: expect.any(String),
            updated_at: expect.any(String),
          },
        },
      ],
    });
    expect((await search('?q=winter&join=versions')).json.meta.page.total).toBe(1);
    expect((await search('?q=nothing')).json.data).toEqual([]);
    for (const all of ['', '?q=', '?join=']) expect((await search(all)).json.meta.page.total).toBe(2);
    expect((await search('?page[size]=1&page[number]=2')).json.data[0].source.name).toBe('Timetables');
  });

  it('says which parameter cannot be taken', async () => {
    at = await startPortal(await open());
    for (const [path, field] of [
      ['/search/developers', 'indices'],
      ['/search/product-catalog?join=secrets', 'join'],
      ['/search/product-catalog?q=%00', 'q'],
      ['/search/product-catalog?q=a&q=b', 'q'],
      ['/search/product-catalog?page[size]=x', 'page[size]'],
      ['/search/product-catalog?sort=name', 'sort'],
    ] as const) {
      const answer = await at.get(path);
      expect([answer.status, answer.json.invalid_parameters?.[0]?.field], path).toEqual([400, field]);
    }
  });
});
