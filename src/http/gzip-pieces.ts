import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';
import type { Request } from 'express';

const deflate = promisify(deflateRaw);

/** In bytes. Below this, compression costs more than it saves. */
export const MIN_ENCODED = 860;

/** Whether whoever asks takes gzip (RFC 9110, section 12.5.3). */
export const takesGzip = (req: Request): boolean =>
  /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(req.headers['accept-encoding'] ?? '');

/** A part of a body: compressed once and kept, or new. */
export interface GzipPart {
  readonly bytes: Buffer;
  /** by {@link deflatePiece} */
  readonly deflated?: Buffer;
}

/**
 * Compresses a piece so that it can stand between others: it ends on a byte, and is not the last block (RFC 1951).
 * @param before what stands before it, which it may refer to
 */
export const deflatePiece = (bytes: Buffer, before?: Buffer): Promise<Buffer> =>
  deflate(bytes, { level: 6, finishFlush: constants.Z_SYNC_FLUSH, ...(before?.length ? { dictionary: before } : {}) });

/** @param name of the file that the stream is said to be of: Latin letters; none when empty */
const header = (name: string): Buffer =>
  Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, name === '' ? 0 : FNAME, 0, 0, 0, 0, 0, 0xff]),
    Buffer.from(name === '' ? '' : `${name}\0`, 'latin1'),
  ]);
const FNAME = 8;
/** An empty last block. */
const END = Buffer.from([0x03, 0x00]);
const MAX_STORED = 0xffff;

/** Stored blocks: bytes as they are. */
const store = (bytes: Buffer): Buffer[] => {
  const blocks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += MAX_STORED) {
    const block = bytes.subarray(at, at + MAX_STORED);
    const head = Buffer.alloc(5);
    head.writeUInt16LE(block.length, 1);
    head.writeUInt16LE(~block.length & 0xffff, 3);
    blocks.push(head, block);
  }
  return blocks;
};

/**
 * Puts a gzip stream (RFC 1952) together from pieces that were compressed before and short new ones, which are stored as they are.
 * @param name for its header
 */
export const gzipPieces = (parts: readonly GzipPart[], name = ''): Buffer => {
  let checksum = 0;
  let size = 0;
  const blocks = parts.flatMap(({ bytes, deflated }) => {
    if (bytes.length > 0) checksum = crc32(bytes, checksum); // of nothing, zlib answers 0
    size += bytes.length;
    return deflated ? [deflated] : store(bytes);
  });
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(checksum, 0);
  trailer.writeUInt32LE(size >>> 0, 4);
  return Buffer.concat([header(name), ...blocks, END, trailer]);
};
