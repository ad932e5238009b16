import { describe, expect, it } from 'vitest';
import type { ContextWithPorts } from '../../../src/domain/context.ts';
import { type DeveloperId, newId } from '../../../src/domain/ids.ts';
import { createPortal, type Portal } from '../../../src/domain/portals/index.ts';
import { createDocument, type Product } from '../../../src/domain/products/index.ts';
import { createProductInPortals, createVersionInPortals } from '../../../src/domain/publications/index.ts';
import { addTeamMember, assignTeamRole, createTeam, TEAM_ROLES } from '../../../src/domain/teams/index.ts';
import {
  ANONYMOUS,
  catalogue,
  developerVisitor,
  findVisibleDocument,
  findVisibleProduct,
  findVisibleVersion,
  listCatalogueLabels,
  listSitePages,
  listVisibleDocuments,
  listVisibleVersions,
  mayConsume,
  searchCatalogue,
  type Visitor,
} from '../../../src/domain/visibility/index.ts';
import { START, testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';
import { givenDeveloper } from '../../support/developers.ts';
import { randomFrom } from '../../support/random.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };
const PAGE = { number: 1, size: 100 };
const visitor = (id: DeveloperId): Visitor => ({ kind: 'developer', id });

/** The slugs of the products that show, by every way there is to look. */
const waysToSee = async (ctx: ContextWithPorts, portal: Portal, who: Visitor, products: readonly Product[]) => {
  const listed = await catalogue(ctx, portal, who, { page: PAGE });
  const labelled = await catalogue(ctx, portal, who, { labels: [{ key: 'kind', value: undefined }], page: PAGE });
  const searched = await searchCatalogue(ctx, portal, who, { query: 'api', page: PAGE });
  const pages = await listSitePages(ctx, portal, who, 1000);
  const facets = await listCatalogueLabels(ctx, portal, who);
  const one = async (find: (product: Product) => Promise<boolean>): Promise<string[]> => {
    const seen: string[] = [];
    for (const product of products) if (await find(product)) seen.push(product.slug);
    return seen;
  };
  const slugs = (items: readonly { slug: string }[]) => items.map(({ slug }) => slug).sort();
  const onPages = (kind: string) => [...new Set(pages.filter((page) => page.kind === kind).map((page) => page.product))].sort();
  return {
    totals: [listed.total, labelled.total, searched.total, facets.reduce((sum, { count }) => sum + count, 0)],
    ways: [
      slugs(listed.items),
      slugs(labelled.items),
      slugs(searched.items),
      ...['product', 'version', 'document'].map(onPages),
      await one(async ({ id }) => (await findVisibleProduct(ctx, portal, who, id)) !== undefined),
      await one(async (product) => (await listVisibleVersions(ctx, portal, who, product)).length > 0),
      await one(async (product) => (await findVisibleVersion(ctx, portal, who, product, 'v1')) !== undefined),
      await one(async (product) => (await listVisibleDocuments(ctx, portal, who, product)).length > 0),
      await one(async (product) => (await findVisibleDocument(ctx, portal, who, product, 'guide')) !== undefined),
    ],
  };
};

/** Products, some of them in the portal, each with a version, a document and a label. */
const productsIn = async (ctx: ContextWithPorts, portal: Portal, isAssigned: () => boolean) => {
  const products: (Product & { assigned: boolean })[] = [];
  for (let n = 10; n < 22; n++) {
    const assigned = isAssigned();
    const input = { name: `API ${n}`, publicLabels: { kind: n % 2 ? 'odd' : 'even' }, portalIds: assigned ? [portal.id] : [] };
    const product = await createProductInPortals(ctx, input);
    await createVersionInPortals(ctx, product.id, { name: 'v1', publishStatus: 'published' });
    await createDocument(ctx, product.id, { slug: 'guide', title: 'Guide', status: 'published', content: '# Guide' });
    products.push({ ...product, assigned });
  }
  return products;
};

onEachDatabase('with access by roles', (open) => {
  describe.each([1, 2, 3])('however teams and roles are dealt (%i)', (seed) => {
    it('a developer sees exactly the products of their teams, wherever they look', async () => {
      const ctx = testContext(await open());
      const random = randomFrom(seed);
      const portal = await createPortal(ctx, { name: 'Harbour', rbacEnabled: true }, HOSTS);
      const products = await productsIn(ctx, portal, () => random.chance(0.7));
      const developers: DeveloperId[] = [];
      for (let n = 0; n < 4; n++) developers.push(await givenDeveloper(ctx, portal.id));
      const [viewed, consumed] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()];
      for (const id of developers) {
        viewed.set(id, new Set());
        consumed.set(id, new Set());
      }
      for (let n = 0; n < 4; n++) {
        const address = { portalId: portal.id, teamId: (await createTeam(ctx, portal.id, { name: `Team ${n}` })).id };
        const members = random.some(developers, 0.5);
        for (const id of members) await addTeamMember(ctx, address, id);
        for (const role of TEAM_ROLES)
          for (const product of random.some(products, 0.25)) {
            await assignTeamRole(ctx, address, { role, productId: product.id });
            for (const id of members) {
              viewed.get(id)?.add(product.id);
              if (role === 'API Consumer') consumed.get(id)?.add(product.id);
            }
          }
      }
      for (const id of developers) {
        const expected = products
          .filter((product) => product.assigned && viewed.get(id)?.has(product.id))
          .map(({ slug }) => slug);
        for (const who of [visitor(id), await developerVisitor(ctx, portal, id)]) {
          const { totals, ways } = await waysToSee(ctx, portal, who, products);
          expect(totals).toEqual(totals.map(() => expected.length));
          for (const way of ways) expect(way).toEqual(expected);
          for (const product of products)
            expect(await mayConsume(ctx, portal, who, product.id)).toBe(consumed.get(id)?.has(product.id));
        }
      }
    });
  });

  it('who has no team sees nothing, and neither does who is not logged in', async () => {
    const ctx = testContext(await open());
    const portal = await createPortal(ctx, { name: 'Harbour', rbacEnabled: true }, HOSTS);
    const products = await productsIn(ctx, portal, () => true);
    for (const who of [ANONYMOUS, visitor(await givenDeveloper(ctx, portal.id)), visitor(newId(START))]) {
      const { totals, ways } = await waysToSee(ctx, portal, who, products);
      expect(totals).toEqual([0, 0, 0, 0]);
      for (const way of ways) expect(way).toEqual([]);
      expect(await mayConsume(ctx, portal, who, products[0]?.id as Product['id'])).toBe(false);
    }
  });

  it('is of no account while the portal has it off, or is public', async () => {
    const ctx = testContext(await open());
    const who = async (portal: Portal) => visitor(await givenDeveloper(ctx, portal.id));
    const closed = await createPortal(ctx, { name: 'Closed' }, HOSTS);
    const shown = await createPortal(ctx, { name: 'Public', isPublic: true, rbacEnabled: true }, HOSTS);
    const { id } = await createProductInPortals(ctx, { name: 'Orders', portalIds: [closed.id, shown.id] });
    expect((await catalogue(ctx, closed, await who(closed), { page: PAGE })).total).toBe(1);
    expect(await mayConsume(ctx, closed, await who(closed), id)).toBe(true);
    expect((await catalogue(ctx, shown, ANONYMOUS, { page: PAGE })).total).toBe(1);
    expect(await mayConsume(ctx, shown, await who(shown), id)).toBe(false);
    expect(await mayConsume(ctx, closed, ANONYMOUS, id)).toBe(false);
  });
});
