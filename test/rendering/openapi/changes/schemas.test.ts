import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compareSpecifications } from '../../../../src/rendering/openapi/changes/compare.ts';
import { compareBodies, lines } from './support.ts';

/** From one schema to another: what it means where it is sent, and where it is read. */
type Step = readonly [title: string, before: string, after: string, sent: string[], read: string[]];

const both = (...told: string[]): [string[], string[]] => [told, told];

const VALUES: readonly Step[] = [
  ['another type', 'type: string', 'type: integer', ...both('breaking changed | Body: `integer` instead of `string`')],
  [
    'one type more',
    'type: string',
    'type: [string, integer]',
    ['safe changed | Body: `string` or `integer` instead of `string`'],
    ['breaking changed | Body: `string` or `integer` instead of `string`'],
  ],
  [
    'one type less',
    'type: [string, integer]',
    'type: string',
    ['breaking changed | Body: `string` instead of `string` or `integer`'],
    ['safe changed | Body: `string` instead of `string` or `integer`'],
  ],
  [
    'any number for an integer',
    'type: integer',
    'type: number',
    ['safe changed | Body: `number` instead of `integer`'],
    ['breaking changed | Body: `number` instead of `integer`'],
  ],
  [
    'an integer for any number',
    'type: number',
    'type: integer',
    ['breaking changed | Body: `integer` instead of `number`'],
    ['safe changed | Body: `integer` instead of `number`'],
  ],
  [
    'a type where there was none',
    '{}',
    '{ type: object, required: [id], properties: { id: {} } }',
    ['risky changed | Body: `object` instead of anything'],
    ['safe changed | Body: `object` instead of anything'],
  ],
  [
    'no type any more',
    'type: string',
    '{}',
    ['safe changed | Body: anything instead of `string`'],
    ['risky changed | Body: anything instead of `string`'],
  ],
  [
    'null',
    'type: string',
    'type: [string, "null"]',
    ['safe changed | Body: may now be `null`'],
    ['breaking changed | Body: may now be `null`'],
  ],
  [
    'null no more',
    '{ type: string, nullable: true }',
    'type: string',
    ['breaking changed | Body: can no longer be `null`'],
    ['safe changed | Body: can no longer be `null`'],
  ],
  ['nothing at all', 'type: string', 'false', ...both('breaking changed | Body: takes no value any more')],
  [
    'a format',
    'type: string',
    '{ type: string, format: uuid }',
    ['risky changed | Body: has the format `uuid` now'],
    ['safe changed | Body: has the format `uuid` now'],
  ],
  [
    'no format',
    '{ type: string, format: uuid }',
    'type: string',
    ['safe changed | Body: no longer has the format `uuid`'],
    ['risky changed | Body: no longer has the format `uuid`'],
  ],
  [
    'another format',
    '{ type: integer, format: int32 }',
    '{ type: integer, format: int64 }',
    ...both('risky changed | Body: has the format `int64` instead of `int32`'),
  ],
  [
    'values',
    'enum: [a, b]',
    'enum: [b, c]',
    ['breaking removed | Body: can no longer be `a`', 'safe added | Body: may now be `c` too'],
    ['risky added | Body: may now be `c` too', 'safe removed | Body: can no longer be `a`'],
  ],
  [
    'values where any was allowed',
    'type: string',
    '{ type: string, enum: [a, b] }',
    ['breaking changed | Body: must now be one of `a`, `b`'],
    ['safe changed | Body: must now be one of `a`, `b`'],
  ],
  [
    'any value',
    '{ type: string, const: a }',
    'type: string',
    ['safe changed | Body: may now have any value'],
    ['risky changed | Body: may now have any value'],
  ],
  ['the order of values', 'enum: [a, b]', 'enum: [b, a]', ...both()],
  [
    'null among values, which is told once',
    '{ type: string, enum: [a] }',
    '{ type: string, nullable: true, enum: [a, null] }',
    ['safe changed | Body: may now be `null`'],
    ['breaking changed | Body: may now be `null`'],
  ],
  [
    'a default',
    'type: integer',
    '{ type: integer, default: 10 }',
    ['risky changed | Body: is `10` by default now'],
    ['safe changed | Body: is `10` by default now'],
  ],
  [
    'another default',
    '{ type: integer, default: 10 }',
    '{ type: integer, default: 20 }',
    ['risky changed | Body: is `20` by default instead of `10`'],
    ['safe changed | Body: is `20` by default instead of `10`'],
  ],
  [
    'no default',
    '{ type: string, default: "" }',
    'type: string',
    ['risky changed | Body: is no longer `""` by default'],
    ['safe changed | Body: is no longer `""` by default'],
  ],
  [
    'a higher minimum',
    '{ type: integer, minimum: 1 }',
    '{ type: integer, minimum: 2 }',
    ['breaking changed | Body: must be at least `2`, before at least `1`'],
    ['safe changed | Body: must be at least `2`, before at least `1`'],
  ],
  [
    'a minimum that is left out itself',
    '{ type: integer, minimum: 1 }',
    '{ type: integer, exclusiveMinimum: 1 }',
    ['breaking changed | Body: must be more than `1`, before at least `1`'],
    ['safe changed | Body: must be more than `1`, before at least `1`'],
  ],
  [
    'the same bound as another version of OpenAPI writes it',
    '{ type: integer, minimum: 1, exclusiveMinimum: true }',
    '{ type: integer, exclusiveMinimum: 1 }',
    ...both(),
  ],
  [
    'a higher maximum',
    '{ type: integer, maximum: 1 }',
    '{ type: integer, maximum: 2 }',
    ['safe changed | Body: must be at most `2`, before at most `1`'],
    ['risky changed | Body: must be at most `2`, before at most `1`'],
  ],
  [
    'a length',
    'type: string',
    '{ type: string, minLength: 0, maxLength: 5 }',
    ['breaking changed | Body: must now be at most `5` characters'],
    ['safe changed | Body: must now be at most `5` characters'],
  ],
  [
    'no bound of items',
    '{ type: array, items: {}, maxItems: 3 }',
    '{ type: array, items: {} }',
    ['safe changed | Body: no longer has to be at most `3` items'],
    ['risky changed | Body: no longer has to be at most `3` items'],
  ],
  [
    'items that may not repeat',
    '{ type: array, items: {} }',
    '{ type: array, items: {}, uniqueItems: true }',
    ['breaking changed | Body: must not hold an item twice now'],
    ['safe changed | Body: must not hold an item twice now'],
  ],
  [
    'items that may repeat',
    '{ type: array, items: {}, uniqueItems: true }',
    '{ type: array, items: {} }',
    ['safe changed | Body: may now hold an item twice'],
    ['risky changed | Body: may now hold an item twice'],
  ],
  [
    'a pattern',
    'type: string',
    '{ type: string, pattern: "^a" }',
    ['breaking changed | Body: now has the pattern `^a`'],
    ['safe changed | Body: now has the pattern `^a`'],
  ],
  [
    'no pattern',
    '{ type: string, pattern: "^a" }',
    'type: string',
    ['safe changed | Body: no longer has the pattern `^a`'],
    ['risky changed | Body: no longer has the pattern `^a`'],
  ],
  [
    'another step',
    '{ type: integer, multipleOf: 2 }',
    '{ type: integer, multipleOf: 3 }',
    ...both('risky changed | Body: has as its step `3` instead of `2`'),
  ],
  [
    'texts and deprecation',
    '{ type: string, title: a, description: a, examples: [a] }',
    '{ type: string, title: b, description: b, examples: [b], deprecated: true }',
    ...both(
      'safe changed | Body: now deprecated',
      'wording changed | Body: another title',
      'wording changed | Body: another description',
      'wording changed | Body: other examples',
    ),
  ],
  [
    'no deprecation, and what values mean',
    '{ enum: [a], deprecated: true, x-enumDescriptions: { a: x } }',
    '{ enum: [a], x-enumDescriptions: { a: y } }',
    ...both('safe changed | Body: no longer deprecated', 'wording changed | Body: other descriptions of its values'),
  ],
];

const object = (properties: string, more = ''): string => `{ type: object, properties: { ${properties} }${more} }`;

const MEMBERS: readonly Step[] = [
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

const ALTERNATIVES: readonly Step[] = [
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

describe('schemas differ in', () => {
  it.each([...VALUES, ...MEMBERS, ...ALTERNATIVES])('%s', (_title, before, after, sent, read) => {
    expect(compareBodies('sent', before, after)).toEqual(sent);
    expect(compareBodies('read', before, after)).toEqual(read);
  });
});

const using = (schemas: string, name = 'Thing', sent = false) =>
  parse(`openapi: 3.1.0
info: { title: Things, version: "1" }
paths:
  /things:
    get: { responses: { "200": { description: OK, content: { a/b: { schema: { $ref: "#/components/schemas/${name}" } } } } } }
    ${sent ? `post: { responses: {}, requestBody: { content: { a/b: { schema: { $ref: "#/components/schemas/${name}" } } } } }` : ''}
  /lists:
    get: { responses: { "200": { description: OK, content: { a/b: { schema: { type: array, items: { $ref: "#/components/schemas/${name}" } } } } } } }
components:
  schemas:
${schemas.replace(/^/gm, '    ')}`);

describe('named schemas', () => {
  it('are told once, with the operations that use them, directly or by way of others', () => {
    const schemas = (type: string) => `Thing: { type: object, properties: { part: { $ref: "#/components/schemas/Part" } } }
Part: { type: object, properties: { size: { type: ${type} } } }
Unused: { type: ${type} }`;
    const found = compareSpecifications(using(schemas('string')), using(schemas('boolean')));
    expect(lines(found)).toEqual(['Part: breaking changed read | `size`: `boolean` instead of `string`']);
    expect(found.schemas[0]).toMatchObject({
      inPlaceOf: undefined,
      operations: [{ path: '/things' }, { path: '/lists' }],
      operationCount: 2,
    });
  });

  it('that are sent and read have the worse of both effects', () => {
    const schemas = (required: string) => `Thing: { type: object, required: [${required}], properties: { a: {}, b: {} } }`;
    expect(lines(compareSpecifications(using(schemas('a'), 'Thing', true), using(schemas('b'), 'Thing', true)))).toEqual([
      'Thing: breaking changed read+sent | `a`: no longer required',
      'Thing: breaking changed read+sent | `b`: now required',
    ]);
  });

  it('may be called otherwise; what stands in the place of another is compared with it', () => {
    const one = 'Thing: { type: object, properties: { next: { $ref: "#/components/schemas/Thing" } } }';
    const other = (name: string) => one.replaceAll('Thing', name);
    expect(lines(compareSpecifications(using(one), using(other('Item'), 'Item')))).toEqual([]);
    const found = compareSpecifications(using(one), using(other('Item').replaceAll('next', 'last'), 'Item'));
    expect(found.schemas).toMatchObject([{ name: 'Item', inPlaceOf: 'Thing' }]);
    expect(lines(found)).toEqual(['Item: breaking removed read | `next`: removed', 'Item: safe added read | `last`: new']);
  });

  it('may be written out, in circles too', () => {
    const named = 'Thing: { type: object, properties: { next: { $ref: "#/components/schemas/Thing" }, name: { type: string } } }';
    const written = using('Other: {}');
    written.paths['/things'].get.responses['200'].content['a/b'].schema = {
      type: 'object',
      properties: { next: { type: 'object', properties: { name: { type: 'boolean' } } }, name: { type: 'string' } },
    };
    delete written.paths['/lists'];
    const before = using(named);
    delete before.paths['/lists'];
    expect(lines(compareSpecifications(before, written))).toEqual([
      'breaking removed | Response `200` · `next.next`: removed',
      'breaking changed | Response `200` · `next.name`: `boolean` instead of `string`',
    ]);
  });

  it('say what is said beside them where they are used', () => {
    const schemas = (beside: string) => `Thing: { type: object, properties: { part: { ${beside} } } }\nPart: { type: object }`;
    expect(
      lines(
        compareSpecifications(
          using(schemas('$ref: "#/components/schemas/Part"')),
          using(schemas('oneOf: [{ $ref: "#/components/schemas/Part" }, { type: "null" }]')),
        ),
      ),
    ).toEqual(['Thing: breaking changed read | `part`: may now be `null`']);
    expect(
      lines(
        compareSpecifications(
          using(schemas('$ref: "#/components/schemas/Part", description: one, default: 1')),
          using(schemas('$ref: "#/components/schemas/Part", description: two, default: 2, deprecated: true')),
        ),
      ),
    ).toEqual([
      'Thing: safe changed read | `part`: is `2` by default instead of `1`',
      'Thing: safe changed read | `part`: now deprecated',
      'Thing: wording changed read | `part`: another description',
    ]);
  });
});
