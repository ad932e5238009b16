import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import { onEachDatabase } from '../../support/database.ts';
import { type PageAnswer, publish, specificationOf, startPortal, type TestPortal } from './portal.ts';

onEachDatabase('the reference in a portal', (open) => {
  let portal: TestPortal;
  const start = async (): Promise<TestPortal> => {
    portal = await startPortal(await open());
    return portal;
  };
  afterEach(() => portal.app.close());

  const small = (): Promise<unknown> =>
    publish(portal, {
      name: 'Ships',
      versions: [
        { name: 'v1', deprecated: true, specification: ['ships.json', specificationOf({ old: 1 })] },
        { name: 'Version #2', specification: ['ships.json', specificationOf({ 'sail boats': 2, 'a/b&c': 1 })] },
      ],
    });
  const hrefs = ({ $ }: PageAnswer, selector: string): string[] =>
    $(selector)
      .map((_, link) => $(link).attr('href'))
      .get();
  const articles = ({ $ }: PageAnswer): string[] =>
    $('article.operation')
      .map((_, article) => $(article).attr('id')?.replace('operation-', ''))
      .get();

  it('of a small document is one page: the overview, then all operations', async () => {
    const { get } = await start();
    await small();
    const page = await get('/spec/ships');
    expect(page.status).toBe(200);
    expect(page.$('h1.reference-title-large').text()).toBe('Harbours');
    expect(page.$('.reference-overview').text()).toContain('Where ships rest.');
    expect(articles(page)).toHaveLength(5);
    expect(page.text).not.toContain('spec:');
    expect(hrefs(page, '.side-nav > ul > li > a')).toEqual([
      '/spec/ships/version-2',
      '/spec/ships/version-2?tag=sail+boats',
      '/spec/ships/version-2?tag=a%2Fb%26c',
      '/spec/ships/version-2?tag=loose',
      '/spec/ships/version-2/schemas',
    ]);
    expect(hrefs(page, '.operation-tags a')).toContain('/spec/ships/version-2?tag=a%2Fb%26c');
    expect(
      page
        .$('#version option')
        .map((_, option) => page.$(option).text())
        .get(),
    ).toEqual(['Version #2 (latest)', 'v1 (deprecated)']);
    expect(page.$('.reference-notice')).toHaveLength(0);
  });

  it('is filtered by one tag or several; untagged operations have groups of their own', async () => {
    const { get } = await start();
    await small();
    const one = await get('/spec/ships/version-2?tag=sail+boats');
    expect(one.$('h1').attr('class')).toBe('reference-title');
    expect(articles(one)).toEqual(['get-0-0', 'get-0-1']);
    expect(one.$('.group-title').text()).toBe('sail boats');
    expect(one.$('.tag-filter .chip-remove').attr('href')).toBe('/spec/ships/version-2');
    expect(hrefs(one, '.tag-filter-more a')).toEqual([
      '/spec/ships/version-2?tag=sail+boats&tag=a%2Fb%26c',
      '/spec/ships/version-2?tag=sail+boats&tag=loose',
    ]);
    const two = await get('/spec/ships/version-2?tag=a%2Fb%26c&tag=sail%20boats');
    expect(articles(two)).toEqual(['get-0-0', 'get-0-1', 'get-1-0']);
    const untagged = await get('/spec/ships/version-2?tag=loose');
    expect(articles(untagged)).toHaveLength(2);
    expect((await get('/spec/ships/version-2?tag=none')).status).toBe(404);
    expect(
      (
        await get(
          `/spec/ships/version-2?${'tag=a&tag=b&'.repeat(11)}${Array.from({ length: 21 }, (_, n) => `tag=${n}`).join('&')}`,
        )
      ).status,
    ).toBe(400);
  });

  it('of a large document stays small: groups first, then pages of lines', async () => {
    const { get } = await start();
    await publish(portal, {
      name: 'Fleet',
      versions: [{ name: 'v1', specification: ['fleet.json', specificationOf({ many: 120, few: 3 })] }],
    });
    const first = await get('/spec/fleet/v1');
    expect(articles(first)).toEqual([]);
    expect(first.$('.group-entry')).toHaveLength(3);
    expect(first.$('.side-nav a')).toHaveLength(5);
    expect(first.$('#find-operation').attr('data-find')).toBe('operations');
    const found = await get('/spec/fleet/v1?q=many+100&fragment=1');
    expect(hrefs(found, 'a')).toEqual(['/spec/fleet/v1/operations/get-0-100']);
    expect(found.$('h1')).toHaveLength(0);
    const many = await get('/spec/fleet/v1?tag=many');
    expect(many.$('.operation-row')).toHaveLength(50);
    expect(many.$('a[rel="next"]').attr('href')).toBe('/spec/fleet/v1?tag=many&page=2');
    expect(many.$('.side-nav a').length).toBeLessThan(70);
    const both = await get('/spec/fleet/v1?tag=many&tag=few&page=3');
    expect(both.$('.operation-row')).toHaveLength(23);
    expect((await get('/spec/fleet/v1?tag=many&page=4')).status).toBe(404);
    expect(articles(await get('/spec/fleet/v1?tag=few'))).toHaveLength(3);
    const operation = await get('/spec/fleet/v1/operations/get-0-100');
    expect(operation.$('.side-nav a[aria-current="page"]').attr('href')).toBe('/spec/fleet/v1/operations/get-0-100');
  });

  it('of a document that is no large one is listed whole, so that all of it can be found as one types', async () => {
    const { get } = await start();
    await publish(portal, {
      name: 'Fleet',
      versions: [{ name: 'v1', specification: ['fleet.json', specificationOf({ many: 90 })] }],
    });
    for (const path of ['/spec/fleet/v1', '/spec/fleet/v1/operations/get-0-80']) {
      const page = await get(path);
      expect(page.$('#find-operation').attr('data-filter')).toBe('operations');
      expect(hrefs(page, '.side-nav a[href*="/operations/get-0-"]')).toHaveLength(90);
    }
  });

  it('gives every operation and every schema a page', async () => {
    const { get } = await start();
    await small();
    const page = await get('/spec/ships/version-2/operations/get-0-1');
    expect(articles(page)).toEqual(['get-0-1']);
    expect(page.$('title').text()).toBe('Get sail boats 1 · Ships Version #2 · Main & more');
    expect(page.$('a[rel="prev"]').attr('href')).toBe('/spec/ships/version-2/operations/get-0-0');
    expect(page.$('link[rel="canonical"]').attr('href')).toMatch(/\/spec\/ships\/version-2\/operations\/get-0-1$/);
    const schema = await get('/spec/ships/version-2/schemas/Ship');
    expect(schema.$('.schema-fragment').attr('data-schema-name')).toBe('Ship');
    const fragment = await get('/spec/ships/version-2/schemas/Ship?fragment=1');
    expect(fragment.text).toMatch(/^<div class="schema-fragment"/);
    expect(fragment.headers['x-robots-tag']).toBe('noindex');
    for (const path of ['operations/none', 'schemas/none', 'schemas/__proto__', 'operations/get-0-0'])
      expect((await get(`/spec/ships/v1/${path}`)).status, path).toBe(path === 'operations/get-0-0' ? 200 : 404);
  });

  it('finds operations by what is in them', async () => {
    const { get } = await start();
    await small();
    const page = await get('/spec/ships/version-2?q=GET+boats');
    expect(hrefs(page, '.operation-row a')).toEqual([
      '/spec/ships/version-2/operations/get-0-0',
      '/spec/ships/version-2/operations/get-0-1',
    ]);
    expect(page.$('meta[name="robots"]').attr('content')).toBe('noindex');
    expect((await get('/spec/ships/version-2?q=%25')).$('.empty-state')).toHaveLength(1);
  });

  it('leads from the version picker and from old fragments to the right address', async () => {
    const { get } = await start();
    await small();
    const to = async (path: string): Promise<string | undefined> => (await get(path)).headers.location;
    expect(await to('/spec/ships/version-2?version=v1')).toBe('/spec/ships/v1');
    expect(await to('/spec/ships?operation=get-0-1')).toBe('/spec/ships/version-2/operations/get-0-1');
    expect(await to('/spec/ships/v1?operation=get-0-1')).toBe('/spec/ships/v1');
    expect((await get('/spec/ships/v1?version=none')).status).toBe(404);
  });

  it('is found by id, name in any case and slug; says what is deprecated and what replaces it', async () => {
    const { get } = await start();
    const { product, versions } = await publish(portal, {
      name: 'Ships',
      versions: [{ name: 'V1', deprecated: true, specification: ['a.json', specificationOf({ a: 1 })] }, { name: 'version#2' }],
    });
    for (const path of [
      `/spec/${product.id}/${versions[0]?.id}`,
      '/spec/SHIPS/v1',
      '/spec/ships/version%232',
      '/spec/ships/VERSION-2',
    ])
      expect((await get(path)).status, path).toBe(200);
    const old = await get('/spec/ships/v1');
    expect(old.$('.reference-notice a').attr('href')).toBe('/spec/ships/version-2');
    expect((await get('/spec/ships')).$('.empty-state-title').text()).toBe('This version has no specification yet');
    expect((await get('/spec/ships/version-2/download')).status).toBe(404);
  });

  it('does not exist for what is not published here', async () => {
    const { get } = await start();
    const specification = ['a.json', specificationOf({ a: 1 })] as const;
    await publish(portal, { name: 'Hidden', assigned: false, versions: [{ name: 'v1', specification }] });
    await publish(portal, { name: 'Draft', versions: [{ name: 'v1', unpublished: true, specification }] });
    for (const product of ['hidden', 'draft'])
      for (const rest of [
        '',
        '/v1',
        '/v1/download',
        '/v1/operations/get-0-0',
        '/v1/schemas/Ship',
        '/v1/schemas/Ship?fragment=1',
        '?q=get',
      ])
        expect((await get(`/spec/${product}${rest}`)).status, product + rest).toBe(404);
  });

  it('gives the upload back, byte for byte', async () => {
    const { get, app } = await start();
    const json = ` ${specificationOf({ ä: 1 })}\n\n`;
    const yaml = readFileSync(new URL('../../../data/seed/products/sailings/specs/v2.yaml', import.meta.url), 'utf8');
    await publish(portal, {
      name: 'Ships',
      versions: [
        { name: 'v1', specification: ['ships "1".json', json] },
        { name: 'v2', specification: ['schiffe-ä.yaml', yaml] },
      ],
    });
    const first = await get('/spec/ships/v1/download', { headers: { 'accept-encoding': 'gzip, br' } });
    expect(first.body.equals(Buffer.from(json))).toBe(true);
    expect(first.headers['content-type']).toMatch(/^application\/json/);
    expect(first.headers['content-encoding']).toBeUndefined();
    expect(first.headers['content-disposition']).toBe('attachment; filename="ships \\"1\\".json"');
    const second = await get('/spec/ships/v2/download');
    expect(second.body.equals(Buffer.from(yaml))).toBe(true);
    expect(second.headers['content-type']).toMatch(/^application\/yaml/);
    expect(second.headers['content-disposition']).toContain("filename*=UTF-8''schiffe-%C3%A4.yaml");
    const etag = String(second.headers.etag);
    expect((await get('/spec/ships/v2/download', { headers: { 'if-none-match': etag } })).status).toBe(304);
    const head = await app.request('HEAD', '/spec/ships/v2/download');
    expect([head.status, head.body.length, head.headers['content-length']]).toEqual([200, 0, String(Buffer.byteLength(yaml))]);
  });

  it('gives the upload in its other format, too', async () => {
    const { get } = await start();
    const yaml =
      'openapi: 3.1.0\ninfo: { title: "Ships: a, b", version: "1.0" }\npaths: {}\nx-a: &a [1, "2", no, 2026-01-31]\nx-b: *a\n';
    await publish(portal, {
      name: 'Ships',
      versions: [
        { name: 'v1', specification: ['ships.yaml', yaml] },
        { name: 'v2', specification: ['ships.json', specificationOf({})] },
      ],
    });
    const json = await get('/spec/ships/v1/download?format=json');
    expect(json.json).toEqual({
      openapi: '3.1.0',
      info: { title: 'Ships: a, b', version: '1.0' },
      paths: {},
      'x-a': [1, '2', 'no', '2026-01-31'],
      'x-b': [1, '2', 'no', '2026-01-31'],
    });
    expect(json.headers['content-type']).toMatch(/^application\/json/);
    expect(json.headers['content-disposition']).toBe('attachment; filename=ships.json');
    expect((await get('/spec/ships/v1/download?format=yaml')).text).toBe(yaml);
    const converted = await get('/spec/ships/v2/download?format=yaml');
    expect(parse(converted.text)).toEqual(JSON.parse(specificationOf({})));
    expect(
      (await get('/spec/ships/v1/download?format=json', { headers: { 'if-none-match': String(json.headers.etag) } })).status,
    ).toBe(304);
    expect((await get('/spec/ships/v1/download?format=xml')).status).toBe(400);
  });

  it('prints hostile titles, tags and summaries as text', async () => {
    const { get } = await start();
    const hostile = '"><img src=x onerror=alert(1)>';
    const specification = JSON.stringify({
      openapi: '3.0.0',
      info: { title: hostile, version: hostile, description: `<script>alert(1)</script> href="spec:/x"` },
      tags: [{ name: hostile, description: hostile }],
      paths: { [`/${hostile}`]: { get: { tags: [hostile], summary: hostile, operationId: hostile, responses: {} } } },
    });
    await publish(portal, { name: 'Evil', versions: [{ name: 'v1', specification: ['e.json', specification] }] });
    const address = articles(await get('/spec/evil'))[0] ?? '';
    for (const path of [
      '/spec/evil',
      `/spec/evil/v1?tag=${encodeURIComponent(hostile)}`,
      `/spec/evil/v1/operations/${encodeURIComponent(address)}`,
      '/spec/evil/v1?q=img',
    ]) {
      const { $, status } = await get(path);
      expect(status, path).toBe(200);
      expect($('main [onerror], .side-nav [onerror], main script'), path).toHaveLength(0);
      expect($('main, .side-nav').text(), path).toContain('onerror=alert(1)');
    }
  });
});
