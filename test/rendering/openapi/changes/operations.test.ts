import { describe, expect, it } from 'vitest';
import { api, expectThereAndBack, line, lines, type OperationStep, told } from './support.ts';

const STEPS: readonly OperationStep[] = [
  [
    'texts',
    '{ summary: One, description: Two, tags: [a], parameters: [{ name: q, in: query, description: Three, example: 1, schema: {} }] }',
    '{ summary: 1, description: 2, tags: [b], parameters: [{ name: q, in: query, description: 3, example: 2, schema: {} }] }',
    [
      'wording changed | Another summary',
      'wording changed | Another description',
      'wording changed | Other tags',
      'wording changed | Query parameter `q`: another description',
      'wording changed | Query parameter `q`: other examples',
    ],
    [
      'wording changed | Another summary',
      'wording changed | Another description',
      'wording changed | Other tags',
      'wording changed | Query parameter `q`: another description',
      'wording changed | Query parameter `q`: other examples',
    ],
  ],
  ['deprecation', '{}', 'deprecated: true', ['safe changed | Now deprecated'], ['safe changed | No longer deprecated']],
  [
    'an operation id',
    'operationId: one',
    'operationId: two',
    ['risky changed | Has the operation id `two` instead of `one`'],
    ['risky changed | Has the operation id `one` instead of `two`'],
  ],
  [
    'an operation id that was none',
    '{}',
    'operationId: one',
    ['safe changed | Has the operation id `one` now'],
    ['risky changed | No longer has the operation id `one`'],
  ],
  [
    'servers of an operation',
    'servers: [{ url: https://one.example }]',
    'servers: [{ url: https://two.example }]',
    ['breaking removed | Server `https://one.example`: removed', 'safe added | Server `https://two.example`: new'],
    ['breaking removed | Server `https://two.example`: removed', 'safe added | Server `https://one.example`: new'],
  ],
];

describe('operations differ in', () => {
  it.each(STEPS)('%s', expectThereAndBack);
});

const call = (more: object = {}) => ({ responses: {}, ...more });
const headings = (before: object, after: object) =>
  told(before, after).operations.map(({ change, method, path, address, differences }) =>
    [change, method, path, address, ...differences.map((difference) => line(difference))].join(' '),
  );

describe('operations', () => {
  it('are added and removed, the removed ones first', () => {
    const [before, after] = [api({ '/old': { get: call() } }), api({ '/new': { get: call() } })];
    expect(headings(before, after)).toEqual([
      'removed get /old get-old breaking removed | Removed',
      'added get /new get-new safe added | New',
    ]);
    expect(headings(api({ '/old': { get: call({ deprecated: true }) } }), api({}))).toEqual([
      'removed get /old get-old breaking removed | Removed, after it was deprecated',
    ]);
  });

  it('are the same whatever the parameters of their path are called', () => {
    const path = (name: string) => ({
      [`/things/{${name}}`]: { get: call({ parameters: [{ name, in: 'path', required: true, schema: { type: 'string' } }] }) },
    });
    expect(lines(told(api(path('id')), api(path('thingId'))))).toEqual([
      'safe changed | Path parameter `thingId`: is called `thingId` instead of `id`',
    ]);
  });

  it('have moved where their id is theirs alone', () => {
    const at = (path: string) => api({ [path]: { get: call({ operationId: 'listThings' }) } });
    expect(headings(at('/v1/things'), at('/v2/things'))).toEqual([
      'changed get /v2/things listThings breaking changed | Moved from `GET /v1/things` to `GET /v2/things`',
    ]);
    const twice = (prefix: string) =>
      api({ [`${prefix}/a`]: { get: call({ operationId: 'x' }) }, [`${prefix}/b`]: { get: call({ operationId: 'x' }) } });
    expect(headings(twice('/v1'), twice('/v2')).map((text) => text.split(' ')[0])).toEqual([
      'removed',
      'removed',
      'added',
      'added',
    ]);
  });

  it('that are webhooks are read by callers, and answered by them', () => {
    const hook = (schema: object, status: string) => ({
      ...api({}),
      webhooks: {
        made: {
          post: call({ requestBody: { content: { 'a/b': { schema } } }, responses: { [status]: { description: 'OK' } } }),
        },
      },
    });
    const one = hook({ type: 'object', required: ['id'], properties: { id: {} } }, '200');
    const other = hook({ type: 'object', properties: { id: {} } }, '202');
    expect(lines(told(one, other))).toEqual([
      'breaking changed | Request body · `id`: no longer required',
      'breaking removed | Response `200`: removed',
      'safe added | Response `202`: new',
    ]);
  });

  it('that are internal are not there, in either document', () => {
    const hidden = { '/secret': { get: call({ 'x-internal': true }) } };
    expect(headings(api({ '/a': { get: call() } }), api({ '/a': { get: call() }, ...hidden }))).toEqual([]);
    expect(headings(api({ '/secret': { get: call() } }), api(hidden))).toEqual([
      'removed get /secret get-secret breaking removed | Removed',
    ]);
  });

  it('say nothing of what applies to all of the document, which is told once', () => {
    const paths = { '/a': { get: call() }, '/b': { get: call() } };
    const [open, closed] = [api(paths), api(paths, { security: [{ key: [] }], servers: [{ url: 'https://new.example' }] })];
    expect(lines(told(open, closed))).toEqual([
      'safe added | Server `https://new.example`: new',
      'breaking added | Authorization: needed now: `key`',
    ]);
    const own = api({ '/a': { get: call({ security: [{ key: [] }] }) }, '/b': { get: call() } }, { security: [{ key: [] }] });
    expect(lines(told(closed, { ...own, servers: [{ url: 'https://new.example' }] }))).toEqual([]);
  });
});
