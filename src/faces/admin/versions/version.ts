import type { Request } from 'express';
import type { VersionId } from '../../../domain/ids.ts';
import { getVersion, type Product, type Version } from '../../../domain/products/index.ts';
import { pathId } from '../../../http/input.ts';
import type { Breadcrumb } from '../../../http/layout-model.ts';
import type { AdminContext } from '../context.ts';
import { productOf, productTrail } from '../products/frame.ts';
import { versionPaths } from '../products/paths.ts';

/** A version on a page, with its product. */
export interface ShownVersion {
  readonly product: Product;
  readonly version: Version;
  readonly ref: { readonly productId: Product['id']; readonly versionId: VersionId };
}

/** The version that an address names. @throws not-found, also when it belongs to another product */
export const versionOf = async (req: Request, ctx: AdminContext): Promise<ShownVersion> => {
  const product = await productOf(req, ctx);
  const ref = { productId: product.id, versionId: pathId<VersionId>(req, 'versionId', 'API product version') };
  return { product, version: await getVersion(ctx, ref), ref };
};

/** The way to what is below a version. */
export const versionTrail = (ctx: AdminContext, { product, version, ref }: ShownVersion): Breadcrumb[] => [
  ...productTrail(ctx, product),
  { label: version.name, href: versionPaths.version(ctx.region, ref) },
];
