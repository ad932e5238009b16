import type { Task } from '../../task-types.ts';
import type { StoredFragment } from './fragments.ts';
import { packFragments } from './fragments.ts';
import { ingestSpecification } from './ingest.ts';

/** Bytes of HTML, and operations, that travel together: small enough for the receiver to decode within a millisecond or two. */
const BATCH_BYTES = 256 * 1024;
const BATCH_OPERATIONS = 250;

/** Ingests the specification in the body and sends its index and fragments in parts. */
export const ingestTask: Task<'ingest'> = async ({ name, limits }, body, emit) => {
  const outcome = await ingestSpecification(body, name, limits);
  if (!outcome.accepted) return outcome;
  const { overviewHtml, operationFragments, schemaFragments, operations, ...index } = outcome.reference;
  for (let start = 0; start < operations.length; start += BATCH_OPERATIONS) {
    await emit({ operations: operations.slice(start, start + BATCH_OPERATIONS) });
  }
  let batch: StoredFragment[] = [];
  let bytes = 0;
  for (const fragment of packFragments(outcome.reference)) {
    batch.push(fragment);
    bytes += fragment.html.byteLength;
    if (bytes < BATCH_BYTES) continue;
    await emit({ fragments: batch });
    batch = [];
    bytes = 0;
  }
  await emit({ fragments: batch });
  return { accepted: true, format: outcome.format, reference: index, findings: outcome.findings };
};
