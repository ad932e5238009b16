import { expect, it } from 'vitest';
import { VISITOR } from '../../../src/domain/access/index.ts';
import { newId, type ProductId } from '../../../src/domain/ids.ts';
import {
  createProduct,
  createVersion,
  deleteProduct,
  findProductByIdOrSlug,
  getProduct,
  listProducts,
  updateProduct,
} from '../../../src/domain/products/index.ts';
import { testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

const ALL = { filters: [], sort: [], page: { number: 1, size: 100 } };

onEachDatabase('products', (open) => {
  it('are created with what was given and defaults for the rest', async () => {
    const ctx = testContext(await open());
    const product = await createProduct(ctx, { name: 'Rail Timetables', publicLabels: { area: 'Travel' } });
    expect(product).toMatchObject({
      slug: 'rail-timetables',
      description: null,
      labels: {},
      publicLabels: { area: 'Travel' },
      versionCount: 0,
    });
    expect(await getProduct(ctx, product.id)).toEqual(product);
  });

  it('may share a name, never a slug', async () => {
    const ctx = testContext(await open());
    const slugs = [];
    for (let n = 0; n < 3; n++) slugs.push((await createProduct(ctx, { name: 'Fares' })).slug);
    expect(slugs).toEqual(['fares', 'fares-2', 'fares-3']);
  });

  it('are found by id, or by slug in any case, and their slug outlives a new name', async () => {
    const ctx = testContext(await open());
    const product = await createProduct(ctx, { name: 'Fares' });
    await updateProduct(ctx, product.id, { name: 'Prices' });
    expect((await findProductByIdOrSlug(ctx, product.id.toUpperCase()))?.name).toBe('Prices');
    expect((await findProductByIdOrSlug(ctx, 'FARES'))?.id).toBe(product.id);
    expect(await findProductByIdOrSlug(ctx, 'prices')).toBeUndefined();
    expect(await findProductByIdOrSlug(ctx, 'fares\0')).toBeUndefined();
  });

  it('are found by a slug that looks like an id', async () => {
    const ctx = testContext(await open());
    const name = newId<ProductId>(new Date());
    const product = await createProduct(ctx, { name });
    expect((await findProductByIdOrSlug(ctx, name))?.id).toBe(product.id);
  });

  it('merge labels; null removes one or all', async () => {
    const ctx = testContext(await open());
    const { id } = await createProduct(ctx, { name: 'A', labels: { a: '1', b: '2' }, publicLabels: { c: '3' } });
    const changed = await updateProduct(ctx, id, { labels: { a: null, d: '4' }, publicLabels: null });
    expect(changed).toMatchObject({ labels: { b: '2', d: '4' }, publicLabels: {} });
    expect(await getProduct(ctx, id)).toEqual(changed);
  });

  it('hold at most 50 labels, merged ones included', async () => {
    const ctx = testContext(await open());
    const labels = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`label${n}`, 'x']));
    const { id } = await createProduct(ctx, { name: 'A', labels });
    await expect(updateProduct(ctx, id, { labels: { more: 'x' } })).rejects.toMatchObject({
      kind: 'invalid',
      issues: [{ field: 'labels', rule: 'max_items', maximum: 50 }],
    });
  });

  it('are not written when nothing changes', async () => {
    const ctx = testContext(await open());
    const product = await createProduct(ctx, { name: 'A', description: 'b' });
    expect(await updateProduct(ctx, product.id, { name: 'A', description: 'b', labels: {} })).toEqual(product);
    expect(await ctx.db.selectFrom('audit_events').select('action').execute()).toEqual([{ action: 'product.created' }]);
  });

  it('leave a trace of every change, with before and after', async () => {
    const ctx = testContext(await open());
    const { id } = await createProduct(ctx, { name: 'A' });
    await updateProduct(ctx, id, { name: 'B' });
    await deleteProduct(ctx, id);
    const events = await ctx.db.selectFrom('audit_events').selectAll().orderBy('id').execute();
    expect(events.map(({ action, subject_id }) => [action, subject_id])).toEqual([
      ['product.created', id],
      ['product.updated', id],
      ['product.deleted', id],
    ]);
    expect(JSON.parse(events[1]?.details ?? '')).toEqual({ changed: { name: { before: 'A', after: 'B' } } });
  });

  it('are counted, filtered, sorted and paged', async () => {
    const ctx = testContext(await open());
    for (const name of ['Ålesund', 'bergen', 'Oslo', 'Trondheim', '100%']) await createProduct(ctx, { name });
    const names = async (query: Partial<Parameters<typeof listProducts>[1]>) => {
      const listed = await listProducts(ctx, { ...ALL, ...query });
      return [listed.total, ...listed.items.map(({ name }) => name)];
    };
    expect(await names({})).toEqual([5, 'Ålesund', 'bergen', 'Oslo', 'Trondheim', '100%']);
    expect(await names({ sort: [{ field: 'name', direction: 'desc' }], page: { number: 1, size: 2 } })).toEqual([
      5,
      'Ålesund',
      'Trondheim',
    ]);
    expect(await names({ page: { number: 3, size: 2 } })).toEqual([5, '100%']);
    expect(await names({ page: { number: 9, size: 2 } })).toEqual([5]);
    expect(await names({ filters: [{ field: 'name', op: 'eq', value: 'ÅLESUND' }] })).toEqual([1, 'Ålesund']);
    expect(await names({ filters: [{ field: 'name', op: 'contains', value: '%' }] })).toEqual([1, '100%']);
    expect(await names({ filters: [{ field: 'name', op: 'ocontains', values: ['ERG', 'osl'] }] })).toEqual([2, 'bergen', 'Oslo']);
    expect(await names({ filters: [{ field: 'name', op: 'oeq', values: ['oslo', 'none'] }] })).toEqual([1, 'Oslo']);
  });

  it('are found by labels: keys with case, values without, all conditions at once', async () => {
    const ctx = testContext(await open());
    await createProduct(ctx, { name: 'one', labels: { env: 'Test', team: 'a' }, publicLabels: { area: 'x' } });
    await createProduct(ctx, { name: 'two', labels: { env: 'live' } });
    const names = async (query: Partial<Parameters<typeof listProducts>[1]>) =>
      (await listProducts(ctx, { ...ALL, ...query })).items.map(({ name }) => name);
    expect(await names({ labels: [{ key: 'env', value: undefined }] })).toEqual(['one', 'two']);
    expect(await names({ labels: [{ key: 'env', value: 'tEST' }] })).toEqual(['one']);
    expect(await names({ labels: [{ key: 'ENV', value: 'test' }] })).toEqual([]);
    expect(
      await names({
        labels: [
          { key: 'env', value: 'test' },
          { key: 'team', value: 'b' },
        ],
      }),
    ).toEqual([]);
    expect(await names({ publicLabels: [{ key: 'area', value: 'x' }] })).toEqual(['one']);
    expect(await names({ publicLabels: [{ key: 'env', value: undefined }] })).toEqual([]);
  });

  it('know how many versions they have', async () => {
    const ctx = testContext(await open());
    const { id } = await createProduct(ctx, { name: 'A' });
    await createVersion(ctx, id, { name: 'v1' });
    await createVersion(ctx, id, { name: 'v2' });
    expect((await getProduct(ctx, id)).versionCount).toBe(2);
    expect((await listProducts(ctx, ALL)).items[0]?.versionCount).toBe(2);
  });

  it('are gone once deleted', async () => {
    const ctx = testContext(await open());
    const { id } = await createProduct(ctx, { name: 'A', labels: { a: 'b' } });
    await createVersion(ctx, id, { name: 'v1' });
    await deleteProduct(ctx, id);
    for (const table of ['products', 'product_labels', 'product_versions'] as const)
      expect(await ctx.db.selectFrom(table).selectAll().execute()).toEqual([]);
    await expect(getProduct(ctx, id)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(updateProduct(ctx, id, {})).rejects.toMatchObject({ kind: 'not-found' });
    await expect(deleteProduct(ctx, id)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('are no business of visitors', async () => {
    const ctx = testContext(await open());
    const { id } = await createProduct(ctx, { name: 'A' });
    const visitor = { ...ctx, actor: VISITOR };
    await expect(createProduct(visitor, { name: 'B' })).rejects.toMatchObject({ kind: 'forbidden' });
    for (const act of [() => updateProduct(visitor, id, {}), () => deleteProduct(visitor, id), () => getProduct(visitor, id)])
      await expect(act()).rejects.toMatchObject({ kind: 'not-found' });
    expect(await listProducts(visitor, ALL)).toMatchObject({ items: [], total: 0 });
  });

  it('take names from 1 to 100 characters', async () => {
    const ctx = testContext(await open());
    await expect(createProduct(ctx, { name: '' })).rejects.toMatchObject({ issues: [{ field: 'name', rule: 'min_length' }] });
    await expect(createProduct(ctx, { name: 'a'.repeat(101) })).rejects.toMatchObject({
      issues: [{ field: 'name', rule: 'max_length', maximum: 100 }],
    });
    expect((await createProduct(ctx, { name: '🚆'.repeat(100) })).slug).toBe('product');
  });
});
