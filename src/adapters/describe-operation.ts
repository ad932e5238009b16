import { unavailable } from '../domain/errors.ts';
import type { ConsoleOperation } from '../rendering/openapi/console/types.ts';
import type { KeptOperation } from '../rendering/openapi/excerpt.ts';
import type { SpecFormat } from '../rendering/openapi/types.ts';
import { RenderingError, type RenderingPool } from '../rendering/pool.ts';

/** The bytes of a specification, by their hash. */
interface Source {
  readonly contentHash: string;
  readonly format: SpecFormat;
  readonly read: () => Promise<Buffer>;
}

const MAX_REMEMBERED = 200;

/**
 * Reads what the console asks about an operation of a specification, in the pool; what was read lately is remembered. Fails with
 * `unavailable` when too much is waiting there.
 */
export const operationDescriber = (pool: Pick<RenderingPool, 'run'>) => {
  const remembered = new Map<string, ConsoleOperation | undefined>();
  return async ({ contentHash, format, read }: Source, operation: KeptOperation): Promise<ConsoleOperation | undefined> => {
    const key = `${contentHash} ${operation.method} ${operation.path}`;
    if (remembered.has(key)) return remembered.get(key);
    try {
      const { result } = await pool.run('describeOperation', { format, operation }, await read());
      const [oldest] = remembered.keys();
      if (remembered.size >= MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
      remembered.set(key, result ?? undefined);
      return result ?? undefined;
    } catch (error) {
      if (error instanceof RenderingError) throw unavailable('This page takes too long to prepare at the moment', error);
      throw error;
    }
  };
};
