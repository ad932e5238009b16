import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage, type OutgoingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Assets, createAssets } from '../../src/http/static-assets.ts';
import { FONT_NAMES } from '../../src/rendering/theme/index.ts';

const STATIC = join(import.meta.dirname, '../../static');

let assets: Assets;
let server: Server;

const request = (path: string, headers: OutgoingHttpHeaders = {}): Promise<{ response: IncomingMessage; body: Buffer }> =>
  new Promise((resolve, reject) => {
    get({ port: (server.address() as AddressInfo).port, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ response, body: Buffer.concat(chunks) }));
    }).on('error', reject);
  });

beforeAll(async () => {
  assets = createAssets(STATIC);
  server = express().use(assets.router).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});

afterAll(() => {
  server.close();
});

describe('assets', () => {
  it('are served for ever, with type, length and strong ETag', async () => {
    const { response, body } = await request(assets.url('js/theme.js'), { 'Accept-Encoding': 'identity' });
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'content-length': String(body.length),
      vary: 'Accept-Encoding',
    });
    expect(response.headers.etag).toMatch(/^"[\w-]+"$/);
    expect(response.headers['content-encoding']).toBeUndefined();
  });

  it('are what a build made of them, where there was one', async () => {
    const built = mkdtempSync(join(tmpdir(), 'portico-built-'));
    mkdirSync(join(built, 'js'));
    writeFileSync(join(built, 'js/portal.js'), 'built');
    const own = createAssets(STATIC, built);
    const router = express().use(own.router).listen(0, '127.0.0.1');
    try {
      await new Promise((resolve) => router.once('listening', resolve));
      const text = async (path: string): Promise<string> =>
        (await fetch(`http://127.0.0.1:${(router.address() as AddressInfo).port}${own.url(path)}`)).text();
      expect(await text('js/portal.js')).toBe('built');
      expect(await text('js/theme.js')).toBe(readFileSync(join(STATIC, 'js/theme.js'), 'utf8'));
      expect(own.url('js/theme.js')).not.toBe(assets.url('js/theme.js'));
      expect(createAssets(STATIC, join(built, 'nowhere')).url('js/theme.js')).toBe(assets.url('js/theme.js'));
    } finally {
      router.close();
      rmSync(built, { recursive: true });
    }
  });

  it('are stylesheets without what only their authors read, also as text', async () => {
    const path = assets.url('css/portal.css');
    const { body } = await request(path);
    expect(body.toString('utf8')).not.toMatch(/\/\*|\n\s/);
    expect(assets.stylesheetAt(path)?.usedBy(new Set(['input']))).toMatch(/\binput\b/);
    expect(assets.stylesheetAt(path)?.usedBy(new Set(['input'])).length).toBeLessThan(body.length / 2);
    for (const address of [assets.url('js/theme.js'), path.replace('static/', 'static/x'), '/css/portal.css', ''])
      expect(assets.stylesheetAt(address)).toBeUndefined();
  });

  it('are compressed as the client likes, with an ETag for each form', async () => {
    const path = assets.url('css/portal.css');
    const plain = await request(path);
    const brotli = await request(path, { 'Accept-Encoding': 'gzip, br' });
    const gzip = await request(path, { 'Accept-Encoding': 'gzip' });
    expect(brotli.response.headers['content-encoding']).toBe('br');
    expect(gzip.response.headers['content-encoding']).toBe('gzip');
    expect(brotliDecompressSync(brotli.body)).toEqual(plain.body);
    expect(gunzipSync(gzip.body)).toEqual(plain.body);
    expect(new Set([plain, brotli, gzip].map(({ response }) => response.headers.etag)).size).toBe(3);
  });

  it('answer 304 to who has them', async () => {
    const path = assets.url('css/portal.css');
    const { response } = await request(path, { 'Accept-Encoding': 'br' });
    const again = await request(path, { 'Accept-Encoding': 'br', 'If-None-Match': response.headers.etag });
    expect(again.response.statusCode).toBe(304);
    expect(again.body).toHaveLength(0);
  });

  it('put stylesheets together: foundation first, then every component', async () => {
    const { body } = await request(assets.url('css/portal.css'));
    const css = body.toString();
    expect(css.indexOf('--space-1')).toBeGreaterThan(-1);
    expect(css.indexOf('--space-1')).toBeLessThan(css.indexOf('.button-primary'));
    expect(css).not.toContain('@import');
  });

  it.each(['/static/nosuchhash00/css/base.css', '/static/', '/static/fonts/x/inter-latin-400-normal.woff2'])(
    'answers 404 to %s',
    async (path) => {
      const { response } = await request(path);
      expect(response.statusCode).toBe(404);
      expect(response.headers['cache-control']).toBe('no-store');
    },
  );

  it.each([
    '../package.json',
    '..%2f..%2fpackage.json',
    '%2e%2e/package.json',
    'css/../../package.json',
    'css%5c..%5cbase.css',
    'css/base.css%00',
  ])('never leave the folder: %s', async (path) => {
    const base = assets.url('css/base.css').replace('css/base.css', '');
    const { response } = await request(base + path);
    expect(response.statusCode).toBe(404);
  });

  it('have addresses that change with what they hold, and none for what is not there', () => {
    const directory = mkdtempSync(join(tmpdir(), 'portico-static-'));
    try {
      mkdirSync(join(directory, 'js'));
      writeFileSync(join(directory, 'js/a.js'), 'export const a = 1;\n');
      const before = createAssets(directory).url('js/a.js');
      expect(createAssets(directory).url('js/a.js')).toBe(before);
      writeFileSync(join(directory, 'js/a.js'), 'export const a = 2;\n');
      expect(createAssets(directory).url('js/a.js')).not.toBe(before);
      expect(() => createAssets(directory).url('js/b.js')).toThrow('js/b.js');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

describe('fonts', () => {
  it('exist for every face that their stylesheet names', async () => {
    for (const name of FONT_NAMES) {
      const css = assets.fontFaceCss([name]);
      expect(css, name).toContain(`font-family: '${name}'`);
      expect(css, name).toContain('U+0000-00FF');
      const urls = [...css.matchAll(/url\('([^']+)'\)/g)].map(([, url]) => url ?? '');
      const latin = urls.find((url) => url.includes('-latin-400-normal'));
      expect(latin, name).toBeDefined();
      const { response, body } = await request(latin ?? '');
      expect(response.headers, name).toMatchObject({
        'content-type': 'font/woff2',
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      });
      expect(body.subarray(0, 4).toString(), name).toBe('wOF2');
    }
  });

  it('are all there on disk', async () => {
    const urls = [...assets.fontFaceCss(FONT_NAMES).matchAll(/url\('([^']+)'\)/g)].map(([, url]) => url ?? '');
    expect(urls.length).toBeGreaterThan(150);
    const missing: string[] = [];
    for (const url of urls) {
      const { response } = await request(url, { Range: 'bytes=0-3' });
      if (response.statusCode !== 206) missing.push(url);
    }
    expect(missing).toEqual([]);
  });
});
