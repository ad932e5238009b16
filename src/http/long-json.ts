import type { Response } from 'express';
import { sendPieces } from './send-pieces.ts';

/** How many bytes of a text become JSON at a time. */
const PIECE_BYTES = 64 * 1024;

/** UTF-8 text as a JSON string, in pieces: a text of megabytes is written while other requests are served in between. */
export const jsonString = function* (bytes: Buffer): Generator<string> {
  yield '"';
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true }); // "ignore" means: leave the mark in the text
  for (let start = 0; start < bytes.length; start += PIECE_BYTES)
    yield escaped(decoder.decode(bytes.subarray(start, start + PIECE_BYTES), { stream: true }));
  yield escaped(decoder.decode());
  yield '"';
};

/** Text as it stands between the quotes of a JSON string. */
const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Answers JSON that comes in pieces, compressed on its way if `encoding` says so. */
export const sendJsonPieces = (res: Response, pieces: Iterable<string>, encoding?: 'gzip'): Promise<void> =>
  sendPieces(res.type('application/json'), pieces, encoding);
