import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import type { DocumentId } from '../../../src/domain/ids.ts';
import { createProduct, updateDocument } from '../../../src/domain/products/index.ts';
import { publishProducts } from '../../../src/domain/publications/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { publish, startPortal, type TestPortal } from './portal.ts';

const SPECIFICATION = `openapi: 3.0.3
info: { title: Tides, version: "1", description: "All about *tides*." }
tags: [{ name: water }, { name: moon }]
paths:
  /tides:
    get:
      operationId: listTides
      summary: List tides
      tags: [water]
      responses: { "200": { description: The tides, content: { application/json: { schema: { $ref: "#/components/schemas/Tide" } } } } }
    post: { operationId: hidden, tags: [water], x-internal: true, responses: { "200": { description: x } } }
  /moons:
    get:
      operationId: listMoons
      tags: [moon]
      responses: { "200": { description: ok, content: { application/json: { schema: { $ref: "https://elsewhere.example/x.json" } } } } }
components:
  schemas:
    Tide: { type: object, properties: { at: { type: string, description: When it comes }, port: { $ref: "#/components/schemas/Port" } } }
    Port: { type: object, properties: { code: { type: string } } }
`;

onEachDatabase('what programs read in a portal', (open) => {
  let portal: TestPortal;
  const start = async (isPublic = true): Promise<void> => {
    portal = await startPortal(await open(), { isPublic });
    await publish(portal, {
      name: 'Sea',
      description: `The sea by the hour${', and by the minute'.repeat(20)}`,
      versions: [{ name: 'v0' }, { name: 'v1', specification: ['sea.yaml', SPECIFICATION] }],
      documents: [
        { slug: 'intro', title: 'Introduction', content: 'Hello' },
        { slug: 'draft', title: 'Draft', content: 'secret', status: 'unpublished' },
      ],
    });
  };
  afterEach(() => portal.app.close());

  it.each([
    ['/docs/sea', ['# Sea', 'The sea by the hour', '[Introduction](/docs/sea/intro.md)', '[v1](/spec/sea/v1.md)']],
    ['/docs/sea/intro', ['# Introduction', 'Hello']],
    ['/spec/sea/v1', ['# Sea v1', 'All about *tides*.', '[GET /tides](/spec/sea/v1/operations/listTides.md): List tides']],
    ['/spec/sea/latest', ['# Sea v1']],
    ['/spec/sea/v1?tag=moon', ['/moons']],
    [
      '/spec/sea/v1/operations/listTides',
      ['[Sea v1](/spec/sea/v1.md)', 'List tides', 'The tides', '```shell', '](/spec/sea/v1/schemas/Tide.md)'],
    ],
    ['/spec/sea/v1/schemas', ['# Schemas of [Sea v1](/spec/sea/v1.md)', '- [Tide](/spec/sea/v1/schemas/Tide.md)']],
    ['/spec/sea/v1/schemas/Tide', ['## Tide', '- `at` string\n\n  When it comes\n- `port`', '[Sea v1](/spec/sea/v1.md)']],
  ])('is Markdown by address and by what the client accepts: %s', async (path, words) => {
    await start();
    const byAddress = await portal.get(path.replace(/(?=\?|$)/, '.md'));
    const byAccept = await portal.get(path, { headers: { accept: 'text/markdown, text/html;q=0.5' } });
    for (const answer of [byAddress, byAccept]) {
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toBe('text/markdown; charset=utf-8');
      for (const word of words) expect(answer.text).toContain(word);
    }
    const page = await portal.get(path, { headers: { accept: 'text/html,*/*' } });
    const alternate = page.$('link[rel=alternate][type="text/markdown"]').attr('href');
    const own = path === '/docs/sea/intro' ? '/docs/sea' : path.replace('latest', 'v1'); // a product begins with its introduction
    expect(alternate).toBe(own.replace(/(?=\?|$)/, '.md'));
    expect((await portal.get(String(alternate))).headers['content-type']).toBe('text/markdown; charset=utf-8');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers.vary).toContain('Accept');
  });

  it('has each schema at addresses of its own, whatever its name ends in', async () => {
    portal = await startPortal(await open(), { isPublic: true });
    const names = ['Net', 'Net.md', 'Net.md.html', 'Net.html', 'Rope.md', '.', '..', '..html'];
    const schemas = Object.fromEntries(names.map((name) => [name, { type: 'object', description: `This is ${name}!` }]));
    const document = JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Nets', version: '1' },
      paths: {},
      components: { schemas },
    });
    await publish(portal, { name: 'Nets', versions: [{ name: 'v1', specification: ['nets.json', document] }] });
    const { $ } = await portal.get('/spec/nets/v1/schemas');
    const addresses = names.map(
      (name) =>
        $(`.schema-list a:contains("${name}")`)
          .filter((_, link) => $(link).text() === name)
          .attr('href') ?? '',
    );
    expect(new Set(addresses).size).toBe(names.length);
    expect(addresses).toEqual(expect.arrayContaining(['/spec/nets/v1/schemas/Net', '/spec/nets/v1/schemas/Net.html']));
    for (const [index, address] of addresses.entries()) {
      const page = await portal.get(address);
      expect(page.headers['content-type']).toContain('text/html');
      expect(page.text).toContain(`This is ${names[index]}!`);
      const alternate = String(page.$('link[rel=alternate][type="text/markdown"]').attr('href'));
      for (const markdown of [await portal.get(alternate), await portal.get(address, { headers: { accept: 'text/markdown' } })])
        expect(markdown.text).toContain(`This is ${names[index]}!`);
    }
    // Where nothing else is called so, the name alone does, too.
    expect((await portal.get('/spec/nets/v1/schemas/Rope.md')).text).toContain('This is Rope.md!');
  });

  it('shows a request in one language', async () => {
    await start();
    const { text } = await portal.get('/spec/sea/v1/operations/listTides.md');
    expect(text).toContain('curl');
    expect(text).not.toMatch(/python|javascript/i);
  });

  it('says so where there is no specification yet: lists of versions lead there', async () => {
    await start();
    const page = await portal.get('/spec/sea/v0');
    expect(page.$('link[rel=alternate]').attr('href')).toBe('/spec/sea/v0.md');
    const { status, text } = await portal.get('/spec/sea/v0.md');
    expect([status, text]).toEqual([200, '# Sea v0\n\nThis version has no specification yet.\n\n[Sea](/docs/sea.md)\n']);
  });

  it('has links that lead on, wherever it is read', async () => {
    await start();
    const hash = 'ab'.repeat(16);
    const written = `[a](intro.md#top) [b](../guides/intro "Title") ![c](images/${hash}.png) [![d](./images/${hash}.gif)](intro)
[e](/spec/sea) [f](https://example.org/intro) [g](#here) [h](notes.txt)
<a href="intro">i</a>

[j]: intro

\`\`\`md
[k](intro)
\`\`\``;
    const read = `[a](/docs/land/intro.md#top) [b](/docs/land/intro.md "Title") ![c](/docs/land/images/${hash}.png) [![d](/docs/land/images/${hash}.gif)](/docs/land/intro.md)
[e](/spec/sea) [f](https://example.org/intro) [g](#here) [h](notes.txt)
<a href="/docs/land/intro.md">i</a>

[j]: /docs/land/intro.md

\`\`\`md
[k](intro)
\`\`\``;
    await publish(portal, { name: 'Land', documents: [{ slug: 'links', title: 'Links', content: written }] });
    expect((await portal.get('/docs/land/links.md')).text).toBe(`# Links\n\n${read}\n`);
    expect((await portal.get('/llms-full.txt')).text).toContain(read);
  });

  it('has an index that leads nowhere but to what is there', async () => {
    await start();
    const seen = new Set(['/llms.txt']);
    for (const path of seen) {
      const { status, text } = await portal.get(path);
      expect([path, status]).toEqual([path, 200]);
      for (const [, href = ''] of text.matchAll(/\]\((?:https?:\/\/[^/)]+)?(\/[^)#\s]+)/g)) seen.add(href);
    }
    expect(seen.size).toBeGreaterThan(10);
  });

  it('has an index and a whole, of what the visitor may see', async () => {
    await start();
    const index = (await portal.get('/llms.txt')).text;
    expect(index).toMatch(/^# Main & more\n\n> /);
    for (const path of ['/docs/sea.md): The sea by the hour, and by the minute', '…\n', '/docs/sea/intro.md', '/spec/sea/v1.md'])
      expect(index).toContain(path);
    expect((await portal.get('/', { headers: { accept: 'text/markdown' } })).text).toBe(index);
    expect((await portal.get('/')).headers['content-type']).toContain('text/html');
    expect((await portal.get('/spec/sea/v1/schemas/Nothing.md')).status).toBe(404);
    const whole = (await portal.get('/llms-full.txt')).text;
    for (const word of ['Hello', 'GET /tides']) expect(whole).toContain(word);
    for (const text of [index, whole]) expect(text).not.toMatch(/draft|secret/i);
    expect((await portal.get('/docs/sea/draft.md')).status).toBe(404);
  });

  it('has a whole that is sent as it is read: what a visitor may see is asked when its turn comes', async () => {
    portal = await startPortal(await open(), { isPublic: true });
    const documents = Array.from({ length: 50 }, (_, n) => ({
      slug: `d${n}`,
      title: `Part ${n}`,
      content: 'sea '.repeat(8_000),
    }));
    const sea = await publish(portal, { name: 'Sea', documents });
    const land = await publish(portal, { name: 'Land', documents: [{ slug: 'intro', title: 'Dry', content: 'sand' }] });
    const { port } = portal.app;
    const ask = request({
      port,
      host: '127.0.0.1',
      headers: { host: `localhost:${port}` },
      path: '/llms-full.txt',
      agent: false,
    });
    const [answer] = (await once(ask.end(), 'response')) as [IncomingMessage];
    const [head] = await once(answer, 'data');
    answer.pause();
    const [documentId = '' as DocumentId] = sea.documents.map(({ id }) => id).slice(-1);
    await updateDocument(portal.ctx, { productId: sea.product.id, documentId }, { content: 'written meanwhile' });
    await publishProducts(portal.ctx, portal.portal.id, { [land.product.id]: 'unpublished' });
    const whole = String(head) + (await text(answer));
    expect(whole).toContain('# Part 49\n\nwritten meanwhile\n');
    expect(whole).not.toMatch(/Dry|sand/);
  });

  it('has a whole that ends where no more fits, between documents, and is not sent to whoever has it', async () => {
    portal = await startPortal(await open(), { isPublic: true });
    const documents = ['a', 'b', 'c'].map((slug) => ({ slug, title: slug, content: slug.repeat(900_000) }));
    await publish(portal, { name: 'Sea', documents });
    const { text: whole, headers } = await portal.get('/llms-full.txt');
    expect([whole.includes('a'.repeat(900_000)), whole.includes('b'.repeat(900_000)), whole.includes('ccc')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(whole).toMatch(/\nThere is more than fits here: see \/llms\.txt\n$/);
    const again = await portal.get('/llms-full.txt', { headers: { 'if-none-match': String(headers.etag) } });
    expect([again.status, again.text]).toEqual([304, '']);
    await createProduct(portal.ctx, { name: 'Land' });
    const changed = await portal.get('/llms-full.txt', { headers: { 'if-none-match': String(headers.etag) } });
    expect(changed.status).toBe(200);
  });

  it('has specifications at addresses that stay', async () => {
    await start();
    for (const version of ['v1', 'latest']) {
      const yaml = await portal.get(`/spec/sea/${version}/openapi.yaml`);
      expect(yaml.text).toBe(SPECIFICATION);
      expect(yaml.headers['content-disposition']).toBeUndefined();
      const json = await portal.get(`/spec/sea/${version}/openapi.json`);
      expect(json.json.info.title).toBe('Tides');
      expect(
        (await portal.get(`/spec/sea/${version}/openapi.json`, { headers: { 'if-none-match': String(json.headers.etag) } }))
          .status,
      ).toBe(304);
    }
  });

  it('shows Redoc what a page of its own policy asks for: by tag, and nothing that leads elsewhere', async () => {
    await start();
    const { $, headers } = await portal.get('/spec/sea/v1/redoc?tag=moon');
    expect(headers['content-security-policy']).toContain("style-src 'self' 'unsafe-inline'");
    expect(headers['content-security-policy']).toContain("connect-src 'self'");
    expect((await portal.get('/spec/sea/v1')).headers['content-security-policy']).not.toContain('unsafe-inline');
    const chosen = (await portal.get($('[data-redoc]').attr('data-redoc') ?? '')).json;
    expect(Object.keys(chosen.paths)).toEqual(['/moons']);
    expect(JSON.stringify(chosen)).not.toContain('elsewhere.example');
    const all = (await portal.get('/spec/sea/v1/redoc/openapi.json')).json;
    expect(Object.keys(all.paths)).toEqual(['/tides', '/moons']);
    expect(Object.keys(all.paths['/tides'])).toEqual(['get']);
    for (const path of ['/redoc/openapi.json', '/redoc'])
      expect((await portal.get(`/spec/sea/v1${path}?tag=stars`)).status).toBe(404);
  });

  it.each(['/llms.txt', '/llms-full.txt', '/docs/sea.md', '/spec/sea/v1/openapi.json', '/spec/sea/v1/redoc'])(
    'are for developers where the portal is private: %s',
    async (path) => {
      await start(false);
      const answer = await portal.get(path);
      expect(answer.status).toBe(303);
      expect(answer.headers.location).toMatch(/^\/login/);
    },
  );
});
