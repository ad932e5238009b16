import { sql } from 'kysely';
import { toInstant, toJson } from '../../database/codec.ts';
import type { Actor } from '../access/index.ts';
import type { Context, OrganisationContext } from '../context.ts';
import { newId, type PortalId } from '../ids.ts';
import { enqueue, enqueueForOrganisation } from '../outbox/index.ts';
import { isFollowed, isIndexed } from './followed.ts';

export { deleteEventsBefore, numberEvents, type Trail } from './numbering.ts';
export { findEvent, findOrganisationEvent, type RecordedEvent } from './recorded.ts';

/** What a change in a region was about. */
export type SubjectType =
  | 'application'
  | 'audit-destination'
  | 'audit-replay'
  | 'audit-webhook'
  | 'auth-strategy'
  | 'control-plane'
  | 'credential'
  | 'developer'
  | 'document'
  | 'gateway-route'
  | 'gateway-service'
  | 'mail'
  | 'portal'
  | 'product'
  | 'publication'
  | 'registration'
  | 'role'
  | 'session'
  | 'specification'
  | 'team'
  | 'version';

/** What a change of the organisation was about. */
export type OrganisationSubjectType =
  | 'administrator'
  | 'administrator-session'
  | 'administrator-team'
  | 'mail'
  | 'organisation-role'
  | 'system-account'
  | 'token';

/** A change, to be recorded in the transaction that makes it. `details` holds ids and settings, never personal data. */
export interface Event<Subject extends string = SubjectType> {
  /** noun and past participle: `product.created` */
  readonly action: `${Subject}.${string}`;
  readonly subjectId: string;
  /** the portal that it happened in, where it happened in one */
  readonly portalId?: PortalId | undefined;
  readonly details?: Record<string, unknown>;
}

export interface RecordOptions {
  /** how long what follows from the event (a mail, say) waits and may be withdrawn, in milliseconds */
  readonly delayMs?: number;
  /** what those who are told have to know and the audit trail must not keep, such as words that somebody wrote about another */
  readonly told?: Readonly<Record<string, unknown>>;
}

/** The kind of the outbox's jobs that tell others of an event; their subject is the event's, their payload its id (`eventId`), and `told`. */
export const EVENT_JOB = 'event';

/**
 * The kind of the outbox's jobs that follow changes of what can be searched for; their subject is the event's, their payload its type
 * (`subject`), and of a specification `versionId`, where the event tells it.
 */
export const INDEX_JOB = 'index';

/** Changes that no page which several people see shows: what was rendered before them stays right. */
const SHOWN_TO_NOBODY: ReadonlySet<string> = new Set<SubjectType>([
  'application',
  'audit-destination',
  'audit-replay',
  'audit-webhook',
  'credential',
  'developer',
  'mail',
  'registration',
  'role',
  'session',
]);

const actorId = (actor: Actor): string | null => {
  if (actor.kind === 'administrator') return actor.id ?? actor.tokenId ?? null;
  return actor.kind === 'developer' ? actor.id : null;
};

const rowOf = (ctx: Context | OrganisationContext, now: Date, event: Event<string>) => ({
  id: newId(now),
  at: toInstant(now),
  actor_kind: ctx.actor.kind,
  actor_id: actorId(ctx.actor),
  address: ctx.origin?.address ?? null,
  request_id: ctx.origin?.requestId ?? null,
  action: event.action,
  subject_type: event.action.slice(0, event.action.indexOf('.')),
  subject_id: event.subjectId,
  details: toJson(event.details ?? {}),
});

/**
 * Writes an event into the audit trail, counts the region's revision up where pages may show the change, and has those told who follow
 * such events; call it inside the transaction of the change.
 */
export const record = async (ctx: Context, event: Event, { delayMs, told }: RecordOptions = {}): Promise<void> => {
  const row = rowOf(ctx, ctx.now(), event);
  const portalId = event.portalId ?? (ctx.actor.kind === 'developer' ? ctx.actor.portalId : null);
  await ctx.db
    .insertInto('audit_events')
    .values({ ...row, portal_id: portalId })
    .execute();
  if (!SHOWN_TO_NOBODY.has(row.subject_type))
    await ctx.db.updateTable('region_revision').set({ value: sql`value + 1` }).where('id', '=', 1).execute();
  if (isIndexed(event)) {
    const payload = { subject: row.subject_type, versionId: event.details?.['versionId'] };
    await enqueue(ctx, { kind: INDEX_JOB, subjectId: event.subjectId, payload });
  }
  if (!isFollowed(event)) return;
  const payload = { eventId: row.id, ...(told === undefined ? {} : { told }) };
  await enqueue(ctx, { kind: EVENT_JOB, subjectId: event.subjectId, payload, delayMs });
};

/** {@link record} for a change of the organisation's: people, teams, roles, tokens. */
export const recordForOrganisation = async (ctx: OrganisationContext, event: Event<OrganisationSubjectType>): Promise<void> => {
  const row = rowOf(ctx, ctx.now(), event);
  await ctx.db.insertInto('organisation_events').values(row).execute();
  if (isFollowed(event))
    await enqueueForOrganisation(ctx, { kind: EVENT_JOB, subjectId: event.subjectId, payload: { eventId: row.id } });
};
