import { describe, expect, it } from 'vitest';
import { referenceOf } from './support.ts';

const HEAD = 'openapi: 3.2.0\ninfo: {title: t, version: "1"}\n';

const summary = (yaml: string): string[] =>
  referenceOf(HEAD + yaml).groups.map(({ name, kind, operationCount, parent }) =>
    [kind, name, operationCount, ...(parent === undefined ? [] : [parent])].join(' '),
  );

const untagged = (paths: string[]): string[] => summary(`paths:\n${paths.map((path) => `  ${path}: {get: {}}`).join('\n')}`);

describe('groups by tag', () => {
  it('lists declared tags in their order, then the others in order of use', () => {
    const yaml = `tags: [{name: b}, {name: unused}, {name: a}]
paths:
  /1: {get: {tags: [late]}}
  /2: {get: {tags: [a, b]}, put: {tags: [a]}}`;
    expect(summary(yaml)).toEqual(['tag b 1', 'tag unused 0', 'tag a 2', 'tag late 1']);
    expect(referenceOf(HEAD + yaml).operations.map(({ groups }) => groups)).toEqual([['late'], ['a', 'b'], ['a']]);
  });

  it('takes title, parent and kind of OpenAPI 3.2, and x-displayName', () => {
    const { groups } = referenceOf(`${HEAD}tags:
  - {name: top, summary: Top level, kind: nav, description: "*All*"}
  - {name: child, x-displayName: Child, parent: top}
  - {name: orphan, parent: nowhere}
paths: {}`);
    expect(groups[0]).toMatchObject({
      title: 'Top level',
      tagKind: 'nav',
      parent: undefined,
      descriptionHtml: expect.stringContaining('<em>'),
    });
    expect(groups[1]).toMatchObject({ title: 'Child', parent: 'top' });
    expect(groups[2]?.parent).toBeUndefined();
  });

  it('breaks circles of parents', () => {
    const { groups } = referenceOf(`${HEAD}tags: [{name: a, parent: b}, {name: b, parent: a}, {name: c, parent: c}]\npaths: {}`);
    for (const group of groups) {
      const seen = new Set<string>();
      for (
        let name: string | undefined = group.name;
        name !== undefined;
        name = groups.find((each) => each.name === name)?.parent
      ) {
        expect(seen.has(name)).toBe(false);
        seen.add(name);
      }
    }
  });

  it('makes parents of x-tagGroups', () => {
    const yaml =
      'tags: [{name: a}, {name: b}, {name: c}]\nx-tagGroups: [{name: B, tags: [c, a]}, {name: Empty, tags: [zz]}]\npaths: {}';
    expect(summary(yaml)).toEqual(['tag B-2 0', 'tag c 0 B-2', 'tag a 0 B-2', 'tag b 0']);
  });
});

describe('groups by path', () => {
  it('skips the segments that all operations share', () => {
    expect(untagged(['/v1/customers', '/v1/customers/{id}', '/v1/charges'])).toEqual(['path customers 2', 'path charges 1']);
  });

  it('keeps a resource together with what is below it', () => {
    expect(untagged(['/items', '/items/{id}', '/items/{id}/tags'])).toEqual(['path items 3']);
  });

  it('does not count parameters', () => {
    expect(untagged(['/{tenant}/users', '/{other}/roles', '/{tenant}/users/{id}'])).toEqual(['path users 2', 'path roles 1']);
  });

  it('divides a group that holds most of a large document', () => {
    const paths = Array.from({ length: 40 }, (_, index) => `/v1/${index % 2 === 0 ? 'apples' : 'pears'}/${index}`);
    expect(untagged([...paths, '/v2/plums'])).toEqual(['path apples 20', 'path pears 20', 'path v2 1']);
  });

  it('groups remote procedures by what comes before the dot', () => {
    expect(untagged(['/chat.post', '/chat.delete', '/users.list'])).toEqual(['path chat 2', 'path users 1']);
  });

  it('has a name for the root, and names of its own beside tags', () => {
    expect(summary('paths:\n  /: {get: {}}\n  /pets: {get: {tags: [pets]}, put: {}}')).toEqual([
      'tag pets 1',
      'path / 1',
      'path /pets 1',
    ]);
  });

  it('gives untagged webhooks a group of their own', () => {
    expect(summary('webhooks: {ping: {post: {}}, pong: {post: {tags: [webhooks]}}}')).toEqual([
      'tag webhooks 1',
      'webhooks webhooks-2 1',
    ]);
  });
});
