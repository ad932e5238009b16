import type { Request } from 'express';
import {
  findAuditReplay,
  getAuditWebhook,
  getAuditWebhookStatus,
  listPublicKeys,
  requestAuditReplay,
  updateOrganisationWebhook,
  updatePortalWebhook,
  type WebhookScope,
} from '../../../domain/audit/index.ts';
import type { PortalId } from '../../../domain/ids.ts';
import { parseBody, pathId } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { presentKeys, presentPortalWebhook, presentReplay, presentStatus, presentWebhook } from './presenters.ts';
import { replaySchema, updatePortalWebhookSchema, updateWebhookSchema } from './schemas.ts';

const portalId = (req: Request) => pathId<PortalId>(req, 'portalId', 'Portal');

/** What the organisation's webhook and those of portals have in common. */
const statusRoutes = (base: string, scopeOf: (req: Request) => WebhookScope): Route<ManagementContext>[] => [
  {
    method: 'get',
    path: `${base}/audit-log-webhook/status`,
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentStatus(await getAuditWebhookStatus(ctx, scopeOf(req))));
    },
  },
  {
    method: 'get',
    path: `${base}/audit-log-replay-job`,
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentReplay(await findAuditReplay(ctx, scopeOf(req))));
    },
  },
  {
    method: 'put',
    path: `${base}/audit-log-replay-job`,
    access: 'token',
    audit: 'audit-replay.requested',
    handler: async (req, res, ctx) => {
      const scope = scopeOf(req);
      res.status(202).json(presentReplay(await requestAuditReplay(ctx, scope, parseBody(replaySchema, req))));
    },
  },
];

export const auditRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'get',
    path: '/audit-log-webhook',
    access: 'token',
    audit: null,
    handler: async (_req, res, ctx) => {
      res.json(presentWebhook(await getAuditWebhook(ctx, 'organisation')));
    },
  },
  {
    method: 'patch',
    path: '/audit-log-webhook',
    access: 'token',
    audit: 'audit-webhook.updated',
    handler: async (req, res, ctx) => {
      const { log_format: logFormat, skip_ssl_verification: skipSslVerification, ...rest } = parseBody(updateWebhookSchema, req);
      res.json(presentWebhook(await updateOrganisationWebhook(ctx, { ...rest, logFormat, skipSslVerification })));
    },
  },
  {
    // whoever receives the log has no token, and verifies with these
    method: 'get',
    path: '/audit-log-webhook/jwks.json',
    access: 'anyone',
    audit: null,
    handler: async (_req, res, ctx) => {
      res.json(presentKeys(await listPublicKeys(ctx)));
    },
  },
  {
    method: 'get',
    path: '/portals/:portalId/audit-log-webhook',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentPortalWebhook(await getAuditWebhook(ctx, portalId(req))));
    },
  },
  {
    method: 'patch',
    path: '/portals/:portalId/audit-log-webhook',
    access: 'token',
    audit: 'audit-webhook.updated',
    handler: async (req, res, ctx) => {
      const id = portalId(req);
      const { enabled, audit_log_destination_id: destinationId } = parseBody(updatePortalWebhookSchema, req);
      res.json(presentPortalWebhook(await updatePortalWebhook(ctx, id, { enabled, destinationId })));
    },
  },
  ...statusRoutes('', () => 'organisation'),
  ...statusRoutes('/portals/:portalId', portalId),
];
