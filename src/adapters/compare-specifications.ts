import type { StoredDocument } from '../domain/context.ts';
import { unavailable } from '../domain/errors.ts';
import type { Comparison } from '../rendering/openapi/changes/index.ts';
import { RenderingError, type RenderingPool } from '../rendering/pool.ts';

const compare = async (
  pool: Pick<RenderingPool, 'run'>,
  before: StoredDocument,
  after: StoredDocument,
): Promise<Comparison | undefined> => {
  const input = { before: before.format, after: after.format, bytesBefore: before.packed.length };
  try {
    const { parts } = await pool.run('compareSpecifications', input, Buffer.concat([before.packed, after.packed]));
    return JSON.parse(Buffer.concat(parts.map(({ bytes }) => bytes)).toString('utf8')) as Comparison;
  } catch (error) {
    if (!(error instanceof RenderingError)) throw error;
    // What the documents do to their child is theirs; that there is too much to do is not.
    if (error.reason === 'busy' || error.reason === 'closed')
      throw unavailable('Specifications cannot be compared at the moment; please try again soon', error);
    return undefined;
  }
};

/**
 * Compares specifications in the pool, each two of them once at a time, however many ask. Undefined where they are too much for it; fails
 * with `unavailable` when too much is waiting there.
 */
export const specificationComparer = (pool: Pick<RenderingPool, 'run'>) => {
  const underway = new Map<string, Promise<Comparison | undefined>>();
  return (before: StoredDocument, after: StoredDocument): Promise<Comparison | undefined> => {
    const key = `${before.contentHash} ${after.contentHash}`;
    const known = underway.get(key);
    if (known) return known;
    const comparison = compare(pool, before, after).finally(() => underway.delete(key));
    underway.set(key, comparison);
    return comparison;
  };
};
