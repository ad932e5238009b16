import { afterAll, expect, it } from 'vitest';
import type { Connection } from '../../../src/database/connect.ts';
import type { ContextWithPorts } from '../../../src/domain/context.ts';
import { newId, type SpecificationId } from '../../../src/domain/ids.ts';
import {
  createProduct,
  createSpecification,
  createVersion,
  deleteProduct,
  deleteSpecification,
  deleteVersion,
  findFragment,
  findOperation,
  findOperationAddress,
  findSpecificationContent,
  getSpecification,
  listDueRenderings,
  listOperations,
  listSpecifications,
  readSpecificationBytes,
  renderSpecification,
  searchOperations,
  updateSpecification,
  type VersionAddress,
} from '../../../src/domain/products/index.ts';
import { testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';
import { patientPool } from '../../support/pool.ts';

const pool = patientPool();
afterAll(() => pool.close());

/** A context that examines for real, and notes what; and what is to be rendered. */
const examining = (connection: Connection) => {
  const ctx = testContext(connection);
  const examined: string[] = [];
  const scheduled: string[] = [];
  const ports: ContextWithPorts['ports'] = {
    ...ctx.ports,
    examineSpecification: (bytes, name) => {
      examined.push(name);
      return pool.examine(bytes, name);
    },
    renderSpecification: pool.render,
    scheduleRendering: (_region, contentHash) => void scheduled.push(contentHash),
  };
  return { ctx: { ...ctx, ports }, examined, scheduled };
};

const description = (title: string, more = '') =>
  Buffer.from(`openapi: 3.1.0
info: { title: ${JSON.stringify(title)}, version: "1.2" }
tags: [{ name: pets }]
paths:
  /pets:
    get: { operationId: listPets, summary: All pets, tags: [pets], responses: { "200": { description: ok } } }
    post: { operationId: addPet, deprecated: true, tags: [pets, new], responses: { "200": { description: ok } } }
  /health:
    get: { responses: { "200": { description: ok } } }
components:
  schemas:
    Pet: { type: object, properties: { name: { type: string } } }
${more}`);

const newVersion = async (ctx: ContextWithPorts, name = 'v1'): Promise<VersionAddress> => {
  const { id: productId } = await createProduct(ctx, { name: 'Pets' });
  return { productId, versionId: (await createVersion(ctx, productId, { name })).id };
};

const storedContents = async (ctx: ContextWithPorts): Promise<string[]> => {
  const rows = await ctx.db.selectFrom('specification_contents').select('content_hash').execute();
  return rows.map((row) => row.content_hash).sort();
};

const PAGE = { number: 1, size: 100 };

onEachDatabase('specifications of a version', (open) => {
  it('are kept byte for byte, with what was made of them', async () => {
    const { ctx, scheduled } = examining(await open());
    const address = await newVersion(ctx);
    const bytes = description('Pets');
    const specification = await createSpecification(ctx, address, { name: 'pets.yaml', bytes });
    const { contentHash } = specification;
    expect(await getSpecification(ctx, { ...address, specificationId: specification.id })).toEqual(specification);
    expect(await listSpecifications(ctx, address)).toEqual([specification]);
    expect(await readSpecificationBytes(ctx, contentHash)).toEqual(bytes);
    expect(await findSpecificationContent(ctx, contentHash)).toMatchObject({
      format: 'yaml',
      title: 'Pets',
      apiVersion: '1.2',
      specVersion: '3.1.0',
      operationCount: 3,
      rendering: 'pending',
    });
    expect(scheduled).toEqual([contentHash]);

    const { items, total } = await listOperations(ctx, contentHash, { page: PAGE });
    expect(total).toBe(3);
    expect(items.map(({ method, path, operationId, deprecated }) => [method, path, operationId, deprecated])).toEqual([
      ['get', '/pets', 'listPets', false],
      ['post', '/pets', 'addPet', true],
      ['get', '/health', undefined, false],
    ]);
    const grouped = await listOperations(ctx, contentHash, { group: 'pets', page: { number: 2, size: 1 } });
    expect([grouped.total, grouped.items.map(({ address }) => address)]).toEqual([2, ['addPet']]);
    expect((await listOperations(ctx, contentHash, { group: 'none', page: PAGE })).total).toBe(0);
  });

  it('are one for each version', async () => {
    const { ctx, examined } = examining(await open());
    const address = await newVersion(ctx);
    await createSpecification(ctx, address, { name: 'a.yaml', bytes: description('A') });
    await expect(createSpecification(ctx, address, { name: 'b.yaml', bytes: description('B') })).rejects.toMatchObject({
      kind: 'conflict',
      message: `Specification for API product version '${address.versionId}' already exists`,
    });
    expect(examined).toEqual(['a.yaml']);
  });

  it('sent twice at once: one is taken, the other refused, and nothing is left over', async () => {
    const { ctx } = examining(await open());
    const address = await newVersion(ctx);
    const results = await Promise.allSettled(
      ['A', 'B'].map((title) => createSpecification(ctx, address, { name: 'a.yaml', bytes: description(title) })),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { kind: 'conflict' } });
    const [specification] = await listSpecifications(ctx, address);
    expect(await storedContents(ctx)).toEqual([specification?.contentHash]);
  });

  it('with the same bytes share what is stored, and are examined once', async () => {
    const { ctx, examined } = examining(await open());
    const [first, second] = [await newVersion(ctx), await newVersion(ctx)];
    const bytes = description('A');
    const one = await createSpecification(ctx, first, { name: 'a.yaml', bytes });
    const two = await createSpecification(ctx, second, { name: 'b.yaml', bytes });
    expect(two.contentHash).toBe(one.contentHash);
    expect(examined).toEqual(['a.yaml']);
    await deleteSpecification(ctx, { ...first, specificationId: one.id });
    expect(await storedContents(ctx)).toEqual([one.contentHash]);
    await deleteSpecification(ctx, { ...second, specificationId: two.id });
    // Both versions remember what their specification was.
    expect(await storedContents(ctx)).toEqual([one.contentHash]);
    expect(await listDueRenderings(ctx)).toEqual([]);
    await deleteVersion(ctx, first);
    expect(await storedContents(ctx)).toEqual([one.contentHash]);
    await deleteVersion(ctx, second);
    expect(await storedContents(ctx)).toEqual([]);
  });

  it('with the same bytes may come at the same moment', async () => {
    const { ctx } = examining(await open());
    const addresses = [await newVersion(ctx), await newVersion(ctx), await newVersion(ctx)];
    const bytes = description('A');
    const made = await Promise.all(addresses.map((address) => createSpecification(ctx, address, { name: 'a.yaml', bytes })));
    expect(await storedContents(ctx)).toEqual([made[0]?.contentHash]);
    expect((await listOperations(ctx, made[0]?.contentHash ?? '', { page: PAGE })).total).toBe(3);
  });

  it('are renamed, replaced, or both', async () => {
    const { ctx, examined } = examining(await open());
    const version = await newVersion(ctx);
    const before = await createSpecification(ctx, version, { name: 'a.yaml', bytes: description('A') });
    const address = { ...version, specificationId: before.id };
    const renamed = await updateSpecification(ctx, address, { name: 'b.yml' });
    expect(renamed).toEqual({ ...before, name: 'b.yml', updatedAt: renamed.updatedAt });
    expect(examined).toEqual(['a.yaml']);
    const replaced = await updateSpecification(ctx, address, { bytes: description('B') });
    expect(replaced).toMatchObject({ id: before.id, name: 'b.yml' });
    expect(await storedContents(ctx)).toEqual([before.contentHash, replaced.contentHash].sort());
    const both = await updateSpecification(ctx, address, { name: 'c.json', bytes: Buffer.from(asJson('C')) });
    expect(both.name).toBe('c.json');
    expect(await findSpecificationContent(ctx, both.contentHash)).toMatchObject({ title: 'C', format: 'json' });
    expect(await updateSpecification(ctx, address, {})).toEqual(both);
  });

  it('that are no OpenAPI descriptions are refused with reasons, and leave nothing', async () => {
    const { ctx } = examining(await open());
    const version = await newVersion(ctx);
    const refusal = (reason: unknown) => ({ kind: 'invalid', issues: [{ field: 'content', rule: 'invalid', reason }] });
    await expect(
      createSpecification(ctx, version, { name: 'a.yaml', bytes: Buffer.from('My YAML or JSON formatted OAS content') }),
    ).rejects.toMatchObject(refusal(expect.any(String)));
    await expect(
      createSpecification(ctx, version, { name: 'a.yaml', bytes: Buffer.from('openapi: 3.1.0\ninfo: [\n') }),
    ).rejects.toMatchObject(refusal(expect.stringMatching(/line \d/)));
    expect(await storedContents(ctx)).toEqual([]);
    expect(await listSpecifications(ctx, version)).toEqual([]);

    const { id } = await createSpecification(ctx, version, { name: 'a.yaml', bytes: description('A') });
    const address = { ...version, specificationId: id };
    await expect(updateSpecification(ctx, address, { bytes: Buffer.from('openapi: 9.9.9') })).rejects.toMatchObject({
      kind: 'invalid',
    });
    expect((await findSpecificationContent(ctx, (await getSpecification(ctx, address)).contentHash))?.title).toBe('A');
  });

  it('have file names that end in .yaml, .yml or .json, of at most 255 characters', async () => {
    const { ctx } = examining(await open());
    const version = await newVersion(ctx);
    const bytes = description('A');
    for (const [name, rule] of [
      ['a.txt', 'matches_regex'],
      ['.yaml', 'matches_regex'],
      ['', 'matches_regex'],
      ['a\n.yaml', 'matches_regex'],
      [`${'a'.repeat(251)}.yaml`, 'max_length'],
    ] as const)
      await expect(createSpecification(ctx, version, { name, bytes })).rejects.toMatchObject({
        kind: 'invalid',
        issues: [{ field: 'name', rule }],
      });
    const name = `${'a'.repeat(250)}.yaml`;
    expect((await createSpecification(ctx, version, { name, bytes })).name).toBe(name);
  });

  it('with names and texts that databases do not take are stored all the same', async () => {
    const { ctx } = examining(await open());
    const version = await newVersion(ctx);
    const long = 'x'.repeat(5_000);
    const bytes = Buffer.from(
      JSON.stringify({
        openapi: '3.0.3',
        info: { title: 'A\0B', version: '1\ud800' },
        paths: {
          '/a': { get: { tags: [long, 'n\0'], summary: 'nul \0', responses: { 200: { description: 'ok' } } } },
        },
        components: { schemas: { [`S${long}`]: { type: 'string' } } },
      }),
    );
    const { contentHash } = await createSpecification(ctx, version, { name: 'a.json', bytes });
    expect(await readSpecificationBytes(ctx, contentHash)).toEqual(bytes);
    expect((await findSpecificationContent(ctx, contentHash))?.title).toBe('A\ufffdB');
    expect((await listOperations(ctx, contentHash, { group: long, page: PAGE })).total).toBe(1);
    expect((await listOperations(ctx, contentHash, { group: 'n\0', page: PAGE })).total).toBe(1);
    expect(await renderSpecification(ctx, contentHash)).toBe(true);
    expect(await findFragment(ctx, contentHash, 'schema', `S${long}`)).toBeTypeOf('string');
    expect(await findFragment(ctx, contentHash, 'operation', '\0')).toBeUndefined();
    expect(await findOperation(ctx, { contentHash, groups: [] }, '\0')).toBeUndefined();
    expect(await findOperationAddress(ctx, contentHash, '\0')).toBeUndefined();
    expect(await searchOperations(ctx, contentHash, 'x\0', 10)).toEqual([]);
  });

  it('go with their version and their product', async () => {
    const { ctx } = examining(await open());
    const first = await newVersion(ctx);
    await createSpecification(ctx, first, { name: 'a.yaml', bytes: description('A') });
    await deleteVersion(ctx, first);
    expect(await storedContents(ctx)).toEqual([]);
    const second = await newVersion(ctx);
    const kept = await newVersion(ctx);
    await createSpecification(ctx, second, { name: 'a.yaml', bytes: description('A') });
    const { contentHash } = await createSpecification(ctx, kept, { name: 'b.yaml', bytes: description('B') });
    await deleteProduct(ctx, second.productId);
    expect(await storedContents(ctx)).toEqual([contentHash]);
  });

  it('exist in their own version only', async () => {
    const { ctx } = examining(await open());
    const [version, other] = [await newVersion(ctx), await newVersion(ctx)];
    const { id } = await createSpecification(ctx, version, { name: 'a.yaml', bytes: description('A') });
    for (const address of [
      { ...other, specificationId: id },
      { ...version, productId: other.productId, specificationId: id },
      { ...version, specificationId: newId<SpecificationId>(new Date()) },
    ]) {
      await expect(getSpecification(ctx, address)).rejects.toMatchObject({ kind: 'not-found' });
      await expect(updateSpecification(ctx, address, { name: 'b.yaml' })).rejects.toMatchObject({ kind: 'not-found' });
      await expect(deleteSpecification(ctx, address)).rejects.toMatchObject({ kind: 'not-found' });
    }
    const crossed = { productId: other.productId, versionId: version.versionId };
    await expect(listSpecifications(ctx, crossed)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(createSpecification(ctx, crossed, { name: 'a.yaml', bytes: description('B') })).rejects.toMatchObject({
      kind: 'not-found',
    });
  });
});

const asJson = (title: string): string => JSON.stringify({ openapi: '3.0.0', info: { title, version: '1' }, paths: {} });
