import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { carriedText } from '../../../../src/rendering/openapi/console/body.ts';
import { multipartPieces } from '../../../../src/rendering/openapi/console/multipart.ts';
import { printRequest } from '../../../../src/rendering/openapi/console/sample.ts';
import { built, consoleOf } from './support.ts';

const SERVER = 'servers: [{url: "https://api.example.com/v1/"}]';
const ID = '{name: id, in: path, required: true, schema: {type: string}}';
const BASE = 'https://api.example.com/v1';

/** What one parameter looks like in the address. */
const addressWith = (parameter: string, typed: string, path = '/things/{id}'): string => {
  const isPath = parameter.includes('in: path');
  const operation = consoleOf(`parameters: [${isPath ? '' : `${ID}, `}{${parameter}}]`, SERVER, path);
  const answers = isPath ? { 'parameter-0': typed } : { 'parameter-0': '7', 'parameter-1': typed };
  const { request, problems } = built(operation, answers);
  expect(problems).toEqual([]);
  return request.url.slice(BASE.length);
};

const LIST = 'schema: {type: array, items: {type: string}}';
const OBJECT = 'schema: {type: object, properties: {R: {type: integer}, G: {type: integer}}}';
const RGB = '{"R": 100, "G": 200}';

describe('a path parameter', () => {
  it.each([
    ['simple, one value', 'schema: {type: string}', 'a b/ü', '/things/a%20b%2F%C3%BC'],
    ['simple, a comma inside a value', LIST, 'a,b\nc', '/things/a%2Cb,c'],
    ['simple, explode', `explode: true, ${LIST}`, 'a\nb', '/things/a,b'],
    ['simple, object', OBJECT, RGB, '/things/R,100,G,200'],
    ['simple, object, explode', `explode: true, ${OBJECT}`, RGB, '/things/R=100,G=200'],
    ['label', 'style: label, schema: {type: string}', 'x', '/things/.x'],
    ['label, list', `style: label, ${LIST}`, 'a\nb', '/things/.a,b'],
    ['label, list, explode', `style: label, explode: true, ${LIST}`, 'a\nb', '/things/.a.b'],
    ['label, object, explode', `style: label, explode: true, ${OBJECT}`, RGB, '/things/.R=100.G=200'],
    ['matrix', 'style: matrix, schema: {type: string}', 'x', '/things/;id=x'],
    ['matrix, list', `style: matrix, ${LIST}`, 'a\nb', '/things/;id=a,b'],
    ['matrix, list, explode', `style: matrix, explode: true, ${LIST}`, 'a\nb', '/things/;id=a;id=b'],
    ['matrix, object', `style: matrix, ${OBJECT}`, RGB, '/things/;id=R,100,G,200'],
    ['matrix, object, explode', `style: matrix, explode: true, ${OBJECT}`, RGB, '/things/;R=100;G=200'],
    ['content', 'content: {application/json: {schema: {type: object}}}', '{"a":1}', '/things/%7B%22a%22%3A1%7D'],
  ])('in the style %s', (_name, schema, typed, expected) => {
    expect(addressWith(`name: id, in: path, required: true, ${schema}`, typed)).toBe(expected);
  });

  it('stands anywhere in the path', () => {
    const operation = consoleOf(
      'parameters: [{name: a, in: path, required: true, schema: {type: string}}, {name: b, in: path, required: true, schema: {type: string}}]',
      SERVER,
      '/{a}/x.{b}',
    );
    expect(built(operation, { 'parameter-0': '1', 'parameter-1': '{2}' }).request.url).toBe(`${BASE}/1/x.%7B2%7D`);
  });

  it.each(['.', '..', '%2e%2E'])('%s never leads elsewhere', (typed) => {
    const operation = consoleOf(`parameters: [${ID}]`, SERVER);
    const { request, problems } = built(operation, { 'parameter-0': typed });
    if (typed.startsWith('%')) expect(new URL(request.url).pathname).toBe('/v1/things/%252e%252E');
    else expect(problems).toEqual([{ field: 'parameter-0', text: 'id cannot be dots alone in an address' }]);
  });

  it('is needed', () => {
    const operation = consoleOf(`parameters: [${ID}]`, SERVER);
    expect(built(operation, {}).problems).toEqual([{ field: 'parameter-0', text: 'id is required' }]);
  });
});

describe('a query parameter', () => {
  it.each([
    ['form', 'schema: {type: string}', 'a&b=c d', '?q=a%26b%3Dc%20d'],
    ['form, list', LIST, 'a\nb,c', '?q=a&q=b%2Cc'],
    ['form, list, no explode', `explode: false, ${LIST}`, 'a\nb,c', '?q=a,b%2Cc'],
    ['form, object', OBJECT, RGB, '?R=100&G=200'],
    ['form, object, no explode', `explode: false, ${OBJECT}`, RGB, '?q=R,100,G,200'],
    ['spaceDelimited', `style: spaceDelimited, explode: false, ${LIST}`, 'a\nb', '?q=a%20b'],
    ['spaceDelimited, object', `style: spaceDelimited, explode: false, ${OBJECT}`, RGB, '?q=R%20100%20G%20200'],
    ['pipeDelimited', `style: pipeDelimited, explode: false, ${LIST}`, 'a\nb|c', '?q=a%7Cb%7Cc'],
    ['deepObject', `style: deepObject, explode: true, ${OBJECT}`, RGB, '?q%5BR%5D=100&q%5BG%5D=200'],
    ['allowReserved', 'allowReserved: true, schema: {type: string}', 'a/b?c=d&e#f+g', '?q=a/b?c=d%26e%23f%2Bg'],
    ['content', 'content: {application/json: {schema: {type: object}}}', '{"a": 1}', '?q=%7B%22a%22%3A1%7D'],
    ['nothing typed', 'schema: {type: string}', '', ''],
  ])('in the style %s', (_name, schema, typed, expected) => {
    expect(addressWith(`name: q, in: query, ${schema}`, typed)).toBe(`/things/7${expected}`);
  });

  it.each([
    ['csv', '?q=a,b'],
    ['ssv', '?q=a%20b'],
    ['tsv', '?q=a%09b'],
    ['pipes', '?q=a%7Cb'],
    ['multi', '?q=a&q=b'],
  ])('of Swagger 2.0 as %s', (format, expected) => {
    const operation = consoleOf(
      `parameters: [{name: q, in: query, type: array, items: {type: string}, collectionFormat: ${format}}]`,
      'host: api.example.com\nschemes: [https]',
      '/things',
      '2.0',
    );
    expect(built(operation, { 'parameter-0': 'a\nb' }).request.url).toBe(`https://api.example.com/things${expected}`);
  });

  it('is sent with nothing in it where that is allowed and wanted', () => {
    const operation = consoleOf(
      'parameters: [{name: q, in: query, allowEmptyValue: true, schema: {type: string}}]',
      SERVER,
      '/t',
    );
    expect(built(operation, {}).request.url).toBe(`${BASE}/t`);
    expect(built(operation, { 'empty-0': 'on' }).request.url).toBe(`${BASE}/t?q=`);
  });

  it('may be the whole query (OpenAPI 3.2)', () => {
    const whole = (type: string) =>
      consoleOf(`parameters: [{name: q, in: querystring, content: {${type}: {schema: {type: object}}}}]`, SERVER, '/t', '3.2.0');
    const typed = { 'parameter-0': '{"a": "b c", "d": 1}' };
    expect(built(whole('application/x-www-form-urlencoded'), typed).request.url).toBe(`${BASE}/t?a=b+c&d=1`);
    expect(built(whole('application/json'), typed).request.url).toBe(`${BASE}/t?%7B%22a%22%3A%22b%20c%22%2C%22d%22%3A1%7D`);
  });

  it('that should be JSON and is not is told', () => {
    const operation = consoleOf(`parameters: [{name: q, in: query, ${OBJECT}}]`, SERVER, '/t');
    expect(built(operation, { 'parameter-0': '{no' }).problems).toEqual([
      { field: 'parameter-0', text: 'q: This is not valid JSON' },
    ]);
  });
});

describe('headers and cookies', () => {
  it('hold values as they are; what an operation says of its media types comes by itself', () => {
    const operation = consoleOf(
      `parameters:
  - {name: X-List, in: header, ${LIST}}
  - {name: X-Object, in: header, explode: true, ${OBJECT}}
  - {name: Accept, in: header, schema: {type: string}}
  - {name: session, in: cookie, schema: {type: string}}
responses: {200: {description: OK, content: {application/json: {}, text/csv: {}}}}`,
      SERVER,
      '/t',
    );
    const { request, problems } = built(operation, {
      ...{ 'parameter-0': 'a b\nc', 'parameter-1': RGB, 'parameter-2': 'text/html', 'parameter-3': 'x;y' },
    });
    expect(problems).toEqual([]);
    expect(request.headers).toEqual([
      ['X-List', 'a b,c'],
      ['X-Object', 'R=100,G=200'],
      ['Accept', 'application/json, text/csv'],
    ]);
    expect(request.cookies).toEqual([['session', 'x%3By']]);
  });

  it('take nothing that would end them', () => {
    const operation = consoleOf(
      'parameters: [{name: X-A, in: header, schema: {type: string}}, {name: "X B", in: header, schema: {type: string}}]',
      SERVER,
      '/t',
    );
    const { problems } = built(operation, { 'parameter-0': 'a\r\nEvil: 1', 'parameter-1': 'b' });
    expect(problems.map(({ field }) => field)).toEqual(['parameter-0', 'parameter-1']);
    expect(built(operation, { 'parameter-0': 'Пароль' }).problems).toHaveLength(1);
  });
});

describe('a body', () => {
  const withBody = (content: string, required = true) =>
    consoleOf(`requestBody: {required: ${required}, content: {${content}}}`, SERVER, '/t');

  it('begins with an example, and is sent as it was typed', () => {
    const operation = withBody(
      'application/json: {schema: {type: object, required: [name], properties: {name: {type: string, example: Ada}}}}',
    );
    expect(operation.bodies[0]?.initial).toBe('{\n  "name": "Ada"\n}');
    expect(built(operation, { 'body-0': '{"n": 12345678901234567890}' }).request.body).toEqual({
      ...{ kind: 'text', type: 'application/json', text: '{"n": 12345678901234567890}' },
    });
    expect(built(operation, {}).problems).toEqual([{ field: 'body-0', text: 'A body is required' }]);
  });

  it('is of the media type that was chosen', () => {
    const operation = withBody('application/json: {}, text/plain: {example: hello}, "*/*": {schema: {type: object}}', false);
    expect(operation.bodies.map(({ kind }) => kind)).toEqual(['text', 'text', 'text']);
    expect(built(operation, { media: '1', 'body-1': 'x', 'body-0': 'y' }).request.body).toMatchObject({ type: 'text/plain' });
    expect(built(operation, { media: '2', 'body-2': 'x' }).request.body).toMatchObject({ type: 'application/json' });
    expect(built(operation, { media: '9' }).request.body).toBeUndefined();
  });

  it('that is a form has a field for each property', () => {
    const operation = withBody(`application/x-www-form-urlencoded: {schema: {type: object, required: [a], properties: {
      a: {type: string}, l: {type: array, items: {type: string}}, o: {type: object}, d: {type: object}, e: {type: array, items: {type: string}},
      r: {type: string, readOnly: true}}},
      encoding: {d: {style: deepObject, explode: true}, e: {explode: false}}}`);
    const typed = {
      'field-0-0': 'x y',
      'field-0-1': '1\n2',
      'field-0-2': '{"k": [1]}',
      'field-0-3': '{"k": "v"}',
      'field-0-4': '1\n2',
    };
    expect(built(operation, typed).request.body).toEqual({
      kind: 'form',
      type: 'application/x-www-form-urlencoded',
      pairs: [
        ['a', 'x y'],
        ['l', '1'],
        ['l', '2'],
        ['o', '{"k":[1]}'],
        ['d[k]', 'v'],
        ['e', '1,2'],
      ],
    });
    expect(built(operation, {}).problems).toEqual([{ field: 'field-0-0', text: 'a is required' }]);
  });

  it('that may be left out is, when nothing was typed', () => {
    const operation = withBody(
      'multipart/form-data: {schema: {type: object, required: [a], properties: {a: {type: string}}}}',
      false,
    );
    expect(built(operation, {})).toMatchObject({ request: { body: undefined }, problems: [] });
  });

  it('of parts holds files and what is written in other types', () => {
    const operation = withBody(
      'multipart/form-data: {schema: {type: object, properties: {f: {type: string, format: binary}, o: {type: object}, t: {type: string}}}, encoding: {t: {contentType: "text/csv, text/plain"}}}',
    );
    expect(operation.bodies[0]?.fields.map(({ kind }) => kind)).toEqual(['file', 'json', 'text']);
    const { request } = built(operation, { 'field-0-1': '{"a": 1}', 'field-0-2': 'x' }, { files: { 'field-0-0': 'FILE' } });
    const parts = request.body?.kind === 'multipart' ? request.body.parts : [];
    expect(multipartPieces(parts, 'B', () => ({ name: 'a "b"\n.txt', type: 'text/plain' })).join('')).toBe(
      [
        '--B\r\nContent-Disposition: form-data; name="f"; filename="a %22b%22%0D%0A.txt"\r\nContent-Type: text/plain\r\n\r\nFILE',
        '--B\r\nContent-Disposition: form-data; name="o"\r\nContent-Type: application/json\r\n\r\n{"a":1}',
        '--B\r\nContent-Disposition: form-data; name="t"\r\nContent-Type: text/csv\r\n\r\nx',
        '--B--\r\n',
      ].join('\r\n'),
    );
    const code = load(printRequest(request).value)('code').first().text();
    expect(code).toContain(`--form 'o={"a":1};type=application/json' \\\n  --form 't=x;type=text/csv'`);
  });

  it('that is binary is a file', () => {
    const operation = withBody('image/png: {schema: {type: string, format: binary}}');
    expect(built(operation, {}, { files: { 'body-0': 'PNG' } }).request.body).toEqual({
      kind: 'file',
      type: 'image/png',
      file: 'PNG',
    });
    expect(built(operation, {}).problems).toHaveLength(1);
  });
});

describe('what was typed as one media type', () => {
  const operation = consoleOf(
    `requestBody: {content: {
      application/json: {example: {a: 1}}, application/merge-patch+json: {example: {b: 2}}, text/plain: {example: c}}}`,
    SERVER,
  );
  const [json, patch, plain] = operation.bodies.map(({ initial }) => initial);
  const initial: Record<string, string> = { 'body-0': json ?? '', 'body-1': patch ?? '', 'body-2': plain ?? '' };
  const carried = (typed: Record<string, string>, from: number, to: number): string | undefined =>
    carriedText(operation, { text: (name) => ({ ...initial, ...typed })[name] ?? '', file: () => undefined }, from, to);

  it('is taken over where both are JSON', () => {
    expect(carried({ 'body-0': '{"z": 0}' }, 0, 1)).toBe('{"z": 0}');
    expect(carried({ 'body-0': '{"z": 0}' }, 0, 2)).toBeUndefined();
    expect(carried({ 'body-2': '{"z": 0}' }, 2, 0)).toBeUndefined();
  });

  it('replaces nothing that was typed, and is no example', () => {
    expect(carried({ 'body-0': '{"z": 0}', 'body-1': 'x' }, 0, 1)).toBeUndefined();
    expect(carried({}, 0, 1)).toBeUndefined();
    expect(carried({ 'body-0': 'x' }, 0, 7)).toBeUndefined();
  });
});

describe('credentials', () => {
  const operation = consoleOf(
    'security: [{header: [], query: []}, {basic: []}, {bearer: []}, {oauth: [read]}, {cookie: []}, {tls: []}]',
    `${SERVER}
components:
  securitySchemes:
    header: {type: apiKey, in: header, name: X-Key}
    query: {type: apiKey, in: query, name: key}
    basic: {type: http, scheme: basic}
    bearer: {type: http, scheme: Bearer}
    oauth: {type: oauth2, flows: {}}
    cookie: {type: apiKey, in: cookie, name: sid}
    tls: {type: mutualTLS}`,
    '/t',
  );

  it('go where their scheme says', () => {
    expect(operation.schemes.map(({ kind }) => kind)).toEqual(['key', 'key', 'basic', 'token', 'token', 'key', 'other']);
    const { request } = built(operation, { 'secret-0': ' k1 ', 'secret-1': 'k&2', 'secret-3': 't', 'secret-5': 's' });
    expect(request.url).toBe(`${BASE}/t?key=k%262`);
    expect(request.headers).toEqual([
      ['X-Key', 'k1'],
      ['Authorization', 'Bearer t'],
    ]);
    expect(request.cookies).toEqual([['sid', 's']]);
    expect(built(operation, { 'user-2': 'ädä', 'secret-2': 'p:w' }).request.headers).toEqual([
      ['Authorization', `Basic ${Buffer.from('ädä:p:w').toString('base64')}`],
    ]);
  });

  it('are told from what no cookie can hold', () => {
    const cookies = consoleOf(
      'parameters: [{name: c, in: cookie, style: cookie, schema: {type: string}}]\nresponses: {}',
      '',
      '/t',
      '3.2.0',
    );
    expect(built(cookies, { 'parameter-0': 'a€' }).problems).toEqual([
      { field: 'parameter-0', text: 'c holds characters that no cookie can hold' },
    ]);
    expect(built(cookies, { 'parameter-0': 'a' }).problems).toEqual([]);
  });

  it('are placeholders in code', () => {
    const typed = { 'secret-0': 'k1', 'secret-1': 'k2', 'user-2': 'ada', 'secret-2': 'pass' };
    const { request } = built(operation, typed, { hideSecrets: true });
    const code = printRequest(request).value;
    expect(code).toContain('key=YOUR_API_KEY');
    expect(code).toContain('Basic YOUR_CREDENTIALS');
    expect(code).not.toMatch(/k1|k2|pass/);
  });

  it('of megabytes are told as a file in code', () => {
    const long = '"'.repeat(900_000);
    const headers: [string, string][] = [['X-A', long]];
    const request = { method: 'POST', url: `https://a.example/?q=${long}`, headers, cookies: [] };
    const code = printRequest({ ...request, body: { kind: 'text', type: 'text/plain', text: long } }).value;
    expect(code.length).toBeLessThan(2_000_000);
    expect(code).toContain('--data-binary');
  });
});

describe('a server', () => {
  const operation = consoleOf(
    'responses: {}',
    `servers:
  - {url: /relative}
  - {url: "https://{region}.example.com/{base}", variables: {region: {default: eu, enum: [eu, us]}, base: {default: v2}}}
  - {url: "//other.example.com"}
  - {url: "ftp://files.example.com"}`,
    '/t',
  );

  it('is one that the specification names by its address', () => {
    expect(operation.servers.map(({ url }) => url)).toEqual(['https://{region}.example.com/{base}', 'https://other.example.com']);
    expect(operation.unreachable).toEqual(['/relative', 'ftp://files.example.com']);
    expect(built(operation, { server: '1' }).request.url).toBe('https://other.example.com/t');
    expect(built(operation, { server: '7' }).request.url).toBe('https://eu.example.com/v2/t');
  });

  it('has variables only of what the specification lists', () => {
    expect(built(operation, { 'variable-0-0': 'us', 'variable-0-1': 'evil' }).request.url).toBe('https://us.example.com/v2/t');
    expect(built(operation, { 'variable-0-0': 'evil.org/' }).request.url).toBe('https://eu.example.com/v2/t');
  });

  it('may begin with a variable, of which those values count that can be asked', () => {
    const { servers, unreachable } = consoleOf(
      'responses: {}',
      `servers:
  - {url: "{scheme}://a.example.com", variables: {scheme: {default: wss, enum: [wss, https, http]}}}
  - {url: "{base}/v1", variables: {base: {default: "https://b.example.com"}}}
  - {url: "{scheme}://c.example.com", variables: {scheme: {default: wss, enum: [wss, ws]}}}
  - {url: "{unknown}://d.example.com"}`,
      '/t',
    );
    expect(
      servers.map(({ url, variables }) => [url, ...variables.map(({ default: value, options }) => [value, options])]),
    ).toEqual([
      ['{scheme}://a.example.com', ['https', ['https', 'http']]],
      ['{base}/v1', ['https://b.example.com', ['https://b.example.com']]],
    ]);
    expect(unreachable).toEqual(['{scheme}://c.example.com', '{unknown}://d.example.com']);
  });

  it('is a placeholder where there is none', () => {
    const bare = consoleOf('responses: {}', 'servers: [{url: /v9}]', '/t');
    expect(bare.servers).toEqual([]);
    expect(built(bare, {}).request.url).toBe('https://api.example.com/v9/t');
  });
});
