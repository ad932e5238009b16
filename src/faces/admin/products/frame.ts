import type { Request, Response } from 'express';
import { type Actor, may, mayAny } from '../../../domain/access/index.ts';
import type { ProductId } from '../../../domain/ids.ts';
import { getProduct, type Product } from '../../../domain/products/index.ts';
import { pathId } from '../../../http/input.ts';
import type { Breadcrumb } from '../../../http/layout-model.ts';
import type { AdminContext } from '../context.ts';
import { sendPage } from '../respond.ts';
import { entityRolePaths, mayGiveRoles } from '../roles/entity-paths.ts';
import { documentPaths, productPaths, publicationPaths, versionPaths } from './paths.ts';

/** The parts of a product, each a tab. */
type Part = 'overview' | 'versions' | 'documents' | 'portals' | 'roles';

/** The product that an address names. @throws not-found */
export const productOf = (req: Request, ctx: AdminContext): Promise<Product> =>
  getProduct(ctx, pathId<ProductId>(req, 'productId', 'API product'));

/** The way to what is below a product. */
export const productTrail = ({ region }: AdminContext, product?: Product): Breadcrumb[] => [
  { label: 'API products', href: productPaths.list(region) },
  ...(product ? [{ label: product.name, href: productPaths.product(region, product.id) }] : []),
];

/** Whether there may be a portal to which this actor publishes a product: by a role on the product, or on a portal. */
export const mayPublishSomewhere = (actor: Actor, id: ProductId): boolean =>
  (may(actor, 'product.publish', id) && mayAny(actor, 'portal.read')) || mayAny(actor, 'portal.publish');

const frameOf = ({ actor, region }: AdminContext, { id, name, versionCount }: Product, current: Part) => {
  const can = { edit: may(actor, 'product.edit', id), delete: may(actor, 'product.delete', id) };
  const tab = (part: Part, label: string, href: string, count?: number) => ({
    ...{ label, href, current: part === current },
    ...(count === undefined ? {} : { count }),
  });
  return {
    tabs: {
      label: `Parts of ${name}`,
      items: [
        tab('overview', 'Overview', productPaths.product(region, id)),
        tab('versions', 'Versions', versionPaths.list(region, id), versionCount),
        tab('documents', 'Documentation', documentPaths.list(region, id)),
        tab('portals', 'Dev Portals', publicationPaths.portals(region, id)),
        ...(mayGiveRoles(actor, 'product', id)
          ? [tab('roles', 'Roles', entityRolePaths.list(region, { entityType: 'product', entityId: id }))]
          : []),
      ],
    },
    add: [
      ...(mayPublishSomewhere(actor, id)
        ? [
            {
              ...{ text: 'Publish to Dev Portals', href: publicationPaths.publish(region, id), icon: 'globe' },
              hint: 'Shows a version to developers',
            },
          ]
        : []),
      ...(can.edit
        ? [
            { text: 'Version', href: versionPaths.create(region, id), icon: 'code' },
            { text: 'Document', href: documentPaths.create(region, id), icon: 'file' },
          ]
        : []),
    ],
    editHref: can.edit ? productPaths.edit(region, id) : false,
    deleteHref: can.delete ? productPaths.delete(region, id) : false,
  };
};

/** Answers with a part of a product, in the product's frame. */
export const sendProductPart = (
  req: Request,
  res: Response,
  ctx: AdminContext,
  { product, part, template }: { readonly product: Product; readonly part: Part; readonly template: string },
  page: object,
): Promise<void> =>
  sendPage(
    req,
    res,
    ctx,
    template,
    { title: product.name, breadcrumbs: productTrail(ctx) },
    { ...page, frame: frameOf(ctx, product, part) },
  );
