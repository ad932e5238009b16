import type { Request } from 'express';
import { notFound } from '../../../domain/errors.ts';
import type { ProductId, VersionId } from '../../../domain/ids.ts';
import {
  chooseEditions,
  compareSpecificationEditions,
  forgetSpecificationEdition,
  getSpecificationEdition,
  listSpecificationEditions,
  readSpecificationBytes,
  type VersionAddress,
} from '../../../domain/products/index.ts';
import { pathId, pathText, queryNumber } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import { comparisonJson } from '../../../rendering/openapi/changes/index.ts';
import type { ManagementContext } from '../context.ts';
import { presentEdition, sendEdition } from './edition-presenters.ts';

const VERSION = '/api-products/:productId/product-versions/:versionId';
const EDITION = 'Specification edition';

const versionAddress = (req: Request): VersionAddress => ({
  productId: pathId<ProductId>(req, 'productId', 'API product'),
  versionId: pathId<VersionId>(req, 'versionId', 'API product version'),
});

/** @throws not-found for what is no number */
const numberOf = (req: Request): number => {
  const text = pathText(req, 'number');
  if (!/^[1-9]\d{0,8}$/.test(text)) throw notFound(EDITION);
  return Number(text);
};

/** The documents that a version's specification was and is, and what differs between them. */
export const specificationEditionRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'get',
    path: `${VERSION}/specification-editions`,
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const editions = await listSpecificationEditions(ctx, versionAddress(req));
      res.json({ data: editions.map(presentEdition) });
    },
  },
  {
    method: 'get',
    path: `${VERSION}/specification-editions/:number`,
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const edition = await getSpecificationEdition(ctx, versionAddress(req), numberOf(req));
      const bytes = await readSpecificationBytes(ctx, edition.contentHash);
      if (!bytes) throw notFound(EDITION); // forgotten since it was looked up
      await sendEdition(res, edition, bytes);
    },
  },
  {
    method: 'delete',
    path: `${VERSION}/specification-editions/:number`,
    access: 'token',
    audit: 'version.specification-forgotten',
    handler: async (req, res, ctx) => {
      await forgetSpecificationEdition(ctx, versionAddress(req), numberOf(req));
      res.status(204).end();
    },
  },
  {
    method: 'get',
    path: `${VERSION}/specification-changes`,
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const at = versionAddress(req);
      const choice = { from: queryNumber(req, 'from'), to: queryNumber(req, 'to') };
      const chosen = chooseEditions(await listSpecificationEditions(ctx, at), choice);
      if (!chosen) throw notFound('Earlier specification');
      const { before, after } = chosen;
      const comparison = await compareSpecificationEditions(ctx, at, { from: before.number, to: after.number });
      res.json({
        from: presentEdition(before),
        to: presentEdition(after),
        comparison: comparison ? comparisonJson(comparison) : null,
      });
    },
  },
];
