import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request, Response } from 'express';
import { escapeHtml } from '../lib/html.ts';
import { deflatePiece, type GzipPart, gzipPieces, MIN_ENCODED, takesGzip } from './gzip-pieces.ts';
import { type Fill, interleave, type Slot, splitAtSlots } from './slots.ts';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** A finished answer, kept as the bytes that go over the wire. */
interface CachedPage {
  readonly revision: number;
  readonly type: string;
  readonly etag: string;
  /** one, or more with slots between them */
  readonly pieces: readonly Piece[];
  readonly slots: readonly Slot[];
  readonly headers: Readonly<Record<string, string>>;
  encoded: Partial<Record<Encoding, Buffer>>;
  size: number;
}

interface Piece {
  readonly bytes: Buffer;
  deflated?: Buffer;
}

type Encoding = 'br' | 'gzip';

/** What a page is made of. `status` 200 is kept; others are only sent. */
export interface Page {
  readonly status?: number;
  readonly type?: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Answers that depend on nothing but their key and the revision of the data: whole pages, and pages that are the same for many but for
 * some slots, which are filled when they are sent.
 * Least recently used ones go first when `maxBytes` is reached. A page made at another revision is made anew.
 */
export interface PageCache {
  /** Sends the page kept under `key`, or makes it, keeps it and sends it. Answers 304 when the client has it already. */
  send(req: Request, res: Response, key: string, revision: number, make: () => Promise<Page>, fill?: Fill): Promise<void>;
}

export const createPageCache = (maxBytes = 64_000_000): PageCache => {
  const pages = new Map<string, CachedPage>();
  let bytes = 0;

  const drop = (key: string): void => {
    bytes -= pages.get(key)?.size ?? 0;
    pages.delete(key);
  };

  const keep = (key: string, page: CachedPage): void => {
    drop(key);
    if (page.size > maxBytes / 8) return;
    pages.set(key, page);
    bytes += page.size;
    for (const oldest of pages.keys()) {
      if (bytes <= maxBytes) break;
      drop(oldest);
    }
  };

  const find = (key: string, revision: number): CachedPage | undefined => {
    const page = pages.get(key);
    if (page?.revision !== revision) return undefined;
    pages.delete(key); // and to the end: most recently used
    pages.set(key, page);
    return page;
  };

  /** Bytes that were made of a page after it was kept. */
  const grow = (key: string, page: CachedPage, added: number): void => {
    page.size += added;
    if (pages.get(key) === page) bytes += added;
  };

  /** The page as a whole, in an encoding. */
  const encodedPage = async (key: string, page: CachedPage, encoding: Encoding, body: Buffer): Promise<Buffer> => {
    const known = page.encoded[encoding];
    if (known) return known;
    const encoded = await encode(encoding, body);
    if (!page.encoded[encoding]) grow(key, page, encoded.length);
    page.encoded[encoding] = encoded;
    return encoded;
  };

  /** The page with its slots filled, compressed: its pieces are compressed once. */
  const gzippedPage = async (key: string, page: CachedPage, fills: readonly Buffer[]): Promise<Buffer> => {
    for (const piece of page.pieces) {
      if (piece.deflated) continue;
      const deflated = await deflatePiece(piece.bytes);
      if (!piece.deflated) grow(key, page, deflated.length);
      piece.deflated = deflated;
    }
    return gzipPieces(
      interleave<GzipPart>(
        page.pieces,
        fills.map((fill) => ({ bytes: fill })),
      ),
    );
  };

  return {
    send: async (req, res, key, revision, make, fill = () => '') => {
      let page = find(key, revision);
      let status = 200;
      if (!page) {
        const made = await make();
        page = cachedPage(made, revision);
        status = made.status ?? 200;
        if (status === 200) keep(key, page);
      }
      const fills = page.slots.map((slot) => Buffer.from(escapeHtml(fill(slot))));
      const isWhole = page.slots.length === 0;
      const body = (): Buffer =>
        isWhole
          ? (page.pieces[0]?.bytes ?? EMPTY)
          : Buffer.concat(
              interleave(
                page.pieces.map(({ bytes }) => bytes),
                fills,
              ),
            );
      const encoding = status !== 200 || page.size < MIN_ENCODED + OVERHEAD ? undefined : encodingOf(req, isWhole);
      const etag = isWhole ? page.etag : `${page.etag}-${digest(fills)}`;
      if (!beginAnswer(req, res, status, page, `"${etag}${encoding ? `-${encoding}` : ''}"`)) return;
      if (encoding) res.setHeader('Content-Encoding', encoding);
      const sent = !encoding
        ? body()
        : isWhole
          ? await encodedPage(key, page, encoding, body())
          : await gzippedPage(key, page, fills);
      res.setHeader('Content-Length', sent.length);
      res.status(status).end(req.method === 'HEAD' ? undefined : sent);
    },
  };
};

/** What keeping a page takes beside its bytes, about. */
const OVERHEAD = 512;
const EMPTY = Buffer.alloc(0);

const digest = (parts: readonly (Buffer | string)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('base64url').slice(0, 22);
};

const cachedPage = (page: Page, revision: number): CachedPage => {
  const { pieces, slots } = Buffer.isBuffer(page.body) ? { pieces: [page.body], slots: [] } : splitAtSlots(page.body);
  const buffers = pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece));
  return {
    revision,
    type: page.type ?? 'text/html; charset=utf-8',
    etag: digest([...buffers, ...slots]),
    pieces: buffers.map((bytes) => ({ bytes })),
    slots,
    headers: page.headers ?? {},
    encoded: {},
    size: buffers.reduce((size, { length }) => size + length, OVERHEAD),
  };
};

/** Pages with slots are put together from pieces, which only gzip allows. */
const encodingOf = (req: Request, isWhole: boolean): Encoding | undefined => {
  const accepted = req.headers['accept-encoding'];
  if (accepted === undefined) return undefined;
  if (isWhole && /\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted)) return 'br';
  return takesGzip(req) ? 'gzip' : undefined;
};

const encode = (encoding: Encoding, body: Buffer): Promise<Buffer> =>
  encoding === 'br'
    ? brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } })
    : gzipped(body, { level: 6 });

/**
 * Writes what precedes the body. Answers whether the body is wanted: not when the client has it already. Strong validators differ by
 * encoding (RFC 9110, section 8.8.3.3).
 */
const beginAnswer = (req: Request, res: Response, status: number, page: CachedPage, etag: string): boolean => {
  res.setHeader('Content-Type', page.type);
  res.vary('Accept-Encoding');
  res.setHeader('ETag', etag);
  if (!res.hasHeader('Cache-Control')) res.setHeader('Cache-Control', 'private, no-cache');
  for (const [name, value] of Object.entries(page.headers)) res.setHeader(name, value);
  if (status !== 200 || !matches(req.headers['if-none-match'], etag)) return true;
  res.status(304).end();
  return false;
};

/** RFC 9110, section 13.1.2: weak comparison, `*` matches anything. */
const matches = (header: string | undefined, etag: string): boolean =>
  header !== undefined && (header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag));
