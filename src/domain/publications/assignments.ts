import { may, require } from '../access/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { type Issue, invalid } from '../errors.ts';
import { record } from '../events/index.ts';
import { asId, type PortalId, type ProductId } from '../ids.ts';
import type { Listed, ListQuery } from '../listing.ts';
import { findExistingPortals } from '../portals/index.ts';
import * as store from './assignments-store.ts';
import type { AssignedProduct, AssignedProductFilterField, AssignedProductSortField, PublishStatus } from './publication.ts';
import { requirePortal } from './publications.ts';
import { mayPublish } from './publishing-policy.ts';

/** One page of the products that are assigned to a portal. @throws not-found when there is no such portal; forbidden */
export const listAssignedProducts = async (
  ctx: Context,
  portalId: PortalId,
  query: ListQuery<AssignedProductFilterField, AssignedProductSortField>,
): Promise<Listed<AssignedProduct>> => {
  await requirePortal(ctx, portalId);
  return store.selectAssignedProducts(ctx, portalId, query);
};

/**
 * Assigns products to a portal (`published`) or takes them out (`unpublished`); null leaves one as it is. What is decided about their
 * versions there is kept either way.
 * @param wanted by product id
 * @throws not-found for the portal; forbidden; invalid naming each product that does not exist
 */
export const publishProducts = (
  ctx: Context,
  portalId: PortalId,
  wanted: Readonly<Record<string, PublishStatus | null>>,
): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    await requirePortal(ctx, portalId);
    await requireProducts(ctx, Object.keys(wanted));
    const those = (status: PublishStatus): ProductId[] =>
      Object.entries(wanted)
        .filter(([, value]) => value === status)
        .map(([id]) => id.toLowerCase() as ProductId);
    await assign(ctx, portalId, those('published'));
    await unassign(ctx, portalId, those('unpublished'));
  });

const requireProducts = async (ctx: Context, given: readonly string[]): Promise<void> => {
  const ids = given.map((id) => asId<ProductId>(id)).filter((id) => id !== undefined);
  const readable = ids.filter((id) => may(ctx.actor, 'product.read', id));
  const existing = new Set(await store.selectExistingProducts(ctx, readable));
  const [first, ...rest] = given
    .filter((id) => !existing.has(id.toLowerCase()))
    .map((id): Issue => {
      const field = `api_products.${id}`;
      return { field, rule: 'missing_reference', reason: `${field} must be the id of an existing API product`, source: 'body' };
    });
  if (first) throw invalid(first, ...rest);
};

const assign = async (ctx: Context, portalId: PortalId, productIds: readonly ProductId[]): Promise<void> => {
  require(productIds.every((productId) => mayPublish(ctx.actor, { portalId, productId })));
  for (const id of await store.insertAssignments(ctx, portalId, productIds))
    await record(ctx, { action: 'product.assigned', subjectId: id, portalId, details: { portalId } });
};

const unassign = async (ctx: Context, portalId: PortalId, productIds: readonly ProductId[]): Promise<void> => {
  require(productIds.every((productId) => mayPublish(ctx.actor, { portalId, productId })));
  for (const id of await store.removeAssignments(ctx, portalId, productIds))
    await record(ctx, { action: 'product.unassigned', subjectId: id, portalId, details: { portalId } });
};

/**
 * Makes a product stand in exactly these of the portals that the actor may read; whether it stands in others is not theirs to know.
 * For callers who hold a transaction.
 * @throws forbidden; invalid when one of them does not exist
 */
export const assignExactly = async (ctx: Context, productId: ProductId, portalIds: readonly PortalId[]): Promise<void> => {
  const isReadable = (id: PortalId): boolean => may(ctx.actor, 'portal.read', id);
  const wanted = new Set(portalIds);
  if ((await findExistingPortals(ctx, [...wanted].filter(isReadable))).length < wanted.size)
    throw invalid({
      field: 'portal_ids',
      rule: 'missing_reference',
      reason: 'portal_ids must be the ids of existing portals',
      source: 'body',
    });
  const current = new Set((await store.selectPortalIds(ctx, productId)).filter(isReadable));
  for (const id of wanted) if (!current.has(id)) await assign(ctx, id, [productId]);
  for (const id of current) if (!wanted.has(id)) await unassign(ctx, id, [productId]);
};
