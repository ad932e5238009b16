import { unavailable } from '../domain/errors.ts';
import { RenderingError, type RenderingPool } from '../rendering/pool.ts';

/** A text of this many characters takes the main thread a few milliseconds; longer ones are parsed elsewhere. */
const MAX_HERE = 32_000;

/**
 * Writes documents as trees of nodes, in JSON: short ones at once, long ones in the pool. When too much is waiting there they are done
 * here all the same: whoever has just stored a document must not be told that it failed.
 */
export const documentNodes =
  (pool: Pick<RenderingPool, 'run'>) =>
  async (source: string): Promise<Buffer> => {
    const here = async (): Promise<Buffer> => {
      const { markdownToAst } = await import('../rendering/markdown/index.ts');
      return Buffer.from(JSON.stringify(markdownToAst(source)));
    };
    if (source.length <= MAX_HERE) return here();
    try {
      const { parts } = await pool.run('documentNodes', {}, Buffer.from(source));
      return Buffer.concat(parts.map(({ bytes }) => bytes));
    } catch (error) {
      if (!(error instanceof RenderingError)) throw error;
      if (error.reason === 'busy') return here();
      throw unavailable('This document takes too long to prepare at the moment', error);
    }
  };
