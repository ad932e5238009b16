import { unavailable } from '../domain/errors.ts';
import type { SpecFormat } from '../rendering/openapi/types.ts';
import { RenderingError, type RenderingPool } from '../rendering/pool.ts';

/** Writes specifications in their other format, in the pool. Fails with `unavailable` when too much is waiting there. */
export const specificationConverter =
  (pool: Pick<RenderingPool, 'run'>) =>
  async (bytes: Buffer, from: SpecFormat, to: SpecFormat): Promise<Buffer> => {
    try {
      const { parts } = await pool.run('convertSpecification', { from, to }, bytes);
      return Buffer.concat(parts.map((part) => part.bytes));
    } catch (error) {
      if (error instanceof RenderingError) throw unavailable('This file takes too long to prepare at the moment', error);
      throw error;
    }
  };
