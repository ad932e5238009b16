import { expect } from 'vitest';
import { parse } from 'yaml';
import { compareSpecifications } from '../../../../src/rendering/openapi/changes/compare.ts';
import type { Comparison, Difference } from '../../../../src/rendering/openapi/changes/index.ts';
import { asMarkdown, sentenceOf } from '../../../../src/rendering/openapi/changes/tell.ts';

/** A difference on a line: what it does, what happened, in words. */
export const line = (difference: Difference): string => {
  const sides = (difference as { sides?: readonly string[] }).sides;
  return `${difference.effect} ${difference.kind}${sides ? ` ${sides.join('+')}` : ''} | ${asMarkdown(sentenceOf(difference))}`;
};

/** Everything that differs, each with the operation or schema that it is in. */
export const lines = ({ document, operations, schemas }: Comparison): string[] => [
  ...document.map((difference) => line(difference)),
  ...operations.flatMap(({ differences }) => differences.map((difference) => line(difference))),
  ...schemas.flatMap(({ name, differences }) => differences.map((difference) => `${name}: ${line(difference)}`)),
];

/** The document of one operation, `POST /things/{id}` unless told otherwise: what is in it, as YAML, and what else the document holds. */
const documentOf = (operation: string, rest = ''): Record<string, unknown> => ({
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: { '/things/{id}': { post: { responses: {}, ...parse(operation) } } },
  ...parse(rest),
});

/** What differs between two operations of documents that are else the same. */
export const compareOperations = (before: string, after: string, rest = ''): string[] =>
  lines(compareSpecifications(documentOf(before, rest), documentOf(after, rest)));

const indented = (yaml: string, by: number): string => yaml.trim().replace(/^/gm, ' '.repeat(by));

/** What differs between two schemas of what is sent, or of what is read. */
export const compareBodies = (side: 'sent' | 'read', before: string, after: string): string[] => {
  const body = (schema: string): string =>
    side === 'sent'
      ? `requestBody:\n  content:\n    application/json:\n      schema:\n${indented(schema, 8)}`
      : `responses:\n  "200":\n    description: OK\n    content:\n      application/json:\n        schema:\n${indented(schema, 10)}`;
  return compareOperations(body(before), body(after)).map((text) => text.replace(/Request body|Response `200`/, 'Body'));
};

/** Two operations, what it means to go from the first to the second, and back. */
export type OperationStep = readonly [title: string, before: string, after: string, there: string[], back: string[]];

/** Compares both ways. */
export const expectThereAndBack = (...[, before, after, there, back]: OperationStep): void => {
  expect(compareOperations(before, after)).toEqual(there);
  expect(compareOperations(after, before)).toEqual(back);
};

/** From one schema to another: what it means where it is sent, and where it is read. */
export type SchemaStep = readonly [title: string, before: string, after: string, sent: string[], read: string[]];

/** What is told on both sides alike. */
export const both = (...told: string[]): [sent: string[], read: string[]] => [told, told];

/** Compares on both sides. */
export const expectSentAndRead = (...[, before, after, sent, read]: SchemaStep): void => {
  expect(compareBodies('sent', before, after)).toEqual(sent);
  expect(compareBodies('read', before, after)).toEqual(read);
};

/** A document of these paths. */
export const api = (paths: object, more: object = {}) => ({
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths,
  ...more,
});

/** What differs between two documents. */
export const told = (before: object, after: object): Comparison =>
  compareSpecifications(before as Record<string, unknown>, after as Record<string, unknown>);
