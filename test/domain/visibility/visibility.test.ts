import { expect, it } from 'vitest';
import { createAuthStrategy } from '../../../src/domain/auth-strategies/index.ts';
import type { ContextWithPorts } from '../../../src/domain/context.ts';
import { newId } from '../../../src/domain/ids.ts';
import { createPortal, type NewPortal } from '../../../src/domain/portals/index.ts';
import { createDocument, type NewProduct, updateDocument, type Version } from '../../../src/domain/products/index.ts';
import {
  createProductInPortals,
  createPublication,
  createVersionInPortals,
  publishProducts,
  updatePublication,
  updateVersionInPortals,
} from '../../../src/domain/publications/index.ts';
import {
  ANONYMOUS,
  catalogue,
  findVisibleDocument,
  findVisibleProduct,
  findVisibleVersion,
  listCatalogueLabels,
  listVisibleDocuments,
  listVisibleVersions,
  searchCatalogue,
  type Visitor,
} from '../../../src/domain/visibility/index.ts';
import { START, testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };
const PAGE = { number: 1, size: 10 };
const DEVELOPER: Visitor = { kind: 'developer', id: newId(START) };

const portalIn = (ctx: ContextWithPorts, input: Partial<NewPortal> = {}) =>
  createPortal(ctx, { name: 'Open', isPublic: true, ...input }, HOSTS);
const productIn = (ctx: ContextWithPorts, portal: { id: string }, input: Partial<NewProduct> = {}) =>
  createProductInPortals(ctx, { name: 'Orders', ...input, portalIds: [portal.id] });
const versionIn = (ctx: ContextWithPorts, product: { id: Version['productId'] }, name: string) =>
  createVersionInPortals(ctx, product.id, { name, publishStatus: 'published' });

onEachDatabase('what a visitor may see', (open) => {
  it('are products of the portal, with what is published of them', async () => {
    const ctx = testContext(await open());
    const [portal, other] = [await portalIn(ctx), await portalIn(ctx, { name: 'Other' })];
    const product = await productIn(ctx, portal, { description: 'd', publicLabels: { team: 'A' }, labels: { secret: 'x' } });
    await productIn(ctx, other, { name: 'Elsewhere' });
    await versionIn(ctx, product, 'v1');
    const v2 = await versionIn(ctx, product, 'v2');
    await createVersionInPortals(ctx, product.id, { name: 'v3' });
    const shown = {
      id: product.id,
      slug: 'orders',
      name: 'Orders',
      description: 'd',
      publicLabels: { team: 'A' },
      versionCount: 2,
      latestVersion: { id: v2.id, name: 'v2', slug: 'v2', deprecated: false },
      documentCount: 0,
      createdAt: product.createdAt,
      updatedAt: product.updatedAt,
    };
    expect(await catalogue(ctx, portal, ANONYMOUS, { page: PAGE })).toEqual({ items: [shown], total: 1, page: PAGE });
    expect(await findVisibleProduct(ctx, portal, ANONYMOUS, product.id.toUpperCase())).toEqual(shown);
    expect(await findVisibleProduct(ctx, portal, ANONYMOUS, 'Orders')).toEqual(shown);
    expect(await findVisibleProduct(ctx, other, ANONYMOUS, product.id)).toBeUndefined();
  });

  it('need both the product and the version to be published', async () => {
    const ctx = testContext(await open());
    const portal = await portalIn(ctx);
    const product = await productIn(ctx, portal);
    const version = await versionIn(ctx, product, 'v1');
    const seen = async () => [
      (await catalogue(ctx, portal, ANONYMOUS, { page: PAGE })).total,
      (await listVisibleVersions(ctx, portal, ANONYMOUS, product)).length,
      (await findVisibleVersion(ctx, portal, ANONYMOUS, product, version.id))?.name,
    ];
    expect(await seen()).toEqual([1, 1, 'v1']);
    await publishProducts(ctx, portal.id, { [product.id]: 'unpublished' });
    expect(await seen()).toEqual([0, 0, undefined]);
    await publishProducts(ctx, portal.id, { [product.id]: 'published' });
    expect(await seen()).toEqual([1, 1, 'v1']);
    await updatePublication(ctx, { portalId: portal.id, versionId: version.id }, { publishStatus: 'unpublished' });
    expect(await seen()).toEqual([1, 0, undefined]);
  });

  it('is nothing of a private portal for those who have not logged in, nor of roles they lack', async () => {
    const ctx = testContext(await open());
    const portal = await portalIn(ctx, { isPublic: false });
    const product = await productIn(ctx, portal, { publicLabels: { team: 'a' } });
    await versionIn(ctx, product, 'v1');
    await createDocument(ctx, product.id, { slug: 'intro', title: 'Intro', status: 'published' });
    const seen = async (of: typeof portal, visitor: Visitor) => [
      (await catalogue(ctx, of, visitor, { page: PAGE })).items.length,
      (await searchCatalogue(ctx, of, visitor, { query: 'orders', page: PAGE })).total,
      (await listCatalogueLabels(ctx, of, visitor)).length,
      (await listVisibleVersions(ctx, of, visitor, product)).length,
      (await listVisibleDocuments(ctx, of, visitor, product)).length,
      [
        await findVisibleProduct(ctx, of, visitor, product.id),
        await findVisibleVersion(ctx, of, visitor, product),
        await findVisibleDocument(ctx, of, visitor, product, 'intro'),
      ].filter((found) => found !== undefined).length,
    ];
    expect(await seen(portal, ANONYMOUS)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await seen(portal, DEVELOPER)).toEqual([1, 1, 1, 1, 1, 3]);
    expect(await seen({ ...portal, rbacEnabled: true }, DEVELOPER)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await seen({ ...portal, isPublic: true, rbacEnabled: true }, ANONYMOUS)).toEqual([1, 1, 1, 1, 1, 3]);
  });

  it('is found by search, labels and filters, in the order asked for', async () => {
    const ctx = testContext(await open());
    const portal = await portalIn(ctx);
    await productIn(ctx, portal, {
      name: 'Überweisung',
      description: 'Moves 100% of it',
      publicLabels: { team: 'Pay', beta: 'yes' },
    });
    await productIn(ctx, portal, { name: 'Billing', description: null, publicLabels: { team: 'pay' } });
    await productIn(ctx, portal, { name: 'Avatar', publicLabels: { team: 'Core' } });
    const names = async (query: Partial<Parameters<typeof catalogue>[3]>) =>
      (await catalogue(ctx, portal, ANONYMOUS, { page: PAGE, ...query })).items.map(({ name }) => name);
    expect(await names({})).toEqual(['Avatar', 'Billing', 'Überweisung']);
    expect(await names({ sort: [{ field: 'created_at', direction: 'desc' }] })).toEqual(['Avatar', 'Billing', 'Überweisung']);
    expect(await names({ search: '  ÜBER ' })).toEqual(['Überweisung']);
    expect(await names({ search: '100%' })).toEqual(['Überweisung']);
    expect(await names({ search: '%' })).toEqual(['Überweisung']);
    expect(await names({ search: 'pay' })).toEqual(['Billing', 'Überweisung']);
    expect(await names({ search: 'pay moves' })).toEqual(['Überweisung']);
    expect(await names({ labels: [{ key: 'team', value: 'PAY' }] })).toEqual(['Billing', 'Überweisung']);
    expect(
      await names({
        labels: [
          { key: 'team', value: 'pay' },
          { key: 'beta', value: undefined },
        ],
      }),
    ).toEqual(['Überweisung']);
    expect(await names({ labels: [{ key: 'TEAM', value: 'pay' }] })).toEqual([]);
    expect(await names({ filters: [{ field: 'name', op: 'contains', value: 'ING' }] })).toEqual(['Billing']);
    expect(await names({ page: { number: 2, size: 2 } })).toEqual(['Überweisung']);
    expect((await catalogue(ctx, portal, ANONYMOUS, { page: { number: 9, size: 2 } })).total).toBe(3);
    expect(await listCatalogueLabels(ctx, portal, ANONYMOUS)).toEqual([
      { key: 'beta', value: 'yes', count: 1 },
      { key: 'team', value: 'Core', count: 1 },
      { key: 'team', value: 'Pay', count: 2 },
    ]);
  });

  it('are versions by id, name in any case, or slug; the latest without any', async () => {
    const ctx = testContext(await open());
    const portal = await portalIn(ctx);
    const product = await productIn(ctx, portal);
    const one = await versionIn(ctx, product, 'Version#1');
    const two = await versionIn(ctx, product, '2.0');
    const found = async (wanted?: string) => (await findVisibleVersion(ctx, portal, ANONYMOUS, product, wanted))?.id;
    expect(await found()).toBe(two.id);
    for (const wanted of [one.id, one.id.toUpperCase(), 'VERSION#1', one.slug]) expect(await found(wanted)).toBe(one.id);
    expect(await found('v9')).toBeUndefined();
    const other = await productIn(ctx, portal, { name: 'Other' });
    expect(await findVisibleVersion(ctx, portal, ANONYMOUS, other, one.id)).toBeUndefined();
    const names = (await listVisibleVersions(ctx, portal, ANONYMOUS, product)).map(({ name }) => name);
    expect(names).toEqual(['2.0', 'Version#1']);
    const filter = [{ field: 'name', op: 'contains', value: '#' }] as const;
    expect(await listVisibleVersions(ctx, portal, ANONYMOUS, product, filter)).toHaveLength(1);
  });

  it('are versions with what was decided about them in this portal', async () => {
    const ctx = testContext(await open());
    const [portal, other] = [await portalIn(ctx), await portalIn(ctx, { name: 'Other' })];
    const product = await createProductInPortals(ctx, { name: 'Orders', portalIds: [portal.id, other.id] });
    const { id: versionId } = await createVersionInPortals(ctx, product.id, { name: 'v1' });
    const strategy = await createAuthStrategy(ctx, { name: 'Keys', displayName: 'API key', config: { type: 'key_auth' } });
    const settings = {
      publishStatus: 'published',
      deprecated: true,
      applicationRegistrationEnabled: true,
      autoApproveRegistration: true,
      authStrategyIds: [strategy.id],
    } as const;
    await createPublication(ctx, { portalId: portal.id, versionId }, settings);
    const none = {
      deprecated: false,
      applicationRegistrationEnabled: false,
      autoApproveRegistration: false,
      authStrategyIds: [],
    };
    await createPublication(ctx, { portalId: other.id, versionId }, { ...settings, ...none });
    expect(await findVisibleVersion(ctx, portal, ANONYMOUS, product)).toMatchObject({
      deprecated: true,
      applicationRegistrationEnabled: true,
      autoApproveRegistration: true,
      authStrategies: [{ id: strategy.id, name: 'Keys', displayName: 'API key', config: { keyNames: ['apikey'] } }],
      specification: null,
    });
    expect(await findVisibleVersion(ctx, other, ANONYMOUS, product)).toMatchObject({ deprecated: false, authStrategies: [] });
    expect((await findVisibleProduct(ctx, portal, ANONYMOUS, product.id))?.latestVersion?.deprecated).toBe(true);
    await updateVersionInPortals(ctx, { productId: product.id, versionId }, { deprecated: false });
    expect((await findVisibleVersion(ctx, portal, ANONYMOUS, product))?.deprecated).toBe(false);
  });

  it('are documents whose ancestors are all published', async () => {
    const ctx = testContext(await open());
    const portal = await portalIn(ctx);
    const product = await productIn(ctx, portal);
    const add = (title: string, parentId: Awaited<ReturnType<typeof createDocument>>['id'] | null = null) =>
      createDocument(ctx, product.id, { slug: title.toLowerCase(), title, status: 'published', parentId, content: `# ${title}` });
    const a = await add('A');
    const b = await add('B', a.id);
    const c = await add('C', b.id);
    await add('D');
    const titles = async () => (await listVisibleDocuments(ctx, portal, ANONYMOUS, product)).map(({ title }) => title).sort();
    const count = async () => (await findVisibleProduct(ctx, portal, ANONYMOUS, product.id))?.documentCount;
    const matches = async () => (await searchCatalogue(ctx, portal, ANONYMOUS, { query: 'c', page: PAGE })).total;
    expect([await titles(), await count(), await matches()]).toEqual([['A', 'B', 'C', 'D'], 4, 1]);
    expect(await findVisibleDocument(ctx, portal, ANONYMOUS, product, c.id)).toMatchObject({
      title: 'C',
      parentId: b.id,
      content: '# C',
    });
    expect(await findVisibleDocument(ctx, portal, ANONYMOUS, product, 'C')).toMatchObject({ id: c.id });
    await updateDocument(ctx, { productId: product.id, documentId: a.id }, { status: 'unpublished' });
    expect([await titles(), await count(), await matches()]).toEqual([['D'], 1, 0]);
    expect(await findVisibleDocument(ctx, portal, ANONYMOUS, product, c.id)).toBeUndefined();
  });

  it('is ranked by how well the name fits', async () => {
    const ctx = testContext(await open());
    const portal = await portalIn(ctx);
    await productIn(ctx, portal, { name: 'A thing', description: 'for pay' });
    await productIn(ctx, portal, { name: 'Big pay' });
    await productIn(ctx, portal, { name: 'Payroll' });
    await productIn(ctx, portal, { name: 'Pay' });
    const versioned = await productIn(ctx, portal, { name: 'Zebra' });
    await versionIn(ctx, versioned, 'pay-1');
    const hidden = await productIn(ctx, portal, { name: 'Quagga' });
    await createVersionInPortals(ctx, hidden.id, { name: 'pay-2' });
    const { items, total } = await searchCatalogue(ctx, portal, ANONYMOUS, { query: 'PAY', page: PAGE });
    expect(items.map(({ name }) => name)).toEqual(['Pay', 'Payroll', 'Big pay', 'A thing', 'Zebra']);
    expect(total).toBe(5);
    expect((await searchCatalogue(ctx, portal, ANONYMOUS, { query: ' ', page: PAGE })).total).toBe(6);
    const beyond = await searchCatalogue(ctx, portal, ANONYMOUS, { query: 'pay', page: { number: 3, size: 4 } });
    expect(beyond).toMatchObject({ items: [], total: 5 });
  });
});
