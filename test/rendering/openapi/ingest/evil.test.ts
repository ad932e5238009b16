import { afterAll, describe, expect, test } from 'vitest';
import { DEFAULT_INGEST_LIMITS } from '../../../../src/rendering/openapi/ingest/index.ts';
import { createRenderingPool } from '../../../../src/rendering/pool.ts';
import { renderingProgram } from '../../../support/pool.ts';
import { sharedFiles } from './shared-folder.ts';

const SUPPORTED = 'Supported are Swagger 2.0';

/** What becomes of each file: the rules of the findings if it is accepted, the rule and a part of the message if it is not. */
const EXPECTED: Record<string, string[] | { refused: string; message: string }> = {
  array: { refused: 'version', message: `not an object. ${SUPPORTED}` },
  asyncapi: { refused: 'version', message: `AsyncAPI document, not an OpenAPI description. ${SUPPORTED}` },
  badJson: { refused: 'json-syntax', message: 'ends before it is complete' },
  badYaml: { refused: 'yaml-syntax', message: 'bad indentation' },
  binaryTag: { refused: 'yaml-tag', message: 'binary' },
  bom: [],
  bomb9: { refused: 'nodes', message: 'more than 1,000,000 nodes' },
  bombSchema: { refused: 'nodes', message: 'more than 1,000,000 nodes' },
  circular: [],
  deepJson100k: { refused: 'depth', message: 'more than 100 levels' },
  deepJson5k: { refused: 'depth', message: 'more than 100 levels' },
  deepSchema20k: { refused: 'depth', message: 'more than 100 levels' },
  deepSchema2k: { refused: 'depth', message: 'more than 100 levels' },
  dupKeys: { refused: 'duplicate-key', message: 'twice' },
  empty: { refused: 'empty', message: 'empty' },
  jsTag: { refused: 'yaml-tag', message: 'js/function' },
  longChain: { refused: 'ref-chain', message: 'more than 100 other references' },
  longPropChain: [],
  mergeBomb: { refused: 'depth', message: 'more than 100 levels' },
  multiDoc: { refused: 'yaml-documents', message: 'several YAML documents' },
  noVersion: { refused: 'version', message: SUPPORTED },
  nul: [],
  nullDoc: { refused: 'version', message: `not an object. ${SUPPORTED}` },
  opNull: ['struct', 'struct', 'struct'],
  paramsObj: ['struct', 'struct'],
  pathsArray: ['struct'],
  pathsNull: ['struct'],
  proto: { refused: 'prototype-key', message: '`__proto__`' },
  redosPath: [],
  refBomb: [],
  refLoop: ['ref-loop', 'ref-loop', 'ref-loop'],
  regexPattern: [],
  scalar: { refused: 'version', message: `not an object. ${SUPPORTED}` },
  selfRef: ['ref-loop'],
  swagger30: { refused: 'version', message: `“3.0” is not supported. ${SUPPORTED}` },
  tab: { refused: 'yaml-syntax', message: 'tab characters' },
  v12: { refused: 'version', message: `Swagger 1.x document, not an OpenAPI description. ${SUPPORTED}` },
  v33: { refused: 'version', message: `“3.3.0” is not supported. ${SUPPORTED}` },
  v4: { refused: 'version', message: `“4.0.0” is not supported. ${SUPPORTED}` },
  verNumber: { refused: 'version', message: `the number 2, not a string. ${SUPPORTED}` },
  verNumber3: { refused: 'version', message: `the number 3.1, not a string. ${SUPPORTED}` },
  yamlAnchorCycle: { refused: 'yaml-alias', message: 'never end' },
};

const files = sharedFiles('evil');
const failures: string[] = [];
const pool = createRenderingPool({
  size: 1,
  program: renderingProgram(),
  limits: { ...DEFAULT_INGEST_LIMITS, deadlineMs: 15_000 },
  onFailure: ({ reason }) => failures.push(reason),
});
afterAll(() => pool.close());

describe.skipIf(files.length === 0)('hostile and malformed documents', () => {
  test('each has its line in the table', () => {
    expect(files.map(({ name }) => name)).toEqual(Object.keys(EXPECTED).map((name) => `${name}.yaml`));
  });

  test.each(files)('$name', async ({ name, bytes }) => {
    const expected = EXPECTED[name.replace('.yaml', '')];
    const outcome = await pool.render(bytes, name);
    if (Array.isArray(expected)) {
      expect(outcome).toMatchObject({ accepted: true });
      expect(outcome.findings.map(({ rule }) => rule)).toEqual(expected);
    } else {
      expect(outcome).toMatchObject({ accepted: false, findings: [{ rule: expected?.refused }] });
      expect(outcome.findings[0]?.message).toContain(expected?.message);
    }
  });

  test('none of them cost a child process', () => {
    expect(failures).toEqual([]);
  });
});
