import { describe, expect, test } from 'vitest';
import { examineSpecification } from '../../../../src/rendering/openapi/ingest/examine.ts';
import { DEFAULT_INGEST_LIMITS } from '../../../../src/rendering/openapi/ingest/index.ts';
import type { Finding } from '../../../../src/rendering/openapi/types.ts';

const findingsOf = (source: string): Finding[] => {
  const outcome = examineSpecification(Buffer.from(source), 'api.yaml', DEFAULT_INGEST_LIMITS);
  if (!outcome.accepted) throw new Error(outcome.findings[0]?.message);
  return outcome.findings;
};

const HEAD = 'openapi: 3.0.0\ninfo: {title: t, version: "1"}\n';

describe('findings do not refuse a document', () => {
  test('structure, with path, line and column', () => {
    const yaml = `${HEAD}paths:\n  /a/{b}:\n    get:\n      sumary: x\n      responses:\n        200: {description: ok}\n`;
    expect(findingsOf(yaml)).toEqual([
      {
        severity: 'error',
        rule: 'struct',
        message: 'Property `sumary` is not expected here. Did you mean `summary`?',
        path: '#/paths/~1a~1{b}/get/sumary',
        line: 6,
        column: 7,
      },
    ]);
    const json =
      '{"openapi": "3.0.0",\n "info": {"title": "t", "version": "1"},\n "paths": {"/a/{b}": {"get": {\n  "sumary": "x", "responses": {"200": {"description": "ok"}}}}}}';
    expect(findingsOf(json)).toMatchObject([{ path: '#/paths/~1a~1{b}/get/sumary', line: 4, column: 3 }]);
  });

  test.each([
    'paths: null',
    'paths: []',
    'paths: {/a: {get: null, post: 5}}',
    'paths: {/a: {get: {parameters: {a: 1}, responses: []}}}',
  ])('%s', (paths) => {
    const findings = findingsOf(HEAD + paths);
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings) expect(finding).toMatchObject({ rule: 'struct', severity: 'error', line: 3 });
  });

  test('references out of the document are named and not followed', () => {
    const schemas = ['other.yaml#/A', 'http://127.0.0.1:1/a.json', 'file:///etc/passwd', 'data:,x'];
    const findings = findingsOf(
      `${HEAD}paths: {}\ncomponents:\n  schemas:\n${schemas.map((ref, index) => `    A${index}: {$ref: "${ref}"}\n`).join('')}`,
    );
    expect(findings.map(({ rule, severity, path, line }) => ({ rule, severity, path, line }))).toEqual(
      schemas.map((_, index) => ({
        rule: 'external-ref',
        severity: 'warning',
        path: `#/components/schemas/A${index}`,
        line: 6 + index,
      })),
    );
    expect(findings[0]?.message).toBe('`$ref` points to `other.yaml#/A`. References out of the document are not followed.');
  });

  test('an external example', () => {
    expect(findingsOf(`${HEAD}paths: {}\ncomponents: {examples: {A: {externalValue: "http://127.0.0.1/x"}}}`)).toMatchObject([
      { rule: 'external-value', path: '#/components/examples/A/externalValue' },
    ]);
  });

  test('references that lead nowhere, or in a circle', () => {
    const schemas =
      'A: {$ref: "#/components/schemas/Z"}, B: {$ref: "#/components/schemas/B"}, C: {$ref: "#nobody"}, D: {type: object, properties: {d: {$ref: "#/components/schemas/D"}}}';
    expect(findingsOf(`${HEAD}paths: {}\ncomponents: {schemas: {${schemas}}}`).map(({ rule, path }) => [rule, path])).toEqual([
      ['unresolved-ref', '#/components/schemas/A'],
      ['ref-loop', '#/components/schemas/B'],
      ['unresolved-ref', '#/components/schemas/C'],
    ]);
  });

  test('`$ref` in example data or as a property name is no reference', () => {
    const schema =
      '{type: object, properties: {$ref: {type: string}, example: {$ref: "#/components/schemas/B"}}, example: {$ref: nowhere}}';
    expect(findingsOf(`${HEAD}paths: {}\ncomponents: {schemas: {A: ${schema}, B: {type: string}}}`)).toEqual([]);
  });

  test('escaped and percent-encoded pointers, and references through references, resolve', () => {
    const refs = ['#/paths/~1a~1%7Bb%7D/get/responses/200/description', '#/components/schemas/A/properties/x'];
    const source = `${HEAD}paths: {"/a/{b}": {get: {responses: {200: {description: ok}}}}}\ncomponents: {schemas: {A: {$ref: "#/components/schemas/B"}, B: {type: object, properties: {x: {type: string}}}, C: {allOf: [${refs.map((ref) => `{$ref: "${ref}"}`).join()}]}}}`;
    expect(findingsOf(source).filter(({ rule }) => rule.includes('ref'))).toEqual([]);
  });

  test('operation ids used twice', () => {
    const operation = '{operationId: same, responses: {200: {description: ok}}}';
    expect(findingsOf(`${HEAD}paths: {/a: {get: ${operation}}, /b: {put: ${operation}}}`)).toMatchObject([
      {
        rule: 'operation-id-unique',
        severity: 'warning',
        path: '#/paths/~1b/put/operationId',
        line: 3,
        message: 'The operation id `same` is already that of GET /a.',
      },
    ]);
  });

  test('what an alias repeats is placed at the alias', () => {
    const findings = findingsOf(`${HEAD}paths:\n  /a: &a\n    get: {bad: 1, responses: {200: {description: ok}}}\n  /b: *a\n`);
    expect(findings.map(({ rule, line, column }) => [rule, line, column])).toContainEqual(['struct', 5, 11]);
  });

  test('a document whose keys upset the rules is accepted', () => {
    expect(findingsOf(`openapi: 3.0.0\ninfo: {title: t, version: "1", hasOwnProperty: 1}\npaths: null`)).toMatchObject([
      { severity: 'error', rule: 'struct', path: '#/paths' },
      { severity: 'warning', rule: 'structure', path: '#/info', line: 2, column: 1 },
    ]);
  });

  test('only the first findings are kept, errors before warnings', () => {
    const schemas = Array.from({ length: 500 }, (_, index) => `    A${index}: {$ref: elsewhere${index}}\n`).join('');
    const findings = findingsOf(`${HEAD}paths: null\ncomponents:\n  schemas:\n${schemas}`);
    expect(findings).toHaveLength(201);
    expect(findings[0]).toMatchObject({ severity: 'error', path: '#/paths' });
    expect(findings.at(-1)).toEqual({ severity: 'warning', rule: 'more-findings', message: '301 more findings are not listed.' });
  });
});

describe('references that would take long to follow', () => {
  test('pointers through references through references', () => {
    const detours = Array.from({ length: 60 }, () => 'x').join('/');
    const schemas = Array.from(
      { length: 400 },
      (_, index) => `A${index}: {$ref: "#/components/schemas/A${(index + 1) % 400}/${detours}"}`,
    ).join(', ');
    const rules = findingsOf(`${HEAD}paths: {}\ncomponents: {schemas: {${schemas}}}`).map(({ rule }) => rule);
    expect(new Set(rules)).toEqual(new Set(['unresolved-ref', 'more-findings']));
  });

  test('findings below very long keys stay short', () => {
    const [finding] = findingsOf(
      `${HEAD}paths: {}\ncomponents: {schemas: {${'k'.repeat(50_000)}: {$ref: ${'r'.repeat(50_000)}}}}`,
    );
    expect(JSON.stringify(finding).length).toBeLessThan(2_000);
    expect(finding).toMatchObject({ rule: 'external-ref', line: 4 });
  });
});
