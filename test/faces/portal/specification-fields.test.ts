import { readFileSync } from 'node:fs';
import { createConfig, getTypes, normalizeTypes } from '@redocly/openapi-core';
import { afterEach, describe, expect, it } from 'vitest';
import { examineSpecification } from '../../../src/rendering/openapi/ingest/examine.ts';
import { DEFAULT_INGEST_LIMITS } from '../../../src/rendering/openapi/ingest/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { OPENAPI_3_0 } from './fields/openapi-3.0.ts';
import { OPENAPI_3_1 } from './fields/openapi-3.1.ts';
import { NOT_SHOWN, OPENAPI_3_2 } from './fields/openapi-3.2.ts';
import { SWAGGER_2_0 } from './fields/swagger-2.0.ts';
import { type PageAnswer, publish, startPortal, type TestPortal } from './portal.ts';

const read = (name: string): string => readFileSync(new URL(`./fields/${name}`, import.meta.url), 'utf8');

/** Every field that a version of OpenAPI has, as `Object.field`; extensions are no part of it. */
const fieldsOf = async (version: 'oas2' | 'oas3_2'): Promise<string[]> => {
  const config = await createConfig({});
  const types = normalizeTypes(config.extendTypes(getTypes(version), version), config);
  return Object.entries(types)
    .filter(([name]) => !/^(?:X[A-Z]|TagGroup$|Logo$)/.test(name))
    .flatMap(([name, { properties }]) =>
      Object.keys(properties)
        .filter((field) => !field.startsWith('x-'))
        .map((field) => `${name}.${field}`),
    );
};

describe('the lists of fields', () => {
  it.each([
    ['oas3_2', OPENAPI_3_2, NOT_SHOWN],
    // What an example holds is its own business in 2.0, and no object of the specification.
    ['oas2', SWAGGER_2_0, { 'Example.value': '', 'Example.summary': '', 'Example.description': '', 'Example.externalValue': '' }],
  ] as const)('of %s is whole', async (version, places, others) => {
    const listed = new Set([...places.map(([field]) => field), ...Object.keys(others)]);
    expect((await fieldsOf(version)).filter((field) => !listed.has(field))).toEqual([]);
  });
});

describe('the documents that use every field', () => {
  it.each(['openapi-3.2.yaml', 'openapi-3.1.yaml', 'openapi-3.0.yaml', 'swagger-2.0.yaml'])('%s is without fault', (name) => {
    const { findings } = examineSpecification(Buffer.from(read(name)), name, DEFAULT_INGEST_LIMITS);
    expect(findings.filter(({ rule }) => rule !== 'external-value')).toEqual([]);
  });
});

/** Text without white space, which tells nothing of what is beside or below what. */
const bare = (text: string): string => text.replace(/\s/g, '');

onEachDatabase('every field of a specification', (open) => {
  let portal: TestPortal;
  afterEach(() => portal.app.close());

  /** Publishes a document and answers its pages, each fetched once. */
  const publishDocument = async (name: string): Promise<(path: string) => Promise<PageAnswer>> => {
    portal = await startPortal(await open());
    await publish(portal, { name: 'Ferries', versions: [{ name: 'v1', specification: [name, read(name)] }] });
    const pages = new Map<string, PageAnswer>();
    return async (path) => {
      const page = pages.get(path) ?? (await portal.get(`/spec/ferries/v1${path}`));
      pages.set(path, page);
      return page;
    };
  };

  it.each([
    ['openapi-3.2.yaml', OPENAPI_3_2],
    ['openapi-3.1.yaml', OPENAPI_3_1],
    ['openapi-3.0.yaml', OPENAPI_3_0],
    ['swagger-2.0.yaml', SWAGGER_2_0],
  ])('of %s is to be seen', async (name, places) => {
    const pageAt = await publishDocument(name);
    const missing: string[] = [];
    for (const [field, path, selector, text] of places) {
      const { $ } = await pageAt(path);
      const found = $(selector)
        .toArray()
        .map((element) => bare($(element).text()));
      if (found.length === 0 || !found.some((each) => each.includes(bare(text ?? ''))))
        missing.push(`${field} at ${path}: ${selector} ${text ?? ''}, but ${found.join(' | ').slice(0, 300)}`);
    }
    expect(missing).toEqual([]);
  });

  it('has pages of schemas that say who uses them, with stacks of alternatives that close nothing elsewhere', async () => {
    const pageAt = await publishDocument('openapi-3.2.yaml');
    const { $ } = await pageAt('/schemas/Person');
    expect(
      $('.schema-uses a')
        .toArray()
        .map((link) => $(link).text()),
    ).toEqual(['Sailing', 'PersonList']);
    const ticket = await pageAt('/schemas/Ticket');
    expect(bare(ticket.$('.schema-uses li').text())).toBe('POSTBuyaticket');
    expect(ticket.$('.schema-uses a').attr('href')).toBe('/spec/ferries/v1/operations/buyTicket');
    const names = (await pageAt('/schemas/Vessel')).$('.option-stack > details');
    expect(names.toArray().map((details) => names.attr('name') === $(details).attr('name'))).toEqual([true, true]);
    expect(names.attr('name')).not.toContain('spec:');
  });

  it('that is internal is hidden everywhere', async () => {
    const pageAt = await publishDocument('openapi-3.2.yaml');
    for (const path of ['', '/schemas', '/operations/partlyHidden', '?tag=requests', '?q=hidden', '?q=sees'])
      expect((await pageAt(path)).text, path).not.toMatch(
        /hiddenOperation|hiddenPath|Nobody sees|backdoor|trapdoor|>safe<|treasure|schemas\/Hidden/,
      );
    for (const path of ['/operations/hiddenOperation', '/operations/hiddenPath', '/schemas/Hidden', '?tag=secret'])
      expect((await pageAt(path)).status, path).toBe(404);
    const { $ } = await pageAt('/operations/partlyHidden');
    expect($('[data-parameter="frontdoor"]')).toHaveLength(1);
    expect($('.properties code').text()).toContain('window');
  });
});
