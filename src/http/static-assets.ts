import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type Request, type Response, Router } from 'express';
import type { FontName } from '../rendering/theme/index.ts';
import { readFonts } from './fonts.ts';
import { readStyleRules, type StyleRules } from './style-rules.ts';

/** Files for browsers: their addresses, and the router that serves them. */
export interface Assets {
  /** The address of a file of `static/`, such as `css/portal.css`. Throws for a file that does not exist: a typing error. */
  url(path: string): string;
  /** The rules of the stylesheet at an address that {@link url} gave; undefined where none is. */
  stylesheetAt(address: string): StyleRules | undefined;
  /** `@font-face` rules for fonts of the closed list, served from here. */
  fontFaceCss(names: readonly FontName[]): string;
  /** Serves everything below {@link PREFIX}; mount it at the root. */
  readonly router: Router;
}

const PREFIX = '/static';
const IMMUTABLE = 'public, max-age=31536000, immutable';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** Stylesheets that are put together at the start: one request for each layout. */
const FOUNDATION = ['css/tokens.css', 'css/base.css', 'css/prose.css', 'css/layout.css'];
const COMPONENTS = 'css/components/';
const BUNDLES: Readonly<Record<string, readonly string[]>> = {
  'css/portal.css': [...FOUNDATION, 'css/portal-layout.css', 'css/docs-layout.css', COMPONENTS],
  'css/admin.css': [...FOUNDATION, 'css/admin-layout.css', COMPONENTS],
  // Redoc brings its own styles: nothing that applies to every element may stand beside them.
  'css/redoc.css': [
    'css/tokens.css',
    'css/layout.css',
    `${COMPONENTS}button.css`,
    `${COMPONENTS}icon.css`,
    'css/redoc-layout.css',
  ],
};

/** Scripts of packages that some page needs, by the address under which they are served. */
const VENDOR: Readonly<Record<string, string>> = { 'vendor/redoc.js': 'redoc/bundles/redoc.standalone.js' };

/** What such a script would load from elsewhere: an image, which is left out where it cannot be read. */
const ELSEWHERE = /https:\/\/cdn\.redoc\.ly\/[\w./-]+\.svg/g;

const require = createRequire(import.meta.url);

type Encoding = 'br' | 'gzip';

/** Brotli's best takes forty times as long for a tenth less: whoever asks first would wait a second for a stylesheet. */
const BROTLI_QUALITY = 9;

const brotli = promisify(brotliCompress);

const COMPRESSORS: Readonly<Record<Encoding, (bytes: Buffer) => Promise<Buffer>>> = {
  br: (bytes) =>
    brotli(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  gzip: promisify(gzip),
};

/** A file in memory; compressed forms are made when first asked for, off the main thread, and kept. */
interface Asset {
  readonly bytes: Buffer;
  readonly hash: string;
  readonly type: string;
  readonly encoded: Map<Encoding, Promise<Buffer>>;
  /** of a stylesheet, once they were asked for */
  rules?: StyleRules;
}

const digest = (...parts: (string | Buffer)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('base64url').slice(0, 12);
};

const readTree = (directory: string): ReadonlyMap<string, Buffer> =>
  new Map(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && extname(entry.name) in TYPES)
      .map((entry): [string, Buffer] => {
        const path = join(entry.parentPath, entry.name);
        return [relative(directory, path).split(sep).join('/'), readFileSync(path)];
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** CSS without comments and indentation: browsers read it before they show anything. None of ours has either within a string. */
const compactCss = (css: string): string =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, '\n')
    .trim();

/** Files, and all that is in folders (`…/`), as one. */
const bundle = (files: ReadonlyMap<string, Buffer>, places: readonly string[]): Buffer => {
  const paths = places.flatMap((place) =>
    place.endsWith('/') ? [...files.keys()].filter((path) => path.startsWith(place)) : place,
  );
  return Buffer.from(paths.map((path) => files.get(path)?.toString('utf8') ?? '').join('\n'));
};

const toAsset = (path: string, bytes: Buffer): Asset => ({
  bytes,
  hash: digest(bytes),
  type: TYPES[extname(path)] ?? 'application/octet-stream',
  encoded: new Map(),
});

const isCompressible = ({ bytes, type }: Asset): boolean =>
  bytes.length > 512 && (type.includes('charset') || type === 'image/x-icon');

const compressed = (asset: Asset, encoding: Encoding): Promise<Buffer> => {
  const known = asset.encoded.get(encoding);
  if (known !== undefined) return known;
  const making = COMPRESSORS[encoding](asset.bytes);
  asset.encoded.set(encoding, making);
  return making;
};

const encodingFor = (request: Request): Encoding | undefined =>
  (['br', 'gzip'] as const).find((encoding) => request.acceptsEncodings(encoding) !== false);

const notFound = (response: Response): void => {
  response.status(404).set('Cache-Control', 'no-store').type('text/plain').send('Not found\n');
};

const sendAsset = async (asset: Asset, request: Request, response: Response): Promise<void> => {
  const encoding = isCompressible(asset) ? encodingFor(request) : undefined;
  response.set({
    'Cache-Control': IMMUTABLE,
    'Content-Type': asset.type,
    'X-Content-Type-Options': 'nosniff',
    ETag: `"${asset.hash}${encoding === undefined ? '' : `-${encoding}`}"`,
  });
  if (isCompressible(asset)) response.vary('Accept-Encoding');
  if (encoding !== undefined) response.set('Content-Encoding', encoding);
  response.send(encoding === undefined ? asset.bytes : await compressed(asset, encoding));
};

/**
 * Reads a folder of static files into memory, and what a build made of some of them, if there was one: those take their places. Their addresses carry one hash of the whole folder, so that references between them (a module
 * that imports another, a stylesheet that names an image) hold without rewriting, and whatever is found there may be kept for ever.
 * Only names found at the start are served: a request never becomes a path on disk.
 */
export const createAssets = (directory: string, built?: string): Assets => {
  const files = new Map([...readTree(directory), ...(built !== undefined && existsSync(built) ? readTree(built) : [])]);
  for (const [path, places] of Object.entries(BUNDLES)) files.set(path, bundle(files, places));
  for (const [path, file] of Object.entries(VENDOR))
    files.set(path, Buffer.from(readFileSync(require.resolve(file), 'utf8').replaceAll(ELSEWHERE, 'data:,')));
  for (const [path, bytes] of files) if (path.endsWith('.css')) files.set(path, Buffer.from(compactCss(bytes.toString('utf8'))));
  const assets = new Map([...files].map(([path, bytes]) => [path, toAsset(path, bytes)]));
  const treeHash = digest(...[...assets].flatMap(([path, { hash }]) => [path, hash]));
  const fonts = readFonts();

  const router = Router();
  router.get(`${PREFIX}/fonts/:version/:file`, (request, response) => {
    const { version, file } = request.params;
    const path = fonts.locate(version, file);
    if (path === undefined) {
      notFound(response);
      return;
    }
    response.set({
      'Access-Control-Allow-Origin': '*', // portal clients on hosts of their own use them, and browsers ask for fonts with CORS only
      'Content-Type': 'font/woff2',
      'X-Content-Type-Options': 'nosniff',
      ETag: `"${version}-${file}"`,
    });
    response.sendFile(path, { maxAge: '1y', immutable: true, lastModified: false });
  });
  router.get(`${PREFIX}/:hash/*path`, async (request, response) => {
    const asset = request.params.hash === treeHash ? assets.get(request.params.path.join('/')) : undefined;
    if (asset === undefined) notFound(response);
    else await sendAsset(asset, request, response);
  });
  router.use(PREFIX, (_request, response) => notFound(response));

  return {
    url: (path) => {
      if (!assets.has(path)) throw new Error(`There is no static file ${path}`);
      return `${PREFIX}/${treeHash}/${path}`;
    },
    stylesheetAt: (address) => {
      const path = address.startsWith(`${PREFIX}/${treeHash}/`) ? address.slice(`${PREFIX}/${treeHash}/`.length) : '';
      const asset = path.endsWith('.css') ? assets.get(path) : undefined;
      if (asset) asset.rules ??= readStyleRules(asset.bytes.toString('utf8'));
      return asset?.rules;
    },
    fontFaceCss: (names) => fonts.faceCss(names, `${PREFIX}/fonts`),
    router,
  };
};
