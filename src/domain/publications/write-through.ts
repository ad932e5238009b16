import { may } from '../access/index.ts';
import { type Context, inTransaction } from '../context.ts';
import type { PortalId, ProductId, VersionId } from '../ids.ts';
import {
  createProduct,
  createVersion,
  getProduct,
  getVersion,
  type NewProduct,
  type NewVersion,
  type Product,
  type ProductChanges,
  updateProduct,
  updateVersion,
  type Version,
  type VersionAddress,
  type VersionChanges,
} from '../products/index.ts';
import { asAdminOf } from '../roles/index.ts';
import { assignExactly } from './assignments.ts';
import { selectPortalIds } from './assignments-store.ts';
import type { Publication, PublishStatus } from './publication.ts';
import { change, insert } from './publications.ts';
import { selectOfVersion } from './publications-store.ts';

/** What the older fields of a product say about portals. */
interface InPortals {
  /** the portals it is assigned to, all of them; absent leaves them as they are */
  readonly portalIds?: readonly string[] | undefined;
}

/** What the older fields of a version say about all portals at once. */
interface Everywhere {
  readonly publishStatus?: PublishStatus | undefined;
  readonly deprecated?: boolean | undefined;
  /** whether developers who are affected are told by mail */
  readonly notify?: boolean | undefined;
}

/** Whether nothing is to be changed, so that whoever only publishes need not be allowed to. */
const isEmpty = (changes: object): boolean => Object.values(changes).every((value) => value === undefined);

/** Creates a product, assigned to portals. @throws as `createProduct`; invalid when a portal does not exist */
export const createProductInPortals = (ctx: Context, input: NewProduct & InPortals): Promise<Product> =>
  inTransaction(ctx, async (ctx) => {
    const { portalIds, ...rest } = input;
    const product = await createProduct(ctx, rest);
    if (portalIds) await assignExactly(asAdminOf(ctx, 'product', product.id), product.id, portalIds as readonly PortalId[]);
    return product;
  });

/** Changes a product and, where given, the portals it is assigned to. @throws as `updateProduct`; invalid when a portal does not exist */
export const updateProductInPortals = (ctx: Context, id: ProductId, changes: ProductChanges & InPortals): Promise<Product> =>
  inTransaction(ctx, async (ctx) => {
    const { portalIds, ...rest } = changes;
    const product = portalIds && isEmpty(rest) ? await getProduct(ctx, id) : await updateProduct(ctx, id, rest);
    if (portalIds) await assignExactly(ctx, id, portalIds as readonly PortalId[]);
    return product;
  });

/**
 * Creates a version; one that is published (or deprecated) from the start takes this state in every portal that its product is assigned
 * to, without strategy or registration.
 * @throws as `createVersion`
 */
export const createVersionInPortals = (ctx: Context, productId: ProductId, input: NewVersion & Everywhere): Promise<Version> =>
  inTransaction(ctx, async (ctx) => {
    const { publishStatus, deprecated, notify, ...rest } = input;
    const version = await createVersion(ctx, productId, rest);
    if (publishStatus === 'published' || deprecated === true)
      await writeThrough(ctx, productId, version.id, { publishStatus, deprecated, notify }, true);
    return version;
  });

/**
 * Changes a version; its status and deprecation are written through to all portals it stands in, and publishing it publishes it in every
 * portal that its product is assigned to.
 * @throws as `updateVersion`
 */
export const updateVersionInPortals = (
  ctx: Context,
  address: VersionAddress,
  changes: VersionChanges & Everywhere,
): Promise<Version> =>
  inTransaction(ctx, async (ctx) => {
    const { publishStatus, deprecated, notify, ...rest } = changes;
    const everywhere = publishStatus !== undefined || deprecated !== undefined;
    const version = everywhere && isEmpty(rest) ? await getVersion(ctx, address) : await updateVersion(ctx, address, rest);
    if (everywhere)
      await writeThrough(
        ctx,
        address.productId,
        address.versionId,
        { publishStatus, deprecated, notify },
        publishStatus === 'published',
      );
    return version;
  });

const isOtherwise = (publication: Publication, { publishStatus, deprecated }: Everywhere): boolean =>
  (publishStatus !== undefined && publishStatus !== publication.publishStatus) ||
  (deprecated !== undefined && deprecated !== publication.deprecated);

/** Decides about a version in every portal that the actor may read. What stands there so already is left alone. */
const writeThrough = async (
  ctx: Context,
  productId: ProductId,
  versionId: VersionId,
  { publishStatus, deprecated, notify }: Everywhere,
  everywhere: boolean,
): Promise<void> => {
  const notice = { notifyDevelopers: notify };
  const isReadable = (portalId: PortalId): boolean => may(ctx.actor, 'portal.read', portalId);
  const existing = (await selectOfVersion(ctx, versionId)).filter(({ portalId }) => isReadable(portalId));
  const changes = { publishStatus, deprecated };
  for (const publication of existing) if (isOtherwise(publication, changes)) await change(ctx, publication, changes, notice);
  if (!everywhere) return;
  const present = new Set(existing.map(({ portalId }) => portalId));
  for (const portalId of (await selectPortalIds(ctx, productId)).filter(isReadable)) {
    if (present.has(portalId)) continue;
    const settings = {
      publishStatus: publishStatus ?? 'unpublished',
      deprecated: deprecated ?? false,
      applicationRegistrationEnabled: false,
      autoApproveRegistration: false,
      authStrategyIds: [],
    } as const;
    await insert(ctx, { portalId, versionId, productId }, settings, notice);
  }
};
