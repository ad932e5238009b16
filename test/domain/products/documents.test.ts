import { expect, it } from 'vitest';
import type { Context } from '../../../src/domain/context.ts';
import { type DocumentId, newId, type ProductId } from '../../../src/domain/ids.ts';
import {
  createDocument,
  createProduct,
  type DocumentSummary,
  deleteDocument,
  getDocument,
  listDocuments,
  listDocumentTree,
  type Tree,
  updateDocument,
} from '../../../src/domain/products/index.ts';
import { testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

const PAGE = { number: 1, size: 100 };

const add = (ctx: Context, productId: ProductId, slug: string, parentId: DocumentId | null = null) =>
  createDocument(ctx, productId, { slug, title: `About ${slug}`, status: 'published', parentId });

/** The tree as slugs: `a(b c(d))`. */
const shape = async (ctx: Context, productId: ProductId): Promise<string> => {
  const print = (nodes: readonly Tree<DocumentSummary>[]): string =>
    nodes.map(({ slug, children }) => (children.length === 0 ? slug : `${slug}(${print(children)})`)).join(' ');
  return print((await listDocumentTree(ctx, productId, PAGE)).items);
};

const grown = async (ctx: Context) => {
  const { id: productId } = await createProduct(ctx, { name: 'A' });
  const a = await add(ctx, productId, 'a');
  const b = await add(ctx, productId, 'b');
  const c = await add(ctx, productId, 'c');
  const b1 = await add(ctx, productId, 'b1', b.id);
  const b2 = await add(ctx, productId, 'b2', b.id);
  return { productId, a, b, c, b1, b2 };
};

onEachDatabase('documents of a product', (open) => {
  it('are created with what was given and defaults for the rest', async () => {
    const ctx = testContext(await open());
    const { id: productId } = await createProduct(ctx, { name: 'A' });
    const document = await createDocument(ctx, productId, {
      slug: 'Getting_started-1',
      title: 'Getting started',
      status: 'unpublished',
      content: '# Hello\n',
      metadata: { author: 'someone', tags: ['a', { b: null }] },
    });
    expect(document).toMatchObject({ parentId: null, slug: 'Getting_started-1', content: '# Hello\n' });
    expect(await getDocument(ctx, { productId, documentId: document.id })).toEqual(document);
    expect(await add(ctx, productId, 'empty')).toMatchObject({ content: '', metadata: {} });
  });

  it('stand after those that were there, page by page in reading order', async () => {
    const ctx = testContext(await open());
    const { productId } = await grown(ctx);
    expect(await shape(ctx, productId)).toBe('a b(b1 b2) c');
    const slugs = async (number: number) => {
      const { items, total } = await listDocuments(ctx, productId, { number, size: 2 });
      return [total, ...items.map(({ slug }) => slug)];
    };
    expect(await slugs(1)).toEqual([5, 'a', 'b']);
    expect(await slugs(2)).toEqual([5, 'b1', 'b2']);
    expect(await slugs(4)).toEqual([5]);
    const { items, total } = await listDocumentTree(ctx, productId, { number: 2, size: 2 });
    expect([total, items.map(({ slug }) => slug)]).toEqual([3, ['c']]);
  });

  it('have slugs that are unique in the product', async () => {
    const ctx = testContext(await open());
    const { productId, a, b } = await grown(ctx);
    await expect(add(ctx, productId, 'b1', a.id)).rejects.toMatchObject({ kind: 'conflict' });
    await expect(updateDocument(ctx, { productId, documentId: b.id }, { slug: 'a' })).rejects.toMatchObject({ kind: 'conflict' });
    expect((await updateDocument(ctx, { productId, documentId: b.id }, { slug: 'b', title: 'Bee' })).title).toBe('Bee');
    const { id: other } = await createProduct(ctx, { name: 'B' });
    expect((await add(ctx, other, 'a')).slug).toBe('a');
  });

  it('move with all below them to the end of their new siblings', async () => {
    const ctx = testContext(await open());
    const { productId, a, b, c } = await grown(ctx);
    await updateDocument(ctx, { productId, documentId: b.id }, { parentId: a.id });
    expect(await shape(ctx, productId)).toBe('a(b(b1 b2)) c');
    await updateDocument(ctx, { productId, documentId: c.id }, { parentId: a.id });
    expect(await shape(ctx, productId)).toBe('a(b(b1 b2) c)');
    await updateDocument(ctx, { productId, documentId: b.id }, { parentId: null });
    expect(await shape(ctx, productId)).toBe('a(c) b(b1 b2)');
    await updateDocument(ctx, { productId, documentId: c.id }, { parentId: a.id, title: 'stays where it is' });
    await updateDocument(ctx, { productId, documentId: a.id }, { title: 'stays where it is' });
    expect(await shape(ctx, productId)).toBe('a(c) b(b1 b2)');
    await updateDocument(ctx, { productId, documentId: a.id }, { parentId: null });
    expect(await shape(ctx, productId)).toBe('b(b1 b2) a(c)');
    const last = await getDocument(ctx, { productId, documentId: a.id });
    expect(await updateDocument(ctx, { productId, documentId: a.id }, { parentId: null })).toEqual(last);
  });

  it('never come to stand below themselves, below a stranger, or too deep', async () => {
    const ctx = testContext(await open());
    const { productId, b, b1 } = await grown(ctx);
    const { id: otherProduct } = await createProduct(ctx, { name: 'B' });
    const stranger = await add(ctx, otherProduct, 'stranger');
    const refusal = (rule: string) => ({ kind: 'invalid', issues: [{ field: 'parent_document_id', rule }] });
    const place = (parentId: DocumentId) => updateDocument(ctx, { productId, documentId: b.id }, { parentId });
    await expect(place(b.id)).rejects.toMatchObject(refusal('invalid'));
    await expect(place(b1.id)).rejects.toMatchObject(refusal('invalid'));
    await expect(place(stranger.id)).rejects.toMatchObject(refusal('missing_reference'));
    await expect(place(newId<DocumentId>(new Date()))).rejects.toMatchObject(refusal('missing_reference'));
    await expect(add(ctx, productId, 'x', stranger.id)).rejects.toMatchObject(refusal('missing_reference'));

    let deepest = await add(ctx, productId, 'level-1');
    for (let level = 2; level <= 20; level++) deepest = await add(ctx, productId, `level-${level}`, deepest.id);
    await expect(add(ctx, productId, 'level-21', deepest.id)).rejects.toMatchObject(refusal('invalid'));
    await expect(place(deepest.parentId as DocumentId)).rejects.toMatchObject(refusal('invalid'));
  });

  it('leave their place to their children when deleted', async () => {
    const ctx = testContext(await open());
    const { productId, a, b, b1 } = await grown(ctx);
    await deleteDocument(ctx, { productId, documentId: b.id });
    expect(await shape(ctx, productId)).toBe('a b1 b2 c');
    await deleteDocument(ctx, { productId, documentId: a.id });
    await add(ctx, productId, 'd');
    expect(await shape(ctx, productId)).toBe('b1 b2 c d');
    expect((await getDocument(ctx, { productId, documentId: b1.id })).parentId).toBeNull();
    await expect(deleteDocument(ctx, { productId, documentId: b.id })).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('exist in their own product only', async () => {
    const ctx = testContext(await open());
    const { productId, a } = await grown(ctx);
    const { id: other } = await createProduct(ctx, { name: 'B' });
    const address = { productId: other, documentId: a.id };
    await expect(getDocument(ctx, address)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(updateDocument(ctx, address, { title: 'x' })).rejects.toMatchObject({ kind: 'not-found' });
    await expect(deleteDocument(ctx, address)).rejects.toMatchObject({ kind: 'not-found' });
    const nowhere = newId<ProductId>(new Date());
    await expect(add(ctx, nowhere, 'x')).rejects.toMatchObject({ kind: 'not-found' });
    await expect(listDocuments(ctx, nowhere, PAGE)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(listDocumentTree(ctx, nowhere, PAGE)).rejects.toMatchObject({ kind: 'not-found' });
    expect(await shape(ctx, productId)).toBe('a b(b1 b2) c');
  });

  it('keep the bounds of their fields', async () => {
    const ctx = testContext(await open());
    const { productId } = await grown(ctx);
    const fresh = { slug: 'x', title: 'X', status: 'published' } as const;
    for (const [changes, field, rule] of [
      [{ slug: '' }, 'slug', 'matches_regex'],
      [{ slug: 'a b' }, 'slug', 'matches_regex'],
      [{ slug: 'é' }, 'slug', 'matches_regex'],
      [{ slug: 'a'.repeat(81) }, 'slug', 'max_length'],
      [{ title: '' }, 'title', 'min_length'],
      [{ title: 'a'.repeat(1_001) }, 'title', 'max_length'],
      [{ content: 'a'.repeat(1_000_001) }, 'content', 'max_length'],
      [{ content: 'a\0b' }, 'content', 'invalid'],
    ] as const)
      await expect(createDocument(ctx, productId, { ...fresh, ...changes })).rejects.toMatchObject({
        kind: 'invalid',
        issues: [{ field, rule }],
      });
    const longest = { slug: 'a'.repeat(80), title: 'a'.repeat(1_000), content: 'a'.repeat(1_000_000) };
    expect(await createDocument(ctx, productId, { ...fresh, ...longest })).toMatchObject(longest);
  });
});
