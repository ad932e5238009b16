import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compareSpecifications } from '../../../../src/rendering/openapi/changes/compare.ts';
import { lines } from './support.ts';

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
