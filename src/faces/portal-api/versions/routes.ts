import { listVisibleVersions } from '../../../domain/visibility/index.ts';
import { presentPage, readListQuery } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import type { PortalApiContext } from '../context.ts';
import { pageOf, productOf, refuseParameters, versionOf } from '../query.ts';
import { presentVersion } from './presenters.ts';

/** The versions of a product that the visitor may see, the newest first. */
export const versionRoutes: readonly Route<PortalApiContext>[] = [
  {
    method: 'get',
    path: '/products/:productId/versions',
    access: 'reader',
    audit: null,
    handler: async (req, res, ctx) => {
      refuseParameters(req, 'sort');
      const { filters, page } = readListQuery(req, { filters: { name: 'string' }, sort: [] });
      const product = await productOf(req, ctx);
      const versions = await listVisibleVersions(ctx, ctx.portal, ctx.visitor, product, filters);
      res.json(presentPage(pageOf(versions, page), (version) => presentVersion(ctx.portal, version)));
    },
  },
  {
    method: 'get',
    path: '/products/:productId/versions/:productVersionId',
    access: 'reader',
    audit: null,
    handler: async (req, res, ctx) => {
      refuseParameters(req, 'filter', 'sort', 'page');
      res.json(presentVersion(ctx.portal, await versionOf(req, ctx)));
    },
  },
];
