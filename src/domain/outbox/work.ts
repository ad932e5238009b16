import { fromJson, toInstant } from '../../database/codec.ts';
import { type Inside, inTransaction, type OrganisationContext } from '../context.ts';

/** An outbox: that of a region, or the organisation's. */
export type OutboxName = 'outbox' | 'organisation_outbox';

/** A job whose time has come. */
export interface DueJob {
  readonly id: string;
  readonly kind: string;
  readonly subjectId: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** how often it has failed */
  readonly attempts: number;
}

/** A job that has failed and will be tried again. */
export interface FailingJob extends DueJob {
  readonly error: string;
  readonly createdAt: string;
  readonly notBefore: string;
}

/** Both outboxes have the same columns. */
const tableOf = (name: OutboxName): 'outbox' => name as 'outbox';

const COLUMNS = ['id', 'kind', 'subject_id', 'payload', 'attempts'] as const;

const jobOf = (row: { id: string; kind: string; subject_id: string; payload: string; attempts: number }): DueJob => ({
  id: row.id,
  kind: row.kind,
  subjectId: row.subject_id,
  payload: fromJson(row.payload),
  attempts: row.attempts,
});

/** Jobs whose time has come, the longest waiting first; of each subject the earliest only, and none while that one waits. */
export const listDueJobs = async ({ db, now }: OrganisationContext, outbox: OutboxName, limit: number): Promise<DueJob[]> => {
  const table = tableOf(outbox);
  const rows = await db
    .selectFrom(`${table} as job`)
    .select(COLUMNS)
    .where('not_before', '<=', toInstant(now()))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom(`${table} as earlier`)
            .select('earlier.id')
            .whereRef('earlier.subject_id', '=', 'job.subject_id')
            .whereRef('earlier.id', '<', 'job.id'),
        ),
      ),
    )
    .orderBy('not_before')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(jobOf);
};

/**
 * Takes a job out of the outbox and acts on it, both in one transaction: if the act fails, the job is still there. Answers false, without
 * acting, where the job is gone, put off, or in another process's hands.
 */
export const takeJob = <C extends OrganisationContext>(
  ctx: C,
  outbox: OutboxName,
  { id }: Pick<DueJob, 'id'>,
  act: (ctx: Inside<C>) => Promise<void>,
): Promise<boolean> =>
  inTransaction(ctx, async (inside) => {
    const { db, engine, now } = inside as OrganisationContext;
    const table = tableOf(outbox);
    const taken = await db
      .deleteFrom(table)
      .where('id', '=', ({ selectFrom }) =>
        selectFrom(table)
          .select('id')
          .where('id', '=', id)
          .where('not_before', '<=', toInstant(now()))
          .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked()),
      )
      .returning('id')
      .executeTakeFirst();
    if (taken === undefined) return false;
    await act(inside);
    return true;
  });

const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 3_600_000;

/** When to try again what has failed this often: after 2 s, 4 s, 8 s … at most an hour. */
const pauseAfter = (attempts: number): number => Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);

/** Puts a job off that has failed; its error is kept for administrators to see. */
export const postponeJob = async (
  { db, now }: OrganisationContext,
  outbox: OutboxName,
  { id, attempts }: Pick<DueJob, 'id' | 'attempts'>,
  error: string,
): Promise<void> => {
  const notBefore = new Date(now().getTime() + pauseAfter(attempts + 1));
  await db
    .updateTable(tableOf(outbox))
    .set({ attempts: attempts + 1, not_before: toInstant(notBefore), error })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .execute();
};

/** Jobs that have failed and will be tried again, the longest waiting first. */
export const listFailingJobs = async ({ db }: OrganisationContext, outbox: OutboxName, limit: number): Promise<FailingJob[]> => {
  const rows = await db
    .selectFrom(tableOf(outbox))
    .select([...COLUMNS, 'error', 'created_at', 'not_before'])
    .where('error', 'is not', null)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    ...jobOf(row),
    error: row.error ?? '',
    createdAt: row.created_at,
    notBefore: row.not_before,
  }));
};
