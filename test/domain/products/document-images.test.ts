import { expect, it } from 'vitest';
import { type AdministratorId, newId } from '../../../src/domain/ids.ts';
import {
  addImage,
  createDocument,
  createProduct,
  deleteImage,
  forgetUnusedImages,
  getImage,
  importDocuments,
  keepDraft,
  listDocumentTree,
  listImages,
  updateDocument,
} from '../../../src/domain/products/index.ts';
import { imagePath } from '../../../src/lib/image-names.ts';
import { testClock, testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';
import { png } from '../../support/images.ts';

const DAY = 86_400_000;

onEachDatabase('images of documents', (open) => {
  it('are what their bytes say, once each, in their own product', async () => {
    const ctx = testContext(await open());
    const { id: productId } = await createProduct(ctx, { name: 'A' });
    const { id: other } = await createProduct(ctx, { name: 'B' });
    const image = await addImage(ctx, productId, { name: 'harbour.jpg', bytes: png(3, 2) });
    expect(image).toMatchObject({ name: 'harbour.jpg', type: 'png', width: 3, height: 2, size: png(3, 2).length });
    expect(await addImage(ctx, productId, { name: 'again.png', bytes: png(3, 2) })).toEqual(image);
    expect(await getImage(ctx, image)).toEqual({ ...image, bytes: png(3, 2) });
    await expect(getImage(ctx, { productId: other, hash: image.hash })).rejects.toMatchObject({ kind: 'not-found' });
    for (const bytes of [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), Buffer.alloc(0), png(10_001, 1)])
      await expect(addImage(ctx, productId, { name: 'x.png', bytes })).rejects.toMatchObject({
        kind: 'invalid',
        issues: [{ field: 'file' }],
      });
    await deleteImage(ctx, image);
    await expect(deleteImage(ctx, image)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('may be named as often as a text has room for', async () => {
    const ctx = testContext(await open());
    const { id } = await createProduct(ctx, { name: 'A' });
    const shown = await addImage(ctx, id, { name: 'a.png', bytes: png(2, 2) });
    const others = Array.from({ length: 22_500 }, (_, at) => imagePath({ hash: String(at).padStart(32, '0'), type: 'png' }));
    const content = [...others, imagePath(shown)].join('\n');
    await createDocument(ctx, id, { slug: 'a', title: 'A', status: 'published', content });
    expect(await listImages(ctx, id)).toMatchObject([{ usedBy: [{ title: 'A' }], isUsedEarlier: false }]);
  });

  it('know which documents show them, and go when nothing does for a while', async () => {
    const clock = testClock();
    const ctx = testContext(await open(), { now: clock.now });
    const { id: productId } = await createProduct(ctx, { name: 'A' });
    const [shown, before, drafted, unused] = await Promise.all(
      [1, 2, 3, 4].map((shade) => addImage(ctx, productId, { name: `${shade}.png`, bytes: png(2, 2, shade) })),
    );
    if (!shown || !before || !drafted || !unused) throw new Error('there are four');
    const content = `![a](${imagePath(before)})\n![b](${imagePath(shown)})`;
    const fresh = { slug: 'a', title: 'A', status: 'published', content } as const;
    const { id: documentId } = await createDocument(ctx, productId, fresh);
    await updateDocument(ctx, { productId, documentId }, { content: `<img src="${imagePath(shown)}">` });
    const id = newId<AdministratorId>(new Date());
    const grants = [{ entityType: 'organisation', role: 'Organisation Admin', entityId: '*' }] as const;
    const ada = { ...ctx, actor: { kind: 'administrator', id, tokenId: undefined, grants } as const };
    await keepDraft(ada, { productId }, { base: 0, title: '', content: imagePath(drafted) });
    const uses = async () => Object.fromEntries((await listImages(ctx, productId)).map((image) => [image.name, image]));
    expect(await uses()).toMatchObject({
      '1.png': { usedBy: [{ id: documentId, title: 'A' }], isUsedEarlier: true },
      '2.png': { usedBy: [], isUsedEarlier: true },
      '3.png': { usedBy: [], isUsedEarlier: false },
      '4.png': { usedBy: [], isUsedEarlier: false },
    });
    expect(await forgetUnusedImages(ctx, 30)).toBe(0);
    clock.advance(31 * DAY);
    expect(await forgetUnusedImages(ctx, 30)).toBe(1);
    expect(Object.keys(await uses()).sort()).toEqual(['1.png', '2.png', '3.png']);
  });
});

onEachDatabase('an upload of documents', (open) => {
  const read = (path: string, slug: string, content: string | undefined, parent?: string) => ({
    ...{ path, slug, title: slug.toUpperCase(), content, parent },
  });
  const options = { status: 'unpublished', existing: 'replace' } as const;

  it('becomes a tree; what is there already takes the text and stays where it is', async () => {
    const ctx = testContext(await open());
    const { id: productId } = await createProduct(ctx, { name: 'A' });
    await createDocument(ctx, productId, { slug: 'old', title: 'Old', status: 'published', content: 'old' });
    const documents = [
      read('guides', 'guides', undefined),
      read('guides/a.md', 'a', 'a', 'guides'),
      read('old.md', 'old', 'new'),
    ];
    const images = [{ path: 'x.png', name: 'x.png', bytes: png() }];
    const result = await importDocuments(ctx, productId, { documents, images }, options);
    expect(result).toEqual({ created: 2, replaced: 1, kept: 0 });
    const { items } = await listDocumentTree(ctx, productId, { number: 1, size: 10 });
    expect(items).toMatchObject([
      { slug: 'old', title: 'OLD', status: 'published', children: [] },
      { slug: 'guides', status: 'unpublished', children: [{ slug: 'a' }] },
    ]);
    expect(await listImages(ctx, productId)).toHaveLength(1);
    const again = await importDocuments(ctx, productId, { documents, images }, { ...options, existing: 'keep' });
    expect(again).toEqual({ created: 0, replaced: 0, kept: 3 });
  });

  it('is taken as a whole or not at all, and names the file that is wrong', async () => {
    const ctx = testContext(await open());
    const { id: productId } = await createProduct(ctx, { name: 'A' });
    const documents = [read('a.md', 'a', 'a'), read('b.md', 'b', 'x'.repeat(1_000_001))];
    await expect(importDocuments(ctx, productId, { documents, images: [] }, options)).rejects.toMatchObject({
      kind: 'invalid',
      issues: [{ field: 'file', reason: expect.stringContaining('“b.md”') }],
    });
    expect((await listDocumentTree(ctx, productId, { number: 1, size: 10 })).total).toBe(0);
  });
});
