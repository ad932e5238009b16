import { notFound, unavailable } from '../../../domain/errors.ts';
import { findSpecificationContent, type SpecificationContent } from '../../../domain/products/index.ts';
import { findVisibleVersion, type VisibleVersion } from '../../../domain/visibility/index.ts';
import type { PortalContext } from '../context.ts';
import { getShownProduct, type ShownProduct } from '../product.ts';
import type { ReferenceAddress } from './links.ts';

/** A version on its page. */
export interface ShownVersion extends ShownProduct {
  readonly version: VisibleVersion;
  readonly at: ReferenceAddress;
}

/** A version that has a specification. */
export interface ShownReference extends ShownVersion {
  readonly content: SpecificationContent;
}

/** Names the version created last, in addresses that stay while versions come; a version of that name goes first. */
const LATEST = 'latest';

/** @throws not-found when there is no such product or version, or not for this visitor */
export const getShownVersion = async (
  ctx: PortalContext,
  product: string,
  idNameOrSlug: string | undefined,
): Promise<ShownVersion> => {
  const shown = await getShownProduct(ctx, product);
  const find = (which: string | undefined) => findVisibleVersion(ctx, ctx.portal, ctx.visitor, shown.product, which);
  const version = (await find(idNameOrSlug)) ?? (idNameOrSlug === LATEST ? await find(undefined) : undefined);
  if (!version) throw notFound('API product version');
  return { ...shown, version, at: { product: shown.product.slug, version: version.slug } };
};

/** The reference of a version, or undefined while it has no specification. */
export const findReference = async (ctx: PortalContext, shown: ShownVersion): Promise<ShownReference | undefined> => {
  const { specification } = shown.version;
  const content = specification ? await findSpecificationContent(ctx, specification.contentHash) : undefined;
  return content && { ...shown, content };
};

/** @throws not-found also when the version has no specification */
export const getReference = async (ctx: PortalContext, product: string, version: string): Promise<ShownReference> => {
  const reference = await findReference(ctx, await getShownVersion(ctx, product, version));
  if (!reference) throw notFound('Specification');
  return reference;
};

/**
 * The same once its HTML is there, or is known never to be: waits while it is being made.
 * @throws unavailable when that takes too long; not-found when the specification is replaced or deleted meanwhile
 */
export const rendered = async (ctx: PortalContext, reference: ShownReference): Promise<ShownReference> => {
  const { contentHash, rendering } = reference.content;
  if (rendering !== 'pending') return reference;
  await ctx.deps.awaitReference(ctx.region, contentHash);
  const content = await findSpecificationContent(ctx, contentHash);
  if (!content) throw notFound('Specification');
  if (content.rendering === 'pending') throw unavailable('This reference is being prepared; please try again in a moment');
  return { ...reference, content };
};
