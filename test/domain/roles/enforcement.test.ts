import { expect, it } from 'vitest';
import type { EntityType, Grant } from '../../../src/domain/access/index.ts';
import {
  createAuthStrategy,
  deleteAuthStrategy,
  getAuthStrategy,
  listAuthStrategies,
  replaceAuthStrategy,
  updateAuthStrategy,
} from '../../../src/domain/auth-strategies/index.ts';
import type { ContextWithPorts } from '../../../src/domain/context.ts';
import { DomainError } from '../../../src/domain/errors.ts';
import {
  createControlPlane,
  createGatewayService,
  deleteControlPlane,
  getControlPlane,
  listControlPlanes,
  listGatewayServices,
} from '../../../src/domain/gateways/index.ts';
import type { PortalId } from '../../../src/domain/ids.ts';
import {
  createPortal,
  deletePortal,
  getAppearance,
  getPortal,
  listPortals,
  updateAppearance,
  updatePortal,
} from '../../../src/domain/portals/index.ts';
import {
  createDocument,
  createProduct,
  createVersion,
  deleteProduct,
  deleteVersion,
  getDocument,
  getProduct,
  listProducts,
  listSpecifications,
  listVersions,
  updateProduct,
  updateVersion,
} from '../../../src/domain/products/index.ts';
import {
  createProductInPortals,
  deletePublication,
  getPublication,
  listAssignedProducts,
  listPortalsOfProducts,
  listPublications,
  listPublicationsOfVersions,
  publishProducts,
  putPublication,
  updateProductInPortals,
  updatePublication,
  updateVersionInPortals,
} from '../../../src/domain/publications/index.ts';
import { listEntityRolesOf } from '../../../src/domain/roles/index.ts';
import { acting, as, newMachine, newPerson } from '../../support/administrators.ts';
import { organisationContext, testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };
const ALL = { filters: [], sort: [], page: { number: 1, size: 10 } } as const;
const PLAIN = {
  publishStatus: 'published',
  deprecated: false,
  applicationRegistrationEnabled: false,
  autoApproveRegistration: false,
  authStrategyIds: [],
} as const;

/** A product with a version and a document, in one of two portals; and what else there is. */
const scene = async (ctx: ContextWithPorts) => {
  const [portal, elsewhere] = [
    await createPortal(ctx, { name: 'here' }, HOSTS),
    await createPortal(ctx, { name: 'there' }, HOSTS),
  ];
  const product = await createProductInPortals(ctx, { name: 'Timetables', portalIds: [portal.id] });
  const other = await createProduct(ctx, { name: 'Other' });
  const version = await createVersion(ctx, product.id, { name: 'v1' });
  const document = await createDocument(ctx, product.id, { slug: 'a', title: 'A', status: 'published' });
  const strategy = await createAuthStrategy(ctx, { name: 'Keys', displayName: 'Keys', config: { type: 'key_auth' } });
  const plane = await createControlPlane(ctx, { name: 'edge' });
  const service = await createGatewayService(ctx, plane.id, { name: 's', host: 'example.org' });
  await putPublication(ctx, { portalId: portal.id, versionId: version.id }, PLAIN);
  return { portal, elsewhere, product, other, version, document, strategy, plane, service };
};

type Scene = Awaited<ReturnType<typeof scene>>;
type Act = (ctx: ContextWithPorts, scene: Scene) => Promise<unknown>;

const UNDONE = new Error('undone');

/** How an act ends for whoever has these roles; whatever it does is undone. */
const outcome = async (ctx: ContextWithPorts, on: Scene, act: Act, grants: readonly Grant[]): Promise<string> => {
  try {
    await ctx.db.transaction().execute(async (db) => {
      await act({ ...ctx, db, actor: acting(undefined, ...grants) }, on);
      throw UNDONE;
    });
  } catch (error) {
    if (error === UNDONE) return 'done';
    if (error instanceof DomainError) return error.kind;
    throw error;
  }
  return 'done';
};

/** What may be done to a product, a portal, a strategy, a control plane: one act for each thing that a role may grant. */
const ACTS = {
  product: {
    read: (ctx, { product }) => getProduct(ctx, product.id),
    'read versions': (ctx, { product }) => listVersions(ctx, product.id, ALL),
    'read documents': (ctx, { product, document }) => getDocument(ctx, { productId: product.id, documentId: document.id }),
    'read specifications': (ctx, { product, version }) =>
      listSpecifications(ctx, { productId: product.id, versionId: version.id }),
    edit: (ctx, { product }) => updateProduct(ctx, product.id, { description: 'x' }),
    'edit versions': (ctx, { product, version }) =>
      updateVersion(ctx, { productId: product.id, versionId: version.id }, { name: 'v2' }),
    'delete versions': (ctx, { product, version }) => deleteVersion(ctx, { productId: product.id, versionId: version.id }),
    'add documents': (ctx, { product }) => createDocument(ctx, product.id, { slug: 'b', title: 'B', status: 'published' }),
    delete: (ctx, { product }) => deleteProduct(ctx, product.id),
  },
  portal: {
    see: (ctx, { portal }) => getPortal(ctx, portal.id),
    'see its look': (ctx, { portal }) => getAppearance(ctx, portal.id),
    'read products': (ctx, { portal }) => listAssignedProducts(ctx, portal.id, ALL),
    'read versions': (ctx, { portal }) => listPublications(ctx, portal.id, ALL),
    style: (ctx, { portal }) => updateAppearance(ctx, portal.id, { theme_name: 'dark_mode' }),
    administer: (ctx, { portal }) => updatePortal(ctx, portal.id, { displayName: 'x' }, HOSTS),
    delete: (ctx, { portal }) => deletePortal(ctx, portal.id, { force: true }),
  },
  'auth-strategy': {
    read: (ctx, { strategy }) => getAuthStrategy(ctx, strategy.id),
    edit: (ctx, { strategy }) => updateAuthStrategy(ctx, strategy.id, { displayName: 'x' }),
    replace: (ctx, { strategy }) =>
      replaceAuthStrategy(ctx, strategy.id, { name: 'K', displayName: 'K', config: { type: 'key_auth' } }),
    delete: (ctx, { strategy }) => deleteAuthStrategy(ctx, strategy.id),
  },
  'control-plane': {
    read: (ctx, { plane }) => getControlPlane(ctx, plane.id),
    'read services': (ctx, { plane }) => listGatewayServices(ctx, plane.id, { size: 10, after: undefined, tags: undefined }),
    'add services': (ctx, { plane }) => createGatewayService(ctx, plane.id, { name: 't', host: 'example.org' }),
    delete: (ctx, { plane }) => deleteControlPlane(ctx, plane.id),
  },
} as const satisfies Partial<Record<EntityType, Record<string, Act>>>;

const READING = ['read', 'read versions', 'read documents', 'read specifications'];
const LOOKING = ['see', 'see its look'];
const READING_PORTAL = [...LOOKING, 'read products', 'read versions'];

/** The rows of the table of roles, by hand: which acts each role grants. */
const GRANTED: Record<keyof typeof ACTS, Record<string, readonly string[]>> = {
  product: {
    Viewer: READING,
    Publisher: READING,
    'Application Registration': READING,
    Maintainer: [...READING, 'edit', 'edit versions', 'delete versions', 'add documents'],
    Admin: Object.keys(ACTS.product),
    Creator: [],
  },
  portal: {
    Viewer: READING_PORTAL,
    'Product Publisher': READING_PORTAL,
    'Appearance Maintainer': [...LOOKING, 'style'],
    Maintainer: [...READING_PORTAL, 'style'],
    Admin: Object.keys(ACTS.portal),
    Creator: [],
  },
  'auth-strategy': { Viewer: ['read'], Maintainer: Object.keys(ACTS['auth-strategy']), Creator: [] },
  'control-plane': { Viewer: ['read', 'read services'], Admin: Object.keys(ACTS['control-plane']), Creator: [] },
};

const idIn = (on: Scene, entityType: keyof typeof ACTS): string =>
  ({ product: on.product.id, portal: on.portal.id, 'auth-strategy': on.strategy.id, 'control-plane': on.plane.id })[entityType];

onEachDatabase('administrator roles', (open) => {
  it.each(Object.keys(ACTS) as (keyof typeof ACTS)[])(
    'on a %s grant what the table says, and nothing else',
    async (entityType) => {
      const ctx = testContext(await open());
      const on = await scene(ctx);
      for (const [role, granted] of Object.entries(GRANTED[entityType]))
        for (const [name, act] of Object.entries(ACTS[entityType])) {
          const grant = { entityType, role, entityId: idIn(on, entityType) };
          const expected = granted.includes(name) ? 'done' : granted.length > 0 ? 'forbidden' : 'not-found';
          expect([role, name, await outcome(ctx, on, act, [grant])]).toEqual([role, name, expected]);
          expect([role, name, await outcome(ctx, on, act, [{ ...grant, entityId: '*' }])]).toEqual([role, name, expected]);
          const elsewhere = { ...grant, entityId: on.other.id };
          expect([role, name, await outcome(ctx, on, act, [elsewhere])]).toEqual([role, name, 'not-found']);
        }
    },
  );

  it('to create are on all of a type, and make the creator the Admin of what was created', async () => {
    const connection = await open();
    const [organisation, ctx] = [organisationContext(connection), testContext(connection)];
    const machine = await newMachine(organisation, 'deploy');
    const person = await newPerson(organisation, 'Ada');
    const creators = ['product', 'portal', 'auth-strategy', 'control-plane'] as const;
    const grants = creators.map((entityType) => ({ entityType, role: 'Creator', entityId: '*' }));
    for (const account of [machine, person]) {
      const { name } = { name: account.kind };
      const their = { ...ctx, actor: acting(account.id, ...grants) };
      const product = await createProduct(their, { name });
      const portal = await createPortal(their, { name }, HOSTS);
      const strategy = await createAuthStrategy(their, { name, displayName: name, config: { type: 'key_auth' } });
      const plane = await createControlPlane(their, { name });
      const own = await as(organisation, ctx, account);
      await updateProduct(own, product.id, { description: 'x' });
      await updatePortal(own, portal.id, { displayName: 'x' }, HOSTS);
      await updateAuthStrategy(own, strategy.id, { displayName: 'x' });
      await createGatewayService(own, plane.id, { host: 'example.org' });
      const roles = (await listEntityRolesOf(own, account)).map(({ entityType, role }) => [entityType, role]);
      expect(roles).toEqual([
        ['product', 'Admin'],
        ['portal', 'Admin'],
        ['auth-strategy', 'Maintainer'],
        ['control-plane', 'Admin'],
      ]);
      await expect(createProduct(own, { name })).rejects.toMatchObject({ kind: 'forbidden' });
    }
  });

  it('narrow lists and their counts', async () => {
    const ctx = testContext(await open());
    const on = await scene(ctx);
    const seeing = (...grants: Grant[]) => ({ ...ctx, actor: acting(undefined, ...grants) });
    const viewer = seeing(
      ...(Object.keys(ACTS) as (keyof typeof ACTS)[]).map((entityType) => ({
        entityType,
        role: 'Viewer',
        entityId: idIn(on, entityType),
      })),
    );
    const shown = async (list: Promise<{ items: readonly { id: string }[]; total: number }>) => {
      const { items, total } = await list;
      return [items.map(({ id }) => id), total];
    };
    expect(await shown(listProducts(viewer, ALL))).toEqual([[on.product.id], 1]);
    expect(await shown(listPortals(viewer, ALL))).toEqual([[on.portal.id], 1]);
    expect(await shown(listAuthStrategies(viewer, ALL))).toEqual([[on.strategy.id], 1]);
    expect(await shown(listControlPlanes(viewer, ALL))).toEqual([[on.plane.id], 1]);
    for (const list of [listProducts, listPortals, listAuthStrategies, listControlPlanes])
      expect(await shown(list(seeing(), ALL))).toEqual([[], 0]);
    const stylist = seeing({ entityType: 'portal', role: 'Appearance Maintainer', entityId: on.portal.id });
    expect(await shown(listPortals(stylist, ALL))).toEqual([[on.portal.id], 1]);
  });

  it('of a portal show no other portal that a product stands in, nor do changes touch it', async () => {
    const ctx = testContext(await open());
    const { portal, elsewhere, product, version } = await scene(ctx);
    await publishProducts(ctx, elsewhere.id, { [product.id]: 'published' });
    await putPublication(ctx, { portalId: elsewhere.id, versionId: version.id }, { ...PLAIN, deprecated: true });
    const actor = acting(
      undefined,
      { entityType: 'product', role: 'Publisher', entityId: product.id },
      { entityType: 'portal', role: 'Viewer', entityId: portal.id },
    );
    const their = { ...ctx, actor };
    const portalsIn = async (c: ContextWithPorts) =>
      (await listPortalsOfProducts(c, [product.id])).get(product.id)?.map(({ portalId }) => portalId);
    expect(await portalsIn(their)).toEqual([portal.id]);
    expect((await listPublicationsOfVersions(their, [version.id])).get(version.id)).toHaveLength(1);
    expect((await listAssignedProducts(their, portal.id, ALL)).items[0]?.portalIds).toEqual([portal.id]);
    await updateProductInPortals(their, product.id, { portalIds: [] });
    expect(await portalsIn(ctx)).toEqual([elsewhere.id]);
    await expect(updateProductInPortals(their, product.id, { portalIds: [elsewhere.id] })).rejects.toMatchObject({
      issues: [{ field: 'portal_ids', rule: 'missing_reference' }],
    });
    const address = { productId: product.id, versionId: version.id };
    await updateVersionInPortals(their, address, { publishStatus: 'unpublished' });
    expect((await getPublication(ctx, { portalId: portal.id, versionId: version.id })).publishStatus).toBe('unpublished');
    expect((await getPublication(ctx, { portalId: elsewhere.id, versionId: version.id })).publishStatus).toBe('published');
    const published = { ...ALL, filters: [{ field: 'publish_status', op: 'eq', value: 'published' }] } as const;
    expect((await listVersions(their, product.id, published)).total).toBe(0);
    expect((await listVersions(ctx, product.id, published)).total).toBe(1);
  });

  it('on a product and a portal together let publish, from either side', async () => {
    const ctx = testContext(await open());
    const on = await scene(ctx);
    const product = (role: string): Grant => ({ entityType: 'product', role, entityId: on.product.id });
    const portal = (role: string): Grant => ({ entityType: 'portal', role, entityId: on.portal.id });
    const strategies: Grant = { entityType: 'auth-strategy', role: 'Viewer', entityId: on.strategy.id };
    const ref = { portalId: on.portal.id, versionId: on.version.id };
    const acts: Record<string, Act> = {
      assign: (c) => publishProducts(c, on.portal.id, { [on.product.id]: 'unpublished' }),
      deprecate: (c) => updatePublication(c, ref, { deprecated: true }),
      remove: (c) => deletePublication(c, ref),
      open: (c) => updatePublication(c, ref, { applicationRegistrationEnabled: true, authStrategyIds: [on.strategy.id] }),
    };
    const PUBLISHING = ['assign', 'deprecate', 'remove'];
    for (const [grants, granted, otherwise] of [
      [[product('Publisher'), portal('Viewer')], PUBLISHING, 'forbidden'],
      [[product('Viewer'), portal('Product Publisher')], PUBLISHING, 'forbidden'],
      [[product('Viewer'), portal('Maintainer')], PUBLISHING, 'forbidden'],
      [[product('Application Registration'), portal('Viewer'), strategies], ['open'], 'forbidden'],
      [[product('Viewer'), portal('Admin'), strategies], Object.keys(acts), 'forbidden'],
      [[product('Admin'), portal('Viewer'), strategies], Object.keys(acts), 'forbidden'],
      [[product('Maintainer'), portal('Viewer'), strategies], [], 'forbidden'],
      [[product('Viewer'), portal('Viewer')], [], 'forbidden'],
      [[product('Publisher')], [], 'not-found'],
      [[product('Admin')], [], 'not-found'],
      [[product('Publisher'), portal('Appearance Maintainer')], [], 'forbidden'],
    ] as const)
      for (const [name, act] of Object.entries(acts)) {
        const expected = (granted as readonly string[]).includes(name) ? 'done' : otherwise;
        const roles = grants.map(({ role }) => role).join(' + ');
        expect([roles, name, await outcome(ctx, on, act, grants)]).toEqual([roles, name, expected]);
      }
    const alone = [portal('Product Publisher')];
    expect(await outcome(ctx, on, acts['assign'] as Act, alone)).toBe('invalid'); // a product that one may not read is none
    expect(await outcome(ctx, on, acts['deprecate'] as Act, alone)).toBe('forbidden');
    const unseen = [product('Admin'), portal('Viewer')];
    expect(await outcome(ctx, on, acts['open'] as Act, unseen)).toBe('invalid'); // nor is such a strategy
  });

  it('on a control plane are needed to link to its services', async () => {
    const ctx = testContext(await open());
    const on = await scene(ctx);
    const maintainer: Grant = { entityType: 'product', role: 'Maintainer', entityId: on.product.id };
    const viewer: Grant = { entityType: 'control-plane', role: 'Viewer', entityId: on.plane.id };
    const link: Act = (c, { product, version, service, plane }) =>
      updateVersion(
        c,
        { productId: product.id, versionId: version.id },
        { gatewayService: { id: service.id, controlPlaneId: plane.id } },
      );
    expect(await outcome(ctx, on, link, [maintainer])).toBe('invalid');
    expect(await outcome(ctx, on, link, [maintainer, viewer])).toBe('done');
  });

  it('let a Creator assign what they create only where they see the portal', async () => {
    const connection = await open();
    const [organisation, ctx] = [organisationContext(connection), testContext(connection)];
    const { portal } = await scene(ctx);
    const { id } = await newPerson(organisation, 'Ada');
    const creator: Grant = { entityType: 'product', role: 'Creator', entityId: '*' };
    const viewer: Grant = { entityType: 'portal', role: 'Viewer', entityId: portal.id };
    const create = (portalIds: PortalId[], ...grants: Grant[]) =>
      createProductInPortals({ ...ctx, actor: acting(id, ...grants) }, { name: 'New', portalIds });
    await expect(create([portal.id], creator)).rejects.toMatchObject({ issues: [{ field: 'portal_ids' }] });
    const { id: productId } = await create([portal.id], creator, viewer);
    expect((await listPortalsOfProducts(ctx, [productId])).get(productId)).toHaveLength(1);
  });
});
