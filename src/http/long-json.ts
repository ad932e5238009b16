import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Response } from 'express';

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
export const sendJsonPieces = async (res: Response, pieces: Iterable<string>, encoding?: 'gzip'): Promise<void> => {
  res.type('application/json');
  try {
    if (encoding === undefined) await pipeline(Readable.from(pieces), res);
    else await pipeline(Readable.from(pieces), createGzip(), res.set('Content-Encoding', encoding));
  } catch (error) {
    if (!res.destroyed) throw error; // whoever asked has gone: nobody is left to answer
  }
};
