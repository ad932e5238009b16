import type { Context, Inside } from '../context.ts';
import { INDEX_JOB } from '../events/index.ts';
import type { DueJob } from '../outbox/index.ts';
import { markDue, type SubjectKind } from './due.ts';

/** What a job about a change says of it. */
interface Change {
  readonly subject: 'product' | 'version' | 'document' | 'specification';
  readonly versionId?: string;
}

/**
 * Does the jobs of changes that bear on what can be found ({@link INDEX_JOB}): notes whose entries are to be written anew. They are
 * written apart, for what else follows from changes must not wait for it.
 */
export const followChanges = async (_ctx: Context, job: DueJob): Promise<(ctx: Inside<Context>) => Promise<void>> => {
  if (job.kind !== INDEX_JOB) throw new Error(`This is no job of the search: ${job.kind}`);
  const { subject, versionId } = job.payload as unknown as Change;
  return async (ctx) => {
    if (subject !== 'specification') return markDue(ctx, subject satisfies SubjectKind, [job.subjectId]);
    const id = versionId ?? (await versionOf(ctx, job.subjectId));
    await markDue(ctx, 'version', id === undefined ? [] : [id]);
  };
};

const versionOf = async ({ db }: Context, specificationId: string): Promise<string | undefined> => {
  const row = await db.selectFrom('specifications').select('version_id').where('id', '=', specificationId).executeTakeFirst();
  return row?.version_id;
};
