import type { Request } from 'express';
import {
  type DeveloperAddress,
  deleteDeveloper,
  getDeveloper,
  listDevelopers,
  setDeveloperStatus,
} from '../../../domain/developers/index.ts';
import type { DeveloperId, PortalId } from '../../../domain/ids.ts';
import { getAuthentication, updateAuthentication } from '../../../domain/portals/index.ts';
import { parseBody, pathId } from '../../../http/input.ts';
import { presentPage, readListQuery } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { presentAuthentication, presentDeveloper } from './presenters.ts';
import { updateAuthenticationSchema, updateDeveloperSchema } from './schemas.ts';

export const portalId = (req: Request) => pathId<PortalId>(req, 'portalId', 'Portal');

/** The developer that the path names, of the portal that it names. */
export const developerAddress = (req: Request): DeveloperAddress => ({
  portalId: portalId(req),
  developerId: pathId<DeveloperId>(req, 'developerId', 'Developer'),
});

/** The developers of a portal, and how they log in. */
export const developerRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'get',
    path: '/portals/:portalId/developers',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const query = readListQuery(req, {
        filters: { name: 'string', status: 'string', email: 'string' },
        sort: ['created_at', 'updated_at', 'email', 'name', 'status'],
      });
      res.json(presentPage(await listDevelopers(ctx, portalId(req), query), presentDeveloper));
    },
  },
  {
    method: 'get',
    path: '/portals/:portalId/developers/:developerId',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentDeveloper(await getDeveloper(ctx, developerAddress(req))));
    },
  },
  {
    method: 'patch',
    path: '/portals/:portalId/developers/:developerId',
    access: 'token',
    audit: 'developer.approved',
    handler: async (req, res, ctx) => {
      const address = developerAddress(req);
      const { status } = parseBody(updateDeveloperSchema, req);
      const developer = await (status === undefined ? getDeveloper(ctx, address) : setDeveloperStatus(ctx, address, { status }));
      res.json(presentDeveloper(developer));
    },
  },
  {
    method: 'delete',
    path: '/portals/:portalId/developers/:developerId',
    access: 'token',
    audit: 'developer.deleted',
    handler: async (req, res, ctx) => {
      await deleteDeveloper(ctx, developerAddress(req));
      res.status(204).end();
    },
  },
  {
    method: 'get',
    path: '/portals/:portalId/authentication-settings',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentAuthentication(await getAuthentication(ctx, portalId(req))));
    },
  },
  {
    method: 'patch',
    path: '/portals/:portalId/authentication-settings',
    access: 'token',
    audit: 'portal.authentication-updated',
    handler: async (req, res, ctx) => {
      const id = portalId(req);
      res.json(presentAuthentication(await updateAuthentication(ctx, id, parseBody(updateAuthenticationSchema, req))));
    },
  },
];
