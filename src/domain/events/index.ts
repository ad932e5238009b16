import { sql } from 'kysely';
import { toInstant, toJson } from '../../database/codec.ts';
import type { Context } from '../context.ts';
import { newId } from '../ids.ts';

/** What a change was about. */
export type SubjectType =
  | 'administrator'
  | 'auth-strategy'
  | 'control-plane'
  | 'document'
  | 'gateway-route'
  | 'gateway-service'
  | 'portal'
  | 'product'
  | 'publication'
  | 'specification'
  | 'token'
  | 'version';

/** A change, to be recorded in the transaction that makes it. `details` holds ids and settings, never personal data. */
export interface Event {
  /** noun and past participle: `product.created` */
  readonly action: `${SubjectType}.${string}`;
  readonly subjectId: string;
  readonly details?: Record<string, unknown>;
}

/** Writes an event into the audit trail, and counts the region's revision up; call it inside the transaction of the change. */
export const record = async (ctx: Context, event: Event): Promise<void> => {
  const now = ctx.now();
  await ctx.db
    .insertInto('audit_events')
    .values({
      id: newId(now),
      at: toInstant(now),
      actor_kind: ctx.actor.kind,
      actor_id: ctx.actor.kind === 'administrator' ? (ctx.actor.id ?? ctx.actor.tokenId ?? null) : null,
      request_id: ctx.requestId ?? null,
      action: event.action,
      subject_type: event.action.slice(0, event.action.indexOf('.')),
      subject_id: event.subjectId,
      details: toJson(event.details ?? {}),
    })
    .execute();
  await ctx.db.updateTable('region_revision').set({ value: sql`value + 1` }).where('id', '=', 1).execute();
};
