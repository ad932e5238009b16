import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request, Response } from 'express';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** A finished answer, kept as the bytes that go over the wire. */
interface CachedPage {
  readonly revision: number;
  readonly type: string;
  readonly etag: string;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  encoded: Partial<Record<Encoding, Buffer>>;
  size: number;
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
 * Answers that depend on nothing but their key and the revision of the data: whole pages for visitors without a session.
 * Least recently used ones go first when `maxBytes` is reached. A page made at another revision is made anew.
 */
export interface PageCache {
  /** Sends the page kept under `key`, or makes it, keeps it and sends it. Answers 304 when the client has it already. */
  send(req: Request, res: Response, key: string, revision: number, make: () => Promise<Page>): Promise<void>;
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

  return {
    send: async (req, res, key, revision, make) => {
      let page = find(key, revision);
      if (!page) {
        const made = await make();
        page = cachedPage(made, revision);
        if ((made.status ?? 200) === 200) keep(key, page);
        else {
          sendPage(req, res, made.status ?? 200, page, page.body);
          return;
        }
      }
      const encoding = page.body.length < 860 ? undefined : encodingOf(req);
      if (encoding && !page.encoded[encoding]) {
        const encoded = await encode(encoding, page.body);
        if (!page.encoded[encoding]) {
          page.encoded[encoding] = encoded;
          page.size += encoded.length;
          if (pages.get(key) === page) bytes += encoded.length;
        }
      }
      sendPage(req, res, 200, page, (encoding && page.encoded[encoding]) || page.body, encoding);
    },
  };
};

const cachedPage = (page: Page, revision: number): CachedPage => {
  const body = Buffer.isBuffer(page.body) ? page.body : Buffer.from(page.body);
  const etag = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  return {
    revision,
    type: page.type ?? 'text/html; charset=utf-8',
    etag,
    body,
    headers: page.headers ?? {},
    encoded: {},
    size: body.length + 512,
  };
};

const encodingOf = (req: Request): Encoding | undefined => {
  const accepted = req.headers['accept-encoding'];
  if (accepted === undefined) return undefined;
  if (/\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted)) return 'br';
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted) ? 'gzip' : undefined;
};

const encode = (encoding: Encoding, body: Buffer): Promise<Buffer> =>
  encoding === 'br'
    ? brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } })
    : gzipped(body, { level: 6 });

/** Strong validators differ by encoding (RFC 9110, section 8.8.3.3). */
const sendPage = (req: Request, res: Response, status: number, page: CachedPage, bytes: Buffer, encoding?: Encoding): void => {
  const etag = `"${page.etag}${encoding ? `-${encoding}` : ''}"`;
  res.setHeader('Content-Type', page.type);
  res.vary('Accept-Encoding');
  res.setHeader('ETag', etag);
  if (!res.hasHeader('Cache-Control')) res.setHeader('Cache-Control', 'private, no-cache');
  for (const [name, value] of Object.entries(page.headers)) res.setHeader(name, value);
  if (status === 200 && matches(req.headers['if-none-match'], etag)) {
    res.status(304).end();
    return;
  }
  if (encoding) res.setHeader('Content-Encoding', encoding);
  res.setHeader('Content-Length', bytes.length);
  res.status(status).end(req.method === 'HEAD' ? undefined : bytes);
};

/** RFC 9110, section 13.1.2: weak comparison, `*` matches anything. */
const matches = (header: string | undefined, etag: string): boolean =>
  header !== undefined && (header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag));
