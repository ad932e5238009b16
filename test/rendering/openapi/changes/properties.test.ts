import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareSpecifications } from '../../../../src/rendering/openapi/changes/compare.ts';
import type { Comparison, Difference } from '../../../../src/rendering/openapi/changes/index.ts';
import { line } from './support.ts';

const NAMES = ['Part', 'Thing', 'Whole'] as const;

const { schema } = fc.letrec<{ schema: object }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.record(
      {
        type: fc.constantFrom('string', 'integer', 'number', 'boolean', ['string', 'null']),
        enum: fc.uniqueArray(fc.constantFrom('a', 'b', 1, null), { minLength: 1, maxLength: 3 }),
        minimum: fc.integer({ min: 0, max: 3 }),
        maxLength: fc.integer({ min: 0, max: 3 }),
        default: fc.constantFrom('a', 1),
        description: fc.constantFrom('x', 'y'),
        deprecated: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
    fc.record({ $ref: fc.constantFrom(...NAMES.map((name) => `#/components/schemas/${name}`)) }),
    fc.record({ type: fc.constant('array'), items: tie('schema') }),
    fc.record(
      {
        type: fc.constant('object'),
        properties: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('schema'), { maxKeys: 3 }),
        required: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
        additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
      },
      { requiredKeys: ['type'] },
    ),
    fc.record({ oneOf: fc.array(tie('schema'), { minLength: 2, maxLength: 3 }) }),
    fc.record({ allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
  ),
}));

const content = fc.dictionary(fc.constantFrom('application/json', 'text/csv'), fc.record({ schema }), { minKeys: 1, maxKeys: 2 });

const operation = fc.record(
  {
    operationId: fc.constantFrom('one', 'two', 'three'),
    deprecated: fc.boolean(),
    parameters: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom('a', 'b', 'c'),
        in: fc.constantFrom('query', 'header'),
        required: fc.boolean(),
        schema,
      }),
      { maxLength: 3, selector: ({ name, in: place }) => `${place} ${name}` },
    ),
    requestBody: fc.record({ required: fc.boolean(), content }),
    responses: fc.dictionary(fc.constantFrom('200', '201', '404'), fc.record({ description: fc.constant('x'), content }), {
      maxKeys: 2,
    }),
    security: fc.array(fc.record({ key: fc.constant([]) }), { maxLength: 1 }),
  },
  { requiredKeys: ['responses'] },
);

const document = fc
  .record({
    paths: fc.dictionary(
      fc.constantFrom('/a', '/b/{id}', '/b/{name}', '/c'),
      fc.dictionary(fc.constantFrom('get', 'post'), operation, { maxKeys: 2 }),
      { maxKeys: 3 },
    ),
    components: fc.record({ schemas: fc.record({ Part: schema, Thing: schema, Whole: schema }) }),
    servers: fc
      .uniqueArray(fc.constantFrom('https://a.example', 'https://b.example'))
      .map((urls) => urls.map((url) => ({ url }))),
  })
  .map((parts) => ({ openapi: '3.1.0', info: { title: 'x', version: '1' }, ...parts }));

const all = ({ document: own, operations, schemas }: Comparison): Difference[] => [
  ...own,
  ...operations.flatMap(({ differences }) => differences),
  ...schemas.flatMap(({ differences }) => differences),
];

/** Where something is added, or removed. */
const places = (comparison: Comparison, kind: Difference['kind']): string[] =>
  all(comparison)
    .filter((difference) => difference.kind === kind)
    .map((difference) =>
      line({ ...difference, kind: 'changed', effect: 'safe', text: [] }).replace(/ (read|sent)(\+(read|sent))?/, ''),
    )
    .sort();

const RUNS = { seed: 1, numRuns: 200 };

it('a document differs from itself in nothing', () => {
  fc.assert(
    fc.property(document, (one) => {
      expect(all(compareSpecifications(one, structuredClone(one)))).toEqual([]);
    }),
    RUNS,
  );
});

it('what is added on the way there is removed on the way back, and nothing else', () => {
  fc.assert(
    fc.property(document, document, (one, other) => {
      const [there, back] = [compareSpecifications(one, other), compareSpecifications(other, one)];
      expect(places(there, 'added')).toEqual(places(back, 'removed'));
      expect(places(there, 'removed')).toEqual(places(back, 'added'));
      expect(places(there, 'changed')).toHaveLength(places(back, 'changed').length);
    }),
    RUNS,
  );
});

it('differences are counted by their effects', () => {
  fc.assert(
    fc.property(document, document, (one, other) => {
      const comparison = compareSpecifications(one, other);
      const { counts } = comparison;
      expect(counts.breaking + counts.risky + counts.safe + counts.wording).toBe(all(comparison).length);
    }),
    RUNS,
  );
});
