import { may } from '../../../domain/access/index.ts';
import { listPortals } from '../../../domain/portals/index.ts';
import { listProducts } from '../../../domain/products/index.ts';
import type { AdminContext } from '../context.ts';
import { portalPaths } from '../portals/paths.ts';
import { productPaths } from '../products/paths.ts';

const FIRST = { number: 1, size: 1 } as const;

/** What there is to do in a region that holds nothing yet, for who may do it; false where it was done. */
export const firstSteps = async (ctx: AdminContext) => {
  if (!may(ctx.actor, 'organisation.administer')) return false;
  const portals = await listPortals(ctx, { filters: [], sort: [], page: FIRST });
  const products = await listProducts(ctx, { filters: [], sort: [], page: FIRST, labels: [] });
  if (portals.total > 0 && products.total > 0) return false;
  return {
    label: 'First steps',
    items: [
      {
        text: 'Create a portal',
        done: portals.total > 0,
        href: portalPaths.create(ctx.region),
        hint: 'The site that developers visit.',
      },
      {
        text: 'Create an API product',
        done: products.total > 0,
        href: productPaths.create(ctx.region),
        hint: 'What is published there: versions, specifications, documents.',
      },
    ],
  };
};
