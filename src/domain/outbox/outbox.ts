import { toInstant, toJson } from '../../database/codec.ts';
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

/** Takes back what was to be done about a subject after a delay that is not over yet. Answers how much that was. */
export const withdraw = async (ctx: Context, subjectId: string, kind: string): Promise<number> => {
  const withdrawn = await ctx.db
    .deleteFrom('outbox')
    .where('subject_id', '=', subjectId)
    .where('kind', '=', kind)
    .where('not_before', '>', toInstant(ctx.now()))
    .where('attempts', '=', 0)
    .returning('id')
    .execute();
  return withdrawn.length;
};
