import { unavailable } from '../domain/errors.ts';
import { RenderingError, type RenderingPool } from '../rendering/pool.ts';
import type { TextDiff } from '../rendering/text-diff/index.ts';

/** Texts of this many characters take the main thread a few milliseconds to compare; longer ones are compared elsewhere. */
const MAX_HERE = 8_000;

/** Compares texts: short ones at once, long ones in the pool. Fails with `unavailable` when too much is waiting there. */
export const textComparer =
  (pool: Pick<RenderingPool, 'run'>) =>
  async (before: string, after: string): Promise<TextDiff> => {
    if (before.length + after.length <= MAX_HERE)
      return (await import('../rendering/text-diff/index.ts')).compareTexts(before, after);
    try {
      const bytes = Buffer.from(before);
      const body = Buffer.concat([bytes, Buffer.from(after)]);
      return (await pool.run('compareTexts', { bytesBefore: bytes.length }, body)).result;
    } catch (error) {
      if (error instanceof RenderingError) throw unavailable('These texts take too long to compare at the moment', error);
      throw error;
    }
  };
