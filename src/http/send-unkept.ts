import type { Request, Response } from 'express';
import { escapeHtml } from '../lib/html.ts';
import { deflatePiece, type GzipPart, gzipPieces, MIN_ENCODED, takesGzip } from './gzip-pieces.ts';
import { type Fill, interleave, splitAtSlots } from './slots.ts';

/**
 * Answers with a page that is kept nowhere, compressed where whoever asks takes that. What is in its slots stands between its pieces as it is,
 * as on pages that are kept: the length of an answer never tells how much a form's token is like what else the page says.
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
  const packed = await Promise.all(plain.map(async ({ bytes }) => ({ bytes, deflated: await deflatePiece(bytes) })));
  res.set('Content-Encoding', 'gzip').send(gzipPieces(interleave<GzipPart>(packed, fills)));
};
