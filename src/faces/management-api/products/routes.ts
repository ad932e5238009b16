import type { Request } from 'express';
import type { Context } from '../../../domain/context.ts';
import type { ProductId } from '../../../domain/ids.ts';
import { deleteProduct, getProduct, listProducts, type Product } from '../../../domain/products/index.ts';
import { createProductInPortals, listPortalsOfProducts, updateProductInPortals } from '../../../domain/publications/index.ts';
import { parseBody, pathId } from '../../../http/input.ts';
import { presentPage, readLabelConditions, readListQuery } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { presentProduct } from './presenters.ts';
import { createProductSchema, updateProductSchema } from './schemas.ts';

const productId = (req: Request) => pathId<ProductId>(req, 'productId', 'API product');

const present = async (ctx: Context, product: Product) => {
  const portals = await listPortalsOfProducts(ctx, [product.id]);
  return presentProduct(product, portals.get(product.id) ?? []);
};

export const productRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'post',
    path: '/api-products',
    access: 'token',
    audit: 'product.created',
    handler: async (req, res, ctx) => {
      const { name, description, labels, public_labels, portal_ids } = parseBody(createProductSchema, req);
      const input = { name, description, labels, publicLabels: public_labels, portalIds: portal_ids };
      const product = await createProductInPortals(ctx, input);
      res.status(201).json(await present(ctx, product));
    },
  },
  {
    method: 'get',
    path: '/api-products',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const query = readListQuery(req, { filters: { name: 'string' }, sort: ['name'] });
      const labels = readLabelConditions(req, 'labels');
      const publicLabels = readLabelConditions(req, 'public_labels');
      const listed = await listProducts(ctx, { ...query, labels, publicLabels });
      const portals = await listPortalsOfProducts(
        ctx,
        listed.items.map(({ id }) => id),
      );
      res.json(presentPage(listed, (product) => presentProduct(product, portals.get(product.id) ?? [])));
    },
  },
  {
    method: 'get',
    path: '/api-products/:productId',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(await present(ctx, await getProduct(ctx, productId(req))));
    },
  },
  {
    method: 'patch',
    path: '/api-products/:productId',
    access: 'token',
    audit: 'product.updated',
    handler: async (req, res, ctx) => {
      const id = productId(req);
      const { name, description, labels, public_labels, portal_ids } = parseBody(updateProductSchema, req);
      const changes = { name, description, labels, publicLabels: public_labels, portalIds: portal_ids };
      res.json(await present(ctx, await updateProductInPortals(ctx, id, changes)));
    },
  },
  {
    method: 'delete',
    path: '/api-products/:productId',
    access: 'token',
    audit: 'product.deleted',
    handler: async (req, res, ctx) => {
      await deleteProduct(ctx, productId(req));
      res.status(204).end();
    },
  },
];
