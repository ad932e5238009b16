import { unavailable } from '../domain/errors.ts';
import type { KeptOperation } from '../rendering/openapi/excerpt.ts';
import type { SpecFormat } from '../rendering/openapi/types.ts';
import { RenderingError, type RenderingPool } from '../rendering/pool.ts';

/** Makes of a specification one with some of its operations, in the pool. Fails with `unavailable` when too much is waiting there. */
export const specificationExcerpt =
  (pool: Pick<RenderingPool, 'run'>) =>
  async (bytes: Buffer, format: SpecFormat, kept: readonly KeptOperation[] | undefined): Promise<Buffer> => {
    try {
      const { parts } = await pool.run('excerptSpecification', { format, kept }, bytes);
      return Buffer.concat(parts.map((part) => part.bytes));
    } catch (error) {
      if (error instanceof RenderingError) throw unavailable('This page takes too long to prepare at the moment', error);
      throw error;
    }
  };
