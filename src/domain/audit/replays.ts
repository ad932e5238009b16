import { toInstant } from '../../database/codec.ts';
import { type Context, inTransaction } from '../context.ts';
import { conflict, type Issue, invalid } from '../errors.ts';
import { record } from '../events/index.ts';
import type { AuditReplay, WebhookScope } from './webhook.ts';
import { demandToChange, demandToRead } from './webhooks.ts';
import * as store from './webhooks-store.ts';

const DAY_MS = 86_400_000;

/** How far back a replay may begin. */
const MAX_AGE_MS = 7 * DAY_MS;

/** The last replay, undefined when there was none. @throws not-found for the portal */
export const findAuditReplay = async (ctx: Context, scope: WebhookScope): Promise<AuditReplay | undefined> => {
  await demandToRead(ctx, scope);
  return store.findReplay(ctx, scope);
};

/**
 * Has a part of the audit log sent once more.
 * @throws not-found for the portal; invalid for a range that is not within the last seven days, or while the webhook is off; conflict
 * while another replay is under way
 */
export const requestAuditReplay = (
  ctx: Context,
  scope: WebhookScope,
  { startAt, endAt }: { readonly startAt: Date; readonly endAt: Date },
): Promise<AuditReplay> =>
  inTransaction(ctx, async (ctx) => {
    await demandToChange(ctx, scope);
    const now = ctx.now();
    const [first, ...rest] = rangeIssues(startAt, endAt, now);
    if (first) throw invalid(first, ...rest);
    const webhook = await store.lockWebhook(ctx, scope);
    if (!webhook?.enabled) throw invalid(webhookIsOff);
    const last = await store.findReplay(ctx, scope);
    if (last?.status === 'accepted' || last?.status === 'running') throw conflict('A replay job is currently running');
    const range = { startAt: toInstant(startAt), endAt: toInstant(endAt) };
    const replay: AuditReplay = { ...range, reachedAt: null, status: 'accepted', updatedAt: toInstant(now) };
    await store.putReplay(ctx, webhook.id, replay);
    const portal = scope === 'organisation' ? {} : { portalId: scope };
    await record(ctx, { action: 'audit-replay.requested', subjectId: webhook.id, ...portal, details: range });
    return replay;
  });

const rangeIssues = (startAt: Date, endAt: Date, now: Date): Issue[] => {
  const earliest = now.getTime() - MAX_AGE_MS;
  const issue = (field: string, reason: string): Issue => ({ field, rule: 'invalid', reason, source: 'body' });
  const isOutside = (date: Date): boolean => date.getTime() < earliest || date.getTime() > now.getTime();
  const issues = [
    ...(isOutside(startAt) ? [issue('start_at', 'a replay must begin within the last 7 days')] : []),
    ...(isOutside(endAt) ? [issue('end_at', 'a replay must end within the last 7 days')] : []),
  ];
  if (issues.length === 0 && endAt <= startAt) issues.push(issue('end_at', 'a replay must end after it begins'));
  return issues;
};

const webhookIsOff: Issue = {
  field: 'enabled',
  rule: 'required',
  reason: 'the audit log webhook must be enabled before logs can be sent again',
};
