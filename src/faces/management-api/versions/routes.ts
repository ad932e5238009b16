import type { Request } from 'express';
import type { Context } from '../../../domain/context.ts';
import type { ProductId, VersionId } from '../../../domain/ids.ts';
import { deleteVersion, getVersion, listVersions, type Version, type VersionAddress } from '../../../domain/products/index.ts';
import {
  createVersionInPortals,
  listPublicationsOfVersions,
  updateVersionInPortals,
} from '../../../domain/publications/index.ts';
import { parseBody, pathId } from '../../../http/input.ts';
import { presentPage, readListQuery } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { presentVersion } from './presenters.ts';
import { createVersionSchema, updateVersionSchema } from './schemas.ts';

const productId = (req: Request) => pathId<ProductId>(req, 'productId', 'API product');

const address = (req: Request): VersionAddress => ({
  productId: productId(req),
  versionId: pathId<VersionId>(req, 'versionId', 'API product version'),
});

const present = async (ctx: Context, version: Version) => {
  const publications = await listPublicationsOfVersions(ctx, [version.id]);
  return presentVersion(version, publications.get(version.id) ?? []);
};

export const versionRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'post',
    path: '/api-products/:productId/product-versions',
    access: 'token',
    audit: 'version.created',
    handler: async (req, res, ctx) => {
      const id = productId(req);
      const { name, labels, deprecated, publish_status, gateway_service } = parseBody(createVersionSchema, req);
      const input = { name, labels, deprecated, publishStatus: publish_status, gatewayService: gateway_service };
      const version = await createVersionInPortals(ctx, id, input);
      res.status(201).json(await present(ctx, version));
    },
  },
  {
    method: 'get',
    path: '/api-products/:productId/product-versions',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const query = readListQuery(req, {
        filters: { name: 'string', publish_status: 'string', gateway_service_id: 'uuid' },
        sort: ['name'],
      });
      const listed = await listVersions(ctx, productId(req), query);
      const publications = await listPublicationsOfVersions(
        ctx,
        listed.items.map(({ id }) => id),
      );
      res.json(presentPage(listed, (version) => presentVersion(version, publications.get(version.id) ?? [])));
    },
  },
  {
    method: 'get',
    path: '/api-products/:productId/product-versions/:versionId',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(await present(ctx, await getVersion(ctx, address(req))));
    },
  },
  {
    method: 'patch',
    path: '/api-products/:productId/product-versions/:versionId',
    access: 'token',
    audit: 'version.updated',
    handler: async (req, res, ctx) => {
      const at = address(req);
      const { publish_status, gateway_service, ...changes } = parseBody(updateVersionSchema, req);
      const version = await updateVersionInPortals(ctx, at, {
        ...changes,
        publishStatus: publish_status,
        gatewayService: gateway_service,
      });
      res.json(await present(ctx, version));
    },
  },
  {
    method: 'delete',
    path: '/api-products/:productId/product-versions/:versionId',
    access: 'token',
    audit: 'version.deleted',
    handler: async (req, res, ctx) => {
      await deleteVersion(ctx, address(req));
      res.status(204).end();
    },
  },
];
