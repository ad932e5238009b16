import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { createPageCache, type Page } from '../../src/http/page-cache.ts';
import { type Fill, slotText } from '../../src/http/slots.ts';
import { send } from '../support/app.ts';

describe('the page cache', () => {
  let server: Server;
  afterEach(() => server.close());

  const start = async (make: (path: string) => Page, maxBytes?: number, fill?: Fill) => {
    const cache = createPageCache(maxBytes);
    const state = { revision: 1, made: 0 };
    const app = express();
    app.use((req, res) =>
      cache.send(
        req,
        res,
        req.path,
        state.revision,
        async () => {
          state.made++;
          return make(req.path);
        },
        fill,
      ),
    );
    server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    return {
      state,
      get: (path: string, headers: Record<string, string> = {}, method = 'GET') => send(port, method, path, { headers }),
    };
  };

  const LONG = 'A page of some length. '.repeat(100);

  it('makes a page once for a revision', async () => {
    const { state, get } = await start((path) => ({ body: `${path} ${LONG}` }));
    expect((await get('/a')).text).toBe(`/a ${LONG}`);
    await get('/a');
    expect(state.made).toBe(1);
    state.revision = 2;
    await get('/a');
    expect(state.made).toBe(2);
  });

  it('answers 304 to whoever has it, by strong validators that differ by encoding', async () => {
    const { get } = await start(() => ({ body: LONG }));
    const plain = await get('/a');
    const brotli = await get('/a', { 'accept-encoding': 'gzip, br' });
    const gzip = await get('/a', { 'accept-encoding': 'gzip, br;q=0' });
    expect(brotliDecompressSync(brotli.body).toString()).toBe(LONG);
    expect(gunzipSync(gzip.body).toString()).toBe(LONG);
    const tags = [plain, brotli, gzip].map(({ headers }) => String(headers.etag));
    expect(new Set(tags).size).toBe(3);
    expect(tags.every((tag) => tag.startsWith('"'))).toBe(true);
    const again = await get('/a', { 'if-none-match': `"other", ${tags[0]}` });
    expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, tags[0]]);
    expect((await get('/a', { 'if-none-match': '"other"' })).status).toBe(200);
    expect(brotli.headers.vary).toMatch(/Accept-Encoding/i);
  });

  it('answers HEAD with the headers alone', async () => {
    const { get } = await start(() => ({ body: LONG }));
    const head = await get('/a', {}, 'HEAD');
    expect([head.status, head.body.length, head.headers['content-length']]).toEqual([200, 0, String(LONG.length)]);
  });

  it('keeps no failures', async () => {
    const { state, get } = await start(() => ({ status: 404, body: 'nothing' }));
    expect((await get('/a')).status).toBe(404);
    await get('/a');
    expect(state.made).toBe(2);
  });

  it('forgets what was used longest ago when it is full', async () => {
    const { state, get } = await start((path) => ({ body: path.padEnd(1000) }), 16_000);
    for (let n = 0; n < 10; n++) await get(`/${n}`);
    await get('/0');
    expect(state.made).toBe(10);
    for (let n = 10; n < 19; n++) await get(`/${n}`);
    expect(state.made).toBe(19);
    await get('/0');
    expect(state.made).toBe(19);
    await get('/1');
    expect(state.made).toBe(20);
  });

  it('fills slots for whoever asks, of a page that is made once', async () => {
    let name = 'Ada <Lund>';
    const page = `Hello ${slotText('name')}! ${LONG}${slotText('csrf')}`;
    const filled = (shown: string): string => `Hello ${shown}! ${LONG}token`;
    const { state, get } = await start(
      () => ({ body: page }),
      undefined,
      (slot) => (slot === 'name' ? name : 'token'),
    );
    const plain = await get('/a');
    expect(plain.text).toBe(filled('Ada &lt;Lund&gt;'));
    const zipped = await get('/a', { 'accept-encoding': 'gzip, br' });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(zipped.body).toString()).toBe(filled('Ada &lt;Lund&gt;'));
    expect(zipped.body.length).toBeLessThan(400);
    for (const { headers } of [plain, zipped]) {
      const coding = headers['content-encoding'] === undefined ? {} : { 'accept-encoding': 'gzip' };
      expect((await get('/a', { ...coding, 'if-none-match': String(headers.etag) })).status).toBe(304);
    }
    name = slotText('csrf');
    const other = await get('/a', { 'if-none-match': String(plain.headers.etag) });
    expect([other.status, other.text]).toEqual([200, filled(name)]);
    expect(state.made).toBe(1);
  });
});
