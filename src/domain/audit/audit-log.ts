import { type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import { fromJson } from '../../database/codec.ts';
import type { Schema } from '../../database/schema.ts';
import { type Actor, allowed, may } from '../access/index.ts';
import { forbidden, notFound } from '../errors.ts';
import type { PortalId } from '../ids.ts';
import { namesOf } from './names.ts';
import type { Trails } from './trail-queries.ts';

/** An event as administrators read it. Names are what things are called now; undefined when they are gone. */
export interface AuditRecord {
  readonly id: string;
  readonly at: string;
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string | undefined };
  readonly action: string;
  readonly subject: { readonly type: string; readonly id: string; readonly name: string | undefined };
  readonly portal: { readonly id: string; readonly name: string | undefined } | undefined;
  readonly address: string | null;
  readonly requestId: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Which events are asked for; all conditions hold together. */
export interface AuditLogQuery {
  /** that of a region, or the organisation's: people, their roles, tokens */
  readonly of: 'region' | 'organisation';
  readonly actorId?: string | undefined;
  /** an action, or a type of subject: all that is done to such */
  readonly action?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly portalId?: PortalId | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  /** older than this event, which was on the page before */
  readonly before?: string | undefined;
  readonly size: number;
}

export interface AuditLogPage {
  /** the youngest first */
  readonly items: readonly AuditRecord[];
  /** whether there are older ones */
  readonly hasMore: boolean;
}

/** What an actor reads of a region: everything, what happens in any portal, or in these. */
const readableOf = (actor: Actor): 'all' | 'portals' | readonly string[] => {
  if (may(actor, 'organisation.administer')) return 'all';
  const portals = allowed(actor, 'portal.administer');
  return portals === 'all' ? 'portals' : portals;
};

/** May this actor read a part of the audit log? Administrators of portals read what happened there. */
export const mayReadAuditLog = (actor: Actor, of: AuditLogQuery['of'] = 'region'): boolean =>
  of === 'organisation' ? may(actor, 'organisation.identify') : readableOf(actor).length > 0;

type Events = SelectQueryBuilder<Schema, 'audit_events' | 'organisation_events', object>;

/** The events that an actor may read: of a region, or of the organisation, whose table has the same columns but that of the portal. */
const readable = ({ region, organisation }: Trails, of: AuditLogQuery['of']): Events => {
  if (!mayReadAuditLog(region.actor, of)) throw forbidden();
  if (of === 'organisation') return organisation.db.selectFrom('organisation_events') as unknown as Events;
  const events = region.db.selectFrom('audit_events') as unknown as Events;
  const extent = readableOf(region.actor);
  if (extent === 'all') return events;
  return extent === 'portals' ? events.where('portal_id', 'is not', null) : events.where('portal_id', 'in', extent);
};

const SHOWN = [
  ...(['id', 'at', 'actor_kind', 'actor_id', 'action', 'subject_type'] as const),
  ...(['subject_id', 'address', 'request_id', 'details'] as const),
] as const;

/** One page of the audit log. @throws forbidden */
export const listAuditLog = async (ctx: Trails, query: AuditLogQuery): Promise<AuditLogPage> => {
  const events = narrow(readable(ctx, query.of), query);
  const rows = await withPortal(events.select(SHOWN), query.of)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(query.size + 1)
    .execute();
  return { items: await named(ctx, rows.slice(0, query.size)), hasMore: rows.length > query.size };
};

/** One event. @throws not-found; forbidden */
export const getAuditRecord = async (ctx: Trails, of: AuditLogQuery['of'], id: string): Promise<AuditRecord> => {
  const rows = await withPortal(readable(ctx, of).select(SHOWN), of).where('id', '=', id).execute();
  const [found] = await named(ctx, rows);
  if (!found) throw notFound('Event');
  return found;
};

const withPortal = <O>(events: SelectQueryBuilder<Schema, 'audit_events' | 'organisation_events', O>, of: AuditLogQuery['of']) =>
  events.select(of === 'region' ? sql<string | null>`portal_id`.as('portal_id') : sql<null>`null`.as('portal_id'));

const narrow = (events: Events, query: AuditLogQuery): Events => {
  const { actorId, action, subjectId, portalId, from, until, before, of } = query;
  let narrowed = events;
  if (actorId !== undefined) narrowed = narrowed.where('actor_id', '=', actorId);
  if (action !== undefined) narrowed = narrowed.where(action.includes('.') ? 'action' : 'subject_type', '=', action);
  if (subjectId !== undefined) narrowed = narrowed.where('subject_id', '=', subjectId);
  if (portalId !== undefined && of === 'region') narrowed = narrowed.where('portal_id', '=', portalId);
  if (from !== undefined) narrowed = narrowed.where('at', '>=', from);
  if (until !== undefined) narrowed = narrowed.where('at', '<', until);
  if (before !== undefined) narrowed = narrowed.where(isOlder(of, before));
  return narrowed;
};

const isOlder = (of: AuditLogQuery['of'], id: string) => {
  const events = sql.table(of === 'region' ? 'audit_events' : 'organisation_events');
  return sql<SqlBool>`(at, id) < (select mark.at, mark.id from ${events} as mark where mark.id = ${id})`;
};

interface Row {
  id: string;
  at: string;
  actor_kind: string;
  actor_id: string | null;
  action: string;
  subject_type: string;
  subject_id: string;
  address: string | null;
  request_id: string | null;
  details: string;
  portal_id: string | null;
}

const named = async (ctx: Trails, rows: readonly Row[]): Promise<AuditRecord[]> => {
  const names = await namesOf(
    ctx,
    rows.flatMap((row) => [
      { type: row.subject_type, id: row.subject_id },
      ...(row.actor_id === null ? [] : [{ type: row.actor_kind, id: row.actor_id }]),
      ...(row.portal_id === null ? [] : [{ type: 'portal', id: row.portal_id }]),
    ]),
  );
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    actor: {
      kind: row.actor_kind,
      id: row.actor_id,
      name: row.actor_id === null ? undefined : names(row.actor_kind, row.actor_id)?.name,
    },
    action: row.action,
    subject: { type: row.subject_type, id: row.subject_id, name: names(row.subject_type, row.subject_id)?.name },
    portal: row.portal_id === null ? undefined : { id: row.portal_id, name: names('portal', row.portal_id)?.name },
    address: row.address,
    requestId: row.request_id,
    details: fromJson(row.details),
  }));
};
