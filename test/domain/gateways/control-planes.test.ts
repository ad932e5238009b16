import { expect, it } from 'vitest';
import { VISITOR } from '../../../src/domain/access/index.ts';
import {
  createControlPlane,
  deleteControlPlane,
  getControlPlane,
  listControlPlanes,
  updateControlPlane,
} from '../../../src/domain/gateways/index.ts';
import type { ControlPlaneId } from '../../../src/domain/ids.ts';
import { testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

const ALL = { filters: [], sort: [], page: { number: 1, size: 10 } } as const;
const NOBODY = '00000000-0000-4000-8000-000000000000' as ControlPlaneId;

onEachDatabase('control planes', (open) => {
  it('are created with defaults, read, and deleted', async () => {
    const ctx = testContext(await open());
    const created = await createControlPlane(ctx, { name: 'Edge', labels: { env: 'prod' } });
    expect(created).toMatchObject({
      name: 'Edge',
      description: null,
      kind: 'forward-auth',
      clusterType: 'CLUSTER_TYPE_CONTROL_PLANE',
      authType: 'pinned_client_certs',
      cloudGateway: false,
      proxyUrls: [],
      labels: { env: 'prod' },
    });
    expect(await getControlPlane(ctx, created.id)).toEqual(created);
    await deleteControlPlane(ctx, created.id);
    await expect(getControlPlane(ctx, created.id)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(deleteControlPlane(ctx, created.id)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('have names that differ by more than case', async () => {
    const ctx = testContext(await open());
    const edge = await createControlPlane(ctx, { name: 'Edge' });
    const other = await createControlPlane(ctx, { name: 'Other' });
    await expect(createControlPlane(ctx, { name: 'eDGE' })).rejects.toMatchObject({ kind: 'conflict' });
    await expect(updateControlPlane(ctx, other.id, { name: 'EDGE' })).rejects.toMatchObject({ kind: 'conflict' });
    expect(await updateControlPlane(ctx, edge.id, { name: 'EDGE' })).toMatchObject({ name: 'EDGE' });
  });

  it('change what is given, merge labels, and record both states', async () => {
    const ctx = testContext(await open());
    const { id } = await createControlPlane(ctx, { name: 'Edge', description: 'old', labels: { a: '1', b: '2' } });
    const proxyUrls = [{ host: 'example.com', port: 443, protocol: 'https' }];
    const changed = await updateControlPlane(ctx, id, { description: null, proxyUrls, labels: { a: null, c: '3' } });
    expect(changed).toMatchObject({ name: 'Edge', description: null, proxyUrls, labels: { b: '2', c: '3' } });
    expect(await getControlPlane(ctx, id)).toEqual(changed);
    await expect(updateControlPlane(ctx, NOBODY, { name: 'x' })).rejects.toMatchObject({ kind: 'not-found' });

    const events = await ctx.db.selectFrom('audit_events').select(['action', 'details']).orderBy('id').execute();
    expect(events.map(({ action }) => action)).toEqual(['control-plane.created', 'control-plane.updated']);
    expect(JSON.parse(events[1]?.details ?? '')).toMatchObject({ changed: { description: { before: 'old', after: null } } });
  });

  it('never carry more than 50 labels, merged ones included', async () => {
    const ctx = testContext(await open());
    const labels = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, 'v']));
    const { id } = await createControlPlane(ctx, { name: 'Edge', labels });
    await expect(updateControlPlane(ctx, id, { labels: { more: 'v' } })).rejects.toMatchObject({
      kind: 'invalid',
      issues: [{ field: 'labels', rule: 'max_items', maximum: 50 }],
    });
  });

  it('are listed by filters, labels, order and page', async () => {
    const ctx = testContext(await open());
    const one = await createControlPlane(ctx, { name: 'One', labels: { env: 'Prod', team: 'a' }, cloudGateway: true });
    const two = await createControlPlane(ctx, { name: 'Two', labels: { env: 'test' } });
    const three = await createControlPlane(ctx, { name: 'Three', clusterType: 'CLUSTER_TYPE_SERVERLESS' });
    const names = async (...args: Parameters<typeof listControlPlanes> extends [unknown, ...infer Rest] ? Rest : never) =>
      (await listControlPlanes(ctx, ...args)).items.map(({ name }) => name);

    expect(await names({ ...ALL, sort: [{ field: 'created_at', direction: 'desc' }] })).toEqual(['Three', 'Two', 'One']);
    expect(await names({ ...ALL, filters: [{ field: 'id', op: 'oeq', values: [one.id, three.id] }] })).toEqual(['One', 'Three']);
    expect(await names({ ...ALL, filters: [{ field: 'name', op: 'contains', value: 'T' }] })).toEqual(['Two', 'Three']);
    expect(await names({ ...ALL, filters: [{ field: 'name', op: 'neq', value: 'two' }] })).toEqual(['One', 'Three']);
    expect(await names({ ...ALL, filters: [{ field: 'cloud_gateway', op: 'is', value: true }] })).toEqual(['One']);
    expect(await names({ ...ALL, filters: [{ field: 'cluster_type', op: 'eq', value: 'CLUSTER_TYPE_SERVERLESS' }] })).toEqual([
      'Three',
    ]);
    expect(await names(ALL, [{ key: 'env', value: 'prod' }])).toEqual(['One']);
    expect(await names(ALL, [{ key: 'env', value: undefined }])).toEqual(['One', 'Two']);
    expect(
      await names(ALL, [
        { key: 'env', value: undefined },
        { key: 'team', value: 'a' },
      ]),
    ).toEqual(['One']);
    expect(await listControlPlanes(ctx, { ...ALL, page: { number: 2, size: 2 } })).toMatchObject({ items: [three], total: 3 });
    expect(two.labels).toEqual({ env: 'test' });
  });

  it('are not for visitors', async () => {
    const ctx = testContext(await open(), { actor: VISITOR });
    await expect(createControlPlane(ctx, { name: 'Edge' })).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(getControlPlane(ctx, NOBODY)).rejects.toMatchObject({ kind: 'not-found' });
    expect(await listControlPlanes(ctx, ALL)).toMatchObject({ items: [], total: 0 });
  });
});
