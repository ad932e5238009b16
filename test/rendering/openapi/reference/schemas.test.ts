import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { operationOf, referenceOf, schemaOf, words } from './support.ts';

const terms = (schemas: string): string[] => {
  const $ = schemaOf(schemas);
  return $('.schema > .properties > div > dt')
    .toArray()
    .map((each) => words($(each).text()));
};

describe('schemas', () => {
  it('lists properties with type, format and marks', () => {
    expect(
      terms(`Thing:
  type: object
  required: [id]
  properties:
    id: {type: string, format: uuid, readOnly: true}
    secret: {type: string, writeOnly: true, deprecated: true}
    either: {type: [string, integer, "null"]}
    old: {type: string, nullable: true}
    anything: {}
    always: true
    never: false
    state: {enum: [on, off, null]}
    place: {type: array, prefixItems: [{type: string}], items: {type: number}}
    shape: {anyOf: [{type: object, properties: {a: {}}}, {type: object, properties: {b: {}}}]}`),
    ).toEqual([
      'id string (uuid) required read-only',
      'secret string deprecated write-only',
      'either string or integer or null',
      'old string or null',
      'anything any',
      'always any',
      'never never',
      'state string or null',
      'place array',
      'shape object',
    ]);
  });

  it('says what the items of a list are, whether they have parts or not', () => {
    const $ = schemaOf(`Thing:
  properties:
    legs:
      type: array
      description: All legs.
      items:
        title: From pier to pier
        description: A leg of the trip.
        externalDocs: {description: About legs, url: "https://example.org/legs"}
        minProperties: 2
        properties: {from: {type: string}}
    piers: {type: array, items: {type: string, description: Known by its sign., minLength: 2}}
    grid: {type: array, items: {type: array, items: {description: A cell., properties: {x: {type: integer}}}}}
    crew: {type: array, items: {$ref: "#/components/schemas/Person"}}
    pair: {type: array, prefixItems: [{type: string}], items: {type: string, description: The others.}}
Person: {description: Somebody on board., properties: {name: {type: string}}}`);
    expect(
      $('.schema > .properties > div')
        .toArray()
        .map((each) =>
          words(
            $(each)
              .text()
              .replace(/(?<=[.\d])(?=\w)/g, ' '),
          ),
        ),
    ).toEqual([
      'legs array of objectAll legs. Show 1 propertyFrom pier to pierA leg of the trip. About legsproperties ≥ 2 from string',
      'piers array of stringEach item:Known by its sign. length ≥ 2',
      'grid array of array of objectShow 1 propertyA cell. x integer',
      'crew array of Person',
      'pair arrayShow 1 item[0] stringfurther items stringThe others.',
    ]);
    const answer = operationOf(
      'responses: {"200": {description: ok, content: {application/json: {schema: {type: array, description: The list., items: {title: Entry of it, description: One entry., properties: {a: {type: string}}}}}}}}',
    );
    expect(words(answer('.schema .item-facts').text())).toBe('Each item:Entry of itOne entry.');
  });

  it('says what values obey', () => {
    const $ = schemaOf(`Thing:
  properties:
    n: {type: number, minimum: 0, exclusiveMaximum: 10, multipleOf: 0.5, default: 0}
    o: {type: number, minimum: 1, exclusiveMinimum: true}
    s: {type: string, minLength: 3, maxLength: 3, pattern: "^a+$", example: aaa}
    r: {type: number, exclusiveMinimum: 0, maximum: 10}
    long: {type: integer, minimum: -9223372036854775808, maximum: 9223372036854775807}
    small: {type: number, minimum: 0.000001, maximum: 1.0e+30}
    e: {enum: [a, 1, null]}
    c: {const: fixed}
    a: {type: array, minItems: 1, uniqueItems: true, items: {type: string}}`);
    const facts = $('dd')
      .toArray()
      .map((each) =>
        $(each)
          .find('li')
          .toArray()
          .map((item) => words($(item).text()))
          .join(', '),
      );
    expect(facts).toEqual([
      'value ≥ 0, < 10, multiple of 0.5, default 0',
      'value > 1',
      'length = 3, pattern ^a+$, example aaa',
      'value > 0, ≤ 10',
      'value -9223372036854775808 … 9223372036854775807',
      'value 0.000001 … 1e+30',
      '',
      'always fixed',
      'items ≥ 1, items unique',
    ]);
    expect(words($('.enum').text())).toBe('Allowed values a 1 null');
  });

  it('shows titles that do not repeat the name', () => {
    const $ = schemaOf(`Thing:
  properties:
    line_items: {title: line_item_params, type: object}
    item_id: {title: Item Id, type: string}
    mark: {title: Mark of the maker, type: string}
    cat: {title: Category, type: string}
    is: {title: Identity, type: string}`);
    expect(
      $('.schema-title')
        .toArray()
        .map((each) => $(each).text()),
    ).toEqual(['Mark of the maker', 'Category', 'Identity']);
  });

  it('folds long enums and tells what values mean', () => {
    const $ = schemaOf(`Thing: {enum: [${Array.from({ length: 30 }, (_, index) => `v${index}`).join(', ')}]}`);
    expect($('.enum-more summary').text()).toBe('18 more');
    const described = schemaOf('Thing: {type: string, enum: [a, b], x-enumDescriptions: {a: The first}}');
    expect(words(described('.enum-described').text())).toBe('a The firstb');
  });

  it('merges allOf, with what is required by any', () => {
    const $ = schemaOf(`Thing:
  allOf:
    - $ref: "#/components/schemas/Base"
    - {type: object, required: [b], properties: {b: {type: string}}}
  required: [a]
Base: {type: object, properties: {a: {type: integer}}}`);
    expect(
      $('dt')
        .toArray()
        .map((each) => words($(each).text())),
    ).toEqual(['a integer required', 'b string required']);
    expect($('.schema-merged').text()).toBe(' · all of Base');
    expect($('.schema-merged a').attr('href')).toBe('spec:/schemas/Base');
  });

  it('treats an allOf of one reference as that reference, with its own description', () => {
    const $ = schemaOf(
      'Thing: {properties: {p: {description: Mine, allOf: [{$ref: "#/components/schemas/Other"}]}}}\nOther: {properties: {x: {}}}',
    );
    expect($('dt a[data-schema]').text()).toBe('Other');
    expect($('dd').text()).toContain('Mine');
  });

  it('shows alternatives with the values of the discriminator', () => {
    const $ = schemaOf(`Thing:
  oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
  discriminator: {propertyName: kind, mapping: {cat: "#/components/schemas/Cat", dog: Dog}}
Cat: {type: object, properties: {meow: {type: boolean}}}
Dog: {type: object, properties: {bark: {type: boolean}}}`);
    expect(words($('.alternatives .schema-note').text())).toBe('One of these, chosen by kind');
    expect(
      $('.option-stack > .alternative > summary')
        .toArray()
        .map((each) => words($(each).text())),
    ).toEqual(['Cat cat', 'Dog dog']);
    expect($('.alternative[open] .properties dt').text()).toContain('meow');
  });

  it('takes null among alternatives as nullable', () => {
    const $ = schemaOf('Thing: {properties: {p: {oneOf: [{type: string}, {type: "null"}]}}}');
    expect(words($('dt').text())).toBe('p string or null');
  });

  it('lists what a base schema is specialised to, and nothing where that is not told', () => {
    const $ = schemaOf(
      'Thing: {properties: {k: {}}, discriminator: {propertyName: k, mapping: {a: "#/components/schemas/A"}}}\nA: {}',
    );
    expect($('.alternatives a').attr('href')).toBe('spec:/schemas/A');
    const alone = schemaOf('Thing: {properties: {k: {}}, discriminator: {propertyName: k}}');
    expect(words(alone('.schema-note').text())).toBe('k tells which schema it is');
    const heirs = 'A: {allOf: [{$ref: "#/components/schemas/Thing"}]}\nB: {allOf: [{$ref: "#/components/schemas/Thing"}]}';
    const base = schemaOf(
      `Thing: {properties: {k: {}}, discriminator: {propertyName: k, mapping: {a: "#/components/schemas/A"}}}\n${heirs}`,
    );
    expect(
      base('.discriminator li')
        .map((_, item) => words(base(item).text()))
        .get(),
    ).toEqual(['a A', 'B']);
  });

  describe('of a base that others are made of', () => {
    const PETS = `Thing:
  required: [kind]
  discriminator: {propertyName: kind, mapping: {cat: "#/components/schemas/Cat"}}
  properties: {kind: {type: string}, name: {type: string}, friend: {$ref: "#/components/schemas/Thing"}}
Cat:
  description: It has nine lives.
  allOf: [{$ref: "#/components/schemas/Thing"}, {properties: {meow: {type: boolean}, kind: {enum: [cat]}, prey: {$ref: "#/components/schemas/Thing"}}}]
Dog: {allOf: [{$ref: "#/components/schemas/Thing"}], properties: {bark: {type: boolean}}}
Puppy: {allOf: [{$ref: "#/components/schemas/Dog"}], properties: {teeth: {type: integer}}}
Still: {allOf: [{$ref: "#/components/schemas/Thing"}]}`;
    const read = ($: ReturnType<typeof schemaOf>) =>
      $('.option-stack > .alternative')
        .toArray()
        .map((each) => [
          words($(each).children('summary').text()),
          words($(each).find('.schema-type').first().text()),
          $(each).find('.schema-type a[data-schema]').first().attr('href'),
          ...$(each)
            .find('dt')
            .toArray()
            .map((term) => words($(term).text())),
        ]);

    it('shows what each adds, which leads to all of it', () => {
      const $ = schemaOf(PETS);
      expect(words($('.alternatives > .schema-note').text())).toBe('Specialised by kind');
      expect(read($)).toEqual([
        ['Cat cat', 'Cat · all of Thing, and', 'spec:/schemas/Cat', 'kind string required', 'meow boolean', 'prey Thing'],
        ['Dog', 'Dog · all of Thing, and', 'spec:/schemas/Dog', 'bark boolean'],
        ['Still', 'Still', 'spec:/schemas/Still'],
      ]);
      expect($('.alternative').first().text()).toContain('nine lives');
    });

    const answering = (schema: string) =>
      operationOf(
        `responses: {"200": {description: ok, content: {application/json: {schema: ${schema}}}}}`,
        `components:\n  schemas:\n${PETS.replace(/^/gm, '    ')}`,
      );

    it('shows it where an operation answers one', () => {
      const $ = answering('{type: array, items: {$ref: "#/components/schemas/Thing"}}');
      expect(read($).map(([name]) => name)).toEqual(['Cat cat', 'Dog', 'Still']);
    });

    it('lists links that open in place where it is nested itself', () => {
      const $ = answering('{properties: {pet: {$ref: "#/components/schemas/Thing"}}}');
      const links = $('.discriminator a[data-schema]').toArray();
      expect(links.map((link) => words($(link).closest('li').text()))).toEqual(['cat Cat', 'Dog', 'Still']);
    });

    it('says how those are told from others that nothing is made of, and lists their own', () => {
      expect(words(schemaOf(PETS, 'Cat')('.schema-note').text())).toBe('Meant where kind is cat');
      expect(words(schemaOf(PETS, 'Puppy')('.schema-note').text())).toBe('Meant where kind is Puppy');
      expect(read(schemaOf(PETS, 'Dog'))).toEqual([['Puppy', 'Puppy · all of Dog, and', 'spec:/schemas/Puppy', 'teeth integer']]);
    });
  });

  it('shows maps, patterns, tuples and closed objects', () => {
    expect(
      terms(`Thing:
  type: object
  properties: {t: {type: array, prefixItems: [{type: string}, {type: integer}]}}
  patternProperties: {"^x-": {type: string}}
  additionalProperties: {type: integer}`),
    ).toEqual(['t array', '/^x-/ string', 'any other key integer']);
    expect(schemaOf('Thing: {properties: {a: {}}, additionalProperties: false}').text()).toContain('No other properties');
  });

  it('shows not and conditions', () => {
    const $ = schemaOf(`Thing:
  properties: {country: {type: string}}
  not: {required: [forbidden]}
  if: {properties: {country: {const: US}}}
  then: {required: [zip]}
  else: {type: object}`);
    expect(
      $('.conditions > div')
        .toArray()
        .map((each) => words($(each).text())),
    ).toEqual(['Notrequired forbidden', 'Ifcountry = US', 'thenrequired zip', 'elseobject']);
  });

  it('marks recursion and links other schemas for expansion on demand', () => {
    const $ = schemaOf(
      'Thing: {properties: {parent: {$ref: "#/components/schemas/Thing"}, other: {$ref: "#/components/schemas/a b"}}}\n"a b": {properties: {x: {}}}',
    );
    expect(words($('dt').first().text())).toBe('parent Thing recursive');
    const link = $('a[data-schema]');
    expect(link.attr('href')).toBe('spec:/schemas/a%20b');
    expect(link.text()).toBe('a b');
  });

  it('shows unnamed objects in place and one level of named ones in operations', () => {
    const $ = operationOf(
      'responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/A"}}}}}',
      `components:
  schemas:
    A: {properties: {b: {$ref: "#/components/schemas/B"}, o: {type: object, properties: {deep: {type: string}}}}}
    B: {properties: {c: {type: array, items: {$ref: "#/components/schemas/C"}}}}
    C: {properties: {d: {type: string}}}`,
    );
    expect(
      $('.nested summary')
        .toArray()
        .map((each) => words($(each).text())),
    ).toEqual(['Show B', 'Show 1 property']);
    expect($('.nested a[data-schema]').text()).toBe('C');
  });

  it('leaves read-only properties out of requests and write-only ones out of responses', () => {
    const $ = operationOf(
      `requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/A"}}}}
responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/A"}}}}}`,
      'components: {schemas: {A: {properties: {id: {type: string, readOnly: true}, password: {type: string, writeOnly: true}, name: {type: string}}}}}',
    );
    const names = (section: string) =>
      $(`${section} dt code`)
        .toArray()
        .map((each) => $(each).text());
    expect(names('.operation-section:has(#operation-get-things-id--body)')).toEqual(['password', 'name']);
    expect(names('.response')).toEqual(['id', 'name']);
  });

  it('names a reference that leads nowhere', () => {
    const $ = schemaOf('Thing: {properties: {lost: {$ref: "#/components/schemas/Missing"}}}');
    expect($('.type-unresolved').text()).toBe('Missing');
  });

  it('follows anchors', () => {
    const $ = schemaOf('Thing: {properties: {n: {$ref: "#node"}}}\nNode: {$anchor: node, properties: {x: {}}}');
    expect($('a[data-schema]').text()).toBe('Node');
  });

  it('limits long lists', () => {
    const many = Array.from(
      { length: 300 },
      (_, index) => `    p${index}: {type: string, description: "${'word '.repeat(40)}"}`,
    ).join('\n');
    const $ = schemaOf(`Thing:\n  properties:\n${many}`);
    expect($('dt')).toHaveLength(120);
    expect($.html().length).toBeLessThan(72_000);
    expect($('.schema > .schema-note').text()).toContain('p299');
  });
});

describe('a reference with more beside it', () => {
  const PAGES = `openapi: 3.1.0
info: { title: Things, version: "1" }
paths:
  /cats:
    get:
      responses:
        "200":
          description: ok
          content: { application/json: { schema: { $ref: "#/components/schemas/Page", properties: { data: { type: array, items: { $ref: "#/components/schemas/Cat" } } } } } }
  /dogs:
    get:
      responses:
        "200":
          description: ok
          content: { application/json: { schema: { $ref: "#/components/schemas/Page", properties: { data: { type: array, items: { $ref: "#/components/schemas/Dog" } } } } } }
components:
  schemas:
    Page: { type: object, properties: { data: { type: array }, next: { type: string } } }
    Cat: { type: object, properties: { purrs: { type: boolean } } }
    Dog: { type: object, properties: { barks: { type: boolean } } }
`;

  it('is a schema of its own wherever it stands', () => {
    const [cats, dogs] = referenceOf(PAGES).operationFragments.map(({ html }) => load(html, null, false).text());
    expect(cats).toContain('purrs');
    expect(cats).not.toContain('barks');
    expect(dogs).toContain('barks');
    expect(dogs).not.toContain('purrs');
  });
});
