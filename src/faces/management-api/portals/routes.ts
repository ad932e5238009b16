import type { Request } from 'express';
import type { z } from 'zod';
import type { PortalId } from '../../../domain/ids.ts';
import {
  createPortal,
  deletePortal,
  getPortal,
  listPortals,
  updatePortal,
  verifyPortalDomain,
} from '../../../domain/portals/index.ts';
import { parseBody, pathId, queryFlag } from '../../../http/input.ts';
import { presentPage, readListQuery } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { presentPortal } from './presenters.ts';
import { createPortalSchema, updatePortalSchema } from './schemas.ts';

const portalId = (req: Request) => pathId<PortalId>(req, 'portalId', 'Portal');

const FILTERS = {
  id: 'uuid',
  name: 'string',
  description: 'string',
  is_public: 'boolean',
  rbac_enabled: 'boolean',
  auto_approve_developers: 'boolean',
  auto_approve_applications: 'boolean',
  default_domain: 'string',
  custom_domain: 'string',
  custom_client_domain: 'string',
} as const;

const SORT = [
  'name',
  'description',
  'is_public',
  'rbac_enabled',
  'auto_approve_applications',
  'auto_approve_developers',
  'default_domain',
  'custom_domain',
  'custom_client_domain',
  'created_at',
  'updated_at',
] as const;

const settingsOf = (body: Omit<z.output<typeof updatePortalSchema>, 'name' | 'labels'>) => ({
  displayName: body.display_name,
  description: body.description,
  isPublic: body.is_public,
  rbacEnabled: body.rbac_enabled,
  autoApproveApplications: body.auto_approve_applications,
  autoApproveDevelopers: body.auto_approve_developers,
  customDomain: body.custom_domain,
  customClientDomain: body.custom_client_domain,
  defaultAuthStrategyId: body.default_application_auth_strategy_id,
});

export const portalRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'get',
    path: '/portals',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const query = readListQuery(req, { filters: FILTERS, sort: SORT });
      res.json(presentPage(await listPortals(ctx, query), presentPortal));
    },
  },
  {
    method: 'post',
    path: '/portals',
    access: 'token',
    audit: 'portal.created',
    handler: async (req, res, ctx) => {
      const { name, labels, ...rest } = parseBody(createPortalSchema, req);
      const portal = await createPortal(ctx, { ...settingsOf(rest), name, labels }, ctx.settings);
      res.status(201).json(presentPortal(portal));
    },
  },
  {
    method: 'get',
    path: '/portals/:portalId',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentPortal(await getPortal(ctx, portalId(req))));
    },
  },
  {
    method: 'patch',
    path: '/portals/:portalId',
    access: 'token',
    audit: 'portal.updated',
    handler: async (req, res, ctx) => {
      const id = portalId(req);
      const { name, labels, ...rest } = parseBody(updatePortalSchema, req);
      const changes = { ...settingsOf(rest), name, labels };
      res.json(presentPortal(await updatePortal(ctx, id, changes, ctx.settings)));
    },
  },
  {
    method: 'delete',
    path: '/portals/:portalId',
    access: 'token',
    audit: 'portal.deleted',
    handler: async (req, res, ctx) => {
      await deletePortal(ctx, portalId(req), { force: queryFlag(req, 'force') });
      res.status(204).end();
    },
  },
  {
    method: 'post',
    path: '/portals/:portalId/verify-domain',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const { isCnameVerified, isSslIssued } = await verifyPortalDomain(ctx, portalId(req));
      res.json({ is_cname_verified: isCnameVerified, is_ssl_issued: isSslIssued });
    },
  },
];
