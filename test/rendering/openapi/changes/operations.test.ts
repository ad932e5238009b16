import { describe, expect, it } from 'vitest';
import { compareSpecifications } from '../../../../src/rendering/openapi/changes/compare.ts';
import { compareOperations, line, lines } from './support.ts';

/** Two operations, what it means to go from the first to the second, and back. */
const OPERATIONS: readonly [string, before: string, after: string, there: string[], back: string[]][] = [
  [
    'an optional parameter',
    '{}',
    'parameters: [{ name: limit, in: query, schema: { type: integer } }]',
    ['safe added | Query parameter `limit`: new'],
    ['risky removed | Query parameter `limit`: removed'],
  ],
  [
    'a required parameter',
    '{}',
    'parameters: [{ name: X-Key, in: header, required: true, schema: { type: string } }]',
    ['breaking added | Header `X-Key`: new, and required'],
    ['risky removed | Header `X-Key`: removed'],
  ],
  [
    'whether a parameter is required',
    'parameters: [{ name: limit, in: query, schema: {} }]',
    'parameters: [{ name: limit, in: query, required: true, schema: {} }]',
    ['breaking changed | Query parameter `limit`: now required'],
    ['safe changed | Query parameter `limit`: no longer required'],
  ],
  [
    'the case of a header',
    'parameters: [{ name: X-Key, in: header, schema: {} }]',
    'parameters: [{ name: x-key, in: header, schema: {} }]',
    [],
    [],
  ],
  [
    'the place of a parameter',
    'parameters: [{ name: page, in: query, schema: {} }]',
    'parameters: [{ name: page, in: cookie, schema: {} }]',
    ['risky removed | Query parameter `page`: removed', 'safe added | Cookie `page`: new'],
    ['risky removed | Cookie `page`: removed', 'safe added | Query parameter `page`: new'],
  ],
  [
    'how a list in the query is written',
    'parameters: [{ name: tags, in: query, schema: { type: array, items: {} } }]',
    'parameters: [{ name: tags, in: query, explode: false, schema: { type: array, items: {} } }]',
    ['breaking changed | Query parameter `tags`: its values are written in another way'],
    ['breaking changed | Query parameter `tags`: its values are written in another way'],
  ],
  [
    'how a single value would be written',
    'parameters: [{ name: tag, in: query, schema: { type: string } }]',
    'parameters: [{ name: tag, in: query, explode: false, schema: { type: string } }]',
    [],
    [],
  ],
  [
    'a parameter by content',
    'parameters: [{ name: where, in: query, schema: { type: string } }]',
    'parameters: [{ name: where, in: query, content: { application/json: { schema: { type: string } } } }]',
    ['breaking changed | Query parameter `where`: is written as `application/json` instead of `plain text`'],
    ['breaking changed | Query parameter `where`: is written as `plain text` instead of `application/json`'],
  ],
  [
    'whether a parameter may be empty, and is to be used',
    'parameters: [{ name: all, in: query, allowEmptyValue: true, schema: {} }]',
    'parameters: [{ name: all, in: query, deprecated: true, schema: {} }]',
    ['breaking changed | Query parameter `all`: can no longer be empty', 'safe changed | Query parameter `all`: now deprecated'],
    ['safe changed | Query parameter `all`: no longer deprecated', 'safe changed | Query parameter `all`: may now be empty'],
  ],
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
    'an optional body',
    '{}',
    'requestBody: { content: { application/json: { schema: {} } } }',
    ['safe added | Request body: new'],
    ['risky removed | Request body: removed'],
  ],
  [
    'a required body',
    '{}',
    'requestBody: { required: true, content: { application/json: { schema: {} } } }',
    ['breaking added | Request body: new, and required'],
    ['risky removed | Request body: removed'],
  ],
  [
    'whether a body is required',
    'requestBody: { content: { application/json: {} } }',
    'requestBody: { required: true, description: x, content: { application/json: {} } }',
    ['breaking changed | Request body: now required', 'wording changed | Request body: another description'],
    ['safe changed | Request body: no longer required', 'wording changed | Request body: another description'],
  ],
  [
    'media types, in any spelling',
    'requestBody: { content: { "application/json; charset=utf-8": {} } }',
    'requestBody: { content: { "Application/JSON;charset=utf-8": {}, text/csv: {} } }',
    ['safe added | Request body: also as `text/csv`'],
    ['breaking removed | Request body: no longer as `text/csv`'],
  ],
  [
    'what all media types hold, which is told once, and what only one does',
    'requestBody: { content: { a/a: { schema: { type: string } }, b/b: { schema: { type: string } }, c/c: { schema: {} } } }',
    'requestBody: { content: { a/a: { schema: { type: [string, "null"] } }, b/b: { schema: { type: [string, "null"] } }, c/c: { schema: {} } } }',
    ['safe changed | Request body · `a/a`, `b/b`: may now be `null`'],
    ['breaking changed | Request body · `a/a`, `b/b`: can no longer be `null`'],
  ],
  [
    'the same thing in all media types',
    'responses: { "200": { description: OK, content: { a/a: { schema: { type: object, properties: { a: {} } } }, b/b: { schema: { type: object, properties: { a: {} } } } } } }',
    'responses: { "200": { description: OK, content: { a/a: { schema: { type: object } }, b/b: { schema: { type: object } } } } }',
    ['breaking removed | Response `200` · `a`: removed'],
    ['safe added | Response `200` · `a`: new'],
  ],
  [
    'how parts are written',
    'requestBody: { content: { multipart/form-data: { encoding: { file: { contentType: image/png } } } } }',
    'requestBody: { content: { multipart/form-data: { encoding: { file: { contentType: image/gif } } } } }',
    ['risky changed | Request body: its parts are written otherwise'],
    ['risky changed | Request body: its parts are written otherwise'],
  ],
  [
    'a response that says that it went well',
    'responses: { "200": { description: OK } }',
    'responses: { "200": { description: OK }, "202": { description: Later } }',
    ['risky added | Response `202`: new'],
    ['breaking removed | Response `202`: removed'],
  ],
  [
    'a response that says what went wrong',
    'responses: { "200": { description: OK } }',
    'responses: { "200": { description: Fine }, "404": { description: Gone } }',
    ['safe added | Response `404`: new', 'wording changed | Response `200`: another description'],
    ['risky removed | Response `404`: removed', 'wording changed | Response `200`: another description'],
  ],
  [
    'what a response holds',
    'responses: { "200": { description: OK, content: { application/json: {} } } }',
    'responses: { "200": { description: OK, content: { application/xml: {} } } }',
    [
      'breaking removed | Response `200`: no longer as `application/json`',
      'safe added | Response `200`: also as `application/xml`',
    ],
    [
      'breaking removed | Response `200`: no longer as `application/xml`',
      'safe added | Response `200`: also as `application/json`',
    ],
  ],
  [
    'headers of a response',
    'responses: { "200": { description: OK, headers: { X-Total: { schema: { type: integer } } } } }',
    'responses: { "200": { description: OK, headers: { x-next: { schema: { type: string } } } } }',
    ['breaking removed | Response `200` · header `X-Total`: removed', 'safe added | Response `200` · header `x-next`: new'],
    ['breaking removed | Response `200` · header `x-next`: removed', 'safe added | Response `200` · header `X-Total`: new'],
  ],
  [
    'links',
    'responses: { "200": { description: OK, links: { next: { operationId: a }, old: { operationId: a } } } }',
    'responses: { "200": { description: OK, links: { next: { operationId: b }, new: { operationId: a } } } }',
    [
      'risky removed | Response `200` · link `old`: removed',
      'risky changed | Response `200` · link `next`: leads elsewhere',
      'safe added | Response `200` · link `new`: new',
    ],
    [
      'risky removed | Response `200` · link `new`: removed',
      'risky changed | Response `200` · link `next`: leads elsewhere',
      'safe added | Response `200` · link `old`: new',
    ],
  ],
  [
    'what a callback sends, which callers read',
    `callbacks: { done: { "{$request.body#/url}": { post: { requestBody: { content: { application/json: { schema:
      { type: object, properties: { id: { type: string } } } } } }, responses: { "200": { description: OK } } } } } }`,
    `callbacks: { done: { "{$request.body#/url}": { post: { requestBody: { content: { application/json: { schema:
      { type: object, properties: { name: { type: string } } } } } }, responses: { "200": { description: OK } } } } } }`,
    [
      'breaking removed | Callback `done` `POST` · request body · `id`: removed',
      'safe added | Callback `done` `POST` · request body · `name`: new',
    ],
    [
      'breaking removed | Callback `done` `POST` · request body · `name`: removed',
      'safe added | Callback `done` `POST` · request body · `id`: new',
    ],
  ],
  [
    'a callback',
    '{}',
    'callbacks: { done: { "{$url}": { post: { responses: {} } } } }',
    ['safe added | Callback `done` `POST`: new'],
    ['breaking removed | Callback `done` `POST`: removed'],
  ],
  [
    'that authorization is needed',
    'security: []',
    'security: [{ key: [] }]',
    ['breaking added | Authorization: needed now: `key`'],
    ['safe removed | Authorization: no longer needed'],
  ],
  [
    'that authorization may be left out',
    'security: [{ key: [] }, {}]',
    'security: [{ key: [] }]',
    ['breaking added | Authorization: needed now: `key`'],
    ['safe removed | Authorization: no longer needed'],
  ],
  [
    'ways of authorization',
    'security: [{ key: [] }]',
    'security: [{ key: [] }, { a: [], b: [] }]',
    ['safe added | Authorization: now by `a` and `b` too'],
    ['breaking removed | Authorization: no longer by `a` and `b`'],
  ],
  [
    'scopes',
    'security: [{ oauth: [read] }]',
    'security: [{ oauth: [read, write] }]',
    ['breaking added | Authorization: `oauth` needs the scope `write` too'],
    ['safe removed | Authorization: `oauth` no longer needs the scope `write`'],
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
  it.each(OPERATIONS)('%s', (_title, before, after, there, back) => {
    expect(compareOperations(before, after)).toEqual(there);
    expect(compareOperations(after, before)).toEqual(back);
  });
});

const api = (paths: object, more: object = {}) => ({
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths,
  ...more,
});
const call = (more: object = {}) => ({ responses: {}, ...more });
const told = (before: object, after: object) =>
  compareSpecifications(before as Record<string, unknown>, after as Record<string, unknown>);
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

describe('documents differ in', () => {
  const scheme = (more: object) => api({}, { components: { securitySchemes: { login: more } } });
  const oauth = (scopes: object, tokenUrl = 'https://a.example') =>
    scheme({ type: 'oauth2', flows: { clientCredentials: { tokenUrl, scopes } } });
  it.each<[string, object, object, string[]]>([
    [
      'their title',
      api({}),
      { ...api({}), info: { title: 'Other', version: '1' } },
      ['wording changed | Another title or description'],
    ],
    ['nothing but their version', api({}), { ...api({}), info: { title: 'Things', version: '2' } }, []],
    [
      'the values of a server',
      api({}, { servers: [{ url: 'https://{region}.example', variables: { region: { default: 'eu', enum: ['eu', 'us'] } } }] }),
      api({}, { servers: [{ url: 'https://{region}.example', description: 'x', variables: { region: { default: 'eu' } } }] }),
      [
        'risky changed | Server `https://{region}.example`: other values of its variables',
        'wording changed | Server `https://{region}.example`: another description',
      ],
    ],
    [
      'what proves who calls',
      scheme({ type: 'apiKey', in: 'header', name: 'X-Key' }),
      scheme({ type: 'apiKey', in: 'query', name: 'key', description: 'x' }),
      [
        'breaking changed | Security scheme `login`: `apiKey query key` instead of `apiKey header X-Key`',
        'wording changed | Security scheme `login`: another description',
      ],
    ],
    [
      'a scheme that is gone',
      scheme({ type: 'http', scheme: 'basic' }),
      api({}),
      ['risky removed | Security scheme `login`: removed'],
    ],
    ['a scheme that is new', api({}), scheme({ type: 'http', scheme: 'basic' }), ['safe added | Security scheme `login`: new']],
    [
      'scopes and addresses of a flow',
      oauth({ read: 'x', write: 'x' }),
      oauth({ read: 'x', admin: 'x' }, 'https://b.example'),
      [
        'breaking removed | Security scheme `login` · `clientCredentials`: no longer has the scope `write`',
        'safe added | Security scheme `login` · `clientCredentials`: has the scope `admin` now',
        'risky changed | Security scheme `login` · `clientCredentials`: other addresses',
      ],
    ],
    [
      'flows',
      oauth({}),
      scheme({ type: 'oauth2', flows: { implicit: { authorizationUrl: 'https://a.example', scopes: {} } } }),
      [
        'breaking removed | Security scheme `login`: no longer has the flow `clientCredentials`',
        'safe added | Security scheme `login`: has the flow `implicit` now',
      ],
    ],
    [
      'what they say of tags',
      api({}, { tags: [{ name: 'a', description: 'x' }] }),
      api({}, { tags: [{ name: 'a', description: 'y' }] }),
      ['wording changed | Tag `a`: another description'],
    ],
  ])('%s', (_title, before, after, expected) => {
    expect(lines(told(before, after))).toEqual(expected);
  });

  it('their version of OpenAPI alone not at all', () => {
    const swagger = {
      swagger: '2.0',
      info: { title: 'Things', version: '1' },
      host: 'api.example',
      basePath: '/v1',
      schemes: ['https'],
      consumes: ['application/json'],
      produces: ['application/json'],
      paths: {
        '/things/{id}': {
          put: {
            parameters: [
              { name: 'id', in: 'path', required: true, type: 'string' },
              { name: 'tags', in: 'query', type: 'array', collectionFormat: 'multi', items: { type: 'string' } },
              { name: 'thing', in: 'body', required: true, schema: { $ref: '#/definitions/Thing' } },
            ],
            responses: { 200: { description: 'OK', schema: { $ref: '#/definitions/Thing' } } },
          },
        },
      },
      definitions: { Thing: { type: 'object', properties: { name: { type: 'string', 'x-nullable': true } } } },
    };
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } };
    const openapi = {
      openapi: '3.1.0',
      info: { title: 'Things', version: '1' },
      servers: [{ url: 'https://api.example/v1' }],
      paths: {
        '/things/{id}': {
          put: {
            parameters: [
              { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
              { name: 'tags', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
            ],
            requestBody: { required: true, content },
            responses: { 200: { description: 'OK', content } },
          },
        },
      },
      components: { schemas: { Thing: { type: 'object', properties: { name: { type: ['string', 'null'] } } } } },
    };
    expect(lines(told(swagger, openapi))).toEqual([]);
    expect(lines(told(openapi, swagger))).toEqual([]);
  });
});
