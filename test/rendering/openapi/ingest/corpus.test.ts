import { BaseResolver, createConfig, lintDocument, Source } from '@redocly/openapi-core';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { examineSpecification } from '../../../../src/rendering/openapi/ingest/examine.ts';
import { DEFAULT_INGEST_LIMITS, decodeFragment } from '../../../../src/rendering/openapi/ingest/index.ts';
import { createRenderingPool } from '../../../../src/rendering/pool.ts';
import { renderingProgram } from '../../../support/pool.ts';
import { sharedFiles } from './shared-folder.ts';

const files = sharedFiles('corpus');
// A busy machine fails no test.
const limits = { ...DEFAULT_INGEST_LIMITS, deadlineMs: 240_000 };
const pool = createRenderingPool({ size: 1, program: renderingProgram(), limits });
afterAll(() => pool.close());

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

const isInternal = (value: unknown): boolean => (value as Record<string, unknown> | null)?.['x-internal'] === true;

/** Paths times methods, straight from the source by another parser, but for what is internal. */
const countPathOperations = (text: string): number => {
  const { paths = {} } = (text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text, { maxAliasCount: -1 })) as {
    paths?: Record<string, Record<string, unknown>>;
  };
  return Object.values(paths)
    .filter((item) => !isInternal(item))
    .reduce(
      (sum, item) =>
        sum +
        METHODS.filter((method) => method in item && !isInternal(item[method])).length +
        Object.values(item['additionalOperations'] ?? {}).filter((operation) => !isInternal(operation)).length,
      0,
    );
};

describe.skipIf(files.length === 0)('documents in wide use', () => {
  test.each(files)('$name is accepted with all of its operations', { timeout: 300_000 }, async ({ name, bytes }) => {
    const outcome = await pool.render(bytes, name);
    if (!outcome.accepted) throw new Error(outcome.findings[0]?.message);
    const { operations } = outcome.reference;
    expect(operations.filter(({ kind }) => kind === 'operation')).toHaveLength(countPathOperations(bytes.toString()));
    expect(outcome.format).toBe(name.endsWith('.json') ? 'json' : 'yaml');
    const fragments = outcome.fragments.filter(({ kind }) => kind === 'operation');
    expect(fragments.map(({ key }) => key)).toEqual(operations.map(({ address }) => address));
    expect(outcome.fragments.filter(({ kind }) => kind === 'overview')).toHaveLength(1);
    expect(decodeFragment(fragments[0]?.html ?? new Uint8Array())).toContain('<article');
    for (const finding of outcome.findings)
      expect(finding.rule === 'more-findings' || (finding.line ?? 0) > 0, JSON.stringify(finding)).toBe(true);
  });

  test.each(files.filter(({ bytes }) => bytes.length < 5_000_000))(
    '$name has the structural errors that the lint of openapi-core finds',
    async ({ name, bytes }) => {
      const examination = examineSpecification(bytes, name, DEFAULT_INGEST_LIMITS);
      if (!examination.accepted) throw new Error(examination.findings[0]?.message);
      const problems = await lintDocument({
        document: { source: new Source(name, bytes.toString()), parsed: examination.document },
        config: await createConfig({ rules: { struct: 'error' } }),
        externalRefResolver: new BaseResolver(),
      });
      const ours = examination.findings.filter(({ rule }) => rule === 'struct').map(({ path }) => path);
      expect(ours.toSorted()).toEqual(problems.map(({ location }) => location[0]?.pointer).toSorted());
    },
  );
});
