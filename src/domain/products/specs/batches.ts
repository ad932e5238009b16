import { setImmediate } from 'node:timers/promises';

/** Rows, and bytes of HTML, that one statement takes: a few milliseconds of work, far below the parameters that both engines take. */
const BATCH_ROWS = 100;
const BATCH_BYTES = 256 * 1024;

/** Cuts rows into batches of bounded number and weight. */
export const batches = function* <Row>(rows: readonly Row[], weigh: (row: Row) => number = () => 0): Generator<Row[]> {
  let batch: Row[] = [];
  let weight = 0;
  for (const row of rows) {
    if (batch.length === BATCH_ROWS || (batch.length > 0 && weight + weigh(row) > BATCH_BYTES)) {
      yield batch;
      batch = [];
      weight = 0;
    }
    batch.push(row);
    weight += weigh(row);
  }
  if (batch.length > 0) yield batch;
};

/** Hands over rows in batches. Between them the event loop turns: whoever does not need the database is served meanwhile. */
export const inBatches = async <Row>(
  rows: readonly Row[],
  insert: (batch: Row[]) => Promise<unknown>,
  weigh?: (row: Row) => number,
): Promise<void> => {
  for (const batch of batches(rows, weigh)) {
    await insert(batch);
    await setImmediate();
  }
};
