import { describe, expect, it } from 'vitest';
import { referenceOf } from './support.ts';

const addresses = (paths: string): string[] =>
  referenceOf(`openapi: 3.0.0\ninfo: {title: t, version: "1"}\npaths:\n${paths}`).operations.map(({ address }) => address);

describe('addresses of operations', () => {
  it('keeps an operationId that is unique and safe', () => {
    expect(addresses('  /a: {get: {operationId: list.things_v1}}')).toEqual(['list.things_v1']);
  });

  it('makes a slug of method and path where the id is missing or unsafe', () => {
    expect(
      addresses(`  /: {get: {}}
  /a/{id}/b: {get: {operationId: repos/get}, post: {operationId: ".."}}
  /é: {delete: {operationId: ""}}
  /readme: {get: {operationId: readme.md}, put: {operationId: readme.mdx}}`),
    ).toEqual(['get-root', 'get-a-id-b', 'post-a-id-b', 'delete', 'get-readme', 'readme.mdx']);
  });

  it('does not let two operations share an id, whatever its case', () => {
    expect(addresses('  /a: {get: {operationId: one}, put: {operationId: ONE}}\n  /b: {get: {operationId: two}}')).toEqual([
      'get-a',
      'put-a',
      'two',
    ]);
  });

  it('numbers slugs on collision, also with an id', () => {
    expect(addresses('  /a/b: {get: {}}\n  /a-b: {get: {}}\n  /a_b: {get: {}}\n  /x: {get: {operationId: get-a-b}}')).toEqual([
      'get-a-b-2',
      'get-a-b-3',
      'get-a-b-4',
      'get-a-b',
    ]);
  });
});
