import { expect, it } from 'vitest';
import { excerptSpecification } from '../../../../src/rendering/openapi/excerpt.ts';
import { referenceOf } from './support.ts';

const SOURCE = `openapi: 3.2.0
info: {title: Things, version: "1"}
tags: [{name: open}, {name: closed, x-internal: true}]
x-tagGroups: [{name: All, tags: [open, closed]}]
servers: [{url: https://seen.example}, {url: https://unseen.example, x-internal: true}]
paths:
  /things:
    get:
      operationId: listThings
      tags: [open, closed]
      parameters: [{$ref: "#/components/parameters/Unseen"}, {name: seen, in: query, schema: {type: string}}]
      responses:
        "200":
          description: Things.
          content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}
          links:
            gone: {operationId: unseenOperation}
            lost: {operationRef: "#/paths/~1unseen/get"}
            kept: {operationId: listThings}
  /unseen:
    x-internal: true
    get: {operationId: unseenOperation, responses: {"200": {description: Unseen.}}}
components:
  parameters: {Unseen: {name: unseen, in: query, x-internal: true, schema: {type: string}}}
  schemas:
    Thing:
      required: [name, unseenPart, other]
      properties: {name: {type: string}, unseenPart: {type: string, x-internal: true}, other: {$ref: "#/components/schemas/Unseen"}}
      discriminator: {propertyName: name, mapping: {a: "#/components/schemas/Seen", unseenValue: Unseen}}
    Seen: {type: object, default: {x-internal: true}, properties: {value: {properties: {unseenDeep: {x-internal: true}, deep: {}}}}}
    Unseen: {x-internal: true, type: object}
`;
const REFERENCE = referenceOf(SOURCE);
const html = [
  REFERENCE.overviewHtml,
  ...[...REFERENCE.operationFragments, ...REFERENCE.schemaFragments].map((each) => each.html),
].join();

it('says nothing of what is internal, nor of what leads there', () => {
  expect(html).not.toMatch(/unseen|gone|lost/i);
  expect(REFERENCE.operations.map(({ address, tags }) => [address, tags])).toEqual([['listThings', ['open']]]);
  expect(REFERENCE.groups.map(({ name }) => name)).toEqual(['All', 'open']);
  expect(REFERENCE.schemaFragments.map(({ name }) => name)).toEqual(['Thing', 'Seen']);
});

it('keeps what is beside, and data that looks alike', () => {
  for (const kept of ['https://seen.example', 'data-parameter="seen"', '<b>kept</b>', '>deep<', '&quot;x-internal&quot;: true'])
    expect(html, kept).toContain(kept);
});

it('is not in what Redoc is given either', () => {
  const excerpt = excerptSpecification(Buffer.from(SOURCE), 'yaml').toString();
  expect(excerpt).not.toMatch(/unseen|gone|lost/i);
  for (const kept of ['listThings', 'https://seen.example', '"kept"']) expect(excerpt).toContain(kept);
});
