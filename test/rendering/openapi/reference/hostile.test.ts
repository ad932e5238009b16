import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SHARED, type WholeReference, wholeReference } from './support.ts';

const PAYLOAD = `"'><script>alert(1)</script><img src=x onerror=alert(1)>`;

/** A document that uses every construct; each text may be replaced by a payload. */
const EVERYTHING: Record<string, unknown> = parse(`openapi: 3.2.0
info: {title: T, version: v, summary: s, description: d, termsOfService: "https://e.com", contact: {name: n, url: "https://e.com", email: e}, license: {name: l, url: "https://e.com"}}
externalDocs: {url: "https://e.com", description: x}
servers: [{url: "https://{v}.e.com", name: n, description: d, variables: {v: {default: a, enum: [a], description: d}}}]
tags: [{name: t, summary: s, description: d, parent: p, kind: nav}, {name: p}]
security: [{k: [], o: [s]}]
paths:
  /a/{id}:
    summary: s
    parameters: [{name: id, in: path, description: d, schema: {type: string, example: e}}]
    post:
      operationId: op
      summary: s
      description: d
      tags: [t]
      externalDocs: {url: "https://e.com", description: x}
      x-codeSamples: [{lang: js, label: l, source: s}]
      parameters: [{name: q, in: query, required: true, style: form, schema: {type: array, items: {type: string, enum: [a, b]}, default: [x], pattern: p}}, {name: h, in: header, required: true, content: {text/plain: {schema: {$ref: "#/nowhere"}}}}]
      requestBody: {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/A"}, examples: {e: {summary: s, description: d, value: {k: v}}, f: {externalValue: "https://e.com"}}}, application/xml: {schema: {$ref: "#/components/schemas/A"}}, text/x: {schema: {type: string}, example: raw}}}
      responses:
        "200": {description: d, headers: {H: {description: d, schema: {type: string, const: c}}}, content: {application/json: {schema: {$ref: "#/components/schemas/A"}}}, links: {l: {operationId: op, description: d, parameters: {p: v}}}}
        default: {summary: s}
      callbacks: {c: {"{$url}": {post: {description: d, responses: {"200": {description: d}}}}}}
webhooks: {w: {post: {summary: s, requestBody: {content: {application/json: {schema: {type: object}}}}}}}
components:
  securitySchemes: {k: {type: apiKey, name: n, in: header, description: d}, o: {type: oauth2, flows: {implicit: {authorizationUrl: "https://e.com", scopes: {s: d}}}}}
  schemas:
    A:
      title: t
      description: d
      type: object
      required: [a]
      properties: {a: {type: string, format: f, title: t, description: d, enum: [x], default: x, xml: {name: n, prefix: p, namespace: ns}}, b: {$ref: "#/components/schemas/B"}, c: {oneOf: [{title: t, type: string}, {type: object, properties: {n: {type: number}}}]}}
      patternProperties: {p: {type: string}}
      additionalProperties: {type: string}
      discriminator: {propertyName: a, mapping: {m: B}}
      if: {properties: {a: {const: x}}}
      then: {required: [b]}
    B: {allOf: [{$ref: "#/components/schemas/A"}, {type: object, properties: {self: {$ref: "#/components/schemas/B"}}}]}`);

const everything = (): Record<string, unknown> => structuredClone(EVERYTHING);

const htmlOf = (reference: WholeReference): string =>
  [
    reference.overviewHtml,
    ...reference.groups.map(({ descriptionHtml }) => descriptionHtml),
    ...reference.operationFragments.map(({ html }) => html),
    ...reference.schemaFragments.map(({ html }) => html),
  ].join('\n');

interface Slot {
  holder: Record<string, unknown>;
  key: string;
}

const isHolder = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const slotsOf = (value: Record<string, unknown>): Slot[] =>
  Object.keys(value).flatMap((key) => {
    const item = value[key];
    return [{ holder: value, key }, ...(isHolder(item) ? slotsOf(item) : [])];
  });

const expectHarmless = (html: string): void => {
  const $ = load(html, null, false);
  expect($('script, iframe, object, embed, style, form, base, meta, link, svg').length).toBe(0);
  const attributes = $('*')
    .toArray()
    .flatMap((element) => ('attribs' in element ? Object.entries(element.attribs) : []));
  expect(attributes.filter(([name]) => /^on|^style$|^srcdoc$/i.test(name))).toEqual([]);
  const addresses = attributes.filter(([name]) => name === 'href' || name === 'src').map(([, value]) => value);
  expect(
    addresses.filter(
      (address) => /^\s*[a-z][a-z0-9+.-]*:/i.test(address) && !/^(?:https?:\/\/|mailto:|spec:[/?#])/i.test(address),
    ),
  ).toEqual([]);
};

describe('hostile text', () => {
  it('is shown, never run, wherever it stands', () => {
    const count = slotsOf(everything()).length;
    expect(count).toBeGreaterThan(200);
    for (let index = 0; index < count; index++) {
      const document = everything();
      const slot = slotsOf(document)[index];
      if (slot === undefined || typeof slot.holder[slot.key] !== 'string') continue;
      slot.holder[slot.key] = PAYLOAD;
      expectHarmless(htmlOf(wholeReference(document)));
    }
  });

  it('is harmless as a name', () => {
    const text = JSON.stringify(everything());
    const names = [
      '"a":',
      '"A":',
      '"t"',
      '"id"',
      '"q"',
      '"H":',
      '"w":',
      '"c":',
      '"k":',
      '"s":',
      '"e":',
      '"l":',
      '"application/json":',
      '"/a/{id}":',
      '"default":',
      '"p":',
    ];
    for (const name of names) {
      const replaced = text.replaceAll(name, name.endsWith(':') ? `${JSON.stringify(PAYLOAD)}:` : JSON.stringify(PAYLOAD));
      expectHarmless(htmlOf(wholeReference(JSON.parse(replaced))));
    }
  });

  it('never makes links of addresses that run', () => {
    for (const url of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      ' javascript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      '//evil.example',
      'https://e.com" onmouseover="x',
    ]) {
      const text = JSON.stringify(everything()).replaceAll('"https://e.com"', JSON.stringify(url));
      const html = htmlOf(wholeReference(JSON.parse(text)));
      expectHarmless(html);
      const $ = load(html, null, false);
      expect(
        $('a')
          .toArray()
          .filter((each) => $(each).attr('href') === url),
      ).toEqual([]);
    }
  });
});

/** A generator of numbers in [0, 1) that always gives the same ones (mulberry32). */
const randomFrom = (seed: number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

describe('malformed documents', () => {
  it('never throw, whatever stands where', () => {
    const random = randomFrom(20250615);
    const replacements = [
      null,
      [],
      'x',
      1,
      {},
      true,
      -0.5,
      [null],
      { $ref: '#' },
      { $ref: '#/components/schemas/A' },
      { $ref: 7 },
    ];
    for (let round = 0; round < 500; round++) {
      const document = everything();
      for (let change = 0; change < 1 + (round % 5); change++) {
        const slots = slotsOf(document);
        const slot = slots[Math.floor(random() * slots.length)];
        if (slot !== undefined) slot.holder[slot.key] = replacements[Math.floor(random() * replacements.length)];
      }
      const reference = wholeReference(document);
      expect(reference.operationFragments).toHaveLength(reference.operations.length);
      expect(new Set(reference.operations.map(({ address }) => address)).size).toBe(reference.operations.length);
    }
  });

  it('may be no document at all', () => {
    for (const document of [{}, { paths: null }, { paths: [] }, { paths: { '/a': null } }, { paths: { '/a': { get: null } } }])
      expect(wholeReference(document).operations).toEqual([]);
  });

  it('may hold objects that contain themselves', () => {
    const loop: Record<string, unknown> = { type: 'object' };
    loop['properties'] = { self: loop, list: { type: 'array', items: loop } };
    loop['allOf'] = [loop];
    loop['example'] = loop;
    const reference = wholeReference({
      openapi: '3.1.0',
      paths: { '/a': { get: { responses: { 200: { content: { 'application/json': { schema: loop, example: loop } } } } } } },
      components: { schemas: { Loop: loop } },
    });
    expect(reference.operationFragments[0]?.html.length).toBeLessThan(72_000);
  });

  it('may chain references without end', () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 2000 }, (_, index) => [`S${index}`, { $ref: `#/components/schemas/S${index + 1}` }]),
    );
    const reference = wholeReference({ openapi: '3.0.0', components: { schemas: { ...schemas, S2000: { type: 'string' } } } });
    expect(reference.schemaFragments).toHaveLength(2001);
  });

  it('keeps names that objects have by themselves', () => {
    const reference = wholeReference(
      JSON.parse(`{"openapi":"3.0.0","info":{"title":"t","version":"1"},"paths":{"/a":{"get":{"tags":["__proto__","constructor"],"operationId":"constructor"}}},
      "components":{"schemas":{"__proto__":{"type":"object","properties":{"__proto__":{"type":"string"},"toString":{"$ref":"#/components/schemas/constructor"}}}}}}`),
    );
    expect(reference.operations[0]).toMatchObject({ address: 'constructor', groups: ['__proto__', 'constructor'] });
    expect(reference.schemaFragments[0]?.html).toContain('<code>toString</code>');
    expect(reference.schemaFragments[0]?.html).toContain('type-unresolved');
  });
});

const EVIL = `${SHARED}/evil`;
/** Larger ones take long to parse, which is not what is tested here. */
const MAX_SIZE = 100_000;
// Aliases that multiply without end are refused before rendering.
const UNPARSABLE = /^(?:bomb|mergeBomb|yamlAnchorCycle|deep)/;

describe.skipIf(!existsSync(EVIL))('malformed files', () => {
  it.each(existsSync(EVIL) ? readdirSync(EVIL).filter((name) => !UNPARSABLE.test(name)) : [])(
    '%s is rendered or no object',
    (name) => {
      const text = readFileSync(`${EVIL}/${name}`, 'utf8');
      if (text.length > MAX_SIZE) return;
      let document: unknown;
      try {
        document = parse(text, { logLevel: 'silent' });
      } catch {
        return;
      }
      if (!isHolder(document) || Array.isArray(document)) return;
      expectHarmless(htmlOf(wholeReference(document)));
    },
  );
});
