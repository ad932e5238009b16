import { setImmediate } from 'node:timers/promises';

/** Bytes that are looked through in one go: within a millisecond or two. */
const BYTES_A_TURN = 1024 * 1024;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Lines of a text by their numbers, which begin with 1; without those that it does not have. Between its parts others have their turn. */
export const readLines = async (bytes: Buffer, numbers: Iterable<number>): Promise<Map<number, string>> => {
  const wanted = new Set(numbers);
  let last = 0;
  for (const number of wanted) last = Math.max(last, number);
  const lines = new Map<number, string>();
  let start = 0;
  let turn = BYTES_A_TURN;
  for (let at = 0, number = 1; at <= bytes.length && number <= last; at++) {
    if (at >= turn) {
      await setImmediate();
      turn = at + BYTES_A_TURN;
    }
    const byte = bytes[at]; // none at the end, which ends a line, too
    if (byte !== LINE_FEED && byte !== CARRIAGE_RETURN && byte !== undefined) continue;
    if (wanted.has(number)) lines.set(number, bytes.toString('utf8', start, at));
    if (byte === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED) at++;
    start = at + 1;
    number++;
  }
  return lines;
};
