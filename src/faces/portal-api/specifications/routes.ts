import type { Request, Response } from 'express';
import { notFound } from '../../../domain/errors.ts';
import { listOperations, readSpecificationBytes } from '../../../domain/products/index.ts';
import type { Route } from '../../../http/routes.ts';
import type { PortalApiContext } from '../context.ts';
import { refuseParameters, versionOf } from '../query.ts';
import { presentOperations, sendDocument } from './presenters.ts';

/** All of them: clients get the operations without pages, and ingestion bounds how many there are. */
const ALL = { number: 1, size: Number.MAX_SAFE_INTEGER };

/**
 * The specification of the version that the path names; where it has none, 204 is answered.
 * @throws not-found unless the visitor may see the version
 */
const specificationOf = async (req: Request, res: Response, ctx: PortalApiContext) => {
  refuseParameters(req, 'filter', 'sort', 'page');
  const { specification } = await versionOf(req, ctx);
  if (!specification) res.status(204).end();
  return specification;
};

/** The specification of a version that the visitor may see; 204 where it has none. */
export const specificationRoutes: readonly Route<PortalApiContext>[] = [
  {
    method: 'get',
    path: '/products/:productId/versions/:productVersionId/spec',
    access: 'reader',
    audit: null,
    handler: async (req, res, ctx) => {
      const specification = await specificationOf(req, res, ctx);
      if (!specification) return;
      await sendDocument(req, res, specification.contentHash, async () => {
        const bytes = await readSpecificationBytes(ctx, specification.contentHash);
        if (!bytes) throw notFound('Specification'); // replaced or deleted since it was looked up
        return bytes;
      });
    },
  },
  {
    method: 'get',
    path: '/products/:productId/versions/:productVersionId/spec/operations',
    access: 'reader',
    audit: null,
    handler: async (req, res, ctx) => {
      const specification = await specificationOf(req, res, ctx);
      if (!specification) return;
      const { items } = await listOperations(ctx, specification.contentHash, { page: ALL });
      res.json(presentOperations(items.filter(({ kind }) => kind === 'operation')));
    },
  },
];
