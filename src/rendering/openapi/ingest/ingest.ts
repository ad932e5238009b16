import { buildReference } from '../reference/index.ts';
import type { IngestLimits, IngestOutcome } from '../types.ts';
import { examineSpecification } from './examine.ts';

/**
 * Makes of the bytes of a specification either its reference or the reason why not. Runs in a child process (see `pool.ts`), because a
 * hostile document may still take all the time and memory it can get.
 */
export const ingestSpecification = async (source: Uint8Array, name: string, limits: IngestLimits): Promise<IngestOutcome> => {
  const examination = examineSpecification(source, name, limits);
  if (!examination.accepted) return examination;
  const { format, document, marksInternal, findings } = examination;
  return { accepted: true, format, findings, ...buildReference(document, marksInternal) };
};
