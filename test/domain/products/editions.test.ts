import { expect, it } from 'vitest';
import { type Actor, ORGANISATION_ADMIN } from '../../../src/domain/access/index.ts';
import type { Context } from '../../../src/domain/context.ts';
import { type AdministratorId, asId, type DraftId, newId } from '../../../src/domain/ids.ts';
import {
  createDocument,
  createProduct,
  deleteDocument,
  deleteDraft,
  findDraft,
  forgetDrafts,
  getDocument,
  getEdition,
  keepDraft,
  listEditions,
  listNewDrafts,
  listOtherEditors,
  placeDocument,
  restoreEdition,
  saveDocument,
  updateDocument,
} from '../../../src/domain/products/index.ts';
import { testClock, testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

const as = (ctx: Context): Context => {
  const actor: Actor = {
    kind: 'administrator',
    id: newId<AdministratorId>(new Date()),
    tokenId: undefined,
    grants: [ORGANISATION_ADMIN],
  };
  return { ...ctx, actor };
};

const written = async (ctx: Context) => {
  const { id: productId } = await createProduct(ctx, { name: 'A' });
  const document = await createDocument(ctx, productId, { slug: 'a', title: 'A', status: 'published', content: 'one\n' });
  return { productId, document, address: { productId, documentId: document.id } };
};

const fieldsOf = ({ title, slug, status, metadata, content, parentId }: Awaited<ReturnType<typeof getDocument>>) => ({
  ...{ title, slug, status, metadata, content, parentId },
});

onEachDatabase('editions of a document', (open) => {
  it('are kept with every change of what it says, by whomever, and not of its place', async () => {
    const ctx = testContext(await open());
    const { productId, address } = await written(ctx);
    await createDocument(ctx, productId, { slug: 'b', title: 'B', status: 'published' });
    const ada = as(ctx);
    await updateDocument(ada, address, { content: 'two\n' });
    await updateDocument(ctx, address, { title: 'A', content: 'two\n' });
    await updateDocument(ctx, address, { status: 'unpublished' });
    await placeDocument(ctx, address, { index: 1 });
    const editions = await listEditions(ctx, address);
    expect(editions.map(({ number, status, author }) => [number, status, author.kind])).toEqual([
      [3, 'unpublished', 'system'],
      [2, 'published', 'administrator'],
      [1, 'published', 'system'],
    ]);
    expect(editions[1]?.author.id).toBe(ada.actor.kind === 'administrator' && ada.actor.id);
    expect(await getEdition(ctx, address, 1)).toMatchObject({ content: 'one\n', title: 'A', parentId: null });
    expect((await getDocument(ctx, address)).edition).toBe(3);
    await expect(getEdition(ctx, address, 4)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('bring back a title and a text, as another edition', async () => {
    const ctx = testContext(await open());
    const { address } = await written(ctx);
    await updateDocument(ctx, address, { title: 'Z', content: 'two\n', slug: 'z' });
    const restored = await restoreEdition(ctx, address, 1);
    expect(restored).toMatchObject({ title: 'A', content: 'one\n', slug: 'z', edition: 3 });
  });

  it('go when there are a hundred newer ones', async () => {
    const ctx = testContext(await open());
    const { address } = await written(ctx);
    for (let n = 2; n <= 102; n++) await updateDocument(ctx, address, { content: `${n}` });
    const editions = await listEditions(ctx, address);
    expect([editions.length, editions[0]?.number, editions.at(-1)?.number]).toEqual([100, 102, 3]);
  });
});

onEachDatabase('two who edit a document', (open) => {
  it('both get what they changed where it does not meet, wherever it was moved meanwhile', async () => {
    const ctx = testContext(await open());
    const { productId, address, document } = await written(ctx);
    const above = await createDocument(ctx, productId, { slug: 'b', title: 'B', status: 'published' });
    await placeDocument(ctx, address, { parentId: above.id, index: 0 });
    await updateDocument(ctx, address, { content: 'theirs\n' });
    const saved = await saveDocument(ctx, address, { ...fieldsOf(document), base: 1, title: 'Mine' });
    expect(saved).toMatchObject({
      ...{ kind: 'saved', isMerged: true },
      document: { title: 'Mine', content: 'theirs\n', parentId: above.id, edition: 3 },
    });
  });

  it('both get what they changed of a text where a line lies between', async () => {
    const ctx = testContext(await open());
    const { address, document } = await written(ctx);
    await updateDocument(ctx, address, { content: 'one\n\ntwo\n' });
    await updateDocument(as(ctx), address, { content: 'one\n\ntwo, and theirs\n', title: 'Theirs' });
    const mine = { ...fieldsOf(document), base: 2, content: 'mine\none\n\ntwo\n' };
    const saved = await saveDocument(ctx, address, mine);
    const both = { title: 'Theirs', content: 'mine\none\n\ntwo, and theirs\n', edition: 4 };
    expect(saved).toMatchObject({ kind: 'saved', isMerged: true, document: both });
    // who is told of one thing is shown all that both changed: what they send then is meant
    const asked = await saveDocument(ctx, address, { ...mine, title: 'Mine' });
    expect(asked).toMatchObject({ kind: 'conflict', fields: ['title', 'content'] });
  });

  it('learn of it where both changed the same, and nothing is saved', async () => {
    const ctx = testContext(await open());
    const { address, document } = await written(ctx);
    const grace = as(ctx);
    await updateDocument(grace, address, { content: 'theirs\n', title: 'Same' });
    const mine = { ...fieldsOf(document), base: 1, title: 'Same', content: 'mine\n' };
    const conflict = await saveDocument(ctx, address, mine);
    expect(conflict).toMatchObject({ kind: 'conflict', fields: ['content'], theirs: { content: 'theirs\n' } });
    expect(conflict.kind === 'conflict' && conflict.latest.author.id).toBe(
      grace.actor.kind === 'administrator' && grace.actor.id,
    );
    expect((await getDocument(ctx, address)).content).toBe('theirs\n');
    // who has seen what differs, and saves again, means it
    expect(await saveDocument(ctx, address, { ...mine, base: 2 })).toMatchObject({ kind: 'saved', isMerged: false });
    expect((await getEdition(ctx, address, 2)).content).toBe('theirs\n');
  });

  it('save at the same time, and one of them learns of the other', async () => {
    const ctx = testContext(await open());
    const { address, document } = await written(ctx);
    const save = (content: string) => saveDocument(ctx, address, { ...fieldsOf(document), base: 1, content });
    const answers = await Promise.all([save('mine\n'), save('theirs\n')]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['conflict', 'saved']);
  });

  it('are told of each other where what they began from is no longer kept', async () => {
    const ctx = testContext(await open());
    const { address, document } = await written(ctx);
    expect(await saveDocument(ctx, address, { ...fieldsOf(document), base: 0 })).toMatchObject({ kind: 'saved' });
    expect(await saveDocument(ctx, address, { ...fieldsOf(document), base: 0, content: 'mine' })).toMatchObject({
      kind: 'conflict',
    });
  });
});

onEachDatabase('drafts of documents', (open) => {
  it('are kept for each administrator and place, and go when the document is saved', async () => {
    const ctx = testContext(await open());
    const { productId, address, document } = await written(ctx);
    const [ada, grace] = [as(ctx), as(ctx)];
    await keepDraft(ada, address, { base: 1, title: 'A', content: 'typing' });
    await keepDraft(ada, address, { base: 1, title: 'A', content: 'typing more' });
    expect((await findDraft(ada, address))?.settings).toBeUndefined();
    const settings = { slug: 'no slug', parent: 'x', isPublished: true, metadata: '{"half' };
    await keepDraft(ada, address, { base: 1, title: 'A', content: 'typing more', settings });
    expect((await findDraft(ada, address))?.settings).toEqual(settings);
    await expect(
      keepDraft(ada, address, { base: 1, title: 'A', content: '', settings: { ...settings, metadata: 'x'.repeat(100_000) } }),
    ).rejects.toMatchObject({ kind: 'invalid' });
    await keepDraft(ada, { productId }, { base: 0, title: 'New', content: '' });
    expect(await findDraft(ada, address)).toMatchObject({ base: 1, content: 'typing more' });
    expect(await findDraft(ada, { productId })).toMatchObject({ title: 'New' });
    expect(await findDraft(grace, address)).toBeUndefined();
    await saveDocument(ada, address, { ...fieldsOf(document), base: 1, content: 'typed' });
    expect(await findDraft(ada, address)).toBeUndefined();
    await deleteDraft(ada, { productId });
    expect(await findDraft(ada, { productId })).toBeUndefined();
  });

  it('are kept apart of documents that are not created yet, and listed, where anything was written', async () => {
    const clock = testClock();
    const ctx = testContext(await open(), { now: clock.now });
    const { productId, address } = await written(ctx);
    const { id: other } = await createProduct(ctx, { name: 'B' });
    const [ada, grace] = [as(ctx), as(ctx)];
    const [first, second, empty] = [newId<DraftId>(ctx.now()), newId<DraftId>(ctx.now()), newId<DraftId>(ctx.now())];
    const settings = { slug: '', parent: '', isPublished: true, metadata: '' };
    const write = (draftId: DraftId | undefined, title: string, content: string) => {
      clock.advance(1000);
      return keepDraft(ada, { productId, draftId }, { base: 0, title, content, settings });
    };
    await write(undefined, 'Of before', '');
    await write(first, 'One', 'x');
    await write(second, '', 'y'.repeat(200));
    await write(first, 'One', 'xx');
    await write(empty, ' ', '');
    await keepDraft(ada, address, { base: 1, title: 'A', content: 'typing' });
    expect((await listNewDrafts(ada, productId)).map(({ id, title, beginning }) => [id, title, beginning])).toEqual([
      [first, 'One', 'xx'],
      [second, '', 'y'.repeat(80)],
      [productId, 'Of before', ''],
    ]);
    expect(await listNewDrafts(grace, productId)).toEqual([]);
    expect(await findDraft(ada, { productId, draftId: second })).toMatchObject({ content: 'y'.repeat(200) });
    expect(await findDraft(ada, { productId: other, draftId: second })).toBeUndefined();
    const asDraft = { productId, draftId: asId<DraftId>(address.documentId) };
    expect(await findDraft(ada, asDraft)).toBeUndefined();
    await deleteDraft(ada, asDraft);
    await expect(keepDraft(ada, asDraft, { base: 0, title: '', content: '' })).rejects.toMatchObject({ kind: 'not-found' });
    expect(await findDraft(ada, address)).toMatchObject({ content: 'typing' });
    await deleteDraft(ada, { productId, draftId: first });
    expect((await listNewDrafts(ada, productId)).map(({ id }) => id)).toEqual([second, productId]);
  });

  it('tell who else is writing, for two minutes', async () => {
    const clock = testClock();
    const ctx = testContext(await open(), { now: clock.now });
    const { address } = await written(ctx);
    const [ada, grace] = [as(ctx), as(ctx)];
    await keepDraft(ada, address, { base: 1, title: 'A', content: 'x' });
    expect(await listOtherEditors(ada, address)).toEqual([]);
    expect(await listOtherEditors(grace, address)).toMatchObject([{ id: ada.actor.kind === 'administrator' && ada.actor.id }]);
    clock.advance(121_000);
    expect(await listOtherEditors(grace, address)).toEqual([]);
  });

  it('belong to documents of their product, and go with them, or after a while', async () => {
    const clock = testClock();
    const ctx = testContext(await open(), { now: clock.now });
    const { productId, address } = await written(ctx);
    const { id: other } = await createProduct(ctx, { name: 'B' });
    const ada = as(ctx);
    const draft = { base: 1, title: 'A', content: 'x' };
    await expect(keepDraft(ada, { ...address, productId: other }, draft)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(keepDraft(ada, address, { ...draft, content: 'x'.repeat(3_000_001) })).rejects.toMatchObject({
      kind: 'invalid',
    });
    await keepDraft(ada, address, { ...draft, content: 'x'.repeat(3_000_000) });
    await keepDraft(ada, address, draft);
    await deleteDocument(ctx, address);
    expect(await findDraft(ada, address)).toBeUndefined();
    await keepDraft(ada, { productId }, draft);
    clock.advance(91 * 86_400_000);
    expect(await forgetDrafts(ctx, 90)).toBe(1);
  });
});
