import { toInstant } from '../../database/codec.ts';
import { differences, isUnchanged } from '../../lib/differences.ts';
import { demand, may, require } from '../access/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { type Issue, invalid } from '../errors.ts';
import { record } from '../events/index.ts';
import { type AuditWebhookId, newId, type PortalId } from '../ids.ts';
import { getPortal } from '../portals/index.ts';
import { sealAuthorization } from './authorization.ts';
import { findDestination } from './destinations-store.ts';
import { ensureSigningKey } from './signing-keys.ts';
import {
  type AuditWebhook,
  type AuditWebhookStatus,
  type OrganisationWebhookChanges,
  type PortalWebhookChanges,
  UNCONFIGURED,
  type WebhookScope,
} from './webhook.ts';
import * as store from './webhooks-store.ts';

/** A webhook, or what there is of it before anybody has set it up. */
export type WebhookState = AuditWebhook | typeof UNCONFIGURED;

/** Lets in who may see a webhook. @throws forbidden; not-found for the portal */
export const demandToRead = async (ctx: Context, scope: WebhookScope): Promise<void> => {
  if (scope === 'organisation') {
    require(may(ctx.actor, 'organisation.administer'));
    return;
  }
  demand(ctx.actor, 'portal.read', scope, 'Portal');
  await getPortal(ctx, scope);
};

/** Lets in who may change a webhook. @throws forbidden; not-found for the portal */
export const demandToChange = async (ctx: Context, scope: WebhookScope): Promise<void> => {
  await demandToRead(ctx, scope);
  if (scope !== 'organisation') demand(ctx.actor, 'portal.administer', scope, 'Portal');
};

/** @throws not-found for the portal */
export const getAuditWebhook = async (ctx: Context, scope: WebhookScope): Promise<WebhookState> => {
  await demandToRead(ctx, scope);
  return (await store.findWebhook(ctx, scope)) ?? UNCONFIGURED;
};

/** @throws not-found for the portal */
export const getAuditWebhookStatus = async (ctx: Context, scope: WebhookScope): Promise<AuditWebhookStatus> => {
  await demandToRead(ctx, scope);
  return store.findStatus(ctx, scope);
};

/** Sets up where the region's whole audit log goes. @throws invalid when it is to be enabled without an endpoint */
export const updateOrganisationWebhook = (ctx: Context, changes: OrganisationWebhookChanges): Promise<AuditWebhook> =>
  inTransaction(ctx, async (ctx) => {
    const before = await lockForChange(ctx, 'organisation');
    const after = {
      ...before,
      enabled: changes.enabled ?? before.enabled,
      endpoint: changes.endpoint ?? before.endpoint,
      logFormat: changes.logFormat ?? before.logFormat,
      skipSslVerification: changes.skipSslVerification ?? before.skipSslVerification,
    };
    if (after.enabled && after.endpoint === null) throw invalid(required('endpoint'));
    return save(ctx, before, after, changes.authorization);
  });

/**
 * Sets up where a portal's audit log goes.
 * @throws not-found for the portal; invalid for a destination that does not exist, or when it is to be enabled without one
 */
export const updatePortalWebhook = (ctx: Context, portalId: PortalId, changes: PortalWebhookChanges): Promise<AuditWebhook> =>
  inTransaction(ctx, async (ctx) => {
    const before = await lockForChange(ctx, portalId);
    const { destinationId } = changes;
    if (destinationId !== undefined && !(await findDestination(ctx, destinationId))) throw invalid(missingDestination);
    const after = {
      ...before,
      enabled: changes.enabled ?? before.enabled,
      destinationId: destinationId ?? before.destinationId,
    };
    if (after.enabled && after.destinationId === null) throw invalid(required('audit_log_destination_id'));
    return save(ctx, before, after, undefined);
  });

const lockForChange = async (ctx: Context, scope: WebhookScope): Promise<AuditWebhook> => {
  await demandToChange(ctx, scope);
  const existing = await store.lockWebhook(ctx, scope);
  if (existing) return existing;
  const now = ctx.now();
  return { ...UNCONFIGURED, id: newId<AuditWebhookId>(now), scope, updatedAt: toInstant(now) };
};

const SETTINGS = ['enabled', 'destinationId', 'endpoint', 'logFormat', 'skipSslVerification'] as const;

const save = async (
  ctx: Context,
  before: AuditWebhook,
  changed: AuditWebhook,
  authorization: string | undefined,
): Promise<AuditWebhook> => {
  const details = differences(before, changed, SETTINGS);
  if (isUnchanged(details) && authorization === undefined) return before;
  const after = { ...changed, updatedAt: toInstant(ctx.now()) };
  if (after.enabled) await ensureSigningKey(ctx);
  await store.putWebhook(ctx, after, {
    authorization: authorization === undefined ? undefined : sealAuthorization(ctx, authorization),
    startedAt: after.enabled && !before.enabled ? after.updatedAt : undefined,
  });
  const portal = after.scope === 'organisation' ? {} : { portalId: after.scope };
  const secret = authorization === undefined ? {} : { newAuthorization: true };
  await record(ctx, { action: 'audit-webhook.updated', subjectId: after.id, ...portal, details: { ...details, ...secret } });
  return after;
};

const required = (field: string): Issue => ({
  ...{ field, rule: 'required', source: 'body' },
  reason: 'before the webhook can be enabled it has to be set where it sends to',
});

const missingDestination: Issue = {
  field: 'audit_log_destination_id',
  rule: 'missing_reference',
  reason: 'there is no such audit log destination',
  source: 'body',
};
