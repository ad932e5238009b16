import { describe, expect, it } from 'vitest';
import { api, lines, told } from './support.ts';

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
