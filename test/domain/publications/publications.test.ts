import { expect, it } from 'vitest';
import { createAuthStrategy } from '../../../src/domain/auth-strategies/index.ts';
import type { Context, ContextWithPorts } from '../../../src/domain/context.ts';
import type { AuthStrategyId, PortalId, ProductId, VersionId } from '../../../src/domain/ids.ts';
import { createPortal, deletePortal } from '../../../src/domain/portals/index.ts';
import { createVersion } from '../../../src/domain/products/index.ts';
import {
  createProductInPortals,
  createPublication,
  createVersionInPortals,
  deletePublication,
  getPublication,
  listAssignedProducts,
  listPortalsOfProducts,
  listPublications,
  listPublicationsOfVersions,
  type PublicationSettings,
  publishProducts,
  putPublication,
  updateProductInPortals,
  updatePublication,
  updateVersionInPortals,
} from '../../../src/domain/publications/index.ts';
import { testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };
const ALL = { filters: [], sort: [], page: { number: 1, size: 10 } } as const;
const NOBODY = '00000000-0000-4000-8000-000000000000';
const PLAIN: PublicationSettings = {
  publishStatus: 'published',
  deprecated: false,
  applicationRegistrationEnabled: false,
  autoApproveRegistration: false,
  authStrategyIds: [],
};

const portalIn = (ctx: ContextWithPorts, name = 'Open') => createPortal(ctx, { name }, HOSTS);
const strategyIn = (ctx: Context, name = 'Keys') =>
  createAuthStrategy(ctx, { name, displayName: name, config: { type: 'key_auth' } });

const scene = async (ctx: ContextWithPorts) => {
  const portal = await portalIn(ctx);
  const product = await createProductInPortals(ctx, { name: 'Orders', portalIds: [portal.id] });
  const version = await createVersion(ctx, product.id, { name: 'v1' });
  return { portal, product, version, ref: { portalId: portal.id, versionId: version.id } };
};

const actions = async (ctx: Context, prefix: string) =>
  (await ctx.db.selectFrom('audit_events').select(['action', 'details']).orderBy('id').execute())
    .filter(({ action }) => action.startsWith(prefix))
    .map(({ action, details }) => ({ action, details: JSON.parse(details) }));

onEachDatabase('publications', (open) => {
  it('are created once, read, changed and deleted', async () => {
    const ctx = testContext(await open());
    const { ref } = await scene(ctx);
    const strategy = await strategyIn(ctx);
    const created = await createPublication(ctx, ref, PLAIN);
    expect(created).toMatchObject({ ...ref, publishStatus: 'published', authStrategies: [] });
    await expect(createPublication(ctx, ref, PLAIN)).rejects.toMatchObject({ kind: 'conflict' });
    expect(await getPublication(ctx, ref)).toEqual(created);
    const changed = await updatePublication(ctx, ref, {
      applicationRegistrationEnabled: true,
      authStrategyIds: [strategy.id],
      notifyDevelopers: true,
    });
    expect(changed).toMatchObject({ applicationRegistrationEnabled: true, authStrategies: [{ id: strategy.id, name: 'Keys' }] });
    expect((await actions(ctx, 'publication.updated'))[0]?.details).toMatchObject({
      notifyDevelopers: true,
      changed: { authStrategyIds: { before: [], after: [strategy.id] } },
    });
    await deletePublication(ctx, ref);
    await expect(getPublication(ctx, ref)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(deletePublication(ctx, ref)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('are put: created or replaced', async () => {
    const ctx = testContext(await open());
    const { ref } = await scene(ctx);
    const created = await putPublication(ctx, ref, { ...PLAIN, deprecated: true });
    expect(created.deprecated).toBe(true);
    const replaced = await putPublication(ctx, ref, { ...PLAIN, publishStatus: 'unpublished', notifyDevelopers: false });
    expect(replaced).toMatchObject({
      id: created.id,
      createdAt: created.createdAt,
      deprecated: false,
      publishStatus: 'unpublished',
    });
    await expect(putPublication(ctx, { ...ref, versionId: NOBODY as VersionId }, PLAIN)).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(putPublication(ctx, { ...ref, portalId: NOBODY as PortalId }, PLAIN)).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  it('hold together: one strategy that exists, and one at least for registration', async () => {
    const ctx = testContext(await open());
    const { ref } = await scene(ctx);
    const [one, two] = [await strategyIn(ctx, 'One'), await strategyIn(ctx, 'Two')];
    const refused = (settings: Partial<PublicationSettings>) =>
      expect(putPublication(ctx, ref, { ...PLAIN, ...settings })).rejects;
    await refused({ applicationRegistrationEnabled: true }).toMatchObject({
      issues: [{ field: 'auth_strategy_ids', rule: 'required' }],
    });
    await refused({ authStrategyIds: [one.id, two.id] }).toMatchObject({ issues: [{ rule: 'max_items', maximum: 1 }] });
    await refused({ authStrategyIds: [NOBODY as AuthStrategyId] }).toMatchObject({ issues: [{ rule: 'missing_reference' }] });
    await putPublication(ctx, ref, { ...PLAIN, autoApproveRegistration: true });
    await putPublication(ctx, ref, { ...PLAIN, applicationRegistrationEnabled: true, authStrategyIds: [one.id] });
    await expect(updatePublication(ctx, ref, { authStrategyIds: [] })).rejects.toMatchObject({ issues: [{ rule: 'required' }] });
    await expect(createPublication(ctx, { ...ref, versionId: NOBODY as VersionId }, PLAIN)).rejects.toMatchObject({
      issues: [{ field: 'product_version_id', rule: 'missing_reference' }],
    });
  });

  it('with registration on keep a portal from being deleted', async () => {
    const ctx = testContext(await open());
    const { portal, ref } = await scene(ctx);
    const strategy = await strategyIn(ctx);
    await putPublication(ctx, ref, { ...PLAIN, applicationRegistrationEnabled: true, authStrategyIds: [strategy.id] });
    await expect(deletePortal(ctx, portal.id, { force: false })).rejects.toMatchObject({
      issues: [{ field: 'force', rule: 'required', source: 'query', reason: expect.stringContaining('1 product version') }],
    });
    await deletePortal(ctx, portal.id, { force: true });
    expect((await listPublicationsOfVersions(ctx, [ref.versionId])).get(ref.versionId)).toEqual([]);
  });

  it('are listed by every filter', async () => {
    const ctx = testContext(await open());
    const { portal, product, ref } = await scene(ctx);
    const strategy = await strategyIn(ctx);
    const one = await putPublication(ctx, ref, { ...PLAIN, deprecated: true });
    const second = await createVersion(ctx, product.id, { name: 'v2' });
    const two = await putPublication(
      ctx,
      { ...ref, versionId: second.id },
      {
        ...PLAIN,
        publishStatus: 'unpublished',
        applicationRegistrationEnabled: true,
        autoApproveRegistration: true,
        authStrategyIds: [strategy.id],
      },
    );
    const ids = async (query: Partial<Parameters<typeof listPublications>[2]>) =>
      (await listPublications(ctx, portal.id, { ...ALL, ...query })).items.map(({ id }) => id);
    const filtered = (filter: Parameters<typeof listPublications>[2]['filters'][number]) => ids({ filters: [filter] });
    expect(await ids({})).toEqual([one.id, two.id]);
    expect(await filtered({ field: 'id', op: 'eq', value: two.id })).toEqual([two.id]);
    expect(await filtered({ field: 'publish_status', op: 'neq', value: 'published' })).toEqual([two.id]);
    expect(await filtered({ field: 'publish_status', op: 'oeq', values: ['published', 'unpublished'] })).toHaveLength(2);
    expect(await filtered({ field: 'product_version_id', op: 'eq', value: ref.versionId })).toEqual([one.id]);
    expect(await filtered({ field: 'auth_strategy_ids', op: 'eq', value: strategy.id })).toEqual([two.id]);
    expect(await filtered({ field: 'auth_strategy_ids', op: 'neq', value: strategy.id })).toEqual([one.id]);
    expect(await filtered({ field: 'application_registration_enabled', op: 'is', value: true })).toEqual([two.id]);
    expect(await filtered({ field: 'auto_approve_registration', op: 'is', value: false })).toEqual([one.id]);
    expect(await filtered({ field: 'deprecated', op: 'is', value: true })).toEqual([one.id]);
    expect(await filtered({ field: 'created_at', op: 'gt', value: one.createdAt })).toEqual([two.id]);
    expect(await filtered({ field: 'updated_at', op: 'lte', value: one.updatedAt })).toEqual([one.id]);
    for (const field of ['created_at', 'updated_at', 'product_version_id', 'application_registration_enabled'] as const)
      expect(await ids({ sort: [{ field, direction: 'desc' }] })).toEqual([two.id, one.id]);
    expect(await ids({ sort: [{ field: 'auth_strategy_ids', direction: 'asc' }] })).toEqual([two.id, one.id]);
    await expect(listPublications(ctx, NOBODY as PortalId, ALL)).rejects.toMatchObject({ kind: 'not-found' });
  });
});

onEachDatabase('assignments', (open) => {
  it('are made and taken back in bulk; null changes nothing', async () => {
    const ctx = testContext(await open());
    const portal = await portalIn(ctx);
    const [a, b, c] = [
      await createProductInPortals(ctx, { name: 'A', portalIds: [] }),
      await createProductInPortals(ctx, { name: 'B', portalIds: [portal.id] }),
      await createProductInPortals(ctx, { name: 'C', portalIds: [portal.id] }),
    ];
    await publishProducts(ctx, portal.id, { [a.id.toUpperCase()]: 'published', [b.id]: 'unpublished', [c.id]: null });
    const listed = await listAssignedProducts(ctx, portal.id, ALL);
    expect(listed.items.map(({ name }) => name)).toEqual(['A', 'C']);
    await publishProducts(ctx, portal.id, { [a.id]: 'published', [b.id]: 'unpublished' });
    expect((await actions(ctx, 'product.')).map(({ action }) => action).filter((action) => /assigned/.test(action))).toEqual([
      'product.assigned',
      'product.assigned',
      'product.assigned',
      'product.unassigned',
    ]);
    await expect(
      publishProducts(ctx, portal.id, { [NOBODY]: 'published', nonsense: null, [b.id]: 'published' }),
    ).rejects.toMatchObject({
      issues: [{ field: `api_products.${NOBODY}`, rule: 'missing_reference' }, { field: 'api_products.nonsense' }],
    });
    expect((await listAssignedProducts(ctx, portal.id, ALL)).total).toBe(2);
    await expect(publishProducts(ctx, NOBODY as PortalId, {})).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('may be thousands at once', async () => {
    const ctx = testContext(await open());
    const portal = await portalIn(ctx);
    const wanted: Record<string, null> = {};
    for (let n = 0; n < 2500; n++) wanted[`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`] = null;
    await expect(publishProducts(ctx, portal.id, wanted)).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('keep what was decided about versions', async () => {
    const ctx = testContext(await open());
    const { portal, product, ref } = await scene(ctx);
    await putPublication(ctx, ref, { ...PLAIN, deprecated: true });
    await publishProducts(ctx, portal.id, { [product.id]: 'unpublished' });
    await publishProducts(ctx, portal.id, { [product.id]: 'published' });
    expect(await getPublication(ctx, ref)).toMatchObject({ publishStatus: 'published', deprecated: true });
  });

  it('are listed with labels, portals and published versions', async () => {
    const ctx = testContext(await open());
    const [portal, other] = [await portalIn(ctx), await portalIn(ctx, 'Other')];
    const product = await createProductInPortals(ctx, { name: 'B', labels: { env: 'x' }, portalIds: [portal.id, other.id] });
    await createProductInPortals(ctx, { name: 'a', description: 'Zwei', portalIds: [portal.id] });
    await createVersionInPortals(ctx, product.id, { name: 'v1', publishStatus: 'published' });
    await createVersionInPortals(ctx, product.id, { name: 'v2' });
    const [first] = (await listAssignedProducts(ctx, portal.id, ALL)).items;
    expect(first).toMatchObject({ name: 'B', labels: { env: 'x' }, portalIds: [portal.id, other.id], versionCount: 1 });
    const names = async (query: Partial<Parameters<typeof listAssignedProducts>[2]>) =>
      (await listAssignedProducts(ctx, portal.id, { ...ALL, ...query })).items.map(({ name }) => name);
    expect(await names({ sort: [{ field: 'name', direction: 'asc' }] })).toEqual(['a', 'B']);
    expect(await names({ sort: [{ field: 'description', direction: 'asc' }] })).toEqual(['a', 'B']);
    expect(await names({ filters: [{ field: 'id', op: 'eq', value: product.id }] })).toEqual(['B']);
    expect(await names({ filters: [{ field: 'description', op: 'ocontains', values: ['zw', 'x'] }] })).toEqual(['a']);
  });
});

onEachDatabase('the older fields of products and versions', (open) => {
  it('say which portals a product is in', async () => {
    const ctx = testContext(await open());
    const [one, two] = [await portalIn(ctx, 'One'), await portalIn(ctx, 'Two')];
    const product = await createProductInPortals(ctx, { name: 'P', portalIds: [one.id, one.id] });
    const portals = async (id: ProductId) =>
      (await listPortalsOfProducts(ctx, [id])).get(id)?.map(({ portalName }) => portalName);
    expect(await portals(product.id)).toEqual(['One']);
    await updateProductInPortals(ctx, product.id, { portalIds: [two.id] });
    expect(await portals(product.id)).toEqual(['Two']);
    expect(await updateProductInPortals(ctx, product.id, { name: 'Q' })).toMatchObject({ name: 'Q' });
    expect(await portals(product.id)).toEqual(['Two']);
    await expect(updateProductInPortals(ctx, product.id, { name: 'R', portalIds: [NOBODY] })).rejects.toMatchObject({
      issues: [{ field: 'portal_ids', rule: 'missing_reference' }],
    });
    await expect(createProductInPortals(ctx, { name: 'S', portalIds: [NOBODY] })).rejects.toMatchObject({ kind: 'invalid' });
    const products = await ctx.db.selectFrom('products').select('name').execute();
    expect(products).toEqual([{ name: 'Q' }]);
  });

  it('publish a version from the start in all portals of its product', async () => {
    const ctx = testContext(await open());
    const [one, two] = [await portalIn(ctx, 'One'), await portalIn(ctx, 'Two')];
    await portalIn(ctx, 'Three');
    const product = await createProductInPortals(ctx, { name: 'P', portalIds: [one.id, two.id] });
    const { id } = await createVersionInPortals(ctx, product.id, { name: 'v1', publishStatus: 'published', deprecated: true });
    expect((await listPublicationsOfVersions(ctx, [id])).get(id)).toMatchObject([
      {
        portalName: 'One',
        publishStatus: 'published',
        deprecated: true,
        applicationRegistrationEnabled: false,
        authStrategies: [],
      },
      { portalName: 'Two', publishStatus: 'published', deprecated: true },
    ]);
    const hidden = await createVersionInPortals(ctx, product.id, { name: 'v2', publishStatus: 'unpublished' });
    expect((await listPublicationsOfVersions(ctx, [hidden.id])).get(hidden.id)).toEqual([]);
  });

  it('write through to all publications, and leave the rest of them alone', async () => {
    const ctx = testContext(await open());
    const [one, two] = [await portalIn(ctx, 'One'), await portalIn(ctx, 'Two')];
    const product = await createProductInPortals(ctx, { name: 'P', portalIds: [one.id] });
    const strategy = await strategyIn(ctx);
    const { id } = await createVersionInPortals(ctx, product.id, { name: 'v1' });
    const address = { productId: product.id, versionId: id };
    await putPublication(
      ctx,
      { portalId: two.id, versionId: id },
      {
        ...PLAIN,
        publishStatus: 'unpublished',
        applicationRegistrationEnabled: true,
        authStrategyIds: [strategy.id],
      },
    );
    await updateVersionInPortals(ctx, address, { deprecated: true, notify: true });
    expect((await listPublicationsOfVersions(ctx, [id])).get(id)).toMatchObject([{ portalName: 'Two', deprecated: true }]);
    expect((await actions(ctx, 'publication.updated'))[0]?.details).toMatchObject({ notifyDevelopers: true });
    await updateVersionInPortals(ctx, address, { name: 'v1.1', publishStatus: 'published' });
    expect((await listPublicationsOfVersions(ctx, [id])).get(id)).toMatchObject([
      { portalName: 'One', publishStatus: 'published', deprecated: false },
      {
        portalName: 'Two',
        publishStatus: 'published',
        deprecated: true,
        applicationRegistrationEnabled: true,
        authStrategies: [{ id: strategy.id, name: 'Keys' }],
      },
    ]);
    await updateVersionInPortals(ctx, address, { publishStatus: 'unpublished' });
    const statuses = (await listPublicationsOfVersions(ctx, [id])).get(id)?.map(({ publishStatus }) => publishStatus);
    expect(statuses).toEqual(['unpublished', 'unpublished']);
    await expect(
      updateVersionInPortals(ctx, { ...address, versionId: NOBODY as VersionId }, { deprecated: true }),
    ).rejects.toMatchObject({
      kind: 'not-found',
    });
  });
});
