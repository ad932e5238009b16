import { unavailable } from '../domain/errors.ts';
import type { DocumentSection } from '../rendering/markdown/index.ts';
import type { SchemaSummary } from '../rendering/openapi/schema-summaries.ts';
import type { IngestLimits } from '../rendering/openapi/types.ts';
import { RenderingError, type RenderingPool } from '../rendering/pool.ts';

type Pool = Pick<RenderingPool, 'run'>;

/** A text of this many characters takes the main thread a few milliseconds; longer ones are read elsewhere. */
const MAX_HERE = 16_000;

/** What could not be read because there is too much to do can be read later; what ended its child holds nothing that can be read. */
const refuseWhenBusy = (error: unknown): [] => {
  if (!(error instanceof RenderingError)) throw error;
  if (error.reason === 'busy' || error.reason === 'closed') throw unavailable('Too much is being read', error);
  return [];
};

/** Cuts documents into sections: short ones at once, long ones in the pool. Fails with `unavailable` when too much is waiting there. */
export const sectionReader =
  (pool: Pool) =>
  async (markdown: string): Promise<readonly DocumentSection[]> => {
    if (markdown.length <= MAX_HERE) return (await import('../rendering/markdown/index.ts')).readSections(markdown);
    const { parts } = await pool.run('documentSections', {}, Buffer.from(markdown)).catch((error: unknown) => ({
      parts: refuseWhenBusy(error),
    }));
    return parts.length === 0 ? [] : JSON.parse(Buffer.concat(parts.map(({ bytes }) => bytes)).toString('utf8'));
  };

/** Reads the schemas of specifications in the pool. Fails with `unavailable` when too much is waiting there. */
export const schemaReader =
  (pool: Pool, limits: IngestLimits) =>
  async (bytes: Buffer, name: string): Promise<readonly SchemaSummary[]> => {
    const { parts } = await pool.run('describeSchemas', { name, limits }, bytes).catch((error: unknown) => ({
      parts: refuseWhenBusy(error),
    }));
    return parts.flatMap(({ schemas }) => schemas);
  };
