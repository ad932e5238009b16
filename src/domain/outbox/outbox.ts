import { fromJson, toInstant, toJson } from '../../database/codec.ts';
import type { Context, OrganisationContext } from '../context.ts';
import { newId } from '../ids.ts';

/** Something that follows from a change and is done after it. */
export interface Job {
  /** what has to be done; `jobs/handlers.ts` knows how */
  readonly kind: string;
  /** jobs of one subject are done in their order */
  readonly subjectId: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** how long it may still be withdrawn, in milliseconds */
  readonly delayMs?: number | undefined;
}

const rowOf = (now: Date, { kind, subjectId, payload, delayMs = 0 }: Job) => ({
  id: newId(now),
  kind,
  subject_id: subjectId,
  payload: toJson(payload),
  created_at: toInstant(now),
  not_before: toInstant(new Date(now.getTime() + delayMs)),
  attempts: 0,
  error: null,
});

/** Has something done once the transaction of the change is over; call it inside that transaction. */
export const enqueue = async (ctx: Context, job: Job): Promise<void> => {
  await ctx.db.insertInto('outbox').values(rowOf(ctx.now(), job)).execute();
  ctx.wakeWorker();
};

/** {@link enqueue} for a change of the organisation's. */
export const enqueueForOrganisation = async (ctx: OrganisationContext, job: Job): Promise<void> => {
  await ctx.db.insertInto('organisation_outbox').values(rowOf(ctx.now(), job)).execute();
  ctx.wakeWorker();
};

/**
 * Takes back the last thing that was to be done about a subject, if its delay is not over yet. Answers its payload; undefined when it is
 * too late.
 */
export const withdraw = async (ctx: Context, subjectId: string, kind: string): Promise<Job['payload'] | undefined> => {
  const withdrawn = await ctx.db
    .deleteFrom('outbox')
    .where('id', '=', ({ selectFrom }) =>
      selectFrom('outbox')
        .select('id')
        .where('subject_id', '=', subjectId)
        .where('kind', '=', kind)
        .orderBy('id', 'desc')
        .limit(1),
    )
    .where('not_before', '>', toInstant(ctx.now()))
    .where('attempts', '=', 0)
    .returning('payload')
    .executeTakeFirst();
  return withdrawn && fromJson(withdrawn.payload);
};
