import { randomInt } from 'node:crypto';
import type { Request, Response } from 'express';
import { escapeHtml } from '../lib/html.ts';
import { deflatePiece, type GzipPart, gzipPieces, MIN_ENCODED, takesGzip } from './gzip-pieces.ts';
import { type Fill, interleave, splitAtSlots } from './slots.ts';

/** In bytes. */
const MAX_PADDING = 100;

/** How far back a piece may refer to what stands before it, in bytes: lists have a form in each row. */
const REACH = 8192;
/** No byte of UTF-8: what is in a slot shows as these to the pieces after it, so that none refers to it. */
const NOT_IN_TEXT = 0xff;

/**
 * Answers with a page that is kept nowhere, compressed where whoever asks takes that. What is in its slots stands between its pieces as it is,
 * as on pages that are kept: the length of an answer never tells how much a form's token is like what else the page says. What its reader
 * typed, or was made to type, is compressed together with what is for their eyes only, so each answer is longer by a random number of bytes:
 * a file name in the header of the stream, which nobody reads, as in "Heal the Breach" (Palacios et al., "HTB: A Very Effective Method to
 * Protect Web Servers Against BREACH Attack to HTTPS", IEEE Access 10, 2022, https://ieeexplore.ieee.org/document/9754554). Whoever wants to
 * tell lengths that differ by a byte has to ask very many times.
 */
export const sendUnkept = async (req: Request, res: Response, text: string, fill: Fill): Promise<void> => {
  const { pieces, slots } = splitAtSlots(text);
  const fills = slots.map((slot): GzipPart => ({ bytes: Buffer.from(escapeHtml(fill(slot))) }));
  const plain = pieces.map((piece): GzipPart => ({ bytes: Buffer.from(piece) }));
  res.set('Cache-Control', 'no-store').type('text/html').vary('Accept-Encoding');
  if (text.length < MIN_ENCODED || !takesGzip(req)) {
    res.send(Buffer.concat(interleave(plain, fills).map(({ bytes }) => bytes)));
    return;
  }
  const packed: GzipPart[] = [];
  let before = Buffer.alloc(0);
  for (const [index, { bytes }] of plain.entries()) {
    packed.push({ bytes, deflated: await deflatePiece(bytes, before) });
    before = Buffer.concat([before, bytes, Buffer.alloc(fills[index]?.bytes.length ?? 0, NOT_IN_TEXT)]).subarray(-REACH);
  }
  const padding = 'a'.repeat(randomInt(1, MAX_PADDING + 1));
  res.set('Content-Encoding', 'gzip').send(gzipPieces(interleave<GzipPart>(packed, fills), padding));
};
