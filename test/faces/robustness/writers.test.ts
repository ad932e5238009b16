import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/database/connect.ts';
import type { RequestOptions } from '../../support/app.ts';
import { freshDatabase } from '../../support/database.ts';
import { FULL_BODIES } from './bodies.ts';
import { base64, type Installation, SPECIFICATION, startInstallation } from './installation.ts';

const AT_ONCE = 20;
const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

const VERSIONS = '/api-products/:productId/product-versions';
const STRATEGY = { name: 'Keys', display_name: 'Keys', strategy_type: 'key_auth', configs: { 'key-auth': {} } };

/** What there can be only one of. */
const UNIQUE: readonly [string, string, object][] = [
  ['portals of one name', '/portals', { name: 'Twin' }],
  ['versions of one name', VERSIONS, { name: 'Twin' }],
  ['documents of one slug', '/api-products/:productId/documents', { slug: 'twin', title: 'Twin', status: 'published' }],
  ['auth strategies of one name', '/application-auth-strategies', STRATEGY],
  ['control planes of one name', '/control-planes', { name: 'Twin' }],
  ['services of one name', '/control-planes/:id/core-entities/services', { name: 'twin', host: 'example.com' }],
  ['routes of one name', '/control-planes/:id/core-entities/routes', { name: 'twin', paths: ['/'] }],
];

describe.each(['sqlite', 'postgres'] as const)('many writers at once on %s', (engine) => {
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

  const ask = (method: string, path: string, options: RequestOptions = {}) =>
    installation.app.request(method, installation.address(`/v2${path}`), options);
  const make = async (path: string, json: object): Promise<string> => {
    const answer = await ask('POST', path, { json });
    expect(answer.status, answer.text).toBe(201);
    return answer.json.id;
  };

  it.each(UNIQUE)('make one of %s', async (_what, path, json) => {
    const answers = await Promise.all(times(AT_ONCE, () => ask('POST', path, { json })));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...times(AT_ONCE - 1, () => 409)]);
  });

  it('make one specification of a version', async () => {
    const version = await make(VERSIONS, { name: 'raced' });
    const json = { name: 'a.json', content: base64(SPECIFICATION.replace('Harbours', 'Races')) };
    const answers = await Promise.all(times(8, () => ask('POST', `${VERSIONS}/${version}/specifications`, { json })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...times(7, () => 409)]);
  });

  it('give many versions the same specification', async () => {
    const versions = await Promise.all(times(6, (n) => make(VERSIONS, { name: `same-${n}` })));
    const json = { name: 'a.json', content: base64(SPECIFICATION.replace('Harbours', 'Quays')) };
    const paths = versions.map((version) => `${VERSIONS}/${version}/specifications`);
    const made = await Promise.all(paths.map((path) => ask('POST', path, { json })));
    expect(made.map(({ status }) => status)).toEqual(versions.map(() => 201));
    const gone = await Promise.all(made.map(({ json: { id } }, n) => ask('DELETE', `${paths[n]}/${id}`)));
    expect(gone.map(({ status }) => status)).toEqual(versions.map(() => 204));
  });

  it('make products of one name, each at an address of its own', async () => {
    const answers = await Promise.all(times(AT_ONCE, () => ask('POST', '/api-products', { json: { name: 'Same' } })));
    expect(answers.map(({ status }) => status)).toEqual(times(AT_ONCE, () => 201));
  });

  it.each(Object.entries(FULL_BODIES).filter(([name]) => name.startsWith('patch ')))('change one thing: %s', async (name) => {
    const path = name.replace('patch ', '');
    const changes = [{ name: 'Changed' }, { labels: { a: 'b' } }, { title: 'Changed' }, { deprecated: true }, { tags: ['x'] }];
    const answers = await Promise.all(times(10, (n) => ask('PATCH', path, { json: changes[n % changes.length] })));
    for (const { status, text } of answers) expect([200, 400], text).toContain(status);
  });

  it('assign, publish and delete what hangs together, in every order', async () => {
    for (let round = 0; round < 3; round++) {
      const portals = await Promise.all(times(3, (n) => make('/portals', { name: `order ${round} ${n}` })));
      const products = await Promise.all(
        times(3, (n) => make('/api-products', { name: `order ${round} ${n}`, portal_ids: portals })),
      );
      const acts = [
        ...products.map((id) => () => ask('PATCH', `/api-products/${id}`, { json: { portal_ids: [] } })),
        ...products.map((id) => () => ask('PATCH', `/api-products/${id}`, { json: { portal_ids: [...portals].reverse() } })),
        ...products.map(
          (id) => () => ask('POST', `/api-products/${id}/product-versions`, { json: { name: 'v', publish_status: 'published' } }),
        ),
        ...portals.map((id) => () => {
          const api_products = Object.fromEntries(
            [...products].reverse().map((product) => [product, { publish_status: 'published' }]),
          );
          return ask('POST', `/portals/${id}/publish`, { json: { api_products } });
        }),
        ...portals.map((id) => () => ask('DELETE', `/portals/${id}?force=true`)),
        ...products.map((id) => () => ask('DELETE', `/api-products/${id}`)),
        ...products.map((id) => () => ask('DELETE', `/api-products/${id}`)),
      ];
      const answers = await Promise.all(acts.map((act) => act()));
      for (const { status, text } of answers) expect(status, text).toBeLessThan(500);
    }
  });

  it('delete one thing once', async () => {
    const portal = await make('/portals', { name: 'to go' });
    const answers = await Promise.all(times(10, () => ask('DELETE', `/portals/${portal}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, ...times(9, () => 404)]);
  });
});
