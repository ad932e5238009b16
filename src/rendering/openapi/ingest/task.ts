import type { Task } from '../../task-types.ts';
import type { HtmlFragment } from '../types.ts';
import type { StoredFragment } from './fragments.ts';
import { packFragment } from './fragments.ts';
import { ingestSpecification } from './ingest.ts';

/** Bytes of HTML, and operations, that travel together: small enough for the receiver to decode within a millisecond or two. */
const BATCH_BYTES = 256 * 1024;
const BATCH_OPERATIONS = 250;

/** Ingests the specification in the body and sends its index and fragments in parts. */
export const ingestTask: Task<'ingest'> = async ({ name, limits }, body, emit) => {
  const outcome = await ingestSpecification(body, name, limits);
  if (!outcome.accepted) return outcome;
  const { operations, ...reference } = outcome.index;
  for (let start = 0; start < operations.length; start += BATCH_OPERATIONS) {
    await emit({ operations: operations.slice(start, start + BATCH_OPERATIONS) });
  }
  // While one batch travels, the next is made.
  let underway = Promise.resolve();
  for (const fragments of batchesOf(outcome.fragments)) {
    await underway;
    underway = emit({ fragments });
  }
  await underway;
  return { accepted: true, format: outcome.format, reference, findings: outcome.findings };
};

const batchesOf = function* (fragments: Iterable<HtmlFragment>): Generator<StoredFragment[]> {
  let batch: StoredFragment[] = [];
  let bytes = 0;
  for (const fragment of fragments) {
    const packed = packFragment(fragment);
    batch.push(packed);
    bytes += packed.html.byteLength;
    if (bytes < BATCH_BYTES) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  yield batch;
};
