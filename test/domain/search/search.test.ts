import { expect, it } from 'vitest';
import type { Connection } from '../../../src/database/connect.ts';
import { type DeveloperId, newId, type VersionId } from '../../../src/domain/ids.ts';
import { createPortal, type NewPortal, type Portal } from '../../../src/domain/portals/index.ts';
import {
  createDocument,
  createSpecification,
  deleteDocument,
  deleteProduct,
  type Product,
  updateDocument,
  updateProduct,
  updateSpecification,
} from '../../../src/domain/products/index.ts';
import { createProductInPortals, createVersionInPortals, updatePublication } from '../../../src/domain/publications/index.ts';
import { countDue, type Hit, markAllDue, type Search, search } from '../../../src/domain/search/index.ts';
import { ANONYMOUS } from '../../../src/domain/visibility/index.ts';
import { START } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';
import { indexAll, readingContext, WAYS } from '../../support/search.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };

const SPECIFICATION = {
  openapi: '3.1.0',
  info: { title: 'Berths', version: '1', description: 'Where ships rest' },
  paths: {
    '/berths': {
      get: { operationId: 'listBerths', summary: 'List berths', tags: ['quays'], responses: { 200: { description: 'ok' } } },
      post: { operationId: 'reserve_berth', summary: 'Reserve', deprecated: true, responses: { 200: { description: 'ok' } } },
    },
    '/berths/{berthId}': { delete: { description: 'Sets a vessel adrift', responses: { 204: { description: 'ok' } } } },
  },
  components: {
    schemas: {
      BerthList: {
        description: 'A page',
        properties: { nextCursor: { type: 'string', description: 'where to go on' }, tentacle: { 'x-internal': true } },
      },
    },
  },
};

const specificationBytes = (changes: object = {}) => Buffer.from(JSON.stringify({ ...SPECIFICATION, ...changes }));

const GUIDE = `Before you begin.

# Mooring

Ropes and knots.

## Bollards

Tie the rope to a bollard. Überprüfen.

# Leaving

Cast off the ropes.
`;

/** A portal with a product that has a bit of everything, all of it visible. */
const harbour = async (connection: Connection, input: Partial<NewPortal> = {}) => {
  const ctx = readingContext(connection);
  const portal = await createPortal(ctx, { name: 'Open', isPublic: true, ...input }, HOSTS);
  const product = await createProductInPortals(ctx, {
    name: 'Harbour Control',
    description: 'Guides every ship to its place',
    publicLabels: { area: 'Logistics' },
    labels: { secret: 'kraken' },
    portalIds: [portal.id],
  });
  const version = await createVersionInPortals(ctx, product.id, { name: 'v2', publishStatus: 'published' });
  const address = { productId: product.id, versionId: version.id };
  const specification = await createSpecification(ctx, address, { name: 'berths.json', bytes: specificationBytes() });
  const document = await createDocument(ctx, product.id, {
    slug: 'guide',
    title: 'Handbook',
    status: 'published',
    content: GUIDE,
  });
  await indexAll(ctx);
  const find = async (text: string, more: Partial<Search> = {}, of: Portal = portal) =>
    search(ctx, of, ANONYMOUS, { text, page: { number: 1, size: 20 }, ...more });
  const lines = async (text: string, more: Partial<Search> = {}) => (await find(text, more)).items.map(lineOf);
  return { ctx, portal, product, version, address, specification, document, find, lines };
};

const plain = (pieces: Hit['title']) => pieces.map(({ text }) => text).join('');
const marked = (pieces: Hit['title']) => pieces.map(({ text, isHit }) => (isHit ? `[${text}]` : text)).join('');
const lineOf = (hit: Hit) =>
  `${hit.kind} ${plain(hit.title)}${hit.target && hit.target !== plain(hit.title) ? ` ${hit.target}` : ''}`;

onEachDatabase('the search', (open) => {
  it('finds products, versions, sections of documents, operations and schemas by their words', async () => {
    const { lines } = await harbour(await open());
    expect(await lines('harbour')).toEqual(['product Harbour Control']);
    expect(await lines('logistics')).toEqual(['product Harbour Control']);
    expect(await lines('kraken')).toEqual([]);
    expect(await lines('v2')).toEqual(['version v2']);
    expect(await lines('harbour v2')).toEqual(['version v2']);
    expect(await lines('handbook')).toEqual(['document Handbook']);
    expect(await lines('bollards')).toEqual(['document Bollards bollards']);
    expect(await lines('begin')).toEqual(['document Handbook']);
    expect(await lines('listBerths')).toEqual(['operation List berths listBerths']);
    expect(await lines('reserve_berth')).toEqual(['operation Reserve reserve_berth']);
    expect(await lines('GET /berths')).toEqual(['operation List berths listBerths']);
    expect(await lines('adrift')).toEqual(['operation /berths/{berthId} delete-berths-berthid']);
    expect(await lines('quays')).toEqual(['operation List berths listBerths']);
    expect(await lines('BerthList')).toEqual(['schema BerthList']);
    expect(await lines('nextCursor')).toEqual(['schema BerthList']);
    expect(await lines('nextcursor')).toEqual(['schema BerthList']);
    expect(await lines('tentacle')).toEqual([]); // which is marked as internal
    expect(await lines('')).toEqual([]);
    expect(await lines('?! –')).toEqual([]);
    expect(await lines('𠮷')).toEqual([]); // a letter of two UTF-16 units
    expect(await lines('𐐷')).toEqual([]); // one that goes together with others
  });

  it('finds beginnings of words, words without their accents, and all of several words, also with what they belong to', async () => {
    const { lines } = await harbour(await open());
    expect(await lines('bol')).toEqual(['document Bollards bollards']);
    expect(await lines('uberprufen')).toEqual(['document Bollards bollards']);
    expect(await lines('ÜBERPRÜFEN')).toEqual(['document Bollards bollards']);
    expect(await lines('ropes knots')).toEqual(['document Mooring mooring']);
    expect(await lines('control bollard')).toEqual(['document Bollards bollards']);
    expect(await lines('ropes whales')).toEqual([]);
  });

  it('finds phrases as they stand, and no beginnings in them', async () => {
    const { lines } = await harbour(await open());
    expect(await lines('"ropes and knots"')).toEqual(['document Mooring mooring']);
    expect(await lines('"knots and ropes"')).toEqual([]);
    expect(await lines('"ropes and"')).toEqual(['document Mooring mooring']);
    expect(await lines('"ropes and kno"')).toEqual([]);
    expect(await lines('“cast off” ropes')).toEqual(['document Leaving leaving']);
  });

  it('takes misspelt words for those that come near, and says for which', async () => {
    const { lines, find } = await harbour(await open());
    for (const typo of ['mooirng', 'morring', 'moring', 'mooringg']) {
      expect(await lines(typo)).toEqual(['document Mooring mooring']);
      expect((await find(typo)).corrected).toEqual(['mooring']);
    }
    expect(await lines('logsitcis')).toEqual(['product Harbour Control']);
    expect((await find('logsitcis')).corrected).toEqual([]); // a word of prose
    expect(await lines('harbuor contorl')).toEqual(['product Harbour Control']);
    expect(await lines('zzzzzz')).toEqual([]);
    expect((await find('mooring')).corrected).toBeUndefined();
  });

  it('puts names before prose, whole names first, what is deprecated last', async () => {
    const { ctx, portal, lines } = await harbour(await open());
    for (const [name, description] of [
      ['Tide tables', ''],
      ['Tide', ''],
      ['Weather', 'Wind and tide'],
      ['Tidewater', ''],
      ['Tides', ''],
    ] as const)
      await createProductInPortals(ctx, { name, description, portalIds: [portal.id] });
    await indexAll(ctx);
    const found = ['product Tide', 'product Tides', 'product Tide tables', 'product Tidewater', 'product Weather'];
    expect(await lines('tide')).toEqual(found);
    expect(await lines('"tide"')).toEqual(found.filter((line) => !/Tides|Tidewater/.test(line)));
    expect(await lines('berths')).toEqual([
      'operation List berths listBerths',
      'operation /berths/{berthId} delete-berths-berthid',
      'operation Reserve reserve_berth',
      'version v2',
    ]);
  });

  it('tells what was found from the words around it', async () => {
    const { find } = await harbour(await open());
    const [section] = (await find('rope boll')).items;
    expect(section && [marked(section.title), marked(section.excerpt), section.above, section.document]).toEqual([
      '[Bollards]',
      'Tie the [rope] to a [bollard]. Überprüfen.',
      'Mooring',
      { slug: 'guide', title: 'Handbook' },
    ]);
    const [operation] = (await find('listberths')).items;
    expect(operation).toMatchObject({ method: 'get', path: '/berths', version: { slug: 'v2', name: 'v2' }, deprecated: false });
  });

  it('counts by kind and product, and finds one kind or product alone, a page at a time', async () => {
    const { ctx, portal, find } = await harbour(await open());
    const other = await createProductInPortals(ctx, { name: 'Berth insurance', portalIds: [portal.id] });
    await indexAll(ctx);
    const all = await find('berth');
    expect(all.kinds).toEqual({ product: 1, version: 1, document: 0, operation: 3, schema: 1 });
    expect(all.products).toEqual([
      { slug: 'harbour-control', name: 'Harbour Control', count: 5 },
      { slug: other.slug, name: other.name, count: 1 },
    ]);
    expect([all.total, all.cutKinds]).toEqual([6, []]);
    const operations = await find('berth', { kind: 'operation', page: { number: 2, size: 2 } });
    expect([operations.total, operations.items.length, operations.kinds.product]).toEqual([3, 1, 1]);
    expect((await find('berth', { product: other.slug })).items.map(lineOf)).toEqual(['product Berth insurance']);
    expect((await find('berth', { product: 'none' })).total).toBe(0);
    expect((await find('berth', { page: { number: 9, size: 20 } })).items).toEqual([]);
  });

  it('looks at so many of a kind only, those that fit best among them', async () => {
    const { ctx, portal, find } = await harbour(await open());
    const count = 230;
    const words = (n: number) => `${'abcdefghij'[n % 10]}${'klmnopqrst'[Math.floor(n / 10) % 10]}${'uvw'[Math.floor(n / 100)]}`;
    const content = Array.from({ length: count }, (_, n) => `# Anchor ${words(n)}\n\nlantern`).join('\n\n');
    const { id } = await createProductInPortals(ctx, { name: 'Anchors', portalIds: [portal.id] });
    await createDocument(ctx, id, { slug: 'all', title: 'All', status: 'published', content: `${content}\n\n# Lantern\n` });
    await indexAll(ctx);
    for (const bounds of WAYS) {
      const found = await search(ctx, portal, ANONYMOUS, { text: 'lantern', page: { number: 1, size: 20 } }, bounds);
      expect([found.kinds.document, found.cutKinds, found.items[0] && lineOf(found.items[0])]).toEqual([
        50,
        ['document'],
        'document Lantern lantern',
      ]);
    }
    expect((await find('lantern', { kind: 'document' })).total).toBe(count + 1);
  });

  it('tells by their prose which of many fit, where all of them are looked at', async () => {
    const { ctx, portal, find } = await harbour(await open());
    const { id } = await createProductInPortals(ctx, { name: 'Anchors', portalIds: [portal.id] });
    const sections = Array.from({ length: 230 }, (_, n) => `# Anchor ${n}\n\nOne lantern among a good many other things aboard`);
    const content = [...sections, '# Bright\n\nlantern lantern lantern lantern'].join('\n\n');
    await createDocument(ctx, id, { slug: 'all', title: 'All', status: 'published', content });
    await indexAll(ctx);
    const [first] = (await find('lantern', { kind: 'document' })).items;
    expect(first && lineOf(first)).toContain('Bright');
  });

  it('finds nothing that is not published, or that is below what is not, without any further work', async () => {
    const { ctx, portal, product, version, document, lines } = await harbour(await open());
    const child = { slug: 'child', title: 'Sextant', status: 'published' as const, parentId: document.id };
    await createDocument(ctx, product.id, child);
    await indexAll(ctx);
    expect(await lines('sextant')).toEqual(['document Sextant']);
    await updateDocument(ctx, { productId: product.id, documentId: document.id }, { status: 'unpublished' });
    expect([await lines('sextant'), await lines('mooring')]).toEqual([[], []]);
    await updatePublication(ctx, { portalId: portal.id, versionId: version.id as VersionId }, { publishStatus: 'unpublished' });
    expect([await lines('listBerths'), await lines('BerthList'), await lines('v2')]).toEqual([[], [], []]);
    await updateDocument(ctx, { productId: product.id, documentId: document.id }, { status: 'published' });
    expect(await lines('sextant')).toEqual(['document Sextant']);
  });

  it('follows changes, and shows nothing old while it does', async () => {
    const { ctx, product, document, address, specification, lines } = await harbour(await open());
    const place = { productId: product.id, documentId: document.id };
    await updateDocument(ctx, place, { content: '# Dredging' });
    await updateSpecification(
      ctx,
      { ...address, specificationId: specification.id },
      { bytes: specificationBytes({ paths: {} }) },
    );
    expect([await lines('mooring'), await lines('dredging'), await lines('listBerths'), await lines('v2')]).toEqual([
      [],
      [],
      [],
      [],
    ]);
    await indexAll(ctx);
    expect([await lines('mooring'), await lines('dredging'), await lines('listBerths'), await lines('v2')]).toEqual([
      [],
      ['document Dredging dredging'],
      [],
      ['version v2'],
    ]);
    await updateProduct(ctx, product.id, { name: 'Pier Control' });
    await indexAll(ctx);
    expect([await lines('harbour dredging'), await lines('pier dredging')]).toEqual([[], ['document Dredging dredging']]);
    await deleteDocument(ctx, place);
    expect(await lines('dredging')).toEqual([]);
    await indexAll(ctx);
    await deleteProduct(ctx, product.id);
    expect(await lines('pier')).toEqual([]);
    await indexAll(ctx);
    for (const table of ['search_sources', 'search_entries', 'search_products', 'search_due'] as const)
      expect(await ctx.db.selectFrom(table).selectAll().execute()).toEqual([]);
  });

  it('can be written anew as a whole', async () => {
    const { ctx, lines } = await harbour(await open());
    await ctx.db.deleteFrom('search_entries').execute();
    expect(await lines('mooring')).toEqual([]);
    await markAllDue(ctx);
    expect(await countDue(ctx)).toBe(1);
    await indexAll(ctx);
    expect(await countDue(ctx)).toBe(0);
    expect(await lines('mooring')).toEqual(['document Mooring mooring']);
    expect(await lines('listBerths')).toEqual(['operation List berths listBerths']);
  });

  it('keeps long sections whole, a part at a time', async () => {
    const { ctx, product, lines } = await harbour(await open());
    const content = `# Logbook\n\n${'calm sea '.repeat(2_000)} kraken sighted ${'calm sea '.repeat(2_000)}`;
    await createDocument(ctx, product.id as Product['id'], { slug: 'log', title: 'Log', status: 'published', content });
    await indexAll(ctx);
    expect(await lines('"kraken sighted"')).toEqual(['document Logbook logbook']);
    expect(await lines('logbook kraken')).toEqual(['document Logbook logbook']);
  });

  it('shows nobody anything of a private portal who may not read it', async () => {
    const { ctx, lines, portal } = await harbour(await open(), { isPublic: false });
    expect(await lines('mooring')).toEqual([]);
    const developer = { kind: 'developer', id: newId<DeveloperId>(START) } as const;
    const found = await search(ctx, portal, developer, { text: 'mooring', page: { number: 1, size: 5 } });
    expect(found.items.map(lineOf)).toEqual(['document Mooring mooring']);
    expect(
      (await search(ctx, { ...portal, rbacEnabled: true }, developer, { text: 'mooring', page: { number: 1, size: 5 } })).total,
    ).toBe(0);
  });
});
