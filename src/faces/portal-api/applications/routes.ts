import type { Request } from 'express';
import {
  createApplication,
  deleteOwnApplication,
  getOwnApplication,
  listOwnApplications,
  updateOwnApplication,
} from '../../../domain/applications/index.ts';
import { listApplicationsOfVersion } from '../../../domain/registrations/index.ts';
import { listVisibleStrategies } from '../../../domain/visibility/index.ts';
import { parseBody, queryFlag, queryText } from '../../../http/input.ts';
import { presentPage, readListQuery } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import { fold } from '../../../lib/text.ts';
import type { PortalApiContext } from '../context.ts';
import { ownApplicationOf, ownerOf } from '../owner.ts';
import { pageOf, refuseParameters, versionOf } from '../query.ts';
import { matches } from './filters.ts';
import { credentialTypeOf, presentApplication, presentApplicationOfVersion, presentStrategy } from './presenters.ts';
import { createApplicationSchema, updateApplicationSchema } from './schemas.ts';

/** `unregistered`, and `unregistered=`, mean yes. */
const isUnregistered = (req: Request): boolean => queryText(req, 'unregistered') === '' || queryFlag(req, 'unregistered');

export const applicationRoutes: readonly Route<PortalApiContext>[] = [
  {
    method: 'get',
    path: '/applications',
    access: 'developer',
    audit: null,
    handler: async (req, res, ctx) => {
      refuseParameters(req, 'sort');
      const query = readListQuery(req, { filters: { name: 'string', auth_strategy_id: 'uuid' }, sort: [] });
      res.json(presentPage(await listOwnApplications(ctx, ownerOf(ctx), query), presentApplication));
    },
  },
  {
    method: 'post',
    path: '/applications',
    access: 'developer',
    audit: 'application.created',
    handler: async (req, res, ctx) => {
      const application = await createApplication(ctx, ownerOf(ctx), parseBody(createApplicationSchema, req));
      res.status(201).json(presentApplication(application));
    },
  },
  {
    method: 'get',
    path: '/applications/auth-strategies', // before single applications: it stands where their ids do
    access: 'developer',
    audit: null,
    handler: async (req, res, ctx) => {
      refuseParameters(req, 'sort');
      const { filters, page } = readListQuery(req, { filters: { name: 'string', credential_type: 'choice' }, sort: [] });
      const strategies = (await listVisibleStrategies(ctx, ctx.portal, ctx.visitor)).filter((strategy) =>
        matches(filters, { name: fold(strategy.displayName), credential_type: credentialTypeOf(strategy) }),
      );
      res.json(presentPage(pageOf(strategies, page), presentStrategy));
    },
  },
  {
    method: 'get',
    path: '/applications/:applicationId',
    access: 'developer',
    audit: null,
    handler: async (req, res, ctx) => {
      refuseParameters(req, 'filter', 'sort', 'page');
      res.json(presentApplication(await getOwnApplication(ctx, ownApplicationOf(req, ctx))));
    },
  },
  {
    method: 'patch',
    path: '/applications/:applicationId',
    access: 'developer',
    audit: 'application.updated',
    handler: async (req, res, ctx) => {
      const own = ownApplicationOf(req, ctx);
      res.json(presentApplication(await updateOwnApplication(ctx, own, parseBody(updateApplicationSchema, req))));
    },
  },
  {
    method: 'delete',
    path: '/applications/:applicationId',
    access: 'developer',
    audit: 'application.deleted',
    handler: async (req, res, ctx) => {
      refuseParameters(req, 'filter', 'sort', 'page');
      await deleteOwnApplication(ctx, ownApplicationOf(req, ctx));
      res.status(204).end();
    },
  },
  {
    method: 'get',
    path: '/products/:productId/versions/:productVersionId/applications',
    access: 'developer',
    audit: null,
    handler: async (req, res, ctx) => {
      refuseParameters(req, 'sort');
      const query = readListQuery(req, {
        filters: { name: 'string', status: 'choice', auth_strategy_id: 'uuid' },
        sort: [],
      });
      const registered = !isUnregistered(req);
      const version = await versionOf(req, ctx);
      const applications = await listApplicationsOfVersion(ctx, ownerOf(ctx), version, { ...query, registered });
      res.json(presentPage(applications, presentApplicationOfVersion));
    },
  },
];
