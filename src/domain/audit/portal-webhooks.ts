import { allowed, mayAny, require } from '../access/index.ts';
import type { Context } from '../context.ts';
import type { AuditDestinationId, PortalId } from '../ids.ts';
import type { Listed, Page } from '../listing.ts';
import type { AuditWebhookStatus } from './webhook.ts';
import { statusFromRow } from './webhooks-store.ts';

/** A portal, and how its audit log is sent on. */
export interface PortalWebhook {
  readonly portalId: PortalId;
  readonly portalName: string;
  /** where to; undefined where nobody has chosen yet */
  readonly destinationName: string | undefined;
  readonly status: AuditWebhookStatus;
}

/** One page of the portals that the actor administers, by name, with or without a webhook. @throws forbidden to who administers none */
export const listPortalWebhooks = async (ctx: Context, page: Page): Promise<Listed<PortalWebhook>> => {
  require(mayAny(ctx.actor, 'portal.administer'));
  const mine = allowed(ctx.actor, 'portal.administer');
  const portals = ctx.db.selectFrom('portals').$if(mine !== 'all', (query) => query.where('portals.id', 'in', mine));
  const { total } = await portals.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await portals
    .leftJoin('audit_webhooks', 'audit_webhooks.portal_id', 'portals.id')
    .leftJoin('audit_destinations', 'audit_destinations.id', 'audit_webhooks.destination_id')
    .selectAll('audit_webhooks')
    .select(['portals.id as portal', 'portals.name as portal_name', 'audit_destinations.name as destination_name'])
    .orderBy('portals.name_key')
    .orderBy('portals.id')
    .limit(page.size)
    .offset((page.number - 1) * page.size)
    .execute();
  const items = rows.map((row) => ({
    portalId: row.portal as PortalId,
    portalName: row.portal_name,
    destinationName: row.destination_name ?? undefined,
    status: statusFromRow(row),
  }));
  return { items, total, page };
};

/** A destination to choose, without where it is. */
export interface AuditDestinationName {
  readonly id: AuditDestinationId;
  readonly name: string;
}

const MAX_NAMES = 1000;

/** The destinations by name, for who chooses one for a portal. @throws forbidden to who administers none */
export const listAuditDestinationNames = async (ctx: Context): Promise<AuditDestinationName[]> => {
  require(mayAny(ctx.actor, 'portal.administer'));
  const rows = await ctx.db
    .selectFrom('audit_destinations')
    .select(['id', 'name'])
    .orderBy('name_key')
    .orderBy('id')
    .limit(MAX_NAMES)
    .execute();
  return rows.map(({ id, name }) => ({ id: id as AuditDestinationId, name }));
};
