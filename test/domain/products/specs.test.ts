import { afterAll, describe, expect, it } from 'vitest';
import {
  createProduct,
  createSpecification,
  createVersion,
  findOperationAddress,
  listGroupOperations,
  searchOperations,
} from '../../../src/domain/products/index.ts';
import { batches } from '../../../src/domain/products/specs/batches.ts';
import { testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';
import { patientPool } from '../../support/pool.ts';

const pool = patientPool();
afterAll(() => pool.close());

const SPECIFICATION = Buffer.from(`openapi: 3.1.0
info: { title: Tides, version: "1" }
tags: [{ name: water }, { name: Moon }]
paths:
  /tides/{port}:
    get: { operationId: readTide, summary: The tide of a port, tags: [water], responses: { "200": { description: ok } } }
    put: { operationId: writeTide, tags: [water, Moon], deprecated: true, responses: { "200": { description: ok } } }
  /moons:
    get: { summary: 100% of moons, tags: [Moon], responses: { "200": { description: ok } } }
`);

onEachDatabase('the operations of a specification', (open) => {
  const start = async () => {
    const base = testContext(await open());
    const ctx = { ...base, ports: { ...base.ports, examineSpecification: pool.examine } };
    const product = await createProduct(ctx, { name: 'Sea' });
    const version = await createVersion(ctx, product.id, { name: 'v1' });
    const address = { productId: product.id, versionId: version.id };
    const { contentHash } = await createSpecification(ctx, address, { name: 'tides.yaml', bytes: SPECIFICATION });
    const find = async (text: string, limit = 10) =>
      (await searchOperations(ctx, contentHash, text, limit)).map(({ method, path }) => `${method} ${path}`);
    return { ctx, contentHash, find };
  };

  it('are found by every word, in method, path, id and summary', async () => {
    const { find } = await start();
    expect(await find('TIDE')).toEqual(['get /tides/{port}', 'put /tides/{port}']);
    expect(await find('tide', 1)).toEqual(['get /tides/{port}']);
    expect(await find('put  port')).toEqual(['put /tides/{port}']);
    expect(await find('tide moons')).toEqual([]);
    expect(await find('writetide')).toEqual(['put /tides/{port}']);
  });

  it('are found by what would be a pattern as by any other text', async () => {
    const { find } = await start();
    expect(await find('100%')).toEqual(['get /moons']);
    expect(await find('m%s')).toEqual([]);
    expect(await find('_oons')).toEqual([]);
  });

  it('stand in their groups in the order of the document', async () => {
    const { ctx, contentHash } = await start();
    const groups = await listGroupOperations(ctx, contentHash, ['Moon', 'water', 'none']);
    const shown = [...groups].map(([name, operations]) => [name, operations.map(({ method, path }) => `${method} ${path}`)]);
    expect(shown).toEqual([
      ['Moon', ['put /tides/{port}', 'get /moons']],
      ['water', ['get /tides/{port}', 'put /tides/{port}']],
      ['none', []],
    ]);
    expect(groups.get('Moon')?.[0]?.deprecated).toBe(true);
    expect(await listGroupOperations(ctx, contentHash, [])).toEqual(new Map());
  });

  it('have addresses, by which as by their ids they are found', async () => {
    const { ctx, contentHash } = await start();
    expect(await findOperationAddress(ctx, contentHash, 'readTide')).toBe('readTide');
    const [moons] = await searchOperations(ctx, contentHash, 'moons', 1);
    expect(await findOperationAddress(ctx, contentHash, moons?.address ?? '')).toBe(moons?.address);
    expect(await findOperationAddress(ctx, contentHash, 'readtide')).toBeUndefined();
    expect(await findOperationAddress(ctx, 'another', 'readTide')).toBeUndefined();
  });
});

describe('rows in batches', () => {
  const sizes = (rows: readonly number[], weigh?: (row: number) => number): number[] =>
    [...batches(rows, weigh)].map(({ length }) => length);

  it('are a hundred at most', () => {
    expect(sizes(Array.from({ length: 250 }, (_, n) => n))).toEqual([100, 100, 50]);
    expect(sizes([])).toEqual([]);
  });

  it('weigh a quarter of a megabyte at most, unless a single one weighs more', () => {
    const kilobytes = [200, 56, 1, 500, 1, 1];
    expect(sizes(kilobytes, (size) => size * 1024)).toEqual([2, 1, 1, 2]);
  });
});
