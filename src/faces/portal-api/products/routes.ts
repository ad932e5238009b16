import { catalogue, mayConsume } from '../../../domain/visibility/index.ts';
import { presentPage, readListQuery } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import type { PortalApiContext } from '../context.ts';
import { productOf, refuseParameters } from '../query.ts';
import { presentActions, presentProduct } from './presenters.ts';

/** The products that the visitor may see. */
export const productRoutes: readonly Route<PortalApiContext>[] = [
  {
    method: 'get',
    path: '/products',
    access: 'reader',
    audit: null,
    handler: async (req, res, ctx) => {
      const query = readListQuery(req, {
        filters: { id: 'uuid', name: 'string', description: 'string' },
        sort: ['name', 'created_at', 'updated_at'],
      });
      res.json(presentPage(await catalogue(ctx, ctx.portal, ctx.visitor, query), presentProduct));
    },
  },
  {
    method: 'get',
    path: '/products/:productId',
    access: 'reader',
    audit: null,
    handler: async (req, res, ctx) => {
      refuseParameters(req, 'filter', 'sort', 'page');
      res.json(presentProduct(await productOf(req, ctx)));
    },
  },
  {
    method: 'get',
    path: '/products/:productId/actions',
    access: 'reader',
    audit: null,
    handler: async (req, res, ctx) => {
      const { id } = await productOf(req, ctx);
      res.json(presentActions({ register: await mayConsume(ctx, ctx.portal, ctx.visitor, id) }));
    },
  },
];
