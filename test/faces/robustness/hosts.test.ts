import { request as httpRequest } from 'node:http';
import { connect as connectSocket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createProduct, createVersion } from '../../../src/domain/products/index.ts';
import { TIMEOUTS } from '../../../src/server.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';
import { publish, startPortal } from '../portal/portal.ts';
import { errorLog } from './installation.ts';

/** Sends bytes as they are and answers what comes back until the connection ends. */
const sendRaw = (port: number, bytes: string | Buffer, end = true): Promise<string> =>
  new Promise((resolve) => {
    const socket = connectSocket(port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
    });
    socket.once('error', () => resolve(text));
    socket.once('close', () => resolve(text));
    if (end) socket.end(bytes);
    else socket.write(bytes, () => socket.destroy());
  });

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

onEachDatabase('hosts and connections', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  const HOSTS = ['a b', '', '[::1]', '[::1]:3000', '[::1', 'LOCALHOST', 'localhost.', 'localhost:99999999', 'x'.repeat(10_000)];
  const ODDER = [
    '%00',
    '../..',
    '<script>',
    "'",
    '::',
    'a@b',
    'a/b',
    '.localhost',
    '..',
    'ma\u00efn.localhost',
    '__proto__',
    'eu.api.localhost',
  ];

  it('of every kind show a page or a refusal', async () => {
    const { log, errors } = errorLog();
    app = await startApp(await open(), { options: { log } });
    await app.request('POST', '/v2/portals', { json: { name: 'main', is_public: true } });
    for (const host of [...HOSTS, ...ODDER])
      for (const target of ['/', '/api/v2/products', '/v2/control-planes', '/sitemap.xml', '/healthz', '/login']) {
        const { status } = await app.request('GET', target, { host, token: app.token });
        expect([200, 303, 400, 404], `${target} on ${host}`).toContain(status);
      }
    expect(statusOf(await sendRaw(app.port, 'GET / HTTP/1.1\r\n\r\n'))).toBe(400);
    expect(statusOf(await sendRaw(app.port, 'GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n'))).toBe(400);
    expect(errors).toEqual([]);
  });

  it('are told by proxies only where proxies are trusted', async () => {
    app = await startApp(await open());
    const headers = { 'x-forwarded-host': 'elsewhere.example.com', 'x-forwarded-proto': 'https', 'x-forwarded-for': '10.0.0.1' };
    expect((await app.request('GET', '/v2/api-products', { headers })).status).toBe(200);
    await app.close();
    app = await startApp(await open(), { env: { TRUST_PROXY: '1' } });
    expect((await app.request('GET', '/v2/api-products', { headers })).status).toBe(404);
    for (const host of ['', ',', 'a, b', '[::1', 'a b'])
      expect((await app.request('GET', '/', { headers: { 'x-forwarded-host': host } })).status, host).toBe(404);
  });

  it('that go away in the middle leave no error, and the next one is answered', async () => {
    const { log, errors } = errorLog();
    app = await startApp(await open(), { options: { log } });
    const head = `POST /v2/api-products HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${app.token}\r\nContent-Type: application/json\r\n`;
    await sendRaw(app.port, `${head}Content-Length: 100\r\n\r\n{"name":`, false);
    await sendRaw(app.port, `${head}Content-Length: 100\r\n\r\n{"name":"half"}`);
    await sendRaw(app.port, `${head}Transfer-Encoding: chunked\r\n\r\n5\r\n{"nam\r\n`, false);
    await sendRaw(app.port, `${head}Content-Encoding: gzip\r\nContent-Length: 100\r\n\r\n\x1f\x8b\x08`, false);
    expect(statusOf(await sendRaw(app.port, `${head}Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n`))).toBe(400);
    expect(statusOf(await sendRaw(app.port, `${head}Content-Length: -1\r\n\r\n{}`))).toBe(400);
    expect(statusOf(await sendRaw(app.port, `${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`))).toBe(400);
    expect(statusOf(await sendRaw(app.port, 'nonsense\r\n\r\n'))).toBe(400);
    await new Promise<void>((resolve) => {
      const req = httpRequest({ port: app.port, path: '/', headers: { host: 'localhost' }, agent: false }, (res) =>
        res.destroy(),
      );
      req.once('error', () => undefined);
      req.once('close', resolve);
      req.end();
    });
    const { json } = await app.request('GET', '/v2/api-products');
    expect(json.data).toEqual([]);
    expect(errors).toEqual([]);
  });

  const NAMES = [
    'version#1',
    'a/b',
    '..',
    '.',
    '%2f',
    '?x',
    '\u{1f6a2}',
    '\u05d0\u05d1\u05d2',
    '<b>&"\'',
    '__proto__',
    ' ',
    'operations',
    '\u202egnp',
  ];

  it.each(NAMES)('show a version named %s at an address of its own', async (name) => {
    const portal = await startPortal(await open());
    app = portal.app;
    const { product, versions } = await publish(portal, {
      name,
      description: name,
      versions: [{ name }],
      documents: [{ slug: 'intro', title: name, content: `# ${name}` }],
    });
    const other = await createProduct(app.ctx, { name });
    await createVersion(app.ctx, other.id, { name });
    for (const path of [
      '/',
      `/docs/${product.slug}`,
      `/docs/${product.slug}/intro`,
      `/spec/${product.slug}/${versions[0]?.slug}`,
    ]) {
      const page = await portal.get(path);
      expect(page.status, path).toBe(200);
      expect(page.text).not.toContain('<b>&"');
    }
    const byName = await portal.get(`/spec/${product.slug}/${encodeURIComponent(name)}`);
    expect([200, 301, 303, 308, 404]).toContain(byName.status);
  });
});

it('slow requests are ended by limits of the server', () => {
  expect(TIMEOUTS.headersTimeout).toBeLessThanOrEqual(30_000);
  expect(TIMEOUTS.requestTimeout).toBeLessThanOrEqual(120_000);
  expect(TIMEOUTS.requestTimeout).toBeGreaterThan(TIMEOUTS.headersTimeout);
});
