import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/database/connect.ts';
import { freshDatabase } from '../../support/database.ts';
import { base64, type Installation, startInstallation } from './installation.ts';

/** Nothing that compresses: PostgreSQL's indexes take keys of 2,700 bytes. */
const noise = (length: number): string =>
  Array.from({ length }, (_, n) => ((n * 2_654_435_761) >>> 0).toString(36))
    .join('')
    .slice(0, length);

const withOperation = (operation: object, rest: object = {}): object => ({
  openapi: '3.1.0',
  info: { title: 'Odd', version: '1' },
  paths: { '/x': { get: { responses: { 200: { description: 'OK' } }, ...operation } } },
  ...rest,
});

const info = (fields: object) => withOperation({}, { info: { title: 'Odd', version: '1', ...fields } });

/** Documents whose texts no database key, no text column or no address was made for. */
const DOCUMENTS: readonly [string, object][] = [
  ['a tag of 6,000 characters', withOperation({ tags: [noise(6000)] })],
  ['an operation id of 6,000 characters', withOperation({ operationId: noise(6000) })],
  ['a summary of 6,000 characters', withOperation({ summary: noise(6000) })],
  ['a path of 6,000 characters', withOperation({}, { paths: { [`/${noise(6000)}`]: { get: { responses: {} } } } })],
  [
    'a schema whose name has 6,000 characters',
    withOperation({}, { components: { schemas: { [noise(6000)]: { type: 'string' } } } }),
  ],
  ['a title of 6,000 characters', info({ title: noise(6000) })],
  ...[
    '\0',
    '\ud800',
    '\udc00x',
    '\u202e',
    '__proto__',
    'constructor',
    '..',
    'a/b',
    '%2f',
    '?x',
    '#x',
    '',
    ' ',
    '\u{1f6a2}',
  ].flatMap((odd): [string, object][] => [
    [`a tag ${JSON.stringify(odd)}`, withOperation({ tags: [odd] }, { tags: [{ name: odd, description: odd }] })],
    [`an operation id ${JSON.stringify(odd)}`, withOperation({ operationId: odd, summary: odd, description: odd })],
    [`a title ${JSON.stringify(odd)}`, info({ title: odd, version: odd, description: odd, summary: odd })],
    [
      `a schema ${JSON.stringify(odd)}`,
      withOperation({}, { components: { schemas: { [odd]: { type: 'string', example: odd } } } }),
    ],
    [
      `a path ${JSON.stringify(odd)}`,
      withOperation({}, { paths: { [`/${odd}`]: { get: { responses: { 200: { description: odd } } } } } }),
    ],
  ]),
];

describe.each(['sqlite', 'postgres'] as const)('odd specifications on %s', (engine) => {
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

  it.each(DOCUMENTS)('with %s are refused, or stored and shown', async (_what, document) => {
    const { app, address } = installation;
    const path = address('/v2/api-products/:productId/product-versions/:versionId/specifications/:specificationId');
    const sent = await app.request('PATCH', path, { json: { content: base64(JSON.stringify(document)) } });
    expect([200, 400], sent.text).toContain(sent.status);
    if (sent.status === 400) {
      expect(sent.json.invalid_parameters.length).toBeGreaterThan(0);
      return;
    }
    const home = await app.request('GET', '/spec/harbours/v1');
    expect(home.status).toBe(200);
    const links = [...home.text.matchAll(/href="(\/spec\/[^"#]*)/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));
    for (const href of new Set(links)) {
      const status = href.includes('%00') ? 404 : 200; // no address holds NUL
      expect((await app.request('GET', href)).status, href).toBe(status);
    }
    const operations = address('/api/v2/products/:productId/versions/:versionId/spec/operations');
    expect((await app.request('GET', operations)).status).toBe(200);
  });
});
