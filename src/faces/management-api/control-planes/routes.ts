import type { Request } from 'express';
import {
  createControlPlane,
  deleteControlPlane,
  getControlPlane,
  listControlPlanes,
  updateControlPlane,
} from '../../../domain/gateways/index.ts';
import type { ControlPlaneId } from '../../../domain/ids.ts';
import { parseBody, pathId } from '../../../http/input.ts';
import { presentPage, readLabelConditions, readListQuery } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { entityRoutes } from './entity-routes.ts';
import { presentControlPlane } from './presenters.ts';
import { createControlPlaneSchema, updateControlPlaneSchema } from './schemas.ts';

const planeId = (req: Request) => pathId<ControlPlaneId>(req, 'id', 'Control plane');
const originOf = (req: Request): string => `${req.protocol}://${req.get('host') ?? 'localhost'}`;

export const controlPlaneRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'get',
    path: '/control-planes',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const query = readListQuery(req, {
        filters: { id: 'uuid', name: 'string', cluster_type: 'choice', cloud_gateway: 'boolean' },
        sort: ['created_at'],
      });
      const listed = await listControlPlanes(ctx, query, readLabelConditions(req, 'labels'));
      res.json(presentPage(listed, (controlPlane) => presentControlPlane(controlPlane, originOf(req))));
    },
  },
  {
    method: 'post',
    path: '/control-planes',
    access: 'token',
    audit: 'control-plane.created',
    handler: async (req, res, ctx) => {
      const body = parseBody(createControlPlaneSchema, req);
      const controlPlane = await createControlPlane(ctx, {
        name: body.name,
        description: body.description,
        clusterType: body.cluster_type,
        authType: body.auth_type,
        cloudGateway: body.cloud_gateway,
        proxyUrls: body.proxy_urls,
        labels: body.labels,
      });
      res.status(201).json(presentControlPlane(controlPlane, originOf(req)));
    },
  },
  {
    method: 'get',
    path: '/control-planes/:id',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentControlPlane(await getControlPlane(ctx, planeId(req)), originOf(req)));
    },
  },
  {
    method: 'patch',
    path: '/control-planes/:id',
    access: 'token',
    audit: 'control-plane.updated',
    handler: async (req, res, ctx) => {
      const id = planeId(req);
      const { name, description, auth_type, proxy_urls, labels } = parseBody(updateControlPlaneSchema, req);
      const changes = { name, description, authType: auth_type, proxyUrls: proxy_urls, labels };
      res.json(presentControlPlane(await updateControlPlane(ctx, id, changes), originOf(req)));
    },
  },
  {
    method: 'delete',
    path: '/control-planes/:id',
    access: 'token',
    audit: 'control-plane.deleted',
    handler: async (req, res, ctx) => {
      await deleteControlPlane(ctx, planeId(req));
      res.status(204).end();
    },
  },
  ...entityRoutes,
];
