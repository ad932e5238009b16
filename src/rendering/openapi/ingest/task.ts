import type { Task, TaskTypes } from '../../task-types.ts';
import type { HtmlFragment } from '../types.ts';
import type { StoredFragment } from './fragments.ts';
import { packFragment } from './fragments.ts';
import { ingestSpecification } from './ingest.ts';

/** Bytes of HTML, and operations, that travel together: small enough for the receiver to decode within a millisecond or two. */
const BATCH_BYTES = 256 * 1024;
const BATCH_OPERATIONS = 250;

/** Reads the specification in the body and sends its operations in parts. */
export const examineSpecificationTask: Task<'examineSpecification'> = async (input, body, emit) =>
  (await examine(input, body, emit)).result;

/** The same, and sends its HTML fragments in parts. */
export const renderSpecificationTask: Task<'renderSpecification'> = async (input, body, emit) => {
  const { result, fragments } = await examine(input, body, emit);
  // While one batch travels, the next is made.
  let underway = Promise.resolve();
  for (const batch of batchesOf(fragments)) {
    await underway;
    underway = emit({ fragments: batch });
  }
  await underway;
  return result;
};

type Types = TaskTypes['examineSpecification'];

const examine = async (
  { name, limits }: Types['input'],
  body: Uint8Array,
  emit: (part: Types['part']) => Promise<void>,
): Promise<{ result: Types['result']; fragments: Iterable<HtmlFragment> }> => {
  const outcome = await ingestSpecification(body, name, limits);
  if (!outcome.accepted) return { result: outcome, fragments: [] };
  const { format, index, fragments, findings } = outcome;
  const { operations, ...reference } = index;
  for (let start = 0; start < operations.length; start += BATCH_OPERATIONS)
    await emit({ operations: operations.slice(start, start + BATCH_OPERATIONS) });
  return { result: { accepted: true, format, reference, findings }, fragments };
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
  if (batch.length > 0) yield batch;
};
