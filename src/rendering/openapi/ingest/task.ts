import type { Task } from '../../task-types.ts';
import type { HtmlFragment } from '../types.ts';
import type { StoredFragment } from './fragments.ts';
import { packFragment } from './fragments.ts';
import { ingestSpecification } from './ingest.ts';

/** Characters of HTML, and operations, that travel together: small enough for the receiver to decode within a millisecond or two. */
const BATCH_CHARACTERS = 1024 * 1024;
const BATCH_OPERATIONS = 250;

/** Ingests the specification in the body and sends its index and fragments in parts. */
export const ingestTask: Task<'ingest'> = async ({ name, limits }, body, emit) => {
  const outcome = await ingestSpecification(body, name, limits);
  if (!outcome.accepted) return outcome;
  const { operations, ...reference } = outcome.index;
  for (let start = 0; start < operations.length; start += BATCH_OPERATIONS) {
    await emit({ operations: operations.slice(start, start + BATCH_OPERATIONS) });
  }
  // While one batch is packed and sent, the next is printed.
  let underway = Promise.resolve();
  for (const batch of batchesOf(outcome.fragments)) {
    const packed = Promise.all(batch);
    await underway;
    underway = packed.then((fragments) => emit({ fragments }));
  }
  await underway;
  return { accepted: true, format: outcome.format, reference, findings: outcome.findings };
};

/** Begins to pack each fragment as it is printed. */
const batchesOf = function* (fragments: Iterable<HtmlFragment>): Generator<Promise<StoredFragment>[]> {
  let batch: Promise<StoredFragment>[] = [];
  let characters = 0;
  for (const fragment of fragments) {
    batch.push(packFragment(fragment));
    characters += fragment.html.length;
    if (characters < BATCH_CHARACTERS) continue;
    yield batch;
    batch = [];
    characters = 0;
  }
  yield batch;
};
