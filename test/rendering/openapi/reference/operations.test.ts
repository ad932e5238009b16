import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { operationOf, referenceOf, words } from './support.ts';

const only = (yaml: string) => load(referenceOf(yaml).operationFragments[0]?.html ?? '', null, false);

describe('an operation of OpenAPI 3', () => {
  it('has a title, a badge, its path, its description and its tags', () => {
    const $ = operationOf('summary: Get a thing\ndescription: Some *words*\ntags: [things]\noperationId: getThing');
    const article = $('article.operation');
    expect(article.attr('id')).toBe('operation-getThing');
    expect(article.attr('data-path')).toBe('/things/{id}');
    expect($('h2').text()).toBe('Get a thing');
    expect($('h2 a').attr('href')).toBe('spec:/operations/getThing');
    expect($('.method.method-get').text()).toBe('GET');
    expect($('.path-parameter').text()).toBe('{id}');
    expect($('.operation-main > .prose em').text()).toBe('words');
    expect($('.operation-tags a').attr('href')).toBe('spec:?tag=things');
  });

  it('says that it is deprecated', () => {
    expect(operationOf('deprecated: true')('.operation-notice')).toHaveLength(1);
    expect(operationOf('deprecated: "yes"')('.operation-notice')).toHaveLength(0);
  });

  it('groups parameters by place, those of the path included, replaced by place and name', () => {
    const $ = only(`openapi: 3.0.0
info: {title: t, version: "1"}
paths:
  /a/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: q, in: query, description: Replaced, schema: {type: string}}
    get:
      operationId: op
      parameters:
        - {name: q, in: query, description: Kept, required: true, deprecated: true, schema: {type: array, items: {type: integer}}}
        - {$ref: "#/components/parameters/Trace"}
        - {name: session, in: cookie, schema: {type: string}}
components:
  parameters:
    Trace: {name: X-Trace, in: header, description: A trace, example: abc, schema: {type: string, minLength: 2}}`);
    expect(
      $('.operation-section h3')
        .toArray()
        .map((each) => $(each).text()),
    ).toEqual(['Path parameters', 'Query parameters', 'Header parameters', 'Cookie parameters']);
    const query = $('[data-parameter=q]');
    expect(words(query.find('dt').text())).toBe('q array of integer required deprecated');
    expect(query.text()).toContain('Kept');
    expect(query.text()).toContain('sent as ?q=1&q=2');
    expect($('[data-parameter=X-Trace] .prose').text().trim()).toBe('A trace');
    expect(words($('[data-parameter=X-Trace] .rules').text())).toBe('length ≥ 2example abc');
    expect($('#operation-op--parameters-query')).toHaveLength(1);
  });

  it('shows a parameter described by content', () => {
    const $ = operationOf(
      'parameters: [{name: filter, in: query, content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}]',
    );
    expect($('[data-parameter=filter]').text()).toContain('written as application/json');
    expect($('[data-parameter=filter] .nested dt').text()).toContain('a');
  });

  it('shows one schema for media types that share it, and a stack for those that differ', () => {
    const shared = operationOf(
      'requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/A"}}, application/xml: {schema: {$ref: "#/components/schemas/A"}}}}',
      'components: {schemas: {A: {type: object, properties: {x: {type: string}}}}}',
    );
    expect(
      shared('.media-type')
        .toArray()
        .map((each) => shared(each).text()),
    ).toEqual(['application/json', 'application/xml']);
    expect(shared('.media-stack')).toHaveLength(0);
    const stack = operationOf(
      'requestBody: {content: {application/json: {schema: {type: string}}, text/csv: {schema: {type: number}}}}',
    );
    expect(stack('.media-stack > details')).toHaveLength(2);
    expect(stack('.media-stack > details[open]').attr('data-media')).toBe('application/json');
  });

  it('lists responses by status, the first successful one open, with headers and links', () => {
    const $ = operationOf(
      `responses:
  "400": {description: Bad, content: {application/json: {schema: {$ref: "#/components/schemas/E"}}}}
  "201":
    description: Made
    headers: {Location: {description: Where it is, schema: {type: string, format: uri}}, x-left: {schema: {type: integer}}}
    links: {Get: {operationId: other, parameters: {id: $response.body#/id}}, Lost: {operationRef: "#/nowhere"}}
  5xx: {description: Worse, content: {application/json: {schema: {$ref: "#/components/schemas/E"}}}}
  default: {description: Whatever}`,
      'components: {schemas: {E: {type: object, properties: {code: {type: integer}}}}}\nx: {}',
    );
    // JavaScript puts keys that are integers first.
    expect(
      $('.response')
        .toArray()
        .map((each) => $(each).attr('data-status')),
    ).toEqual(['201', '400', '5XX', 'default']);
    expect($('.response[open]').attr('data-status')).toBe('201');
    expect($('.response[open] [data-parameter=Location]').text()).toContain('string (uri)');
    expect($('.response[open] [data-parameter=x-left]').text()).toContain('integer');
    expect(words($('.links').text())).toContain('id = $response.body#/id');
    expect($('[data-status="5XX"]').text()).toContain('Same body as 400');
    expect($('.response .status-danger').text()).toBe('5XX');
  });

  it('shows callbacks and servers of its own', () => {
    const $ = operationOf(`servers: [{url: "https://{region}.example.com", variables: {region: {default: eu, enum: [eu, us]}}}]
callbacks:
  onDone:
    "{$request.body#/url}":
      post: {requestBody: {content: {application/json: {schema: {type: object, properties: {done: {type: boolean}}}}}}, responses: {"204": {description: Thanks}}}`);
    expect($('.callback summary').text()).toContain('{$request.body#/url}');
    expect($('.callback').text()).toContain('done');
    expect($('.servers').text()).toContain('https://{region}.example.com');
    expect($('article').attr('data-server')).toBe('https://eu.example.com');
  });

  it('says how to be authorized: alternatives, combinations, none', () => {
    const $ = operationOf(
      'security: [{key: []}, {oauth: [read, write], cert: []}, {}]',
      `components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    oauth: {type: oauth2, flows: {}}
    cert: {type: mutualTLS}`,
    );
    expect(
      $('.authorization > li')
        .toArray()
        .map((each) => words($(each).text())),
    ).toEqual([
      'key API key in header X-Key',
      'oauth OAuth 2.0 with read write and cert Client certificate (mutual TLS)',
      'No authorization',
    ]);
  });
});

describe('OpenAPI 3.2', () => {
  it('knows the query method, additional operations, query strings and streams', () => {
    const { operations, operationFragments } = referenceOf(`openapi: 3.2.0
info: {title: t, version: "1"}
paths:
  /a:
    query: {parameters: [{name: all, in: querystring, content: {application/x-www-form-urlencoded: {schema: {type: object}}}}]}
    additionalOperations: {COPY: {responses: {"200": {summary: Copied, content: {application/jsonl: {itemSchema: {type: object, properties: {n: {type: integer}}}}}}}}}`);
    expect(operations.map(({ method }) => method)).toEqual(['query', 'copy']);
    expect(operationFragments[0]?.html).toContain('Query string');
    expect(operationFragments[1]?.html).toContain('A stream; each item is');
    expect(operationFragments[1]?.html).toContain('Copied');
  });

  it('writes serialised and data examples', () => {
    const $ = operationOf(
      `responses: {"200": {description: ok, content: {application/json: {schema: {}, examples: {one: {dataValue: {a: 1}}, two: {serializedValue: "{raw}"}}}}}}`,
    );
    const shown = $('.operation-aside .samples').last().find('.sample');
    expect(JSON.parse(shown.first().find('code').text())).toEqual({ a: 1 });
    expect(shown.last().find('code').text()).toBe('{raw}');
  });
});

describe('webhooks', () => {
  it('are operations of their own kind, without request samples', () => {
    const { operations, operationFragments } = referenceOf(`openapi: 3.1.0
info: {title: t, version: "1"}
webhooks:
  newPet:
    post: {summary: A pet came, requestBody: {content: {application/json: {schema: {type: object, properties: {id: {type: integer, readOnly: true}}}}}}}`);
    expect(operations[0]).toMatchObject({ kind: 'webhook', path: 'newPet', method: 'post', address: 'post-newpet' });
    const $ = load(operationFragments[0]?.html ?? '');
    expect($('[data-tabs=code]')).toHaveLength(0);
    expect(words($('.operation-title').text())).toBe('A pet came webhook');
    expect($('.properties').text()).toContain('id');
  });
});

describe('Swagger 2.0', () => {
  const $ = only(`swagger: "2.0"
info: {title: t, version: 1.0}
host: api.example.org
basePath: /v2
schemes: [https, http]
consumes: [application/json]
produces: [application/json, application/xml]
securityDefinitions: {basic: {type: basic}}
security: [{basic: []}]
paths:
  /up/{id}:
    post:
      consumes: [multipart/form-data]
      parameters:
        - {name: id, in: path, required: true, type: integer, format: int64}
        - {name: ids, in: query, type: array, items: {type: string}, collectionFormat: csv}
        - {name: X-Ids, in: header, type: array, items: {type: string}, collectionFormat: pipes}
        - {name: file, in: formData, type: file, required: true, description: The file}
        - {name: note, in: formData, type: string, maxLength: 9}
      responses:
        200: {description: ok, schema: {$ref: "#/definitions/A"}, examples: {application/json: {a: 7}}}
        201: {description: ok, schema: {type: file}}
definitions: {A: {type: object, required: [a], properties: {a: {type: integer}}}}`);

  it('has the server of host and base path', () => {
    expect($('article').attr('data-server')).toBe('https://api.example.org/v2');
  });

  it('makes a body of its form parameters', () => {
    expect($('.media-type').first().text()).toBe('multipart/form-data');
    const body = $('#operation-post-up-id--body').parent();
    expect(words(body.find('dt').first().text())).toBe('file string (binary) required');
    expect(body.text()).toContain('length ≤ 9');
  });

  it('describes parameters without schemas and joins arrays by commas', () => {
    expect($('[data-parameter=id] dt').text()).toContain('integer (int64)');
    expect($('[data-parameter=ids]').text()).toContain('sent as ?ids=a,b');
    expect($('[data-parameter=X-Ids]').text()).toContain('sent as X-Ids: a|b');
  });

  it('has responses of the media types it produces, with its examples', () => {
    expect(
      $('.response .media-type')
        .toArray()
        .map((each) => $(each).text()),
    ).toEqual(['application/json', 'application/xml', 'application/json', 'application/xml']);
    expect(words($('.response[data-status=201] .media').text())).toBe('application/json application/xmlA file is answered.');
    expect($('.operation-aside .samples').last().find('.sample')).toHaveLength(1);
    expect(JSON.parse($('.operation-aside .samples').last().find('code').first().text())).toEqual({ a: 7 });
  });
});
