import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { decodeBase64 } from '../../../src/faces/management-api/specifications/base64.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';
import { patientPool } from '../../support/pool.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const description = (title: string, filler = '') => `openapi: 3.1.0
info: { title: "${title}", version: "1" } # ${filler}
paths: { /a: { get: { responses: { "200": { description: ok } } } } }
`;

/** One for all tests: starting a child process takes a second. */
const pool = patientPool();
afterAll(() => pool.close());

onEachDatabase('specifications over HTTP', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  /** An app with a product and a version; the path of its specifications. */
  const start = async (
    settings: Parameters<typeof startApp>[1] = {
      options: { ports: { examineSpecification: pool.examine, renderSpecification: pool.render } },
    },
  ) => {
    app = await startApp(await open(), settings);
    const product = (await app.request('POST', '/v2/api-products', { json: { name: 'Timetables' } })).json;
    const versions = `/v2/api-products/${product.id}/product-versions`;
    const version = (await app.request('POST', versions, { json: { name: 'v1' } })).json;
    const path = `${versions}/${version.id}/specifications`;
    const upload = (text: string, name = 'api.yaml') => app.request('POST', path, { json: { name, content: base64(text) } });
    return { request: app.request, path, upload, product, version };
  };

  it('are created, fetched, listed, changed and deleted', async () => {
    const { request, path, upload } = await start();
    expect((await request('GET', path)).json).toEqual({ meta: { page: { number: 1, size: 1, total: 0 } }, data: [] });
    const text = description('Größe', '"quoted" \\ back 🚆 \u2028 \u007f');
    const created = await upload(text);
    expect(created.status).toBe(201);
    expect(created.headers['content-type']).toMatch(/^application\/json/);
    expect(created.json).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'api.yaml',
      content: text,
      created_at: expect.any(String),
      updated_at: created.json.created_at,
    });
    const at = `${path}/${created.json.id}`;
    expect((await request('GET', at)).json).toEqual(created.json);
    expect((await request('GET', path)).json).toEqual({ meta: { page: { number: 1, size: 1, total: 1 } }, data: [created.json] });

    const renamed = await request('PATCH', at, { json: { name: 'oas.yml' } });
    expect([renamed.status, renamed.json]).toMatchObject([200, { id: created.json.id, name: 'oas.yml', content: text }]);
    const replaced = await request('PATCH', at, { json: { content: base64(description('Two')) } });
    expect(replaced.json).toMatchObject({ name: 'oas.yml', content: description('Two') });
    const json = { openapi: '3.0.3', info: { title: 'Three', version: '1' }, paths: {} };
    const both = await request('PATCH', at, { json: { name: 'oas.json', content: base64(JSON.stringify(json)) } });
    expect(both.json).toMatchObject({ name: 'oas.json', content: JSON.stringify(json) });
    expect((await request('PATCH', at, { json: {} })).json).toEqual(both.json);

    expect((await request('DELETE', at)).status).toBe(204);
    for (const method of ['GET', 'DELETE']) expect((await request(method, at)).status).toBe(404);
    expect((await request('PATCH', at, { json: {} })).status).toBe(404);
  });

  it('come back character by character, however they fall into pieces', async () => {
    const { request, path, upload } = await start();
    const { id } = (await upload(description('A'))).json;
    for (const filler of ['é', '漢', '🚆'])
      for (const shift of ['', 'x', 'xx', 'xxx']) {
        const text = description('A', shift + filler.repeat(20_000));
        const answer = await request('PATCH', `${path}/${id}`, { json: { content: base64(text) } });
        expect(answer.json.content === text, `${shift}${filler}`).toBe(true);
      }
  });

  it('are one for each version', async () => {
    const { upload, version } = await start();
    expect((await upload(description('A'))).status).toBe(201);
    const second = await upload(description('B'), 'b.yaml');
    expect(second.status).toBe(409);
    expect(second.json).toMatchObject({
      title: 'Conflict',
      detail: `Specification for API product version '${version.id}' already exists`,
    });
  });

  it('say which field is wrong, by which rule', async () => {
    const { request, path, upload } = await start();
    const at = `${path}/${(await upload(description('A'))).json.id}`;
    await request('DELETE', at);
    const content = base64(description('A'));
    for (const [json, field, rule] of [
      [{ content }, 'name', 'required'],
      [{ name: 'a.yaml' }, 'content', 'required'],
      [{ name: 'a.txt', content }, 'name', 'matches_regex'],
      [{ name: '.json', content }, 'name', 'matches_regex'],
      [{ name: `${'a'.repeat(251)}.yaml`, content }, 'name', 'max_length'],
      [{ name: 5, content }, 'name', 'is_string'],
      [{ name: 'a.yaml', content: '' }, 'content', 'min_length'],
      [{ name: 'a.yaml', content: 5 }, 'content', 'is_string'],
      [{ name: 'a.yaml', content: description('A') }, 'content', 'is_base64'],
      [{ name: 'a.yaml', content: `${content.slice(0, 8)}\n${content.slice(8)}` }, 'content', 'is_base64'],
      [{ name: 'a.yaml', content, id: 'x' }, 'id', 'unknown_property'],
      [{ name: 'oas.yaml', content: 'TXkgWUFNTCBvciBKU09OIGZvcm1hdHRlZCBPQVMgY29udGVudA==' }, 'content', 'invalid'],
    ] as const) {
      const answer = await request('POST', path, { json });
      expect([answer.status, answer.json.invalid_parameters?.[0]]).toMatchObject([400, { field, rule }]);
    }
    expect((await request('GET', path)).json.data).toEqual([]);
    expect((await request('POST', path, { json: { name: `${'a'.repeat(250)}.yaml`, content } })).status).toBe(201);
  });

  it('that cannot be read are refused with line and column, on PATCH too', async () => {
    const { request, path, upload } = await start();
    const refused = await upload('openapi: 3.1.0\ninfo: { title: A, version: "1"\npaths: {}\n');
    expect(refused.status).toBe(400);
    expect(refused.json.invalid_parameters[0]).toMatchObject({
      field: 'content',
      rule: 'invalid',
      reason: expect.stringMatching(/line \d+, column \d+/),
    });
    expect(refused.json.invalid_parameters.length).toBeLessThanOrEqual(20);
    const { id } = (await upload(description('A'))).json;
    const answer = await request('PATCH', `${path}/${id}`, { json: { content: base64('openapi: 4.0.0') } });
    expect([answer.status, answer.json.invalid_parameters[0].field]).toEqual([400, 'content']);
    expect((await request('GET', `${path}/${id}`)).json.content).toBe(description('A'));
  });

  it('that are too large are refused: by a sentence when decoded, unread when the body is far too large', async () => {
    const { upload } = await start({ env: { MAX_SPECIFICATION_BYTES: '20000' } });
    const sized = (bytes: number) => description('A', 'x'.repeat(bytes - description('A').length));
    const over = await upload(sized(20_001));
    expect([over.status, over.json.invalid_parameters?.[0].field]).toEqual([400, 'content']);
    expect((await upload(sized(60_000))).status).toBe(413);
    expect((await upload(sized(20_000))).status).toBe(201);
  });

  it('exist in their own version only', async () => {
    const { request, path, upload, product, version } = await start();
    const { id } = (await upload(description('A'))).json;
    const other = (await request('POST', `/v2/api-products/${product.id}/product-versions`, { json: { name: 'v2' } })).json.id;
    for (const at of [
      `/v2/api-products/${product.id}/product-versions/${other}/specifications/${id}`,
      `/v2/api-products/${randomUUID()}/product-versions/${version.id}/specifications/${id}`,
      `${path}/${randomUUID()}`,
      `${path}/api.yaml`,
    ])
      for (const [method, json] of [['GET'], ['PATCH', {}], ['DELETE']] as const)
        expect((await request(method, at, { json })).status).toBe(404);
    const json = { name: 'a.yaml', content: base64(description('A')) };
    for (const at of [
      `/v2/api-products/${randomUUID()}/product-versions/${version.id}/specifications`,
      `/v2/api-products/${product.id}/product-versions/${randomUUID()}/specifications`,
    ]) {
      expect((await request('GET', at)).status).toBe(404);
      expect((await request('POST', at, { json })).status).toBe(404);
    }
  });

  it('need a token, and JSON', async () => {
    const { request, path, upload } = await start();
    const at = `${path}/${(await upload(description('A'))).json.id}`;
    for (const [method, target] of [
      ['GET', path],
      ['POST', path],
      ['GET', at],
      ['PATCH', at],
      ['DELETE', at],
    ] as const)
      expect((await request(method, target, { token: null })).status).toBe(401);
    const yaml = { body: description('A'), headers: { 'content-type': 'application/yaml' } };
    expect((await request('POST', path, yaml)).status).toBe(415);
    expect((await request('PATCH', at, yaml)).status).toBe(415);
  });
});

describe('base64', () => {
  it('is taken in its canonical form only', () => {
    for (const text of ['', 'a', 'ab', 'abc', 'abcd', '\xff\xfe', '🚆'])
      expect(decodeBase64(Buffer.from(text, 'latin1').toString('base64'))).toEqual(Buffer.from(text, 'latin1'));
    for (const text of [
      'YQ',
      'YQ=',
      'YR==',
      'YWJ=',
      'YW I=',
      'YWI\n',
      'YW-_',
      'YWJj====',
      'Y===',
      '=',
      '====',
      'YQ==YQ==',
      'ÿÿÿÿ',
      'YWJj\0',
    ])
      expect(decodeBase64(text), text).toBeUndefined();
  });
});
