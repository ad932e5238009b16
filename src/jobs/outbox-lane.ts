import type { Logger } from 'pino';
import type { Inside, OrganisationContext } from '../domain/context.ts';
import { type DueJob, listDueJobs, type OutboxName, postponeJob, takeJob } from '../domain/outbox/index.ts';
import type { Lane } from './worker.ts';

/**
 * Knows how to do jobs of a kind. What has to be read elsewhere is read first; the act that it answers then runs in the transaction that
 * takes the job out of the outbox, so that it happens once, and only SQL may be awaited in it.
 */
export type JobHandler<C extends OrganisationContext> = (ctx: C, job: DueJob) => Promise<(ctx: Inside<C>) => Promise<void>>;

export interface OutboxLaneOptions<C extends OrganisationContext> {
  readonly name: string;
  readonly outbox: OutboxName;
  readonly ctx: C;
  /** by the kind of job */
  readonly handlers: Readonly<Record<string, JobHandler<C>>>;
  readonly log: Logger;
}

/** How many jobs are looked at in one go: enough for several processes to find different ones. */
const BATCH = 50;

/** The jobs of an outbox: those of a subject in their order, each in a transaction of its own; one that fails holds up its subject only. */
export const outboxLane = <C extends OrganisationContext>({ name, outbox, ctx, handlers, log }: OutboxLaneOptions<C>): Lane => {
  let batch: DueJob[] = [];

  /** Whether this process did the job, well or not. */
  const perform = async (job: DueJob): Promise<boolean> => {
    try {
      const handler = handlers[job.kind];
      if (!handler) throw new Error(`Nobody knows how to do jobs of the kind ${job.kind}`);
      return await takeJob(ctx, outbox, job, await handler(ctx, job));
    } catch (error) {
      log.warn({ err: error, lane: name, job: job.id, kind: job.kind, attempts: job.attempts + 1 }, 'a job failed');
      await postponeJob(ctx, outbox, job, error instanceof Error ? error.message : String(error));
      return true;
    }
  };

  return {
    name,
    doNext: async () => {
      if (batch.length === 0) batch = await listDueJobs(ctx, outbox, BATCH);
      for (let job = batch.shift(); job; job = batch.shift()) if (await perform(job)) return true;
      return false;
    },
  };
};
