import type { Request } from 'express';
import type { Context } from '../../../domain/context.ts';
import { notFound } from '../../../domain/errors.ts';
import type { ProductId, SpecificationId, VersionId } from '../../../domain/ids.ts';
import {
  createSpecification,
  deleteSpecification,
  getSpecification,
  listSpecifications,
  readSpecificationBytes,
  type Specification,
  type SpecificationAddress,
  updateSpecification,
  type VersionAddress,
} from '../../../domain/products/index.ts';
import { parseBody, pathId } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { sendSpecification, sendSpecifications } from './presenters.ts';
import { createSpecificationSchema, updateSpecificationSchema } from './schemas.ts';

const COLLECTION = '/api-products/:productId/product-versions/:versionId/specifications';
const WHAT = 'API product version specification';

const versionAddress = (req: Request): VersionAddress => ({
  productId: pathId<ProductId>(req, 'productId', 'API product'),
  versionId: pathId<VersionId>(req, 'versionId', 'API product version'),
});

const address = (req: Request): SpecificationAddress => ({
  ...versionAddress(req),
  specificationId: pathId<SpecificationId>(req, 'specificationId', WHAT),
});

const bytesOf = async (ctx: Context, { contentHash }: Specification): Promise<Buffer> => {
  const bytes = await readSpecificationBytes(ctx, contentHash);
  if (!bytes) throw notFound(WHAT); // replaced or deleted since it was looked up
  return bytes;
};

export const specificationRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'post',
    path: COLLECTION,
    access: 'token',
    audit: 'specification.created',
    bodyLimit: 'specification',
    handler: async (req, res, ctx) => {
      const at = versionAddress(req);
      const { name, content: bytes } = parseBody(createSpecificationSchema, req);
      const specification = await createSpecification(ctx, at, { name, bytes });
      await sendSpecification(res.status(201), specification, bytes);
    },
  },
  {
    method: 'get',
    path: COLLECTION,
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const specifications = await listSpecifications(ctx, versionAddress(req));
      const withBytes = specifications.map(async (specification) => ({
        specification,
        bytes: await bytesOf(ctx, specification),
      }));
      await sendSpecifications(res, await Promise.all(withBytes));
    },
  },
  {
    method: 'get',
    path: `${COLLECTION}/:specificationId`,
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const specification = await getSpecification(ctx, address(req));
      await sendSpecification(res, specification, await bytesOf(ctx, specification));
    },
  },
  {
    method: 'patch',
    path: `${COLLECTION}/:specificationId`,
    access: 'token',
    audit: 'specification.updated',
    bodyLimit: 'specification',
    handler: async (req, res, ctx) => {
      const at = address(req);
      const { name, content: bytes } = parseBody(updateSpecificationSchema, req);
      const specification = await updateSpecification(ctx, at, { name, bytes });
      await sendSpecification(res, specification, bytes ?? (await bytesOf(ctx, specification)));
    },
  },
  {
    method: 'delete',
    path: `${COLLECTION}/:specificationId`,
    access: 'token',
    audit: 'specification.deleted',
    handler: async (req, res, ctx) => {
      await deleteSpecification(ctx, address(req));
      res.status(204).end();
    },
  },
];
