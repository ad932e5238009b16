import type { Request } from 'express';
import {
  deleteApplication,
  getApplication,
  getApplicationOfAnyPortal,
  listApplications,
  type PortalApplication,
} from '../../../domain/applications/index.ts';
import type { ApplicationId, PortalId } from '../../../domain/ids.ts';
import { pathId } from '../../../http/input.ts';
import { presentPage, readListQuery } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { presentApplication } from './presenters.ts';

const portalId = (req: Request) => pathId<PortalId>(req, 'portalId', 'Portal');
const applicationId = (req: Request) => pathId<ApplicationId>(req, 'applicationId', 'Application');

/** The application that the path names, in the portal that it names. */
export const applicationRef = (req: Request): PortalApplication => ({
  portalId: portalId(req),
  applicationId: applicationId(req),
});

export const applicationRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'get',
    path: '/portals/:portalId/applications',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const query = readListQuery(req, {
        filters: { developer_id: 'uuid', developer_name: 'string', developer_email: 'string', name: 'string' },
        sort: ['created_at', 'developer_id', 'name'],
      });
      res.json(presentPage(await listApplications(ctx, portalId(req), query), presentApplication));
    },
  },
  {
    method: 'get',
    path: '/portals/:portalId/applications/:applicationId',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentApplication(await getApplication(ctx, applicationRef(req))));
    },
  },
  {
    method: 'delete',
    path: '/portals/:portalId/applications/:applicationId',
    access: 'token',
    audit: 'application.deleted',
    handler: async (req, res, ctx) => {
      await deleteApplication(ctx, applicationRef(req));
      res.status(204).end();
    },
  },
  {
    method: 'get',
    path: '/applications/:applicationId',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentApplication(await getApplicationOfAnyPortal(ctx, applicationId(req))));
    },
  },
];
