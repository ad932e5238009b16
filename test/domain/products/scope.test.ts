import { describe, expect, it } from 'vitest';
import type { Grant } from '../../../src/domain/access/index.ts';
import { inTransaction } from '../../../src/domain/context.ts';
import { newId, type ProductId, type VersionId } from '../../../src/domain/ids.ts';
import { createProduct, createVersion } from '../../../src/domain/products/index.ts';
import { demandProduct, lockProduct, requireProduct, requireVersion } from '../../../src/domain/products/scope/index.ts';
import { START, testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';
import { administrator } from '../../support/registrations.ts';

const NOT_FOUND = { kind: 'not-found' };

describe('who may do what with a product', () => {
  const [one, other] = [newId<ProductId>(START), newId<ProductId>(START)];
  const viewer: Grant = { entityType: 'product', role: 'Viewer', entityId: one };
  const ctx = { actor: administrator([viewer]) } as Parameters<typeof demandProduct>[0];

  it('is nobody who may not see it: it is not found', () => {
    for (const verb of ['read', 'edit', 'delete'] as const)
      expect(() => demandProduct(ctx, verb, other)).toThrow(expect.objectContaining(NOT_FOUND));
  });

  it('is forbidden to who may only see it', () => {
    expect(() => demandProduct(ctx, 'read', one)).not.toThrow();
    for (const verb of ['edit', 'delete'] as const)
      expect(() => demandProduct(ctx, verb, one)).toThrow(expect.objectContaining({ kind: 'forbidden' }));
  });
});

onEachDatabase('parts of products', (open) => {
  it('are there in their own product only', async () => {
    const ctx = testContext(await open());
    const [mine, other] = [await createProduct(ctx, { name: 'Mine' }), await createProduct(ctx, { name: 'Other' })];
    const version = await createVersion(ctx, mine.id, { name: 'v1' });
    const nowhere = newId<ProductId>(START);
    await requireProduct(ctx, mine.id);
    await requireVersion(ctx, { productId: mine.id, versionId: version.id });
    await inTransaction(ctx, (ctx) => lockProduct(ctx, mine.id));
    await expect(requireProduct(ctx, nowhere)).rejects.toMatchObject(NOT_FOUND);
    await expect(inTransaction(ctx, (ctx) => lockProduct(ctx, nowhere))).rejects.toMatchObject(NOT_FOUND);
    await expect(requireVersion(ctx, { productId: other.id, versionId: version.id })).rejects.toMatchObject(NOT_FOUND);
    await expect(requireVersion(ctx, { productId: mine.id, versionId: newId<VersionId>(START) })).rejects.toMatchObject(
      NOT_FOUND,
    );
  });
});
