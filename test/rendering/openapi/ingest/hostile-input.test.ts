import { describe, expect, test } from 'vitest';
import type { Examination } from '../../../../src/rendering/openapi/ingest/examine.ts';
import { examineSpecification } from '../../../../src/rendering/openapi/ingest/examine.ts';
import { DEFAULT_INGEST_LIMITS } from '../../../../src/rendering/openapi/ingest/index.ts';
import type { Finding, IngestLimits } from '../../../../src/rendering/openapi/types.ts';

const HEAD = 'openapi: 3.0.0\ninfo: {title: t, version: "1"}\n';

const examine = (source: string | Uint8Array, limits: Partial<IngestLimits> = {}): Examination =>
  examineSpecification(typeof source === 'string' ? Buffer.from(source) : source, 'api.yaml', {
    ...DEFAULT_INGEST_LIMITS,
    ...limits,
  });

/** The one finding of a refusal. */
const refusal = (source: string | Uint8Array, limits: Partial<IngestLimits> = {}): Finding => {
  const outcome = examine(source, limits);
  expect(outcome.accepted).toBe(false);
  expect(outcome.findings).toHaveLength(1);
  const [finding] = outcome.findings;
  if (!finding) throw new Error('refused without a finding');
  return finding;
};

const accepted = (source: string | Uint8Array): Extract<Examination, { accepted: true }> => {
  const outcome = examine(source);
  if (!outcome.accepted) throw new Error(outcome.findings[0]?.message);
  return outcome;
};

describe('encoding', () => {
  test('a UTF-8 byte order mark is dropped', () => {
    expect(accepted(`\ufeff${HEAD}paths: {}`).document).toHaveProperty('openapi', '3.0.0');
    expect(accepted(`\ufeff{"openapi":"3.0.0","info":{"title":"t","version":"1"},"paths":{}}`).format).toBe('json');
  });

  test.each([
    ['UTF-16 with a mark', Buffer.from(`\ufeff${HEAD}`, 'utf16le'), 'UTF-16'],
    ['UTF-16 without a mark', Buffer.from(HEAD, 'utf16le'), 'UTF-16'],
    ['UTF-16, big endian', Buffer.from(HEAD, 'utf16le').swap16(), 'UTF-16'],
    ['UTF-32', Buffer.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x61]), 'UTF-32'],
  ])('%s is named', (_, source, encoding) => {
    expect(refusal(source)).toMatchObject({
      rule: 'encoding',
      message: `The document is encoded in ${encoding}. Save it as UTF-8.`,
    });
  });

  test('invalid UTF-8 is placed, also behind multi-byte and replacement characters', () => {
    const source = Buffer.concat([Buffer.from(`${HEAD}x: é\ufffd`), Buffer.from([0xe9]), Buffer.from('\n')]);
    expect(refusal(source)).toMatchObject({ rule: 'encoding', line: 3, column: 6 });
  });

  test('a NUL byte is placed', () => {
    expect(refusal(`${HEAD}x: a\0b`)).toMatchObject({ rule: 'encoding', line: 3, column: 5 });
  });

  test('an escaped NUL is text like any other', () => {
    expect(accepted(`${HEAD}paths: {}\nx-a: "\\0"`).document).toHaveProperty('x-a', '\0');
  });
});

describe('syntax errors name line and column', () => {
  test.each([
    ['{"openapi":"3.0.0",', 1, 20, 'it ends before it is complete'],
    ['{\n  "openapi": "3.0.0",\n  "info": {"title": x}\n}', 3, 21, 'expected a value, found “x”'],
    ['{\n  "openapi": "3.0.0"\n  "info": 1\n}', 3, 3, 'expected “,” or “}”, found “"”'],
    ['{"a": 1,}', 1, 9, 'expected a key in double quotes, found “}”'],
    ['{"a": [1,]}', 1, 10, 'expected a value, found “]”'],
    ['{"a" 1}', 1, 6, 'expected “:”, found “1”'],
    ['{"a": "x\ty"}', 1, 9, 'a string holds a control character (line breaks and tabs must be escaped)'],
    ['{"a": "\\x"}', 1, 8, 'a string holds an escape sequence that JSON does not have'],
    ['{"a": "x', 1, 9, 'it ends inside a string'],
    ['{"a": 1}\r\n{', 2, 1, 'expected the end of the document, found “{”'],
  ])('JSON %j', (source, line, column, message) => {
    expect(refusal(source)).toEqual({
      severity: 'error',
      rule: 'json-syntax',
      line,
      column,
      message: `The document is not valid JSON: ${message}.`,
    });
  });

  test.each([
    ['openapi: 3.0.0\n  info: [\n', 2, 7],
    ['openapi: 3.0.0\n\tinfo: x\n', 2, 1],
    ['openapi: 3.0.0\ninfo: {title: t\n', 3, 1],
    ['openapi: "3.0.0\n', 2, 1],
    ['openapi: 3.0.0\nx: *nobody\n', 2, 5],
  ])('YAML %j', (source, line, column) => {
    expect(refusal(source)).toMatchObject({ rule: 'yaml-syntax', line, column });
  });

  test('YAML in flow style is not taken for JSON', () => {
    expect(accepted('{openapi: 3.0.0, info: {title: t, version: "1"}, paths: {}}').format).toBe('yaml');
  });

  test('the format is told by content, not by name', () => {
    expect(accepted('\n {"openapi":"3.0.0","info":{"title":"t","version":"1"},"paths":{}}').format).toBe('json');
  });
});

describe('keys', () => {
  test('a duplicate key is refused in YAML and JSON', () => {
    expect(refusal(`${HEAD}paths:\n  /a: {}\n  /a: {}\n`)).toMatchObject({ rule: 'duplicate-key', line: 5, column: 3 });
    expect(refusal('{"openapi":"3.0.0",\n"paths":{"/a":{},\n  "/\\u0061":{}}}')).toMatchObject({
      rule: 'duplicate-key',
      line: 3,
      column: 3,
      message: 'The key “/a” appears twice in the same object.',
    });
  });

  test('`__proto__` is refused wherever it stands', () => {
    expect(refusal(`${HEAD}paths: {}\ncomponents:\n  schemas:\n    __proto__: {type: object}\n`)).toMatchObject({
      rule: 'prototype-key',
      path: '#/components/schemas/__proto__',
      line: 6,
      column: 5,
    });
    expect(refusal('{"openapi":"3.0.0","info":{"title":"t","version":"1"},"paths":{"__proto__":1}}')).toMatchObject({
      rule: 'prototype-key',
      line: 1,
      column: 64,
    });
    expect(({} as Record<string, unknown>)['type']).toBeUndefined();
  });

  test('properties named like members of Object survive', () => {
    const names = ['constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];
    const schema = { type: 'object', properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) };
    const source = JSON.stringify({
      openapi: '3.1.0',
      info: { title: 't', version: '1' },
      paths: {},
      components: { schemas: { A: schema, constructor: schema } },
    });
    const { document, findings } = accepted(source);
    expect(JSON.parse(JSON.stringify(document))).toEqual(JSON.parse(source));
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('bounds', () => {
  const limits = { maxDepth: 20, maxNodes: 1_000, maxOperations: 3, maxTags: 3, maxRefChain: 5, maxBytes: 50_000 };

  test('size', () => {
    expect(refusal(' '.repeat(50_001), limits)).toMatchObject({
      rule: 'size',
      message: 'The document has 50,001 bytes; at most 50,000 are accepted.',
    });
  });

  test.each([
    ['JSON', `{"openapi":"3.0.0","x-d":${'['.repeat(20)}${']'.repeat(20)}}`, 1, 45],
    ['YAML, flow', `openapi: 3.0.0\nx-d: ${'['.repeat(20)}${']'.repeat(20)}`, 2, 25],
    [
      'YAML, block',
      `openapi: 3.0.0\nx-d:\n${Array.from({ length: 20 }, (_, level) => `${' '.repeat(level + 1)}a:\n`).join('')}${' '.repeat(21)}b: 1`,
      22,
      21,
    ],
  ])('depth, %s', (_, source, line, column) => {
    expect(refusal(source, limits)).toMatchObject({
      rule: 'depth',
      message: 'The document nests more than 20 levels deep.',
      line,
      column,
    });
  });

  test('depth that arises from aliases', () => {
    const levels = Array.from({ length: 30 }, (_, level) => `x-${level}: &n${level} [${level ? `*n${level - 1}` : '1'}]`).join(
      '\n',
    );
    expect(refusal(`${HEAD}${levels}`, limits).rule).toBe('depth');
  });

  test.each([
    ['declared', { tags: ['a', 'b', 'c', 'd'].map((name) => ({ name })), paths: {} }],
    ['used', { tags: [{ name: 'a' }], paths: { '/a': { get: { tags: ['a', 'b', 'c', 'd'], responses: {} } } } }],
    [
      'used by way of a reference',
      { paths: { '/a': { $ref: '#/x' } }, x: { get: { tags: ['a', 'b', 'c', 'd'], responses: {} } } },
    ],
  ])('tags that are %s', (_, document) => {
    const source = JSON.stringify({ openapi: '3.0.0', info: { title: 't', version: '1' }, ...document });
    expect(refusal(source, limits)).toMatchObject({ rule: 'tags', message: 'The document has more than 3 tags.' });
  });

  test('nodes', () => {
    const many = Array.from({ length: 1_001 }, (_, index) => index);
    expect(refusal(JSON.stringify({ openapi: '3.0.0', many }), limits).rule).toBe('nodes');
    expect(refusal(`${HEAD}many: ${JSON.stringify(many)}`, limits).rule).toBe('nodes');
  });

  test('nodes that arise from aliases, without expanding them', () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) =>
        `x-${level}: &n${level} [${Array(10)
          .fill(level ? `*n${level - 1}` : '1')
          .join()}]`,
    ).join('\n');
    expect(refusal(`${HEAD}${levels}`).message).toContain('more than 1,000,000 nodes');
  });

  test('an alias may be used as often as the bound allows', () => {
    const { document } = accepted(`${HEAD}paths: {}\nx-a: &a {b: 1}\nx-b: [*a, *a]\nx-c: {<<: *a, c: 2}`);
    expect(document).toMatchObject({ 'x-b': [{ b: 1 }, { b: 1 }], 'x-c': { b: 1, c: 2 } });
  });

  test('an alias inside its own anchor', () => {
    expect(refusal(`${HEAD}x-a: &a\n  self: *a`)).toMatchObject({ rule: 'yaml-alias', line: 4, column: 9 });
  });

  test('merge keys', () => {
    const keys = (level: number): string => Array.from({ length: 400 }, (_, index) => `k${level}_${index}: 1`).join(', ');
    const levels = Array.from(
      { length: 40 },
      (_, level) => `x-${level}: &m${level} {${level ? `<<: *m${level - 1}, ` : ''}${keys(level)}}`,
    ).join('\n');
    expect(refusal(`${HEAD}${levels}`)).toMatchObject({
      rule: 'merge-keys',
      message: 'Merge keys (`<<`) copy more than 100,000 entries.',
    });
  });

  test('operations, also those of a shared path item', () => {
    const item = { $ref: '#/components/pathItems/all' };
    const document = {
      openapi: '3.1.0',
      info: { title: 't', version: '1' },
      paths: { '/a': item, '/b': item },
      components: { pathItems: { all: { get: {}, put: {} } } },
    };
    expect(refusal(JSON.stringify(document), limits)).toMatchObject({
      rule: 'operations',
      message: 'The document describes more than 3 operations.',
    });
  });

  test('chains of references', () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [`A${index}`, { $ref: `#/components/schemas/A${index + 1}` }]),
    );
    const source = JSON.stringify({ openapi: '3.0.0', info: { title: 't', version: '1' }, paths: {}, components: { schemas } });
    expect(refusal(source, limits)).toMatchObject({
      rule: 'ref-chain',
      path: '#/components/schemas/A0',
      line: 1,
      message: 'A `$ref` leads through more than 5 other references before it reaches a definition.',
    });
  });
});

describe('documents of the wrong kind', () => {
  const SUPPORTED = 'Supported are Swagger 2.0 (`swagger: "2.0"`) and OpenAPI 3.0, 3.1 and 3.2 (such as `openapi: "3.1.0"`).';

  test.each([
    ['a: 1', 'The document does not say which version of OpenAPI it is written in.'],
    ['[1]', 'The document is a list, not an object.'],
    ['hello', 'The document is plain text, not an object.'],
    ['# nothing', 'The document is empty, not an object.'],
    ['openapi: 3.1', '`openapi` is the number 3.1, not a string.'],
    ['openapi: 3.3.0', 'OpenAPI version “3.3.0” is not supported.'],
    ['openapi: "3.1"', 'OpenAPI version “3.1” is not supported.'],
    ['swagger: 2.0', '`swagger` is the number 2, not a string.'],
    ['swagger: "3.0"', 'Swagger version “3.0” is not supported.'],
    ['asyncapi: 2.6.0', 'This is an AsyncAPI document, not an OpenAPI description.'],
    ['swaggerVersion: "1.2"', 'This is a Swagger 1.x document, not an OpenAPI description.'],
  ])('%s', (source, problem) => {
    expect(refusal(source)).toMatchObject({ rule: 'version', message: `${problem} ${SUPPORTED}` });
  });

  test('several YAML documents', () => {
    expect(refusal(`${HEAD}---\nopenapi: 3.0.0`)).toMatchObject({ rule: 'yaml-documents', line: 3, column: 1 });
  });

  test.each(['!!binary aGk=', '!!js/function "x"', '!Ref x', '!<tag:example.com,2000:x> x'])('the tag of %s', (value) => {
    expect(refusal(`openapi: 3.0.0\nx: ${value}`)).toMatchObject({ rule: 'yaml-tag', line: 2 });
  });

  test.each(['', ' \n'])('nothing: %j', (source) => {
    expect(refusal(source)).toEqual({ severity: 'error', rule: 'empty', message: 'The document is empty.' });
  });
});
