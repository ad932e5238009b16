import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../../src/domain/context.ts';
import {
  createControlPlane,
  createGatewayRoute,
  createGatewayService,
  deleteControlPlane,
  deleteGatewayRoute,
  deleteGatewayService,
  type EntityQuery,
  findGatewayService,
  getGatewayRoute,
  getGatewayService,
  listGatewayRoutes,
  listGatewayServices,
  putGatewayRoute,
  putGatewayService,
  type SentService,
  updateGatewayRoute,
  updateGatewayService,
} from '../../../src/domain/gateways/index.ts';
import type { ControlPlaneId } from '../../../src/domain/ids.ts';
import { testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

const FIRST: EntityQuery = { size: 100, after: undefined, tags: undefined };
const FREE = '3f51fa25-310a-421d-bd1a-007f859021a3';

const planeIn = async (ctx: Context, name = 'Edge'): Promise<ControlPlaneId> => (await createControlPlane(ctx, { name })).id;

onEachDatabase('gateway services', (open) => {
  it('are completed with the defaults of the gateway', async () => {
    const ctx = testContext(await open());
    const plane = await planeIn(ctx);
    const service = await createGatewayService(ctx, plane, { name: 'orders', host: 'orders.internal' });
    expect(service.fields).toMatchObject({
      port: 80,
      protocol: 'http',
      retries: 5,
      connect_timeout: 60_000,
      enabled: true,
      tags: null,
    });
    expect(await getGatewayService(ctx, { controlPlaneId: plane, service: service.id })).toEqual(service);
    expect(await getGatewayService(ctx, { controlPlaneId: plane, service: 'orders' })).toEqual(service);
    expect(await findGatewayService(ctx, { controlPlaneId: plane, serviceId: service.id })).toEqual(service);
  });

  it('belong to one control plane', async () => {
    const ctx = testContext(await open());
    const [plane, other] = [await planeIn(ctx), await planeIn(ctx, 'Other')];
    const service = await createGatewayService(ctx, plane, { name: 'orders', host: 'a' });
    await createGatewayService(ctx, other, { name: 'orders', host: 'a' });
    await expect(createGatewayService(ctx, plane, { name: 'orders', host: 'b' })).rejects.toMatchObject({ kind: 'conflict' });
    await expect(putGatewayService(ctx, { controlPlaneId: other, service: service.id }, { host: 'b' })).rejects.toMatchObject({
      kind: 'conflict',
    });
    expect(await findGatewayService(ctx, { controlPlaneId: other, serviceId: service.id })).toBeUndefined();
    await expect(getGatewayService(ctx, { controlPlaneId: other, service: service.id })).rejects.toMatchObject({
      kind: 'not-found',
    });
    await deleteControlPlane(ctx, plane);
    expect(await findGatewayService(ctx, { controlPlaneId: plane, serviceId: service.id })).toBeUndefined();
  });

  it('may be nameless, any number of them', async () => {
    const ctx = testContext(await open());
    const plane = await planeIn(ctx);
    await createGatewayService(ctx, plane, { host: 'a' });
    await createGatewayService(ctx, plane, { host: 'b' });
    expect((await listGatewayServices(ctx, plane, FIRST)).items).toHaveLength(2);
  });

  it('change what is sent; null goes back to the default', async () => {
    const ctx = testContext(await open());
    const plane = await planeIn(ctx);
    const { id } = await createGatewayService(ctx, plane, { name: 's', host: 'a', retries: 9, path: '/v1', tags: ['x'] });
    const ref = { controlPlaneId: plane, service: id };
    const changed = await updateGatewayService(ctx, ref, { host: 'b', retries: null, tags: null });
    expect(changed.fields).toMatchObject({ name: 's', host: 'b', retries: 5, path: '/v1', tags: null });
    await expect(updateGatewayService(ctx, ref, { host: null })).rejects.toMatchObject({
      issues: [{ field: 'host', rule: 'required' }],
    });
    await deleteGatewayService(ctx, ref);
    await expect(deleteGatewayService(ctx, ref)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('are put under an id or a name, created or replaced', async () => {
    const ctx = testContext(await open());
    const plane = await planeIn(ctx);
    const made = await putGatewayService(ctx, { controlPlaneId: plane, service: FREE }, { host: 'a', retries: 2 });
    expect(made).toMatchObject({ id: FREE, fields: { host: 'a', retries: 2 } });
    const replaced = await putGatewayService(ctx, { controlPlaneId: plane, service: FREE.toUpperCase() }, { host: 'b' });
    expect(replaced).toMatchObject({ id: FREE, createdAt: made.createdAt, fields: { host: 'b', retries: 5 } });
    const named = await putGatewayService(ctx, { controlPlaneId: plane, service: 'orders' }, { host: 'c' });
    expect(named.fields.name).toBe('orders');
    expect((await putGatewayService(ctx, { controlPlaneId: plane, service: 'orders' }, { host: 'd' })).id).toBe(named.id);
  });

  it('are listed page by page and by tags', async () => {
    const ctx = testContext(await open());
    const plane = await planeIn(ctx);
    for (const [name, tags] of [
      ['a', ['x']],
      ['b', ['x', 'y']],
      ['c', null],
    ] as const)
      await createGatewayService(ctx, plane, { name, host: 'h', tags });
    const names = ({ items }: { items: readonly { fields: { name: string | null } }[] }) =>
      items.map(({ fields }) => fields.name);
    const first = await listGatewayServices(ctx, plane, { ...FIRST, size: 2 });
    expect(names(first)).toEqual(['a', 'b']);
    const second = await listGatewayServices(ctx, plane, { ...FIRST, size: 2, after: first.next });
    expect([names(second), second.next]).toEqual([['c'], undefined]);
    const tagged = (all: boolean, ...names: string[]): EntityQuery => ({ ...FIRST, tags: { all, names } });
    expect(names(await listGatewayServices(ctx, plane, tagged(true, 'x', 'y')))).toEqual(['b']);
    expect(names(await listGatewayServices(ctx, plane, tagged(false, 'x', 'y')))).toEqual(['a', 'b']);
    await expect(listGatewayServices(ctx, FREE as ControlPlaneId, FIRST)).rejects.toMatchObject({ kind: 'not-found' });
  });

  describe('can be given by url', () => {
    const cases: [string, Partial<SentService>][] = [
      ['https://api.example.com', { protocol: 'https', host: 'api.example.com', port: 443, path: null }],
      ['http://api.example.com:8080/v1', { protocol: 'http', host: 'api.example.com', port: 8080, path: '/v1' }],
      ['grpcs://[::1]/', { protocol: 'grpcs', host: '[::1]', port: 443, path: null }],
      ['tcp://db.internal:5432', { protocol: 'tcp', host: 'db.internal', port: 5432, path: null }],
    ];
    it.each(cases)('%s', async (url, expected) => {
      const ctx = testContext(await open());
      const service = await createGatewayService(ctx, await planeIn(ctx), { url });
      expect(service.fields).toMatchObject(expected);
      expect(service.fields).not.toHaveProperty('url');
    });
    it.each(['', 'api.example.com', 'ftp://x', 'http://', 'http://a:99999', 'tcp://no-port', 'http://u@h', 'http://h/?q'])(
      'not %j',
      async (url) => {
        const ctx = testContext(await open());
        await expect(createGatewayService(ctx, await planeIn(ctx), { url })).rejects.toMatchObject({ kind: 'invalid' });
      },
    );
  });
});

onEachDatabase('gateway routes', (open) => {
  it('say which requests they are for, and for which service', async () => {
    const ctx = testContext(await open());
    const plane = await planeIn(ctx);
    const service = await createGatewayService(ctx, plane, { host: 'a' });
    const route = await createGatewayRoute(ctx, plane, {
      name: 'r',
      paths: ['/orders'],
      service: { id: service.id.toUpperCase() },
    });
    expect(route.fields).toMatchObject({
      protocols: ['https'],
      paths: ['/orders'],
      strip_path: true,
      service: { id: service.id },
    });
    expect(await getGatewayRoute(ctx, { controlPlaneId: plane, route: 'r' })).toEqual(route);
    await deleteGatewayService(ctx, { controlPlaneId: plane, service: service.id });
    await expect(getGatewayRoute(ctx, { controlPlaneId: plane, route: route.id })).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('refuse a service of another control plane, and to match nothing', async () => {
    const ctx = testContext(await open());
    const [plane, other] = [await planeIn(ctx), await planeIn(ctx, 'Other')];
    const foreign = await createGatewayService(ctx, other, { host: 'a' });
    for (const id of [foreign.id, FREE, 'nonsense'])
      await expect(createGatewayRoute(ctx, plane, { paths: ['/'], service: { id } })).rejects.toMatchObject({
        issues: [{ field: 'service.id', rule: 'missing_reference' }],
      });
    await expect(createGatewayRoute(ctx, plane, { hosts: [], headers: {} })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(createGatewayRoute(ctx, plane, { protocols: ['tcp'], paths: ['/'] })).rejects.toMatchObject({
      issues: [{ field: 'snis', rule: 'required' }],
    });
    await createGatewayRoute(ctx, plane, { protocols: ['tcp'], destinations: [{ ip: '10.0.0.1', port: 5432 }] });
  });

  it('are changed, put, listed and deleted', async () => {
    const ctx = testContext(await open());
    const plane = await planeIn(ctx);
    const ref = { controlPlaneId: plane, route: FREE };
    await putGatewayRoute(ctx, ref, { methods: ['GET'], strip_path: false });
    expect((await putGatewayRoute(ctx, ref, { hosts: ['a.example'] })).fields).toMatchObject({ methods: null, strip_path: true });
    expect((await updateGatewayRoute(ctx, ref, { name: 'r', tags: ['t'] })).fields).toMatchObject({
      hosts: ['a.example'],
      tags: ['t'],
    });
    await expect(createGatewayRoute(ctx, plane, { name: 'r', hosts: ['b'] })).rejects.toMatchObject({ kind: 'conflict' });
    expect((await putGatewayRoute(ctx, { controlPlaneId: plane, route: 'r' }, { paths: ['/'] })).id).toBe(FREE);
    expect((await listGatewayRoutes(ctx, plane, FIRST)).items).toHaveLength(1);
    await deleteGatewayRoute(ctx, ref);
    await expect(deleteGatewayRoute(ctx, ref)).rejects.toMatchObject({ kind: 'not-found' });
  });
});

onEachDatabase('two changes of one gateway entity at the same time', (open, engine) => {
  /** Lets acts begin while somebody holds all rows of a table, and go on together when each of them waits. */
  const together = async <T>(ctx: Context, table: string, acts: (() => Promise<T>)[]): Promise<T[]> => {
    if (engine === 'sqlite') return Promise.all(acts.map((act) => act()));
    const blocked = sql<{ count: number }>`select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    const results = await ctx.db.transaction().execute(async (transaction) => {
      await sql`select id from ${sql.table(table)} for update`.execute(transaction);
      const running = acts.map((act) => act());
      await expect.poll(async () => (await blocked.execute(ctx.db)).rows[0]?.count).toBe(acts.length);
      return { running };
    });
    return Promise.all(results.running);
  };

  it('both last: of a service', async () => {
    const ctx = testContext(await open());
    const ref = { controlPlaneId: await planeIn(ctx), service: 'orders' };
    await createGatewayService(ctx, ref.controlPlaneId, { name: 'orders', host: 'a' });
    await together(ctx, 'gateway_services', [
      () => updateGatewayService(ctx, ref, { host: 'b' }),
      () => updateGatewayService(ctx, ref, { port: 8080 }),
    ]);
    expect((await getGatewayService(ctx, ref)).fields).toMatchObject({ host: 'b', port: 8080 });
  });

  it('both last: of a route', async () => {
    const ctx = testContext(await open());
    const ref = { controlPlaneId: await planeIn(ctx), route: 'orders' };
    await createGatewayRoute(ctx, ref.controlPlaneId, { name: 'orders', paths: ['/'] });
    await together(ctx, 'gateway_routes', [
      () => updateGatewayRoute(ctx, ref, { hosts: ['a.example'] }),
      () => updateGatewayRoute(ctx, ref, { tags: ['t'] }),
    ]);
    expect((await getGatewayRoute(ctx, ref)).fields).toMatchObject({ hosts: ['a.example'], tags: ['t'], paths: ['/'] });
  });
});
