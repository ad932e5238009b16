import { describe, expect, it } from 'vitest';
import { operationOf, sampleOf as sample, words } from './support.ts';

type Page = ReturnType<typeof operationOf>;

const COMPONENTS = `servers: [{url: "https://api.example.com/v1/"}]
components:
  securitySchemes: {token: {type: http, scheme: bearer}, key: {type: apiKey, in: query, name: api key}}
  schemas:
    Pet:
      type: object
      required: [name, kind]
      properties:
        id: {type: integer, readOnly: true}
        name: {type: string, example: "Tom's \\"cat\\""}
        kind: {type: string, enum: [cat, dog]}
        born: {type: string, format: date}
        parent: {$ref: "#/components/schemas/Pet"}`;

describe('code samples', () => {
  const $ = operationOf(
    `security: [{token: [], key: []}]
parameters:
  - {name: id, in: path, required: true, schema: {type: string}, example: a b}
  - {name: limit, in: query, required: true, schema: {type: integer, default: 10}}
  - {name: page, in: query, schema: {type: integer}}
  - {name: X-Trace, in: header, required: true, schema: {type: string}}
requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}`,
    COMPONENTS,
  );

  it('exist in ten languages, curl open first', () => {
    expect(
      $('[data-tabs=code] summary')
        .toArray()
        .map((each) => $(each).text()),
    ).toEqual(['curl', 'JavaScript', 'TypeScript', 'Python', 'Go', 'Java', 'C#', 'PHP', 'Ruby', 'Rust']);
    expect($('[data-tabs=code] details[open] summary').text()).toBe('curl');
  });

  it('write method, address, required parameters, authorization and body', () => {
    expect(sample($, 'curl')).toBe(`curl --request GET \\
  'https://api.example.com/v1/things/a%20b?limit=10&api%20key=YOUR_API_KEY' \\
  --header 'Authorization: Bearer YOUR_TOKEN' \\
  --header 'X-Trace: {X-Trace}' \\
  --header 'Content-Type: application/json' \\
  --data '{"name":"Tom'\\''s \\"cat\\"","kind":"cat"}'`);
  });

  it('quote for each language', () => {
    expect(sample($, 'Python')).toContain('"name": "Tom\'s \\"cat\\""');
    expect(sample($, 'Rust')).toContain('.body(r#"{"name":"Tom\'s \\"cat\\"","kind":"cat"}"#)');
    expect(sample($, 'TypeScript')).toContain('const answer: unknown = await response.json();');
    expect(sample($, 'Ruby')).toContain("'name' => 'Tom\\'s \"cat\"'");
    expect(sample($, 'PHP')).toContain("'name' => 'Tom\\'s \"cat\"'");
    expect(sample($, 'Go')).toContain('`{"name":"Tom\'s \\"cat\\"","kind":"cat"}`');
    expect(sample($, 'JavaScript')).toContain('"name": "Tom\'s \\"cat\\""');
  });

  it.each(['application/x-www-form-urlencoded', 'multipart/form-data'])('send no %s without fields, nor show one', (type) => {
    const none = operationOf(`requestBody: {content: {${type}: {schema: {type: object, properties: {}}}}}`, COMPONENTS);
    expect(sample(none, 'curl')).toBe("curl 'https://api.example.com/v1/things/{id}'");
    expect(sample(none, 'JavaScript')).not.toContain('body');
    expect(none('[data-tabs=example]')).toHaveLength(0);
  });

  it('are written from the request alone, whatever it holds', () => {
    const hostile = operationOf(`
description: "before <code-samples>{}</code-samples> after"
parameters: [{name: q, in: query, required: true, schema: {type: string, example: "</code-samples><b>&amp;"}}]
x-codeSamples: [{lang: Elixir, source: "</code-samples><script>"}]
`);
    expect(hostile('code-samples, script, :not(.hljs) > b')).toHaveLength(0);
    expect(hostile('[data-tabs=code]')).toHaveLength(1);
    expect(sample(hostile, 'Elixir')).toBe('</code-samples><script>');
    expect(words(hostile('.operation-main .prose').first().text())).toBe('before {} after');
  });

  it('give way to the samples of the document', () => {
    const own = operationOf(
      'x-codeSamples: [{lang: python, label: Python, source: "import mine"}, {lang: Elixir, source: "Mine.go()"}]',
    );
    expect(sample(own, 'Python')).toBe('import mine');
    expect(own('[data-tabs=code] summary').last().text()).toBe('elixir'.replace('e', 'E'));
  });

  it('write parameters in their styles', () => {
    const styled = operationOf(`parameters:
  - {name: id, in: path, required: true, style: matrix, explode: true, schema: {type: array}, example: [3, 4]}
  - {name: f, in: query, required: true, style: deepObject, schema: {type: object}, example: {a: 1}}
  - {name: l, in: query, required: true, explode: false, schema: {type: array}, example: [x, y]}`);
    expect(sample(styled, 'curl')).toContain('/things/;id=3;id=4?f[a]=1&l=x,y');
    const others = operationOf(`parameters:
  - {name: X-Ids, in: header, required: true, schema: {type: array}, example: [1, a b]}
  - name: all
    in: querystring
    required: true
    content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {from: {type: string, example: north}}}}}`);
    expect(sample(others, 'curl')).toContain('/things/{id}?from=north');
    expect(sample(others, 'curl')).toContain("--header 'X-Ids: 1,a b'");
  });
});

describe('example bodies', () => {
  it('are made from the schema where there are none, without end', () => {
    const $ = operationOf(
      'responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}}}',
      COMPONENTS,
    );
    const shown = JSON.parse($('.operation-aside .samples').last().find('code').text());
    expect(shown).toEqual([{ id: 0, name: 'Tom\'s "cat"', kind: 'cat', born: '2025-06-15' }]);
  });

  it('are not made of what is a file, or may be anything', () => {
    const media = (types: string): Page => operationOf(`responses: {"200": {description: ok, content: {${types}}}}`);
    expect(media('application/json: {schema: {type: string, format: binary}}')('.operation-aside .samples')).toHaveLength(1);
    expect(media('application/json: {schema: {}}')('.operation-aside .samples')).toHaveLength(1);
  });

  it('of requests that require nothing show a few properties, none of them emptied', () => {
    const $ = operationOf(
      'requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}, b: {type: object, properties: {c: {type: object, properties: {d: {type: string}}}}}}}}}}',
    );
    expect(sample($, 'curl')).toContain(`'{"a":"string"}'`);
  });

  it('hold what has to be there, described or not', () => {
    const made = (schema: string): unknown => {
      const page = operationOf(`responses: {"200": {description: ok, content: {application/json: {schema: ${schema}}}}}`);
      return JSON.parse(page('.operation-aside .samples').last().find('code').text());
    };
    expect(made('{type: object, required: [a], additionalProperties: {type: integer}}')).toEqual({ a: 0 });
    const tuple = 'prefixItems: [{type: string}, {type: integer}], items: {type: boolean}, contains: {const: true}';
    expect(made(`{type: array, ${tuple}, minContains: 1}`)).toEqual(['string', 0, true]);
    const names = Array.from({ length: 100 }, (_, at) => `n${at}`);
    const many = made(`{type: object, required: [${names}], additionalProperties: {const: 1}}`);
    expect(Object.keys(many as object).length).toBeLessThan(names.length);
  });

  it('are those of the document by name, linked ones never fetched', () => {
    const $ = operationOf(
      `responses:
  "200":
    description: ok
    content:
      application/json:
        examples:
          small: {summary: A small one, value: {a: 1}}
          far: {externalValue: "https://example.com/e.json"}
          bad: {externalValue: "javascript:alert(1)"}
          ref: {$ref: "#/components/examples/E"}`,
      'components: {examples: {E: {description: "*Shared*", value: [1]}}}',
    );
    const samples = $('.operation-aside .samples').last();
    expect(
      samples
        .find('summary')
        .toArray()
        .map((each) => words($(each).text())),
    ).toEqual(['200 A small one', '200 far', '200 bad', '200 ref']);
    expect(
      samples
        .find('a')
        .toArray()
        .map((each) => $(each).attr('href')),
    ).toEqual(['https://example.com/e.json']);
    expect(samples.find('em').text()).toBe('Shared');
  });

  it('are shown once where several statuses have the same', () => {
    const error = 'content: {application/json: {schema: {type: object, properties: {code: {type: integer}}}}}';
    const $ = operationOf(`
responses:
  "200": {description: ok, content: {application/json: {schema: {type: string}}}}
  "401": {description: who, ${error}}
  "404": {description: where, ${error}}
`);
    const labels = $('[data-tabs=example] > details > summary').map((_, summary) => words($(summary).text()));
    expect(labels.get()).toEqual(['200', '401 404']);
    expect(words($('.operation-aside h3').last().text())).toBe('Example response application/json');
    const two = operationOf(
      'responses: {"200": {description: ok, content: {text/csv: {example: a}}}, "401": {description: who, content: {text/plain: {example: b}}}}',
    );
    const each = two('[data-tabs=example] > details > summary').map((_, summary) => words(two(summary).text()));
    expect(each.get()).toEqual(['200 text/csv', '401 text/plain']);
  });

  it('are shortened when long', () => {
    const big = `[${Array.from({ length: 2000 }, (_, index) => `{n: ${index}}`).join(',')}]`;
    const $ = operationOf(`responses: {"200": {description: ok, content: {application/json: {example: ${big}}}}}`);
    expect(JSON.parse($('.operation-aside .samples').last().find('code').text())).toEqual([{ n: 0 }, { n: 1 }]);
    expect($('.sample-note')).toHaveLength(1);
  });

  it('hold more of a list of scalars than of other lists', () => {
    const shown = (example: string): unknown => {
      const page = operationOf(`responses: {"200": {description: ok, content: {application/json: {example: ${example}}}}}`);
      const samples = page('.operation-aside .samples').last();
      return { value: JSON.parse(samples.find('code').text()), shortened: samples.find('.sample-note').length > 0 };
    };
    expect(shown('{bbox: [1, 2, 3, 4]}')).toEqual({ value: { bbox: [1, 2, 3, 4] }, shortened: false });
    expect(shown('[[1, 2, 3], [4, 5, 6], [7, 8, 9]]')).toEqual({
      value: [
        [1, 2, 3],
        [4, 5, 6],
      ],
      shortened: true,
    });
    expect(shown('[a, b, c, d, e, f, g]')).toEqual({ value: ['a', 'b', 'c', 'd', 'e', 'f'], shortened: true });
  });

  it('are XML with names, attributes, wrapping and namespaces', () => {
    const $ = operationOf(
      'responses: {"200": {description: ok, content: {application/xml: {schema: {$ref: "#/components/schemas/Book"}}}}}',
      `components:
  schemas:
    Book:
      type: object
      xml: {name: book, namespace: "https://example.com/b", prefix: b}
      properties:
        id: {type: integer, xml: {attribute: true}, example: 7}
        title: {type: string, example: "A < B"}
        note: {type: string, example: "<i>", xml: {nodeType: cdata}}
        blurb: {type: object, properties: {text: {type: string, example: x, xml: {nodeType: text}}}}
        tags: {type: array, xml: {wrapped: true, name: tags}, items: {type: string, xml: {name: tag}, example: x}}`,
    );
    expect($('.operation-aside .samples').last().find('code').text()).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<b:book xmlns:b="https://example.com/b" id="7">
  <title>A &lt; B</title>
  <![CDATA[<i>]]>
  <blurb>x</blurb>
  <tags>
    <tag>x</tag>
  </tags>
</b:book>`);
  });
});
