import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { createDocument, type NewDocument, type Product } from '../../../src/domain/products/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { NODES, type PortalFixture, startPortal, TREE } from './portal-fixture.ts';

onEachDatabase('documents, for portal clients', (open) => {
  let at: PortalFixture;
  let product: Product;
  afterEach(() => at.app.close());

  /** A portal with a product; the path of its documents. */
  const start = async () => {
    at = await startPortal(await open());
    product = await at.addProduct('Orders');
    return `/products/${product.id}/documents`;
  };

  const add = (slug: string, more: Partial<NewDocument> = {}) =>
    createDocument(at.app.ctx, product.id, { slug, title: `About ${slug}`, status: 'published', ...more });

  it('are listed in reading order, or as a tree for whoever accepts it', async () => {
    const path = await start();
    const first = await add('first', { metadata: { owner: 'us' } });
    await add('second');
    const below = await add('below', { parentId: first.id });
    const listed = await at.get(path);
    expect(listed.headers['content-type']).toMatch(/^application\/json/);
    expect(listed.headers.vary).toContain('Accept');
    expect(listed.json.meta).toEqual({ page: { number: 1, size: 10, total: 3 } });
    expect(listed.json.data.map(({ slug }: { slug: string }) => slug)).toEqual(['first', 'below', 'second']);
    const summary = {
      id: first.id,
      parent_document_id: null,
      title: 'About first',
      slug: 'first',
      metadata: { owner: 'us' },
      created_at: expect.any(String),
      updated_at: expect.any(String),
    };
    expect(listed.json.data[0]).toEqual(summary);
    const tree = await at.get(path, { headers: { accept: TREE } });
    expect(tree.headers['content-type']).toContain(TREE);
    expect(tree.json.meta).toEqual({ page: { number: 1, size: 10, total: 2 } });
    expect(tree.json.data[0]).toEqual({
      ...summary,
      children: [expect.objectContaining({ id: below.id, parent_document_id: first.id, children: [] })],
    });
    const second = await at.get(`${path}?page[size]=1&page[number]=2`, { headers: { accept: TREE } });
    expect(second.json.data.map(({ slug }: { slug: string }) => slug)).toEqual(['second']);
    expect((await at.get(path, { headers: { accept: 'text/turtle' } })).headers['content-type']).toMatch(/^application\/json/);
  });

  it('are read as Markdown, or as a tree of nodes, by id and by slug', async () => {
    const path = await start();
    const content = '# Hello\n\n* [x] *done*\n\n| a | b |\n|:-|-:|\n| `1` | ~~2~~ |\n\n![alt](/a.png) [link](/b)\nsoft\n';
    const document = await add('start', { content });
    const head = { id: document.id, parent_document_id: null, title: 'About start', slug: 'start' };
    for (const name of [document.id, 'start', 'START']) {
      const markdown = await at.get(`${path}/${name}`);
      expect([markdown.status, markdown.json], name).toEqual([200, { ...head, content }]);
    }
    const nodes = await at.get(`${path}/start`, { headers: { accept: NODES } });
    expect(nodes.headers['content-type']).toContain(NODES);
    expect(nodes.json).toMatchObject({
      ...head,
      content: { type: 'document', children: [{ type: 'heading', level: 1 }, { type: 'list' }, { type: 'table' }, {}] },
    });
    const text = await at.get(`${path}/start`, { headers: { accept: 'text/markdown' } });
    expect([text.headers['content-type'], text.text]).toEqual([expect.stringMatching(/^text\/markdown/), content]);
  });

  it('that are not published, or stand below one that is not, do not exist', async () => {
    const path = await start();
    const hidden = await add('hidden', { status: 'unpublished' });
    await add('below', { parentId: hidden.id });
    expect((await at.get(path)).json.data).toEqual([]);
    for (const name of [hidden.id, 'hidden', 'below', 'nothing', randomUUID()])
      expect((await at.get(`${path}/${name}`)).status, name).toBe(404);
    const other = await at.addProduct('Other');
    await add('start');
    expect((await at.get(`/products/${other.id}/documents/start`)).status).toBe(404);
  });

  it('say which parameter cannot be taken', async () => {
    const path = await start();
    await add('start');
    for (const [target, field] of [
      [`${path}?page[number]=x`, 'page[number]'],
      [`${path}?filter[slug]=x`, 'filter[slug]'],
      [`${path}/start?page[size]=1`, 'page[size]'],
    ] as const) {
      const answer = await at.get(target);
      expect([answer.status, answer.json.invalid_parameters?.[0]?.field], target).toEqual([400, field]);
    }
  });
});
