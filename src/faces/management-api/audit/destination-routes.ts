import type { Request } from 'express';
import type { z } from 'zod';
import {
  createAuditDestination,
  deleteAuditDestination,
  getAuditDestination,
  listAuditDestinations,
  updateAuditDestination,
} from '../../../domain/audit/index.ts';
import type { AuditDestinationId } from '../../../domain/ids.ts';
import { parseBody, pathId } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { presentDestinationPage, readDestinationQuery } from './destination-list.ts';
import { presentDestination } from './presenters.ts';
import { createDestinationSchema, updateDestinationSchema } from './schemas.ts';

const destinationId = (req: Request) => pathId<AuditDestinationId>(req, 'auditLogDestinationId', 'Audit log destination');

const settingsOf = ({ authorization, skip_ssl_verification: skipSslVerification }: z.output<typeof updateDestinationSchema>) => ({
  authorization,
  skipSslVerification,
});

export const auditDestinationRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'get',
    path: '/audit-log-destinations',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const query = readDestinationQuery(req);
      res.json(presentDestinationPage(req, query, await listAuditDestinations(ctx, query)));
    },
  },
  {
    method: 'post',
    path: '/audit-log-destinations',
    access: 'token',
    audit: 'audit-destination.created',
    handler: async (req, res, ctx) => {
      const body = parseBody(createDestinationSchema, req);
      const { name, endpoint, log_format: logFormat } = body;
      const destination = await createAuditDestination(ctx, { ...settingsOf(body), name, endpoint, logFormat });
      res.status(201).json(presentDestination(destination));
    },
  },
  {
    method: 'get',
    path: '/audit-log-destinations/:auditLogDestinationId',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentDestination(await getAuditDestination(ctx, destinationId(req))));
    },
  },
  {
    method: 'patch',
    path: '/audit-log-destinations/:auditLogDestinationId',
    access: 'token',
    audit: 'audit-destination.updated',
    handler: async (req, res, ctx) => {
      const id = destinationId(req);
      const body = parseBody(updateDestinationSchema, req);
      const { name, endpoint, log_format: logFormat } = body;
      res.json(presentDestination(await updateAuditDestination(ctx, id, { ...settingsOf(body), name, endpoint, logFormat })));
    },
  },
  {
    method: 'delete',
    path: '/audit-log-destinations/:auditLogDestinationId',
    access: 'token',
    audit: 'audit-destination.deleted',
    handler: async (req, res, ctx) => {
      await deleteAuditDestination(ctx, destinationId(req));
      res.status(204).end();
    },
  },
];
