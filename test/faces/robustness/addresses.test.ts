import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/database/connect.ts';
import { managementRoutes } from '../../../src/faces/management-api/routes.ts';
import { portalRoutes } from '../../../src/faces/portal/routes.ts';
import { portalApiRoutes } from '../../../src/faces/portal-api/routes.ts';
import type { Answer } from '../../support/app.ts';
import { freshDatabase } from '../../support/database.ts';
import { type Installation, startInstallation, withEach } from './installation.ts';

const reads = (prefix: string, routes: readonly { readonly method: string; readonly path: string }[]) =>
  routes.filter(({ method }) => method === 'get').map(({ path }) => `${prefix}${path}`);

/** Routes that read a query; the others get the beginning of the queries. */
const LISTS = [
  ...[
    '/api-products',
    '/product-versions',
    '/documents',
    '/services',
    '/routes',
    '/control-planes',
    '/products',
    '/portals',
    '/versions',
  ],
  ...['/application-auth-strategies', '/operations', '/search/:indices', '/spec/:product/:version', '/search', '/docs/:product'],
];
const isList = (path: string): boolean => path === '/' || LISTS.some((end) => path.endsWith(end));

const ROUTES = [
  ...managementRoutes.map(({ method, path }) => ({ method, path: `/v2${path}` })),
  ...portalApiRoutes.map(({ method, path }) => ({ method, path: `/api/v2${path}` })),
  ...portalRoutes,
];

const MANAGEMENT = reads('/v2', managementRoutes);
const PORTAL_API = reads('/api/v2', portalApiRoutes);
const PORTAL = reads('', portalRoutes);

const many = (count: number, of: (n: number) => string): string => Array.from({ length: count }, (_, n) => of(n)).join('&');
/** Nothing that compresses: keys of indexes are limited by what is left of them. */
const noise = (length: number): string =>
  Array.from({ length }, (_, n) => ((n * 2_654_435_761) >>> 0).toString(36))
    .join('')
    .slice(0, length);

/** What an address that holds something odd is answered with; 403 is a page of that name. */
const FITTING = [200, 303, 400, 401, 403, 404];

const NUMBERS = ['0', '-1', '1.5', '1e3', '99999999999999999999', '2147483648', '%00', 'NaN'];
const TEXTS = ['%00', '%ff', '%ED%A0%80', '%ZZ', "'", '\\', '%F0%9F%9A%A2', 'x'.repeat(5000)];
const INSTANTS = [
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59-23:59',
  '0001-01-01T00:00:00%2B23:59',
  '2026-02-30T00:00:00Z',
  '2026-01-01',
];
const FIELDS = ['name', 'id', 'created_at', 'is_public', '__proto__'];
const OPERATORS = ['', '[contains]', '[oeq]', '[lt]', '[__proto__]', '['];

/** Queries that no list, page or search was made for. */
const QUERIES: readonly string[] = [
  ...['page[number]', 'size', 'page'].flatMap((name) => NUMBERS.map((value) => `${name}=${value}`)),
  ...['q', 'sort', 'labels', 'offset', 'tags', 'tag'].flatMap((name) => TEXTS.map((value) => `${name}=${value}`)),
  ...FIELDS.flatMap((field) => OPERATORS.map((operator) => `filter[${field}]${operator}=x`)),
  ...['created_at', 'updated_at'].flatMap((field) =>
    ['', '[lt]'].flatMap((operator) => INSTANTS.map((value) => `filter[${field}]${operator}=${value}`)),
  ),
  ...TEXTS.map((value) => `filter[name][contains]=${value}`),
  'page[number]=1&page[number]=2',
  'page[size]=1&page[size]=1',
  'sort=name&sort=name',
  'sort=name,name,name%20desc',
  'q=a&q=b',
  'force=true&force=true',
  'page[number]=99999999999999999999&page[size]=100',
  'page[number]=1000000000&page[size]=1000',
  'filter[name]=a&filter[name]=b',
  `filter[name][oeq]=${'a,'.repeat(5000)}`,
  `filter[name][ocontains]=${'a,'.repeat(5000)}`,
  `labels=${'a:b,'.repeat(3000)}`,
  `tags=${'a,'.repeat(3000)}b`,
  `tags=${'a/'.repeat(3000)}b`,
  `q=${'a+'.repeat(5000)}`,
  `tag=${noise(4000)}`,
  many(500, (n) => `filter[name][contains]=${n}`),
  many(1000, () => 'tag=Ships'),
  many(1500, (n) => `a${n}=`),
  '&&&===&[]=&[[[=]]]',
  '__proto__[x]=1&constructor.prototype.y=2',
  '_method=DELETE',
];

const UNKNOWN_IDS = [
  '0',
  'x',
  '%00',
  '%ff',
  '%ED%A0%80',
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e',
  '%2F',
  '%5c',
  'a%2Fb',
  ';',
  '0190c5a0-0000-7000-8000-00000000000',
  '0190c5a0000070008000000000000000',
  '%7B0190c5a0-0000-7000-8000-000000000000%7D',
  '0190c5a0-0000-7000-8000-000000000000',
  '0190c5a0-0000-7000-8000-000000000000%00',
  "'%20or%20''='",
  '__proto__',
  'constructor',
  '%F0%9F%9A%A2',
  '%E2%80%AE',
  noise(7000),
];

/** The path, with each of its parameters in turn as what is no id of anything. */
const withUnknown = (path: string): string[] =>
  [...path.matchAll(/[:*]\w+/g)].flatMap(([name]) => UNKNOWN_IDS.map((id) => path.replace(name, id)));

const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND', 'PURGE', 'LINK', 'M-SEARCH'];

describe.each(['sqlite', 'postgres'] as const)('addresses on %s', (engine) => {
  let connection: Connection;
  let installation: Installation;

  beforeAll(async () => {
    connection = await freshDatabase(engine);
    installation = await startInstallation(connection);
  });
  afterAll(async () => {
    await installation.app.close();
    await connection.close();
    expect(installation.errors).toEqual([]);
  });

  /** Asks for something odd. Whatever is wrong with it is the asker's fault. */
  const ask = async (method: string, target: string, headers: Record<string, string> = {}): Promise<Answer> => {
    const answer = await installation.app.request(method, target, { headers });
    const what = `${method} ${target.slice(0, 200)}`;
    expect(answer.status, what).toBeLessThan(500);
    if (answer.status < 400 || answer.status === 431 || method === 'HEAD' || !/^\/(api\/)?v2\//.test(target)) return answer;
    expect(answer.headers['content-type'], what).toMatch(/^application\/problem\+json/);
    if (answer.status === 400) expect(answer.json.invalid_parameters.length, what).toBeGreaterThan(0);
    return answer;
  };

  it.each([...MANAGEMENT, ...PORTAL_API, ...PORTAL].filter((path) => isList(path) || engine === 'sqlite'))(
    'GET %s takes any query',
    async (path) => {
      const target = installation.address(path);
      await withEach(isList(path) ? QUERIES : QUERIES.filter((_, n) => n % 16 === 0), async (query) => {
        expect(FITTING, `${target}?${query}`).toContain((await ask('GET', `${target}?${query}`)).status);
      });
    },
  );

  it.each(MANAGEMENT.filter((path) => path.includes(':')))('GET %s finds nothing by what is no id', async (path) => {
    await withEach(withUnknown(path), async (target) => {
      expect((await ask('GET', installation.address(target))).status, target).toBe(404);
    });
  });

  it.each([...PORTAL_API, ...PORTAL].filter((path) => /[:*]/.test(path)))(
    'GET %s finds nothing by what is no name',
    async (path) => {
      await withEach(withUnknown(path), (target) => ask('GET', installation.address(target)));
    },
  );

  it('that are odd lead nowhere', async () => {
    const odd = [
      '//',
      '///docs',
      '/..',
      '/docs/..%2f..%2f',
      '/%00',
      '/%ff',
      '/docs/%',
      '/v2',
      '/v2/',
      '/v2/%00',
      '/v2/%',
      '/v2//api-products',
    ];
    const odder = [
      '/api/v2',
      '/api/v2/%ff',
      '/static/../package.json',
      '/static/%2e%2e/package.json',
      '/static/x/%00',
      '/static/fonts/..%2f/x',
    ];
    for (const target of [
      ...odd,
      ...odder,
      `/${'a/'.repeat(7000)}`,
      `/v2/${'%2f'.repeat(4000)}`,
      '/?',
      '/docs/#x',
      'http://elsewhere/docs',
      '*',
    ])
      expect(FITTING, target.slice(0, 80)).toContain((await ask('GET', target)).status);
  });

  it('give gateway entities no name that a body could not give', async () => {
    const entities = [
      ['services', { host: 'example.com' }],
      ['routes', { paths: ['/'] }],
    ] as const;
    for (const [kind, json] of entities) {
      const path = installation.address(`/v2/control-planes/:id/core-entities/${kind}`);
      const before = await installation.revision();
      for (const name of ['%00', '%20', 'a%2Fb', '..%2f', '%E2%80%AE', '%3Cb%3E', 'x'.repeat(129), noise(7000)]) {
        const { status } = await installation.app.request('PUT', `${path}/${name}`, { json });
        expect([400, 404], name).toContain(status);
      }
      expect(await installation.revision()).toBe(before);
      expect((await installation.app.request('PUT', `${path}/${'%C3%A4'.repeat(128)}`, { json })).status).toBe(200);
    }
  });

  it('that are too long are refused before they are read', async () => {
    for (const target of [`/${'a'.repeat(40_000)}`, `/v2/api-products?q=${'a'.repeat(40_000)}`])
      expect((await ask('GET', target)).status).toBe(431);
  });

  // Which database there is makes no difference to methods and headers.
  it.runIf(engine === 'sqlite')('are asked with methods that they know, and no other', async () => {
    const before = await installation.revision();
    // Some paths stand where others have an id.
    const known = ROUTES.map(({ method, path }) => ({
      method: method.toUpperCase(),
      pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+').replace(/\*\w+/g, '.+')}$`),
    }));
    const knows = (asked: string, target: string) =>
      known.some(({ method, pattern }) => method === asked && pattern.test(target));
    const paths = [...new Set(managementRoutes.map(({ path }) => `/v2${path}`)), ...PORTAL_API, ...PORTAL];
    const asked = paths.flatMap((path) => METHODS.map((method) => ({ method, path, target: installation.address(path) })));
    await withEach(
      asked.filter(({ method, target }) => !knows(method, target)),
      async ({ method, path, target }) => {
        const { status, body, headers } = await ask(method, target);
        if (method === 'HEAD') expect(body.length, path).toBe(0);
        else if (method !== 'OPTIONS') {
          expect(status, `${method} ${path}`).toBe(405);
          expect(headers.allow, `${method} ${path}`).not.toContain(method);
        }
      },
    );
    expect(await installation.revision()).toBe(before);
  });

  it('say which methods they know, in the words of their face', async () => {
    const product = await ask('PUT', installation.address('/v2/api-products/:productId'));
    expect(product.headers.allow).toBe('GET, HEAD, PATCH, DELETE');
    expect(product.json).toMatchObject({ status: 405, title: 'Method Not Allowed', instance: expect.any(String) });
    expect((await ask('POST', '/v2/portals/appearance-defaults')).headers.allow).toBe('GET, HEAD, PATCH, DELETE');
    expect((await ask('DELETE', '/api/v2/products')).json.status).toBe(405);
    const page = await ask('POST', '/spec/harbours/v1');
    expect([page.status, page.headers.allow, page.headers['content-type']]).toEqual([
      405,
      'GET, HEAD',
      'text/html; charset=utf-8',
    ]);
    expect(page.text).toContain('This cannot be done here');
    for (const target of ['/v2/nothing', '/api/v2/nothing', '/nothing']) expect((await ask('POST', target)).status).toBe(404);
    expect((await installation.app.request('PUT', '/v2/api-products', { token: null })).status).toBe(401);
  });

  it('are not asked with other methods by the back door', async () => {
    const before = await installation.revision();
    const path = installation.address('/v2/api-products/:productId');
    for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override'])
      expect((await ask('GET', path, { [name]: 'DELETE' })).status).toBe(200);
    expect((await ask('GET', `${path}?_method=DELETE`)).status).toBe(200);
    expect(await installation.revision()).toBe(before);
  });

  it.runIf(engine === 'sqlite')('take headers of every kind', async () => {
    const long = noise(6000);
    const headers: readonly Record<string, string>[] = [
      ...['bytes=0-1', 'bytes=999999999-', 'bytes=5-1', 'bytes=-0', 'lines=1-2', `bytes=${'0-0,'.repeat(1500)}1-1`].map(
        (range) => ({ range }),
      ),
      ...['*', '"x"', 'x', 'W/', `"${long}"`].flatMap((tag) => [{ 'if-none-match': tag }, { 'if-match': tag }]),
      ...['x', '0', 'Thu, 01 Jan 1970 00:00:00 GMT', 'Thu, 99 Xxx 99999 00:00:00 GMT'].flatMap((date) => [
        { 'if-modified-since': date },
        { 'if-unmodified-since': date },
      ]),
      ...['', '*/*;q=x', ',,,;;;', 'a/b'.repeat(1500), 'text/html;q=-1', long].map((accept) => ({ accept })),
      ...['', '*', 'br;q=0, gzip;q=0, identity;q=0', 'x'.repeat(5000), ';;'].map((coding) => ({ 'accept-encoding': coding })),
      ...['', 'Basic x', 'Bearer', 'Bearer  ', `Bearer ${long}`, 'Bearer \u00e9', 'bearer x y'].map((authorization) => ({
        authorization,
      })),
      ...['xx', 'eu', '__proto__', long].map((region) => ({ 'x-portico-region': region })),
      ...['null', 'x', `https://${long}`].map((origin) => ({ origin })),
      ...[';;;=', '%', `a=${long}`, '__proto__=1'].map((cookie) => ({ cookie })),
      { 'access-control-request-method': 'DELETE', 'access-control-request-headers': 'x' },
    ];
    const home = (await ask('GET', '/')).text;
    const style = /href="(\/static\/[^"]+\.css)"/.exec(home)?.[1];
    const theme = /href="(\/theme\/[^"]+\.css)"/.exec(home)?.[1];
    const json = { use_custom_fonts: true, custom_fonts: { base: 'Inter', code: 'Inter', headings: 'Inter' } };
    await installation.app.request('PATCH', installation.address('/v2/portals/:portalId/appearance'), { json });
    const fonts = (await ask('GET', '/api/v2/portal/stylesheet/font.css')).text;
    const font = /url\(['"]?(?:https?:\/\/[^/]+)?([^'")]+\.woff2)/.exec(fonts)?.[1];
    expect([style, theme, font].every((found) => found !== undefined)).toBe(true);
    const targets = [
      '/v2/api-products',
      '/api/v2/products',
      '/',
      '/docs/harbours',
      '/spec/harbours/v1/download',
      '/favicon.ico',
      '/healthz',
    ];
    expect((await ask('GET', font ?? '', { range: 'bytes=999999999-' })).status).toBe(416);
    expect((await ask('GET', font ?? '', { 'if-match': '"x"' })).status).toBe(412);
    const asked = [...targets, style, theme, font].flatMap((target) => headers.map((sent) => ({ target: target ?? '', sent })));
    await withEach(asked, ({ target, sent }) => ask('GET', target, sent));
  });
});
