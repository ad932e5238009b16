import { TEXTS } from './list.ts';

/** A Swagger 2.0 document with a payload in every text that it may hold, beginning with some payload. */
export const poisonedSwagger = (first: number): object => {
  let at = first;
  const text = (): string => TEXTS[at++ % TEXTS.length] ?? '';
  const externalDocs = (): object => ({ url: 'javascript:canary()', description: text() });
  const schema = (): object => ({
    ...{ type: 'object', title: text(), description: text(), example: { a: text() }, discriminator: text() },
    externalDocs: externalDocs(),
    properties: {
      a: { type: 'string', description: text(), default: text(), enum: [text(), text()], pattern: text(), format: text() },
      [text()]: { type: 'string', title: text(), xml: { name: text(), namespace: 'javascript:canary()', prefix: text() } },
    },
  });
  const operation = (operationId: string): object => ({
    ...{ operationId, summary: text(), description: text(), tags: ['named', TEXTS[0]], externalDocs: externalDocs() },
    ...{ consumes: [text()], produces: ['application/json', text()], deprecated: true },
    parameters: [
      { name: 'id', in: 'path', required: true, type: 'string', description: text(), enum: [text()] },
      { name: text(), in: 'query', type: 'array', items: { type: 'string', default: text() }, description: text() },
      { name: text(), in: 'header', type: 'string', description: text(), default: text(), pattern: text() },
      { name: 'body', in: 'body', description: text(), schema: schema() },
    ],
    responses: {
      200: {
        description: text(),
        schema: schema(),
        headers: { [text()]: { type: 'string', description: text() } },
        examples: { 'application/json': { a: text() }, [text()]: text() },
      },
      default: { description: text() },
    },
    security: [{ oauth: [text()] }, { [TEXTS[1] ?? '']: [] }],
  });
  return {
    swagger: '2.0',
    info: {
      ...{ title: text(), version: text(), description: text(), termsOfService: 'javascript:canary()' },
      contact: { name: text(), url: 'javascript:canary()', email: text() },
      license: { name: text(), url: 'javascript:canary()' },
    },
    ...{ host: text(), basePath: text(), schemes: ['https', text()] },
    tags: [
      { name: 'named', description: text(), externalDocs: externalDocs() },
      { name: TEXTS[0], description: text() },
    ],
    paths: {
      '/things/{id}': { get: operation('readThing') },
      [`/${TEXTS[1]}/{id}`]: { post: operation(TEXTS[2] ?? '') },
    },
    definitions: { Thing: schema(), [text()]: schema() },
    securityDefinitions: {
      oauth: {
        ...{ type: 'oauth2', flow: 'implicit', authorizationUrl: 'javascript:canary()', description: text() },
        scopes: { [text()]: text() },
      },
      [TEXTS[1] ?? '']: { type: 'apiKey', in: 'header', name: text(), description: text() },
    },
    externalDocs: externalDocs(),
  };
};
