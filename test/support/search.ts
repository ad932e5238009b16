import type { Connection } from '../../src/database/connect.ts';
import type { ContextWithPorts } from '../../src/domain/context.ts';
import { INDEX_JOB } from '../../src/domain/events/index.ts';
import { listDueJobs, takeJob } from '../../src/domain/outbox/index.ts';
import { BOUNDS, type Bounds } from '../../src/domain/search/candidate.ts';
import { followChanges, indexNext } from '../../src/domain/search/index.ts';
import { examineSpecification } from '../../src/rendering/openapi/ingest/examine.ts';
import { DEFAULT_INGEST_LIMITS } from '../../src/rendering/openapi/ingest/index.ts';
import { ingestSpecification } from '../../src/rendering/openapi/ingest/ingest.ts';
import { summariseSchemas } from '../../src/rendering/openapi/schema-summaries.ts';
import { testContext } from './context.ts';

/** All ways of looking, each where it would not be taken: none finds anything else than another. */
export const WAYS: readonly Bounds[] = [
  BOUNDS,
  { hits: 0, first: 0, read: 0, listed: 0, share: 1 },
  { hits: 0, first: 0, read: 0, listed: 1_000, share: 1 },
  { hits: 0, first: 1_000, read: 1_000, listed: 1_000, share: 1 },
];

/** A context that reads specifications in this process. */
export const readingContext = (connection: Connection): ContextWithPorts => {
  const ctx = testContext(connection);
  const ports: ContextWithPorts['ports'] = {
    ...ctx.ports,
    examineSpecification: async (bytes, name) => {
      const outcome = await ingestSpecification(bytes, name, DEFAULT_INGEST_LIMITS);
      if (!outcome.accepted) return outcome;
      const { format, index, findings } = outcome;
      return { accepted: true, format, reference: index, findings };
    },
    describeSchemas: async (bytes, name) => {
      const examined = examineSpecification(bytes, name, DEFAULT_INGEST_LIMITS);
      return examined.accepted ? summariseSchemas(examined.document) : [];
    },
  };
  return { ...ctx, ports };
};

/** Does what the search has to do after changes, as the worker would. */
export const indexAll = async (ctx: ContextWithPorts): Promise<void> => {
  for (;;) {
    const jobs = (await listDueJobs(ctx, 'outbox', 1000)).filter(({ kind }) => kind === INDEX_JOB);
    for (const job of jobs) await takeJob(ctx, 'outbox', job, await followChanges(ctx, job));
    if (jobs.length === 0 && !(await indexNext(ctx))) return;
  }
};
