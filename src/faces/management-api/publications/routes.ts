import type { Request } from 'express';
import type { PortalId, VersionId } from '../../../domain/ids.ts';
import {
  createPublication,
  deletePublication,
  getPublication,
  listAssignedProducts,
  listPublications,
  type PublicationRef,
  publishProducts,
  putPublication,
  updatePublication,
} from '../../../domain/publications/index.ts';
import { parseBody, pathId } from '../../../http/input.ts';
import { presentPage, readListQuery } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { presentAssignedProduct, presentPublication } from './presenters.ts';
import { createPublicationSchema, publishProductsSchema, replacePublicationSchema, updatePublicationSchema } from './schemas.ts';

const portalId = (req: Request) => pathId<PortalId>(req, 'portalId', 'Portal');

/** Where the publication of an address is. */
export const publicationRef = (req: Request): PublicationRef => ({
  portalId: portalId(req),
  versionId: pathId<VersionId>(req, 'productVersionId', 'Portal product version'),
});

const FILTERS = {
  id: 'uuid',
  publish_status: 'choice',
  product_version_id: 'uuid',
  created_at: 'datetime',
  updated_at: 'datetime',
  auth_strategy_ids: 'uuid',
  application_registration_enabled: 'boolean',
  auto_approve_registration: 'boolean',
  deprecated: 'boolean',
} as const;

const SORT = [
  'created_at',
  'updated_at',
  'publish_status',
  'product_version_id',
  'auth_strategy_ids',
  'application_registration_enabled',
  'auto_approve_registration',
  'deprecated',
] as const;

export const publicationRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'post',
    path: '/portals/:portalId/publish',
    access: 'token',
    audit: 'product.assigned',
    handler: async (req, res, ctx) => {
      const id = portalId(req);
      await publishProducts(ctx, id, parseBody(publishProductsSchema, req).api_products);
      res.status(204).end();
    },
  },
  {
    method: 'get',
    path: '/portals/:portalId/products',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const query = readListQuery(req, {
        filters: { id: 'uuid', name: 'string', description: 'string' },
        sort: ['created_at', 'name', 'description'],
      });
      res.json(presentPage(await listAssignedProducts(ctx, portalId(req), query), presentAssignedProduct));
    },
  },
  {
    method: 'get',
    path: '/portals/:portalId/product-versions',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const query = readListQuery(req, { filters: FILTERS, sort: SORT });
      res.json(presentPage(await listPublications(ctx, portalId(req), query), presentPublication));
    },
  },
  {
    method: 'post',
    path: '/portals/:portalId/product-versions',
    access: 'token',
    audit: 'publication.created',
    handler: async (req, res, ctx) => {
      const id = portalId(req);
      const body = parseBody(createPublicationSchema, req);
      const ref = { portalId: id, versionId: body.product_version_id };
      const settings = {
        publishStatus: body.publish_status,
        deprecated: body.deprecated,
        applicationRegistrationEnabled: body.application_registration_enabled,
        autoApproveRegistration: body.auto_approve_registration,
        authStrategyIds: body.auth_strategy_ids,
      };
      res.status(201).json(presentPublication(await createPublication(ctx, ref, settings)));
    },
  },
  {
    method: 'get',
    path: '/portals/:portalId/product-versions/:productVersionId',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentPublication(await getPublication(ctx, publicationRef(req))));
    },
  },
  {
    method: 'patch',
    path: '/portals/:portalId/product-versions/:productVersionId',
    access: 'token',
    audit: 'publication.updated',
    handler: async (req, res, ctx) => {
      const ref = publicationRef(req);
      const body = parseBody(updatePublicationSchema, req);
      const publication = await updatePublication(ctx, ref, {
        publishStatus: body.publish_status,
        deprecated: body.deprecated,
        applicationRegistrationEnabled: body.application_registration_enabled,
        autoApproveRegistration: body.auto_approve_registration,
        authStrategyIds: body.auth_strategy_ids,
        notifyDevelopers: body.notify_developers,
      });
      res.json(presentPublication(publication));
    },
  },
  {
    method: 'put',
    path: '/portals/:portalId/product-versions/:productVersionId',
    access: 'token',
    audit: 'publication.updated',
    handler: async (req, res, ctx) => {
      const ref = publicationRef(req);
      const body = parseBody(replacePublicationSchema, req);
      const publication = await putPublication(ctx, ref, {
        publishStatus: body.publish_status,
        deprecated: body.deprecated,
        applicationRegistrationEnabled: body.application_registration_enabled,
        autoApproveRegistration: body.auto_approve_registration,
        authStrategyIds: body.auth_strategy_ids,
        notifyDevelopers: body.notify_developers,
      });
      res.json(presentPublication(publication));
    },
  },
  {
    method: 'delete',
    path: '/portals/:portalId/product-versions/:productVersionId',
    access: 'token',
    audit: 'publication.deleted',
    handler: async (req, res, ctx) => {
      await deletePublication(ctx, publicationRef(req));
      res.status(204).end();
    },
  },
];
