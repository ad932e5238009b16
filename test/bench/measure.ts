import autocannon from 'autocannon';

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

export interface Target {
  readonly port: number;
  readonly path: string;
  readonly headers?: Record<string, string>;
}

const CONNECTIONS = 10;
const SECONDS = 2;

/** Requests per second of one short run. Fails when an answer is not 2xx: a fast error is no figure. */
const runOnce = async ({ port, path, headers }: Target): Promise<number> => {
  const result = await autocannon({
    url: `http://127.0.0.1:${port}${path}`,
    connections: CONNECTIONS,
    duration: SECONDS,
    headers: headers ?? {},
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${path}: ${result.non2xx} answers were not 2xx, ${result.errors} errors`);
  return result.requests.average;
};

/**
 * Requests per second of ours and its peer, in turns, after one warm-up each: medians, and the median of how the two of each turn compare.
 * A machine that others use as well gets slower and faster; both of a turn feel it alike.
 */
export const compare = async (ours: Target, peer: Target, turns = 5): Promise<{ ours: number; peer: number; ratio: number }> => {
  await runOnce(ours);
  await runOnce(peer);
  const figures = [];
  for (let turn = 0; turn < turns; turn++) figures.push({ ours: await runOnce(ours), peer: await runOnce(peer) });
  return {
    ours: Math.round(median(figures.map((figure) => figure.ours))),
    peer: Math.round(median(figures.map((figure) => figure.peer))),
    ratio: round(median(figures.map((figure) => figure.ours / figure.peer))),
  };
};

/** A table for people, right-aligned but for its first column. */
export const printTable = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): void => {
  const texts = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(...texts.map((row) => (row[column] ?? '').length)));
  for (const row of texts)
    console.log(
      row
        .map((text, column) => (column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)))
        .join('  '),
    );
};
