import { invalid, unavailable } from '../domain/errors.ts';
import type { ArchiveLimits, GivenFile, ReadDocument, ReadFiles, ReadImage } from '../rendering/document-files/index.ts';
import { RenderingError, type RenderingPool } from '../rendering/pool.ts';

const refuse = (reason: string) => invalid({ field: 'file', rule: 'invalid', reason, source: 'body' });

/**
 * Reads uploaded documents in a child process, which may be killed: nobody knows what an archive does to whoever unpacks it. Fails with
 * `invalid` for what cannot be taken, with `unavailable` when too much is waiting.
 */
export const documentFilesReader =
  (pool: Pick<RenderingPool, 'run'>, limits: ArchiveLimits) =>
  async (given: readonly GivenFile[]): Promise<ReadFiles> => {
    try {
      const files = given.map(({ path, bytes }) => ({ path, size: bytes.length }));
      const body = Buffer.concat(given.map(({ bytes }) => bytes));
      const { parts, result } = await pool.run('readDocumentFiles', { files, limits }, body);
      if (!result.accepted) throw refuse(result.reason);
      const documents: ReadDocument[] = [];
      const images: ReadImage[] = [];
      for (const part of parts) {
        if ('document' in part) documents.push(part.document);
        else images.push(part.image);
      }
      return { documents, images, skipped: result.skipped };
    } catch (error) {
      if (!(error instanceof RenderingError)) throw error;
      if (error.reason === 'busy' || error.reason === 'closed')
        throw unavailable('Too much is being read at the moment; please try again soon', error);
      throw refuse('these files take too long, or too much memory, to be read');
    }
  };
