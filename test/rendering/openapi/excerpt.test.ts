import { describe, expect, it } from 'vitest';
import { excerptSpecification, type KeptOperation } from '../../../src/rendering/openapi/excerpt.ts';

const excerptOf = (document: object, kept?: KeptOperation[]) =>
  JSON.parse(String(excerptSpecification(Buffer.from(JSON.stringify(document)), 'json', kept)));

describe('an excerpt of a specification', () => {
  it('has no addresses that a browser would run, for whoever shows it makes links of them', () => {
    const run = 'java\tscript:alert(1)';
    const excerpt = excerptOf({
      openapi: '3.1.0',
      info: {
        ...{
          title: 'Tides',
          version: '1',
          termsOfService: run,
          contact: { url: run },
          license: { url: 'https://example.com/licence' },
        },
        'x-logo': { url: run, href: 'data:text/html,x' },
      },
      externalDocs: { url: ' JavaScript:alert(1)' },
      servers: [{ url: '/v1' }, { url: 'vbscript:x' }],
      components: {
        securitySchemes: {
          oauth: { type: 'oauth2', flows: { implicit: { authorizationUrl: run, tokenUrl: run, refreshUrl: run, scopes: {} } } },
          id: { type: 'openIdConnect', openIdConnectUrl: run },
        },
        schemas: { Link: { properties: { url: { type: 'string' }, href: { description: run } } } },
      },
      paths: {},
    });
    expect(excerpt.info).toEqual({
      ...{
        title: 'Tides',
        version: '1',
        termsOfService: '',
        contact: { url: '' },
        license: { url: 'https://example.com/licence' },
      },
      'x-logo': { url: '', href: '' },
    });
    expect(excerpt.externalDocs).toEqual({ url: '' });
    expect(excerpt.servers).toEqual([{ url: '/v1' }, { url: '' }]);
    const { oauth, id } = excerpt.components.securitySchemes;
    expect(oauth.flows.implicit).toEqual({ authorizationUrl: '', tokenUrl: '', refreshUrl: '', scopes: {} });
    expect(id.openIdConnectUrl).toBe('');
    expect(excerpt.components.schemas.Link.properties).toEqual({ url: { type: 'string' }, href: { description: run } });
  });

  it('gives operations of Swagger 2.0 the servers that their own schemes make', () => {
    const get = { schemes: ['wss', 'https'], responses: {} };
    const paths = { '/tides': { get, put: { responses: {} } } };
    const excerpt = excerptOf({ swagger: '2.0', host: 'tides.example', basePath: '/v1', schemes: ['https'], paths });
    const servers = [{ url: 'wss://tides.example/v1' }, { url: 'https://tides.example/v1' }];
    expect(excerpt.paths['/tides']).toEqual({ get: { responses: {}, 'x-servers': servers }, put: { responses: {} } });
    expect(excerptOf({ swagger: '2.0', paths }).paths['/tides'].get).toEqual({ responses: {} });
  });

  it('has of a path that stands elsewhere in the document the operations that are wanted', () => {
    const [low, high] = ['low', 'high'].map((operationId) => ({ operationId, responses: { 204: { description: '' } } }));
    const tides = { $ref: '#/components/pathItems/Tides' };
    const document = {
      openapi: '3.1.0',
      info: { title: 'Tides', version: '1' },
      paths: { '/tides': tides, '/ebbs': tides, '/away': { $ref: 'https://example.com/paths.yaml#/away' } },
      components: { pathItems: { Tides: { get: low, put: high } } },
    };
    expect(excerptOf(document, [{ method: 'put', path: '/ebbs' }]).paths).toEqual({ '/ebbs': { put: high } });
    expect(excerptOf(document).paths).toEqual({ '/tides': { get: low, put: high }, '/ebbs': { get: low, put: high } });
  });

  it('names no group of which no operation is wanted', () => {
    const tagged = (tag: string) => ({ get: { tags: [tag], responses: { 204: { description: '' } } } });
    const document = {
      openapi: '3.1.0',
      info: { title: 'Tides', version: '1' },
      tags: [{ name: 'low' }, { name: 'high', description: 'Springs.' }, { name: 'none' }],
      paths: { '/low': tagged('low'), '/high': tagged('high') },
    };
    expect(excerptOf(document, [{ method: 'get', path: '/high' }]).tags).toEqual([{ name: 'high', description: 'Springs.' }]);
    expect(excerptOf(document).tags).toEqual(document.tags);
  });
});
