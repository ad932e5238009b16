import { isUtf8 } from 'node:buffer';
import type { Position } from './refusal.ts';
import { Refusal } from './refusal.ts';

const startsWith = (bytes: Uint8Array, ...prefix: number[]): boolean => prefix.every((byte, index) => bytes[index] === byte);

/** Names the encoding that the first bytes give away when it is not UTF-8 (byte order marks, or the zero bytes that ASCII has in UTF-16 and UTF-32). */
const foreignEncoding = (bytes: Uint8Array): string | undefined => {
  if (startsWith(bytes, 0xff, 0xfe, 0, 0) || startsWith(bytes, 0, 0, 0xfe, 0xff)) return 'UTF-32';
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) return 'UTF-16';
  if (bytes.length < 4) return undefined;
  const zeros = [0, 1, 2, 3].map((index) => bytes[index] === 0).join();
  if (zeros === 'true,true,true,false' || zeros === 'false,true,true,true') return 'UTF-32';
  if (zeros === 'true,false,true,false' || zeros === 'false,true,false,true') return 'UTF-16';
  return undefined;
};

/** The first line whose bytes are not UTF-8 (no multi-byte sequence contains a line feed, so lines can be judged one by one). */
const positionOfInvalidByte = (buffer: Buffer): Position => {
  let line = 1;
  let start = 0;
  while (start < buffer.length) {
    const feed = buffer.indexOf(10, start);
    const end = feed === -1 ? buffer.length : feed + 1;
    const bytes = buffer.subarray(start, end);
    if (!isUtf8(bytes)) return { line, column: Math.max(firstReplaced(bytes), 0) + 1 };
    start = end;
    line++;
  }
  return { line, column: 1 };
};

/** Index of the first replacement character that decoding invents, in UTF-16 code units. */
const firstReplaced = (bytes: Buffer): number => {
  const decoded = bytes.toString('utf8');
  for (let at = decoded.indexOf('\ufffd'); at !== -1; at = decoded.indexOf('\ufffd', at + 1)) {
    const before = Buffer.from(decoded.slice(0, at), 'utf8').length;
    if (!startsWith(bytes.subarray(before), 0xef, 0xbf, 0xbd)) return at;
  }
  return 0;
};

/**
 * Decodes a document, which must be UTF-8; a byte order mark is dropped.
 * @throws Refusal (`encoding`) for other encodings, invalid bytes and NUL bytes
 */
export const decodeSource = (source: Uint8Array): string => {
  const buffer = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  const foreign = foreignEncoding(buffer);
  if (foreign) throw new Refusal('encoding', `The document is encoded in ${foreign}. Save it as UTF-8.`);
  if (!isUtf8(buffer))
    throw new Refusal(
      'encoding',
      'The document is not valid UTF-8: it holds a byte that UTF-8 does not allow here.',
      positionOfInvalidByte(buffer),
    );
  const text = buffer.toString('utf8', startsWith(buffer, 0xef, 0xbb, 0xbf) ? 3 : 0);
  const nul = buffer.includes(0) ? text.indexOf('\0') : -1;
  if (nul !== -1) throw new Refusal('encoding', 'The document holds a NUL byte. A specification is text.', positionAt(text, nul));
  return text;
};

/** Tells line and column of offsets into a text; carriage return, line feed and both together end a line. */
export const createLineIndex = (text: string): ((offset: number) => Position) => {
  const starts = [0];
  if (text.includes('\r')) for (const lineEnd of text.matchAll(/\r\n?|\n/g)) starts.push(lineEnd.index + lineEnd[0].length);
  else for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
};

/** Line and column of one offset. */
export const positionAt = (text: string, offset: number): Position => createLineIndex(text)(offset);
