import { TEXTS } from './list.ts';

/** An OpenAPI document with a payload in every text that it may hold, beginning with some payload. */
export const poisonedSpecification = (openapi: '3.0.3' | '3.1.0' | '3.2.0', first: number): object => {
  let at = first;
  const text = (): string => TEXTS[at++ % TEXTS.length] ?? '';
  const schema = (): object => ({
    ...{ type: 'object', title: text(), description: text(), required: ['a'], example: { a: text() } },
    properties: {
      a: { type: 'string', description: text(), default: text(), enum: [text(), text()], pattern: text(), format: text() },
      [text()]: {
        type: 'string',
        const: text(),
        title: text(),
        externalDocs: { url: `javascript:canary()`, description: text() },
      },
      list: { type: 'array', items: { type: 'string', examples: [text()] } },
      xml: { type: 'string', xml: { name: text(), prefix: text() } },
    },
    patternProperties: { [text()]: { description: text() } },
    oneOf: [{ title: text(), description: text() }, { $ref: '#/components/schemas/Other' }],
    discriminator: { propertyName: text(), mapping: { [text()]: '#/components/schemas/Other' } },
  });
  const parameter = (place: string): object => ({
    ...{ name: place === 'path' ? 'id' : text(), in: place, required: place === 'path', description: text() },
    ...{
      schema: { type: 'string', default: text(), description: text() },
      examples: { [text()]: { summary: text(), value: text() } },
    },
  });
  const operation = (id: string): object => ({
    ...{ operationId: id, summary: text(), description: text(), tags: ['named', TEXTS[0]], deprecated: true },
    externalDocs: { url: 'javascript:canary()', description: text() },
    parameters: ['path', 'query', 'header', 'cookie'].map(parameter),
    servers: [
      {
        url: `https://example.com/{x}`,
        description: text(),
        variables: { x: { default: text(), description: text(), enum: [text()] } },
      },
    ],
    security: [{ oauth: [text()] }, { [TEXTS[1] ?? '']: [] }],
    requestBody: {
      description: text(),
      content: {
        'application/json': {
          schema: schema(),
          examples: { [text()]: { summary: text(), description: text(), value: { a: text() } } },
        },
      },
    },
    responses: {
      200: {
        description: text(),
        headers: { [text()]: { description: text(), schema: { type: 'string' } } },
        content: { 'application/xml': { schema: schema(), example: text() }, [text()]: { schema: { type: 'string' } } },
        links: { [text()]: { operationId: id, description: text(), parameters: { [text()]: text() } } },
      },
      default: { description: text() },
    },
    callbacks: {
      [text()]: {
        [`{$request.body#/${text()}}`]: {
          post: { summary: text(), description: text(), responses: { 200: { description: text() } } },
        },
      },
    },
    'x-codeSamples': [{ lang: text(), label: text(), source: text() }],
  });
  return {
    openapi,
    info: {
      ...{ title: text(), version: text(), summary: text(), description: text(), termsOfService: 'javascript:canary()' },
      contact: { name: text(), url: 'javascript:canary()', email: text() },
      license: { name: text(), url: 'javascript:canary()' },
      'x-logo': { url: 'javascript:canary()', altText: text(), href: 'javascript:canary()' },
    },
    externalDocs: { url: 'javascript:canary()', description: text() },
    servers: [{ url: 'javascript:canary()', description: text() }, { url: text() }],
    tags: [
      {
        name: 'named',
        summary: text(),
        description: text(),
        kind: text(),
        externalDocs: { url: 'javascript:canary()', description: text() },
      },
      { name: TEXTS[0], description: text(), ...(openapi === '3.2.0' ? { parent: 'named' } : {}) },
    ],
    'x-tagGroups': [{ name: text(), tags: ['named'] }],
    paths: {
      '/things/{id}': { summary: text(), description: text(), get: operation('readThing'), post: operation('writeThing') },
      [`/${TEXTS[1]}/{id}`]: { get: operation(TEXTS[2] ?? '') },
    },
    webhooks: { [text()]: { post: operation('webhook') } },
    components: {
      schemas: { Thing: schema(), Other: { description: text() }, [`Odd.${'x'}`]: schema() },
      securitySchemes: {
        oauth: {
          ...{ type: 'oauth2', description: text() },
          flows: { implicit: { authorizationUrl: 'javascript:canary()', scopes: { [text()]: text() } } },
        },
        [TEXTS[1] ?? '']: { type: 'apiKey', in: 'header', name: text(), description: text() },
      },
    },
  };
};
