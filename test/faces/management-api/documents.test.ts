import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';

const TREE = 'application/vnd.konnect.document-tree+json';
const base64 = (text: string | Uint8Array): string => Buffer.from(text as string).toString('base64');

onEachDatabase('documents of API products over HTTP', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  /** An app with a product; the path of its documents. */
  const start = async () => {
    app = await startApp(await open());
    const { id } = (await app.request('POST', '/v2/api-products', { json: { name: 'Timetables' } })).json;
    const path = `/v2/api-products/${id}/documents`;
    const add = async (slug: string, more: object = {}) =>
      (await app.request('POST', path, { json: { slug, title: `About ${slug}`, status: 'published', ...more } })).json;
    return { request: app.request, path, add };
  };

  it('are created, fetched, changed and deleted', async () => {
    const { request, path } = await start();
    const json = {
      slug: 'getting-started',
      title: 'Getting started',
      status: 'published',
      content: '# Hello',
      metadata: { author: 'someone', nested: { list: [1, null, 'x'] } },
    };
    const created = await request('POST', path, { json });
    expect(created.status).toBe(201);
    expect(created.json).toEqual({
      ...json,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      parent_document_id: null,
      ast: [{ type: 'heading', level: 1, children: [expect.objectContaining({ type: 'text', text: 'Hello' })] }],
      created_at: expect.any(String),
      updated_at: created.json.created_at,
    });
    const at = `${path}/${created.json.id}`;
    expect((await request('GET', at)).json).toEqual(created.json);
    const changes = { title: 'Start here', status: 'unpublished', slug: 'start', metadata: {}, content: 'Words' };
    const changed = await request('PATCH', at, { json: changes });
    expect(changed.status).toBe(200);
    expect(changed.json).toMatchObject({ ...changes, ast: [{ type: 'paragraph' }] });
    expect((await request('PATCH', at, { json: {} })).json).toEqual(changed.json);
    expect((await request('DELETE', at)).status).toBe(204);
    for (const method of ['GET', 'DELETE']) expect((await request(method, at)).status).toBe(404);
    expect((await request('PATCH', at, { json: {} })).status).toBe(404);
  });

  it('take Markdown, or canonical base64 of it, and give Markdown', async () => {
    const { add } = await start();
    const content = async (slug: string, sent: string) => (await add(slug, { content: sent })).content;
    expect(await content('a', base64('# Größe 🚆\n'))).toBe('# Größe 🚆\n');
    expect(await content('b', '# Markdown\n\n* point')).toBe('# Markdown\n\n* point');
    expect(await content('c', base64(Buffer.from([0xff, 0xfe, 0xfd])))).toBe(base64(Buffer.from([0xff, 0xfe, 0xfd])));
    expect(await content('binary', base64('a\0b'))).toBe(base64('a\0b'));
    expect(await content('d', '')).toBe('');
    expect((await add('e')).content).toBe('');
  });

  it('are listed flat, or as a tree for whoever accepts it', async () => {
    const { request, path, add } = await start();
    const b = await add('b', { metadata: { a: 1 } });
    const a = await add('a', { status: 'unpublished' });
    const below = await add('below', { parent_document_id: b.id });
    const summary = ({ ast: _ast, content: _content, metadata: _metadata, ...rest }: Record<string, unknown>) => rest;
    const flat = await request('GET', path);
    expect(flat.headers['content-type']).toMatch(/^application\/json/);
    expect(flat.json).toEqual({
      meta: { page: { number: 1, size: 10, total: 3 } },
      data: [summary(b), summary(below), summary(a)],
    });
    const tree = await request('GET', path, { headers: { accept: TREE } });
    expect(tree.headers['content-type']).toMatch(new RegExp(`^${TREE.replace(/[.+]/g, '\\$&')}`));
    expect(tree.json).toEqual({
      meta: { page: { number: 1, size: 10, total: 2 } },
      data: [
        { ...summary(b), metadata: { a: 1 }, children: [{ ...summary(below), metadata: {}, children: [] }] },
        { ...summary(a), metadata: {}, children: [] },
      ],
    });
    for (const accept of ['*/*', 'text/html', 'application/json, */*;q=0.1'])
      expect((await request('GET', path, { headers: { accept } })).headers['content-type']).toMatch(/^application\/json/);
    const page = (await request('GET', `${path}?page[size]=1&page[number]=2`)).json;
    expect([page.meta.page, page.data[0].slug]).toEqual([{ number: 2, size: 1, total: 3 }, 'below']);
    expect((await request('GET', `${path}?page[number]=x`)).json.invalid_parameters[0]).toMatchObject({
      field: 'page[number]',
      rule: 'is_integer',
    });
  });

  it('move below others and back to the top', async () => {
    const { request, path, add } = await start();
    const [a, b, c] = [await add('a'), await add('b'), await add('c')];
    const move = (id: string, parent_document_id: string | null) =>
      request('PATCH', `${path}/${id}`, { json: { parent_document_id } });
    expect((await move(b.id, a.id.toUpperCase())).json.parent_document_id).toBe(a.id);
    expect((await move(c.id, b.id)).status).toBe(200);
    for (const [parent, rule] of [
      [a.id, 'invalid'],
      [c.id, 'invalid'],
      [randomUUID(), 'missing_reference'],
    ]) {
      const answer = await move(a.id, parent);
      expect([answer.status, answer.json.invalid_parameters[0]]).toMatchObject([400, { field: 'parent_document_id', rule }]);
    }
    expect((await move(b.id, null)).json.parent_document_id).toBeNull();
    expect((await request('DELETE', `${path}/${b.id}`)).status).toBe(204);
    expect((await request('GET', `${path}/${c.id}`)).json.parent_document_id).toBeNull();
  });

  it('have slugs that are unique in their product', async () => {
    const { request, path, add } = await start();
    await add('a');
    const b = await add('b');
    const clash = await request('POST', path, { json: { slug: 'a', title: 'A', status: 'published' } });
    expect(clash.status).toBe(409);
    expect(clash.json).toMatchObject({ status: 409, title: 'Conflict', instance: expect.any(String) });
    expect((await request('PATCH', `${path}/${b.id}`, { json: { slug: 'a' } })).status).toBe(409);
  });

  it('say which field is wrong, by which rule', async () => {
    const { request, path, add } = await start();
    const fine = { slug: 'x', title: 'X', status: 'published' };
    const { id } = await add('a');
    for (const [changes, field, rule] of [
      [{ slug: 'a b' }, 'slug', 'matches_regex'],
      [{ slug: '' }, 'slug', 'matches_regex'],
      [{ slug: 'a'.repeat(81) }, 'slug', 'max_length'],
      [{ slug: 5 }, 'slug', 'is_string'],
      [{ title: '' }, 'title', 'min_length'],
      [{ title: 'x'.repeat(1_001) }, 'title', 'max_length'],
      [{ status: 'draft' }, 'status', 'enum'],
      [{ content: 5 }, 'content', 'is_string'],
      [{ content: null }, 'content', 'is_string'],
      [{ content: 'x'.repeat(1_000_001) }, 'content', 'max_length'],
      [{ content: 'a\0b' }, 'content', 'invalid'],
      [{ content: 'a\ud800' }, 'content', 'invalid'],
      [{ metadata: null }, 'metadata', 'is_object'],
      [{ metadata: [] }, 'metadata', 'is_object'],
      [{ metadata: { a: '\0' } }, 'metadata.a', 'invalid'],
      [{ parent_document_id: 'x' }, 'parent_document_id', 'is_uuid'],
      [{ position: 1 }, 'position', 'unknown_property'],
    ] as const)
      for (const [method, at, json] of [
        ['POST', path, { ...fine, ...changes }],
        ['PATCH', `${path}/${id}`, changes],
      ] as const) {
        const answer = await request(method, at, { json });
        expect([answer.status, answer.json.invalid_parameters?.[0]], field).toMatchObject([400, { field, rule }]);
      }
    const empty = await request('POST', path, { json: {} });
    expect(empty.json.invalid_parameters.map(({ field, rule }: Record<string, string>) => [field, rule])).toEqual([
      ['slug', 'required'],
      ['status', 'required'],
      ['title', 'required'],
    ]);
    const longest = { ...fine, slug: 'a'.repeat(80), title: 'x'.repeat(1_000), content: 'x '.repeat(10_000) };
    expect((await request('POST', path, { json: longest })).status).toBe(201);
  });

  it('exist in their own product only', async () => {
    const { request, path, add } = await start();
    const { id } = await add('a');
    const other = (await request('POST', '/v2/api-products', { json: { name: 'Other' } })).json.id;
    for (const at of [
      `/v2/api-products/${other}/documents/${id}`,
      `/v2/api-products/${randomUUID()}/documents/${id}`,
      `${path}/${randomUUID()}`,
      `${path}/a`,
    ])
      for (const [method, json] of [['GET'], ['PATCH', {}], ['DELETE']] as const)
        expect((await request(method, at, { json })).status).toBe(404);
    for (const product of [randomUUID(), 'x']) {
      const at = `/v2/api-products/${product}/documents`;
      expect((await request('GET', at)).status).toBe(404);
      expect((await request('GET', at, { headers: { accept: TREE } })).status).toBe(404);
      expect((await request('POST', at, { json: { slug: 'a', title: 'A', status: 'published' } })).status).toBe(404);
    }
  });

  it('need a token, and JSON', async () => {
    const { request, path, add } = await start();
    const at = `${path}/${(await add('a')).id}`;
    for (const [method, target] of [
      ['GET', path],
      ['POST', path],
      ['GET', at],
      ['PATCH', at],
      ['DELETE', at],
    ] as const)
      expect((await request(method, target, { token: null })).status).toBe(401);
    const markdown = { body: '# Hello', headers: { 'content-type': 'text/markdown' } };
    expect((await request('POST', path, markdown)).status).toBe(415);
    expect((await request('PATCH', at, markdown)).status).toBe(415);
  });
});
