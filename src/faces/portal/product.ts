import { notFound } from '../../domain/errors.ts';
import {
  type CatalogueProduct,
  findVisibleProduct,
  listVisibleVersions,
  type VisibleVersion,
} from '../../domain/visibility/index.ts';
import type { Breadcrumb } from '../../http/layout-model.ts';
import type { PortalContext } from './context.ts';
import { paths } from './paths.ts';

/** A product that this visitor may see, with its versions, the newest first. */
export interface ShownProduct {
  readonly product: CatalogueProduct;
  readonly versions: readonly VisibleVersion[];
}

/** Undefined when there is no such product, or not for this visitor. */
export const findShownProduct = async (ctx: PortalContext, idOrSlug: string): Promise<ShownProduct | undefined> => {
  const product = await findVisibleProduct(ctx, ctx.portal, ctx.visitor, idOrSlug);
  return product && { product, versions: await listVisibleVersions(ctx, ctx.portal, ctx.visitor, product) };
};

/** @throws not-found when there is no such product, or not for this visitor */
export const getShownProduct = async (ctx: PortalContext, idOrSlug: string): Promise<ShownProduct> => {
  const shown = await findShownProduct(ctx, idOrSlug);
  if (!shown) throw notFound('API product');
  return shown;
};

/** What is to be said of a version beside its name. */
export const versionBadge = (version: VisibleVersion, versions: readonly VisibleVersion[]) => {
  if (version.deprecated) return { text: 'Deprecated', kind: 'warning' };
  return versions.length > 1 && version.id === versions[0]?.id ? { text: 'Latest', kind: 'success' } : undefined;
};

/** The way from the start to a product, and on. */
export const trail = ({ name, slug }: CatalogueProduct, ...steps: readonly Breadcrumb[]): Breadcrumb[] => [
  { label: 'APIs', href: paths.catalogue() },
  steps.length === 0 ? { label: name } : { label: name, href: paths.product(slug) },
  ...steps,
];
