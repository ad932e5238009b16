import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import type { Response } from 'express';

/**
 * Answers with a body that comes in pieces, compressed on its way if `encoding` says so. A piece is made when those before it are on
 * their way: no more is in memory than that, and other requests are served in between. Whoever asked may go while it comes.
 * @throws what fails while a piece is made: the answer breaks off
 */
export const sendPieces = async (
  res: Response,
  pieces: Iterable<string> | AsyncIterable<string>,
  encoding?: 'gzip',
): Promise<void> => {
  let failure: unknown;
  const inTurns = async function* (): AsyncGenerator<string> {
    try {
      for await (const piece of pieces) {
        yield piece;
        await setImmediate();
      }
    } catch (error) {
      failure = error;
      throw error;
    }
  };
  try {
    if (encoding === undefined) await pipeline(Readable.from(inTurns()), res);
    else await pipeline(Readable.from(inTurns()), createGzip(), res.set('Content-Encoding', encoding));
  } catch {
    if (failure !== undefined) throw failure; // else whoever asked has gone: nobody is left to answer
  }
};
