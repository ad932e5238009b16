import type { Request } from 'express';
import { invalid } from '../../../domain/errors.ts';
import {
  createGatewayRoute,
  createGatewayService,
  deleteGatewayRoute,
  deleteGatewayService,
  getGatewayRoute,
  getGatewayService,
  listGatewayRoutes,
  listGatewayServices,
  putGatewayRoute,
  putGatewayService,
  type RouteRef,
  type ServiceRef,
  updateGatewayRoute,
  updateGatewayService,
} from '../../../domain/gateways/index.ts';
import { type ControlPlaneId, type GatewayRouteId, type GatewayServiceId, isUuid } from '../../../domain/ids.ts';
import { parseBody, pathId, pathText, queryOf } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { readEntityQuery } from './entity-query.ts';
import { presentEntities, presentEntity } from './presenters.ts';
import { entityNameSchema, routeSchema, serviceSchema } from './schemas.ts';

const SERVICES = '/control-planes/:id/core-entities/services';
const ROUTES = '/control-planes/:id/core-entities/routes';

const planeId = (req: Request) => pathId<ControlPlaneId>(req, 'id', 'Control plane');
const serviceRef = (req: Request): ServiceRef => ({ controlPlaneId: planeId(req), service: pathText(req, 'service') });
const routeRef = (req: Request): RouteRef => ({ controlPlaneId: planeId(req), route: pathText(req, 'route') });
const listPath = (req: Request): string => `${req.baseUrl}${req.path}`;

/** A service as sent: its id, where the sender chose one, and its fields without what only answers hold. */
const sentService = (req: Request) => {
  const { id, created_at: _created, updated_at: _updated, ...sent } = parseBody(serviceSchema, req);
  return { id: (id ?? undefined) as GatewayServiceId | undefined, sent };
};

const sentRoute = (req: Request) => {
  const { id, created_at: _created, updated_at: _updated, ...sent } = parseBody(routeSchema, req);
  return { id: (id ?? undefined) as GatewayRouteId | undefined, sent };
};

/** What is put at an address takes its last part for its name, or its id. @throws invalid for a name that no body could give */
const checkName = (idOrName: string): void => {
  if (isUuid(idOrName) || entityNameSchema.safeParse(idOrName).success) return;
  const reason = 'the name in the address must have at most 128 characters: letters, digits, ".", "_", "~", "-"';
  throw invalid({ field: 'name', rule: 'invalid', reason, source: 'path' });
};

/** Services and routes of a control plane, as gateways answer for them: named by id or name. */
export const entityRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'get',
    path: SERVICES,
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const page = await listGatewayServices(ctx, planeId(req), readEntityQuery(req));
      res.json(presentEntities(page, listPath(req), queryOf(req)));
    },
  },
  {
    method: 'post',
    path: SERVICES,
    access: 'token',
    audit: 'gateway-service.created',
    handler: async (req, res, ctx) => {
      const { id, sent } = sentService(req);
      res.status(201).json(presentEntity(await createGatewayService(ctx, planeId(req), sent, id)));
    },
  },
  {
    method: 'get',
    path: `${SERVICES}/:service`,
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentEntity(await getGatewayService(ctx, serviceRef(req))));
    },
  },
  {
    method: 'put',
    path: `${SERVICES}/:service`,
    access: 'token',
    audit: 'gateway-service.updated',
    handler: async (req, res, ctx) => {
      const ref = serviceRef(req);
      checkName(ref.service);
      res.json(presentEntity(await putGatewayService(ctx, ref, sentService(req).sent)));
    },
  },
  {
    method: 'patch',
    path: `${SERVICES}/:service`,
    access: 'token',
    audit: 'gateway-service.updated',
    handler: async (req, res, ctx) => {
      res.json(presentEntity(await updateGatewayService(ctx, serviceRef(req), sentService(req).sent)));
    },
  },
  {
    method: 'delete',
    path: `${SERVICES}/:service`,
    access: 'token',
    audit: 'gateway-service.deleted',
    handler: async (req, res, ctx) => {
      await deleteGatewayService(ctx, serviceRef(req));
      res.status(204).end();
    },
  },
  {
    method: 'get',
    path: ROUTES,
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const page = await listGatewayRoutes(ctx, planeId(req), readEntityQuery(req));
      res.json(presentEntities(page, listPath(req), queryOf(req)));
    },
  },
  {
    method: 'post',
    path: ROUTES,
    access: 'token',
    audit: 'gateway-route.created',
    handler: async (req, res, ctx) => {
      const { id, sent } = sentRoute(req);
      res.status(201).json(presentEntity(await createGatewayRoute(ctx, planeId(req), sent, id)));
    },
  },
  {
    method: 'get',
    path: `${ROUTES}/:route`,
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentEntity(await getGatewayRoute(ctx, routeRef(req))));
    },
  },
  {
    method: 'put',
    path: `${ROUTES}/:route`,
    access: 'token',
    audit: 'gateway-route.updated',
    handler: async (req, res, ctx) => {
      const ref = routeRef(req);
      checkName(ref.route);
      res.json(presentEntity(await putGatewayRoute(ctx, ref, sentRoute(req).sent)));
    },
  },
  {
    method: 'patch',
    path: `${ROUTES}/:route`,
    access: 'token',
    audit: 'gateway-route.updated',
    handler: async (req, res, ctx) => {
      res.json(presentEntity(await updateGatewayRoute(ctx, routeRef(req), sentRoute(req).sent)));
    },
  },
  {
    method: 'delete',
    path: `${ROUTES}/:route`,
    access: 'token',
    audit: 'gateway-route.deleted',
    handler: async (req, res, ctx) => {
      await deleteGatewayRoute(ctx, routeRef(req));
      res.status(204).end();
    },
  },
];
