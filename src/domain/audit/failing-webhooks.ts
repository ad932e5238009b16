import { may, require } from '../access/index.ts';
import type { Context } from '../context.ts';
import type { AuditWebhookStatus, WebhookScope } from './webhook.ts';
import { statusFromRow } from './webhooks-store.ts';

/** A webhook whose receiver did not take what was sent last. */
export interface FailingWebhook {
  readonly scope: WebhookScope;
  /** undefined: it sends the whole log */
  readonly portalName: string | undefined;
  readonly status: AuditWebhookStatus;
}

/** Some of the webhooks that fail, that of the whole log first. @throws forbidden */
export const listFailingWebhooks = async (ctx: Context, limit: number): Promise<FailingWebhook[]> => {
  require(may(ctx.actor, 'organisation.administer'));
  const rows = await ctx.db
    .selectFrom('audit_webhooks')
    .leftJoin('portals', 'portals.id', 'audit_webhooks.portal_id')
    .selectAll('audit_webhooks')
    .select('portals.name as portal_name')
    .where('audit_webhooks.enabled', '=', 1)
    .where('last_attempt_at', 'is not', null)
    .where(({ or, eb }) =>
      or([eb('last_response_code', 'is', null), eb('last_response_code', '<', 200), eb('last_response_code', '>', 299)]),
    )
    .orderBy('portals.name_key', (by) => by.asc().nullsFirst())
    .orderBy('audit_webhooks.id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    scope: row.scope as WebhookScope,
    portalName: row.portal_name ?? undefined,
    status: statusFromRow(row),
  }));
};
