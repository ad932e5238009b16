import { toInstant } from '../../database/codec.ts';
import { type Context, type ContextWithPorts, type DeliveryOutcome, inTransaction } from '../context.ts';
import { type Issue, invalid } from '../errors.ts';
import { type Event, record } from '../events/index.ts';
import { newId } from '../ids.ts';
import { findTarget } from './delivery-store.ts';
import type { AuditEntry } from './entry.ts';
import { sendEntries } from './send-entries.ts';
import type { WebhookScope } from './webhook.ts';
import { demandToChange } from './webhooks.ts';
import { findWebhook } from './webhooks-store.ts';

/**
 * Sends a single entry at once, also while the webhook is off or waits after a failure, and answers what came of it.
 * @throws not-found for the portal; forbidden; invalid when it is not set up where to send to
 */
export const sendTestEvent = async (ctx: ContextWithPorts, scope: WebhookScope): Promise<DeliveryOutcome> => {
  await demandToChange(ctx, scope);
  const webhook = await findWebhook(ctx, scope);
  const target = webhook && (await findTarget(ctx, scope));
  if (!webhook || !target) throw invalid(nowhere);
  const portal = scope === 'organisation' ? {} : { portalId: scope };
  const event: Event = { action: 'audit-webhook.tested', subjectId: webhook.id, ...portal };
  const outcome = await sendEntries(ctx, target, [entryOf(ctx, event)]);
  const details = { status: outcome.status ?? null, message: outcome.message };
  await inTransaction(ctx, (ctx) => record(ctx, { ...event, details }));
  return outcome;
};

const entryOf = (ctx: Context, { action, subjectId, portalId }: Event): AuditEntry => {
  const { actor, origin } = ctx;
  const now = ctx.now();
  return {
    id: newId(now),
    at: toInstant(now),
    region: ctx.region,
    actorKind: actor.kind,
    actorId: actor.kind === 'administrator' ? (actor.id ?? actor.tokenId ?? null) : null,
    address: origin?.address ?? null,
    requestId: origin?.requestId ?? null,
    portalId: portalId ?? null,
    action,
    subjectType: 'audit-webhook',
    subjectId,
    details: {},
  };
};

const nowhere: Issue = {
  field: 'endpoint',
  rule: 'required',
  reason: 'there is nowhere to send to yet: set the webhook up first',
};
