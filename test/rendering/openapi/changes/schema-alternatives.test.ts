import { describe, it } from 'vitest';
import { both, expectSentAndRead, type SchemaStep } from './support.ts';

const STEPS: readonly SchemaStep[] = [
  [
    'one alternative more',
    'oneOf: [{ type: string }, { type: integer }]',
    'oneOf: [{ type: string }, { type: integer }, { type: boolean }]',
    ['safe added | Body: may now be `boolean` too'],
    ['risky added | Body: may now be `boolean` too'],
  ],
  [
    'one alternative less',
    'anyOf: [{ type: string }, { title: Count, type: integer }, { type: boolean }]',
    'anyOf: [{ type: string }, { type: boolean }]',
    ['breaking removed | Body: can no longer be `Count`'],
    ['safe removed | Body: can no longer be `Count`'],
  ],
  [
    'alternatives where there were none',
    '{ type: string, maxLength: 5 }',
    'oneOf: [{ type: string, maxLength: 3 }, { type: integer }]',
    [
      'breaking changed | Body: must be at most `3` characters, before at most `5` characters',
      'safe added | Body: may now be `integer` too',
    ],
    [
      'risky added | Body: may now be `integer` too',
      'safe changed | Body: must be at most `3` characters, before at most `5` characters',
    ],
  ],
  [
    'the only alternative without a partner',
    'oneOf: [{ type: string }, { type: object, properties: { a: {} } }]',
    'oneOf: [{ type: string }, { type: object, properties: { b: {} } }]',
    ['risky removed | Body · `a`: removed', 'safe added | Body · `b`: new'],
    ['breaking removed | Body · `a`: removed', 'safe added | Body · `b`: new'],
  ],
  [
    'what tells alternatives apart',
    '{ oneOf: [{ title: A }, { title: B }], discriminator: { propertyName: kind, mapping: { a: A, b: B } } }',
    '{ oneOf: [{ title: A }, { title: B }], discriminator: { propertyName: kind, mapping: { a: B, c: B } } }',
    [
      'breaking removed | Body: `kind` can no longer be `b`',
      'risky changed | Body: `a` selects `B` instead of `A`',
      'safe added | Body: `kind` may now be `c` too',
    ],
    [
      'risky added | Body: `kind` may now be `c` too',
      'risky changed | Body: `a` selects `B` instead of `A`',
      'safe removed | Body: `kind` can no longer be `b`',
    ],
  ],
  [
    'by which property alternatives are told apart',
    '{ oneOf: [{ title: A }, { title: B }], discriminator: { propertyName: kind } }',
    '{ oneOf: [{ title: A }, { title: B }], discriminator: { propertyName: type } }',
    ...both('breaking changed | Body: is told apart by `type` instead of `kind`'),
  ],
];

describe('alternatives of schemas differ in', () => {
  it.each(STEPS)('%s', expectSentAndRead);
});
