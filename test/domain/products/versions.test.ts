import { expect, it } from 'vitest';
import type { Context } from '../../../src/domain/context.ts';
import { createControlPlane, createGatewayService, deleteGatewayService } from '../../../src/domain/gateways/index.ts';
import { type ControlPlaneId, type GatewayServiceId, newId, type ProductId, type VersionId } from '../../../src/domain/ids.ts';
import {
  createProduct,
  createVersion,
  deleteVersion,
  getVersion,
  type LinkedService,
  listVersions,
  updateVersion,
} from '../../../src/domain/products/index.ts';
import { testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

const ALL = { filters: [], sort: [], page: { number: 1, size: 100 } };

const linkedService = async (ctx: Context, name: string): Promise<LinkedService> => {
  const { id: controlPlaneId } = await createControlPlane(ctx, { name: `plane of ${name}` });
  const { id } = await createGatewayService(ctx, controlPlaneId, { name, host: 'backend.example' });
  return { id, controlPlaneId };
};

onEachDatabase('versions of a product', (open) => {
  it('are created unlinked, with a slug of their own', async () => {
    const ctx = testContext(await open());
    const { id: productId } = await createProduct(ctx, { name: 'A' });
    const version = await createVersion(ctx, productId, { name: 'version#1', labels: { a: 'b' } });
    expect(version).toMatchObject({ productId, slug: 'version-1', labels: { a: 'b' }, gatewayService: null });
    expect(await getVersion(ctx, { productId, versionId: version.id })).toEqual(version);
    expect((await createVersion(ctx, productId, { name: 'Version 1' })).slug).toBe('version-1-2');
  });

  it('have names that are unique in the product, in any case', async () => {
    const ctx = testContext(await open());
    const { id: productId } = await createProduct(ctx, { name: 'A' });
    const { id: other } = await createProduct(ctx, { name: 'B' });
    const { id: versionId } = await createVersion(ctx, productId, { name: 'Beta' });
    const second = await createVersion(ctx, productId, { name: 'Gamma' });
    await expect(createVersion(ctx, productId, { name: 'BETA' })).rejects.toMatchObject({ kind: 'conflict' });
    await expect(updateVersion(ctx, { productId, versionId: second.id }, { name: 'bETA' })).rejects.toMatchObject({
      kind: 'conflict',
    });
    expect((await updateVersion(ctx, { productId, versionId }, { name: 'BETA' })).name).toBe('BETA');
    expect((await createVersion(ctx, other, { name: 'beta' })).name).toBe('beta');
  });

  it('created at the same moment under one name: one is made, the other refused', async () => {
    const ctx = testContext(await open());
    const { id: productId } = await createProduct(ctx, { name: 'A' });
    const results = await Promise.allSettled(['v1', 'V1'].map((name) => createVersion(ctx, productId, { name })));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { kind: 'conflict' } });
  });

  it('are linked to a gateway service that exists, and to which no other version is linked', async () => {
    const ctx = testContext(await open());
    const { id: productId } = await createProduct(ctx, { name: 'A' });
    const service = await linkedService(ctx, 'one');
    const elsewhere = await linkedService(ctx, 'two');
    const version = await createVersion(ctx, productId, { name: 'v1', gatewayService: service });
    const address = { productId, versionId: version.id };
    expect(await getVersion(ctx, address)).toMatchObject({ gatewayService: service });
    expect((await updateVersion(ctx, address, { gatewayService: service })).updatedAt).toBe(version.updatedAt);

    await expect(createVersion(ctx, productId, { name: 'v2', gatewayService: service })).rejects.toMatchObject({
      kind: 'conflict',
    });
    for (const unknown of [
      { id: newId<GatewayServiceId>(new Date()), controlPlaneId: service.controlPlaneId },
      { id: service.id, controlPlaneId: elsewhere.controlPlaneId },
      { id: service.id, controlPlaneId: newId<ControlPlaneId>(new Date()) },
    ])
      await expect(createVersion(ctx, productId, { name: 'v3', gatewayService: unknown })).rejects.toMatchObject({
        kind: 'invalid',
        issues: [{ field: 'gateway_service.id', rule: 'missing_reference' }],
      });

    expect((await updateVersion(ctx, address, { gatewayService: elsewhere })).gatewayService).toEqual(elsewhere);
    expect((await updateVersion(ctx, address, { gatewayService: null })).gatewayService).toBeNull();
    expect((await createVersion(ctx, productId, { name: 'v2', gatewayService: service })).gatewayService).toEqual(service);
  });

  it('lose the link when the service is deleted', async () => {
    const ctx = testContext(await open());
    const { id: productId } = await createProduct(ctx, { name: 'A' });
    const gatewayService = await linkedService(ctx, 'one');
    const { id: versionId } = await createVersion(ctx, productId, { name: 'v1', gatewayService });
    await deleteGatewayService(ctx, { controlPlaneId: gatewayService.controlPlaneId, service: gatewayService.id });
    expect((await getVersion(ctx, { productId, versionId })).gatewayService).toBeNull();
  });

  it('are filtered by name, gateway service and publication, sorted and paged', async () => {
    const ctx = testContext(await open());
    const { id: productId } = await createProduct(ctx, { name: 'A' });
    const gatewayService = await linkedService(ctx, 'one');
    await createVersion(ctx, productId, { name: 'b', gatewayService });
    await createVersion(ctx, productId, { name: 'C' });
    await createVersion(ctx, productId, { name: 'a' });
    const names = async (query: Partial<Parameters<typeof listVersions>[2]>) => {
      const listed = await listVersions(ctx, productId, { ...ALL, ...query });
      return [listed.total, ...listed.items.map(({ name }) => name)];
    };
    expect(await names({})).toEqual([3, 'b', 'C', 'a']);
    expect(await names({ sort: [{ field: 'name', direction: 'asc' }], page: { number: 2, size: 2 } })).toEqual([3, 'C']);
    expect(await names({ filters: [{ field: 'name', op: 'eq', value: 'c' }] })).toEqual([1, 'C']);
    const service = gatewayService.id;
    expect(await names({ filters: [{ field: 'gateway_service_id', op: 'eq', value: service }] })).toEqual([1, 'b']);
    expect(await names({ filters: [{ field: 'gateway_service_id', op: 'neq', value: service }] })).toEqual([2, 'C', 'a']);
    expect(await names({ filters: [{ field: 'publish_status', op: 'eq', value: 'published' }] })).toEqual([0]);
    expect(await names({ filters: [{ field: 'publish_status', op: 'contains', value: 'unpub' }] })).toEqual([3, 'b', 'C', 'a']);
  });

  it('exist in their own product only', async () => {
    const ctx = testContext(await open());
    const { id: productId } = await createProduct(ctx, { name: 'A' });
    const { id: other } = await createProduct(ctx, { name: 'B' });
    const { id: versionId } = await createVersion(ctx, productId, { name: 'v1' });
    for (const address of [
      { productId: other, versionId },
      { productId, versionId: newId<VersionId>(new Date()) },
      { productId: newId<ProductId>(new Date()), versionId },
    ]) {
      await expect(getVersion(ctx, address)).rejects.toMatchObject({ kind: 'not-found' });
      await expect(updateVersion(ctx, address, { name: 'x' })).rejects.toMatchObject({ kind: 'not-found' });
      await expect(deleteVersion(ctx, address)).rejects.toMatchObject({ kind: 'not-found' });
    }
    await expect(listVersions(ctx, newId<ProductId>(new Date()), ALL)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(createVersion(ctx, newId<ProductId>(new Date()), { name: 'v1' })).rejects.toMatchObject({ kind: 'not-found' });
    await deleteVersion(ctx, { productId, versionId });
    await expect(getVersion(ctx, { productId, versionId })).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('have names from 1 to 255 characters', async () => {
    const ctx = testContext(await open());
    const { id } = await createProduct(ctx, { name: 'A' });
    await expect(createVersion(ctx, id, { name: '' })).rejects.toMatchObject({ issues: [{ field: 'name', rule: 'min_length' }] });
    await expect(createVersion(ctx, id, { name: 'a'.repeat(256) })).rejects.toMatchObject({
      issues: [{ field: 'name', rule: 'max_length', maximum: 255 }],
    });
    expect((await createVersion(ctx, id, { name: '漢'.repeat(255) })).slug).toBe('version');
  });
});
