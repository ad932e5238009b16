import { unavailable } from '../domain/errors.ts';
import type { RenderedDocument } from '../rendering/markdown/index.ts';
import { RenderingError, type RenderingPool } from '../rendering/pool.ts';

/** A text of this many characters takes the main thread a few milliseconds; longer ones are rendered elsewhere. */
const MAX_HERE = 16_000;

/** Renders documents: short ones at once, long ones in the pool. Fails with `unavailable` when too much is waiting there. */
export const documentRenderer =
  (pool: Pick<RenderingPool, 'run'>) =>
  async (source: string, base: string, images?: string): Promise<RenderedDocument> => {
    if (source.length <= MAX_HERE) return (await import('../rendering/markdown/index.ts')).renderDocument(source, base, images);
    try {
      return (await pool.run('renderDocument', { base, images }, Buffer.from(source))).result;
    } catch (error) {
      if (error instanceof RenderingError) throw unavailable('This page takes too long to prepare at the moment', error);
      throw error;
    }
  };
