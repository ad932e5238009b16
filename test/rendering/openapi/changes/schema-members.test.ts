import { describe, it } from 'vitest';
import { both, expectSentAndRead, type SchemaStep } from './support.ts';

const object = (properties: string, more = ''): string => `{ type: object, properties: { ${properties} }${more} }`;

const STEPS: readonly SchemaStep[] = [
  ['a new property', object('a: {}'), object('a: {}, b: {}'), ...both('safe added | Body · `b`: new')],
  [
    'a new property that is required',
    object('a: {}'),
    object('a: {}, b: {}', ', required: [b]'),
    ['breaking added | Body · `b`: new, and required'],
    ['safe added | Body · `b`: new, and required'],
  ],
  [
    'a property that is gone',
    object('a: {}, b: {}'),
    object('a: {}'),
    ['risky removed | Body · `b`: removed'],
    ['breaking removed | Body · `b`: removed'],
  ],
  [
    'a property that is gone where nothing unknown is taken',
    object('a: {}, b: {}', ', additionalProperties: false'),
    object('a: {}', ', additionalProperties: false'),
    ...both('breaking removed | Body · `b`: removed'),
  ],
  [
    'a property that is required now',
    object('a: {}'),
    object('a: {}', ', required: [a]'),
    ['breaking changed | Body · `a`: now required'],
    ['safe changed | Body · `a`: now required'],
  ],
  [
    'a property that is no longer required',
    object('a: {}', ', required: [a]'),
    object('a: {}'),
    ['safe changed | Body · `a`: no longer required'],
    ['breaking changed | Body · `a`: no longer required'],
  ],
  [
    'what is deep inside',
    object('a: { type: array, items: { type: object, properties: { b: { type: string } } } }'),
    object('a: { type: array, items: { type: object, properties: { b: { type: boolean } } } }'),
    ...both('breaking changed | Body · `a[].b`: `boolean` instead of `string`'),
  ],
  [
    'a property that only one side knows',
    object('a: { type: string, readOnly: true }, b: { type: string, writeOnly: true }'),
    object('a: { type: integer, readOnly: true }, b: { type: integer, writeOnly: true }'),
    ['breaking changed | Body · `b`: `integer` instead of `string`'],
    ['breaking changed | Body · `a`: `integer` instead of `string`'],
  ],
  [
    'a property that is new on one side',
    object('a: { readOnly: true }, b: { writeOnly: true }'),
    object('a: {}, b: {}', ', required: [a, b]'),
    ['breaking changed | Body · `a`: no longer read-only', 'breaking changed | Body · `b`: now required'],
    ['safe changed | Body · `a`: now required', 'safe changed | Body · `b`: no longer write-only'],
  ],
  [
    'a property that is gone on one side',
    object('a: {}, b: {}'),
    object('a: { readOnly: true }, b: { writeOnly: true }'),
    ['risky changed | Body · `a`: now read-only'],
    ['breaking changed | Body · `b`: now write-only'],
  ],
  [
    'no other properties any more',
    object('a: {}'),
    object('a: {}', ', additionalProperties: false'),
    ['breaking changed | Body: takes no other properties now'],
    ['safe changed | Body: takes no other properties now'],
  ],
  [
    'any other properties',
    object('a: {}', ', additionalProperties: false'),
    object('a: {}'),
    ['safe changed | Body: takes any other properties now'],
    ['risky changed | Body: takes any other properties now'],
  ],
  [
    'other properties of a kind',
    object('a: {}'),
    object('a: {}', ', additionalProperties: { type: string }'),
    ['risky changed | Body: takes other properties of one kind now'],
    ['safe changed | Body: takes other properties of one kind now'],
  ],
  [
    'other properties of another kind',
    '{ type: object, additionalProperties: { type: string } }',
    '{ type: object, additionalProperties: { type: boolean } }',
    ...both('breaking changed | Body · `*`: `boolean` instead of `string`'),
  ],
  [
    'properties by pattern',
    '{ type: object, patternProperties: { "^a": { type: string }, "^b": {} } }',
    '{ type: object, patternProperties: { "^a": { type: boolean }, "^c": {} } }',
    ...both(
      'breaking changed | Body · `/^a/`: `boolean` instead of `string`',
      'risky removed | Body · `/^b/`: removed',
      'risky added | Body · `/^c/`: new',
    ),
  ],
  [
    'items at a place',
    '{ type: array, prefixItems: [{ type: string }], items: { type: string } }',
    '{ type: array, prefixItems: [{ type: boolean }, {}], items: { type: boolean } }',
    ...both(
      'breaking changed | Body · `[0]`: `boolean` instead of `string`',
      'breaking changed | Body · `[]`: `boolean` instead of `string`',
      'risky changed | Body: has `2` items of their own instead of `1`',
    ),
  ],
  [
    'what is needed without being described',
    '{ type: object, required: [a] }',
    '{ type: object, required: [b] }',
    ['breaking changed | Body: now needs `b`', 'safe changed | Body: no longer needs `a`'],
    ['risky changed | Body: no longer needs `a`', 'safe changed | Body: now needs `b`'],
  ],
  [
    'rules that are not gone into',
    '{ type: object, not: { required: [a] }, dependentRequired: { a: [b] }, propertyNames: { pattern: a } }',
    '{ type: object, not: { required: [b] }, dependentRequired: { a: [c] }, propertyNames: { pattern: b }, xml: { name: x } }',
    ...both(
      'risky changed | Body: other rules for what it must not be',
      'risky changed | Body: other rules for which properties need others',
      'risky changed | Body: other rules for the names of its properties',
      'risky changed | Body: written otherwise in XML',
    ),
  ],
  [
    'what is merged from several schemas',
    'allOf: [{ type: object, properties: { a: {} } }, { type: object, properties: { b: {} } }]',
    '{ type: object, properties: { a: {}, c: {} } }',
    ['risky removed | Body · `b`: removed', 'safe added | Body · `c`: new'],
    ['breaking removed | Body · `b`: removed', 'safe added | Body · `c`: new'],
  ],
];

describe('members of schemas differ in', () => {
  it.each(STEPS)('%s', expectSentAndRead);
});
