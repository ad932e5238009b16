import { afterAll, expect, it } from 'vitest';
import { specificationComparer } from '../../../src/adapters/compare-specifications.ts';
import type { Connection } from '../../../src/database/connect.ts';
import type { ContextWithPorts } from '../../../src/domain/context.ts';
import {
  compareContents,
  compareSpecificationEditions,
  createProduct,
  createSpecification,
  createVersion,
  deleteProduct,
  deleteSpecification,
  deleteVersion,
  findFragment,
  findSpecificationContent,
  forgetSpecificationEdition,
  getSpecificationEdition,
  KEPT_SPECIFICATION_EDITIONS,
  listDueRenderings,
  listOperationAddresses,
  listSpecificationEditions,
  listSpecifications,
  previewSpecification,
  readSpecificationBytes,
  renderSpecification,
  type SpecificationAddress,
  updateSpecification,
} from '../../../src/domain/products/index.ts';
import { testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';
import { patientPool } from '../../support/pool.ts';

const pool = patientPool();
afterAll(() => pool.close());

const description = (...paths: readonly string[]) =>
  Buffer.from(
    JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Pets', version: String(paths.length) },
      paths: Object.fromEntries(paths.map((path) => [path, { get: { responses: { 200: { description: 'OK' } } } }])),
    }),
  );

/** A context that compares for real, and counts how often. */
const comparing = (connection: Connection) => {
  const ctx = testContext(connection);
  const compare = specificationComparer(pool);
  const compared: string[] = [];
  const ports: ContextWithPorts['ports'] = {
    ...ctx.ports,
    examineSpecification: pool.examine,
    renderSpecification: pool.render,
    compareSpecifications: (before, after) => {
      compared.push(`${before.contentHash} ${after.contentHash}`);
      return compare(before, after);
    },
  };
  return { ctx: { ...ctx, ports }, compared };
};

/** A version whose specification was each of these, one after the other. */
const replaced = async (ctx: ContextWithPorts, ...documents: readonly Buffer[]): Promise<SpecificationAddress> => {
  const { id: productId } = await createProduct(ctx, { name: 'Pets' });
  const { id: versionId } = await createVersion(ctx, productId, { name: 'v1' });
  const [first = description('/a'), ...others] = documents;
  const { id: specificationId } = await createSpecification(ctx, { productId, versionId }, { name: 'a.json', bytes: first });
  const address = { productId, versionId, specificationId };
  for (const bytes of others) await updateSpecification(ctx, address, { bytes });
  return address;
};

const numbersOf = async (ctx: ContextWithPorts, address: SpecificationAddress): Promise<number[]> =>
  (await listSpecificationEditions(ctx, address)).map(({ number }) => number);

const storedContents = async ({ db }: ContextWithPorts): Promise<number> =>
  (await db.selectFrom('specification_contents').select('content_hash').execute()).length;

onEachDatabase('earlier documents of a specification', (open) => {
  it('are kept with who replaced them and when, and can be read', async () => {
    const { ctx } = comparing(await open());
    const documents = [description('/a'), description('/a', '/b')];
    const address = await replaced(ctx, ...documents);
    const [latest, first] = await listSpecificationEditions(ctx, address);
    expect(latest).toMatchObject({ number: 2, name: 'a.json', title: 'Pets', apiVersion: '2', replacedAt: null });
    expect(first).toMatchObject({
      number: 1,
      apiVersion: '1',
      author: { kind: 'system', id: null },
      replacedAt: latest?.createdAt,
    });
    expect(await readSpecificationBytes(ctx, first?.contentHash ?? '')).toEqual(documents[0]);
    expect(await getSpecificationEdition(ctx, address, 1)).toEqual(first);
    await expect(getSpecificationEdition(ctx, address, 3)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(getSpecificationEdition(ctx, { ...address, versionId: address.productId as never }, 1)).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  it('are not added to by a new name, or by the same document', async () => {
    const { ctx } = comparing(await open());
    const address = await replaced(ctx, description('/a'));
    await updateSpecification(ctx, address, { name: 'b.json' });
    await updateSpecification(ctx, address, { bytes: description('/a') });
    expect(await numbersOf(ctx, address)).toEqual([1]);
    await updateSpecification(ctx, address, { bytes: description('/b') });
    await updateSpecification(ctx, address, { bytes: description('/a') });
    expect(await numbersOf(ctx, address)).toEqual([3, 2, 1]);
  });

  it('outlive the specification, and go on with the next one', async () => {
    const { ctx } = comparing(await open());
    const address = await replaced(ctx, description('/a'));
    await deleteSpecification(ctx, address);
    expect(await listSpecifications(ctx, address)).toEqual([]);
    expect((await getSpecificationEdition(ctx, address, 1)).replacedAt).not.toBeNull();
    await createSpecification(ctx, address, { name: 'b.json', bytes: description('/a') });
    expect(await listSpecificationEditions(ctx, address)).toMatchObject([{ number: 1, replacedAt: null }]);
    const [specification] = await listSpecifications(ctx, address);
    await deleteSpecification(ctx, { ...address, specificationId: specification?.id ?? address.specificationId });
    await createSpecification(ctx, address, { name: 'c.json', bytes: description('/b') });
    expect(await numbersOf(ctx, address)).toEqual([2, 1]);
  });

  it(`are ${KEPT_SPECIFICATION_EDITIONS} at most; older ones go with all that was stored of them`, async () => {
    const { ctx } = comparing(await open());
    const documents = Array.from({ length: KEPT_SPECIFICATION_EDITIONS + 2 }, (_, n) => description(`/${n}`));
    const address = await replaced(ctx, ...documents);
    const numbers = await numbersOf(ctx, address);
    expect([numbers.length, numbers[0], numbers.at(-1)]).toEqual([
      KEPT_SPECIFICATION_EDITIONS,
      KEPT_SPECIFICATION_EDITIONS + 2,
      3,
    ]);
    expect(await storedContents(ctx)).toBe(KEPT_SPECIFICATION_EDITIONS);
  });

  it('are forgotten when somebody says so, but for the one that is the specification', async () => {
    const { ctx } = comparing(await open());
    const address = await replaced(ctx, description('/a'), description('/b'));
    await expect(forgetSpecificationEdition(ctx, address, 2)).rejects.toMatchObject({ kind: 'conflict' });
    await forgetSpecificationEdition(ctx, address, 1);
    expect(await numbersOf(ctx, address)).toEqual([2]);
    expect(await storedContents(ctx)).toBe(1);
    await expect(forgetSpecificationEdition(ctx, address, 1)).rejects.toMatchObject({ kind: 'not-found' });
    const viewer = { ...ctx, actor: { kind: 'visitor' } as const };
    await expect(forgetSpecificationEdition(viewer, address, 2)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('go with their version and with their product', async () => {
    const { ctx } = comparing(await open());
    const one = await replaced(ctx, description('/a'), description('/b'));
    const other = await replaced(ctx, description('/a'), description('/c'));
    await deleteVersion(ctx, one);
    expect(await storedContents(ctx)).toBe(2);
    await deleteProduct(ctx, other.productId);
    expect(await storedContents(ctx)).toBe(0);
  });

  it('have no HTML; it is made anew where one becomes the specification again', async () => {
    const { ctx } = comparing(await open());
    const address = await replaced(ctx, description('/a'));
    const { contentHash } = await getSpecificationEdition(ctx, address, 1);
    const overview = () => findFragment(ctx, contentHash, 'overview');
    await renderSpecification(ctx, contentHash);
    expect(await overview()).toBeTypeOf('string');
    await updateSpecification(ctx, address, { bytes: description('/b') });
    expect(await overview()).toBeUndefined();
    expect(await listOperationAddresses(ctx, contentHash)).toEqual(new Set(['get-a']));
    const [specification] = await listSpecifications(ctx, address);
    expect(await listDueRenderings(ctx)).toEqual([specification?.contentHash]);
    await renderSpecification(ctx, contentHash);
    expect(await overview()).toBeUndefined();
    await updateSpecification(ctx, address, { bytes: description('/a') });
    expect(await listDueRenderings(ctx)).toEqual([contentHash]);
    await renderSpecification(ctx, contentHash);
    expect((await findSpecificationContent(ctx, contentHash))?.rendering).toBe('ready');
    expect(await overview()).toBeTypeOf('string');
  });
});

onEachDatabase('what differs between documents of a specification', (open) => {
  it('is found out once, and goes with either of them', async () => {
    const { ctx, compared } = comparing(await open());
    const address = await replaced(ctx, description('/a'), description('/a', '/b'));
    const find = () => compareSpecificationEditions(ctx, address, { from: 1, to: 2 });
    const [first, second] = [await find(), await find()];
    expect(first).toMatchObject({
      operations: [{ change: 'added', path: '/b', address: 'get-b' }],
      counts: { breaking: 0, safe: 1 },
    });
    expect(second).toEqual(first);
    expect(compared).toHaveLength(1);
    expect(await compareSpecificationEditions(ctx, address, { from: 2, to: 1 })).toMatchObject({ counts: { breaking: 1 } });
    expect(compared).toHaveLength(2);
    const rows = () => ctx.db.selectFrom('specification_comparisons').select('before_hash').execute();
    expect(await rows()).toHaveLength(2);
    await forgetSpecificationEdition(ctx, address, 1);
    expect(await rows()).toEqual([]);
  });

  it('is nothing between a document and itself', async () => {
    const { ctx, compared } = comparing(await open());
    const address = await replaced(ctx, description('/a'));
    expect(await compareSpecificationEditions(ctx, address, { from: 1, to: 1 })).toMatchObject({ operations: [], document: [] });
    expect(compared).toEqual([]);
  });

  it('is told by nobody where the documents are too much to be compared, which is asked once', async () => {
    const { ctx } = comparing(await open());
    const address = await replaced(ctx, description('/a'), description('/b'));
    let asked = 0;
    const compareSpecifications = () => {
      asked++;
      return Promise.resolve(undefined);
    };
    const helpless = { ...ctx, ports: { ...ctx.ports, compareSpecifications } };
    const [later, earlier] = await listSpecificationEditions(ctx, address);
    const find = () => compareContents(helpless, earlier?.contentHash ?? '', later?.contentHash ?? '');
    expect([await find(), await find(), asked]).toEqual([undefined, undefined, 1]);
    await expect(compareContents(ctx, 'nothing', later?.contentHash ?? '')).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('is told before a document is sent for good', async () => {
    const { ctx } = comparing(await open());
    const address = await replaced(ctx, description('/a'));
    const preview = (bytes: Buffer, name = 'b.json') => previewSpecification(ctx, address, { name, bytes });
    expect(await preview(description('/b'))).toMatchObject({ counts: { breaking: 1, safe: 1 } });
    expect(await preview(description('/a'))).toMatchObject({ counts: { breaking: 0, safe: 0 } });
    await expect(preview(Buffer.from('openapi: 9'))).rejects.toMatchObject({ kind: 'invalid', issues: [{ field: 'content' }] });
    await expect(preview(description('/b'), 'b.txt')).rejects.toMatchObject({ issues: [{ field: 'name' }] });
    expect(await storedContents(ctx)).toBe(1);
    await deleteSpecification(ctx, address);
    await expect(preview(description('/b'))).rejects.toMatchObject({ kind: 'not-found' });
  });
});
