import { deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/database/connect.ts';
import { managementRoutes } from '../../../src/faces/management-api/routes.ts';
import type { Answer, RequestOptions } from '../../support/app.ts';
import { freshDatabase } from '../../support/database.ts';
import { FULL_BODIES, mutations, WITHOUT_BODY } from './bodies.ts';
import { type Installation, startInstallation, withEach } from './installation.ts';

const ROUTES = managementRoutes
  .filter(({ method }) => method !== 'get' && method !== 'delete')
  .map(({ method, path }) => ({ method, path, name: `${method} ${path}` }))
  .filter(({ name }) => !WITHOUT_BODY.includes(name));

const JSON_TYPE = { 'content-type': 'application/json' };
const gzipped = { ...JSON_TYPE, 'content-encoding': 'gzip' };
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const nestedIn = (depth: number): string => `{"name":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;

/** Bodies that no route can take, and how they are refused. */
const REFUSED: readonly [string, number, RequestOptions][] = [
  ['no body', 400, {}],
  ['an empty body', 400, { headers: JSON_TYPE, body: '' }],
  ['an empty body in chunks', 400, { headers: { ...JSON_TYPE, 'transfer-encoding': 'chunked' } }],
  ['no content type', 415, { body: '{}' }],
  ['text', 415, { headers: { 'content-type': 'text/plain' }, body: '{}' }],
  ['a form', 415, { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'name=x' }],
  ['a multipart form', 415, { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x--' }],
  ['nearly JSON', 415, { headers: { 'content-type': 'application/jsonp' }, body: '{}' }],
  ['JSON of some vendor', 415, { headers: { 'content-type': 'application/vnd.api+json' }, body: '{}' }],
  ['a type that is none', 415, { headers: { 'content-type': ';;;' }, body: '{}' }],
  ['an unknown charset', 415, { headers: { 'content-type': 'application/json; charset=latin1' }, body: '{}' }],
  ['an invented charset', 415, { headers: { 'content-type': 'application/json; charset=utf-99' }, body: '{}' }],
  ['UTF-16', 400, { headers: { 'content-type': 'application/json; charset=utf-16le' }, body: Buffer.from('{"ä":1}', 'utf16le') }],
  ['an unknown encoding', 415, { headers: { ...JSON_TYPE, 'content-encoding': 'zstd-ish' }, body: '{}' }],
  ['two encodings', 415, { headers: { ...JSON_TYPE, 'content-encoding': 'gzip, gzip' }, body: gzipSync(gzipSync('{}')) }],
  ['gzip that is none', 400, { headers: gzipped, body: '{}' }],
  ['gzip cut off', 400, { headers: gzipped, body: gzipSync('{"name":"something long enough"}').subarray(0, 20) }],
  ['null', 400, { headers: JSON_TYPE, body: 'null' }],
  ['an array', 400, { headers: JSON_TYPE, body: '[]' }],
  ['a string', 400, { headers: JSON_TYPE, body: '"x"' }],
  ['a number', 400, { headers: JSON_TYPE, body: '42' }],
  ['no JSON', 400, { headers: JSON_TYPE, body: '{"name":' }],
  ['two values', 400, { headers: JSON_TYPE, body: '{}{}' }],
  ['a byte order mark', 400, { headers: JSON_TYPE, body: '\ufeff{"name":4}' }],
  ['bytes that are no UTF-8', 400, { headers: JSON_TYPE, body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) }],
  ['a surrogate in UTF-8', 400, { headers: JSON_TYPE, body: Buffer.from('7b22ed a080223a317d'.replace(' ', ''), 'hex') }],
  ['deep arrays', 400, { headers: JSON_TYPE, body: nested(100_000) }],
  ['deep objects', 400, { headers: JSON_TYPE, body: nestedIn(50_000) }],
  ['a prototype', 400, { headers: JSON_TYPE, body: '{"__proto__":{"name":"x"},"name":"x"}' }],
  ['a constructor', 400, { headers: JSON_TYPE, body: '{"constructor":{"prototype":{"name":"x"}}}' }],
  ['names of methods', 400, { headers: JSON_TYPE, body: '{"toString":1,"hasOwnProperty":2,"valueOf":3}' }],
  ['a name with NUL', 400, { headers: JSON_TYPE, body: '{"na\\u0000me":"x"}' }],
  ['a name with half a surrogate pair', 400, { headers: JSON_TYPE, body: '{"na\\ud800me":"x"}' }],
  ['a field that is not known', 400, { json: { no_such_field: 1 } }],
  [
    'thousands of fields that are not known',
    400,
    { json: Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`f${n}`, 0])) },
  ],
];

describe.each(['sqlite', 'postgres'] as const)('bodies of the management API on %s', (engine) => {
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

  /** Sends something odd. A refusal is a problem that names what is wrong, and leaves no trace. */
  const ask = async (method: string, path: string, options: RequestOptions, what: string): Promise<Answer> => {
    const before = await installation.revision();
    const answer = await installation.app.request(method.toUpperCase(), installation.address(`/v2${path}`), options);
    const { status, headers, json } = answer.status === 204 ? { ...answer, json: undefined } : answer;
    expect(status, what).toBeLessThan(500);
    if (status < 400) return answer;
    expect(headers['content-type'], what).toMatch(/^application\/problem\+json/);
    expect(json, what).toMatchObject({ status, title: expect.any(String), instance: expect.any(String) });
    if (status === 400) {
      expect(json.invalid_parameters.length, what).toBeGreaterThan(0);
      for (const { field, reason, rule } of json.invalid_parameters)
        expect(
          [field, reason, rule].every((text) => typeof text === 'string' && text !== ''),
          what,
        ).toBe(true);
    }
    expect(await installation.revision(), what).toBe(before);
    return answer;
  };

  it('every route that takes one is asked', () => {
    expect(ROUTES.map(({ name }) => name).sort()).toEqual(Object.keys(FULL_BODIES).sort());
  });

  // Which database there is makes no difference to a body that is refused before it is understood.
  it.each(engine === 'sqlite' ? REFUSED : [])('that hold %s are refused: %i', async (what, status, options) => {
    await withEach(ROUTES, async ({ method, path, name }) => {
      expect((await ask(method, path, options, `${name}: ${what}`)).status, `${name}: ${what}`).toBe(status);
    });
  });

  it.each(ROUTES)('of $name may hold fields of any type', async ({ method, path, name }) => {
    for (const { what, body } of mutations(FULL_BODIES[name] ?? {})) await ask(method, path, { json: body }, `${name}: ${what}`);
  });

  it.runIf(engine === 'sqlite')('count by their inflated size', async () => {
    const bomb = gzipSync(Buffer.alloc(60_000_000, 0x20));
    const flat = deflateSync(Buffer.alloc(60_000_000, 0x20));
    for (const { method, path, name } of ROUTES) {
      expect((await ask(method, path, { headers: gzipped, body: bomb }, name)).status, name).toBe(413);
      const deflated = { ...JSON_TYPE, 'content-encoding': 'deflate' };
      expect((await ask(method, path, { headers: deflated, body: flat }, name)).status, name).toBe(413);
    }
    const small = await ask('post', '/api-products', { headers: gzipped, body: gzipSync('{"name":"Packed"}') }, 'gzip');
    expect(small.status).toBe(201);
  });

  // As above: these are refused before a database is asked.
  it.runIf(engine === 'sqlite')('name no more issues than somebody reads', async () => {
    const many = Object.fromEntries(Array.from({ length: 400_000 }, (_, n) => [n, 0]));
    for (const path of [
      '/api-products/:productId/documents',
      '/api-products/:productId/product-versions/:versionId/specifications',
    ]) {
      const { json } = await ask('post', path, { json: many }, 'many');
      expect(json.invalid_parameters.length).toBe(100);
    }
    const items = await ask('post', '/api-products', { json: { name: 'x', portal_ids: Array(300_000).fill(1) } }, 'items');
    expect(items.json.invalid_parameters.length).toBe(100);
  });
});
