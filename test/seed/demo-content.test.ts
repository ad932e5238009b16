import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { flattenDocuments, readDemoManifest, seedDirectory } from './demo-manifest.ts';

const manifest = readDemoManifest();
const documents = manifest.products.flatMap((product) =>
  flattenDocuments(product.documents).map((entry) => ({ ...entry, product: product.name })),
);
const versions = manifest.products.flatMap((product) => product.versions.map((version) => ({ ...version, product })));
const specifications = versions.flatMap((version) => version.specification ?? []);
const earlierSpecifications = versions.flatMap((version) => version.earlier_specification ?? []);
const images = manifest.portals.flatMap(({ appearance }) =>
  Object.values(appearance.images).flatMap((image) => image?.file ?? []),
);

const read = (file: string): string => readFileSync(seedDirectory + file, 'utf8');
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Every object inside a parsed specification. */
function* objectsIn(node: unknown): Generator<Record<string, unknown>> {
  if (!isObject(node)) return;
  yield node;
  for (const child of Object.values(node)) yield* objectsIn(child);
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** Number of operations under `paths`, with those of OpenAPI 3.2's `additionalOperations`. */
function countOperations(specification: unknown): number {
  const paths = isObject(specification) && isObject(specification['paths']) ? Object.values(specification['paths']) : [];
  return paths.filter(isObject).reduce((count, item) => {
    const additional = isObject(item['additionalOperations']) ? Object.keys(item['additionalOperations']).length : 0;
    return count + methods.filter((method) => method in item).length + additional;
  }, 0);
}

const parsedSpecifications = [...specifications, ...earlierSpecifications].map((file) => {
  const specification: unknown = parse(read(file));
  const { swagger, openapi } = isObject(specification) ? specification : {};
  return { file, specification, edition: String(swagger ?? openapi).slice(0, 3) };
});

/** All objects of the specifications of one edition, such as `3.1`. */
function objectsOf(edition: string): Record<string, unknown>[] {
  return parsedSpecifications
    .filter((entry) => entry.edition === edition)
    .flatMap((entry) => [...objectsIn(entry.specification)]);
}

describe('the demo manifest', () => {
  it('has enough products, versions and documents to look alive', () => {
    expect(manifest.products.length).toBeGreaterThanOrEqual(5);
    expect(versions.length).toBeGreaterThanOrEqual(8);
    expect(documents.length).toBeGreaterThanOrEqual(14);
    expect(documents.some(({ depth }) => depth === 3)).toBe(true);
  });

  it('has one public default portal and one private portal that look different', () => {
    expect(manifest.portals.map((portal) => [portal.is_public, portal.default])).toEqual([
      [true, true],
      [false, false],
    ]);
    const looks = manifest.portals.map((portal) =>
      JSON.stringify([portal.appearance.custom_theme, portal.appearance.custom_fonts]),
    );
    expect(new Set(looks).size).toBe(2);
  });

  it('has a deprecated version, an unpublished version and a version without a specification', () => {
    const everywhere = versions.map(({ publications }) => publications);
    expect(everywhere.some((publications) => publications.every((entry) => entry.deprecated))).toBe(true);
    expect(everywhere.some((publications) => publications.every((entry) => entry.publish_status === 'unpublished'))).toBe(true);
    expect(versions.length).toBeGreaterThan(specifications.length);
  });

  it('uses each name once', () => {
    const names = [
      manifest.portals.map((portal) => portal.name),
      manifest.products.map((product) => product.name),
      ...manifest.products.map((product) => product.versions.map((version) => version.name.toLowerCase())),
      ...manifest.products.map((product) => flattenDocuments(product.documents).map(({ document }) => document.slug)),
    ];
    for (const list of names) expect(list).toEqual([...new Set(list)]);
  });

  it('refers only to portals and strategies that it names', () => {
    const portals = manifest.portals.map((portal) => portal.key);
    const strategies = ['key-auth', ...manifest.auth_strategies.map((strategy) => strategy.key)];
    for (const product of manifest.products) expect(portals).toEqual(expect.arrayContaining(product.portals));
    for (const { product, publications } of versions) {
      expect(product.portals).toEqual(expect.arrayContaining(publications.map((publication) => publication.portal)));
      expect(strategies).toEqual(expect.arrayContaining(publications.flatMap((publication) => publication.auth_strategies)));
    }
  });

  it('names every file of the folder, and no other', () => {
    const named = [
      'demo.yaml',
      ...specifications,
      ...earlierSpecifications,
      ...documents.map(({ document }) => document.file),
      ...images,
    ];
    const found = readdirSync(seedDirectory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(seedDirectory, join(entry.parentPath, entry.name)));
    expect([...new Set(named)].sort()).toEqual(found.sort());
  });

  it('has images that are small PNGs', () => {
    for (const file of images) {
      expect(statSync(seedDirectory + file).size, file).toBeLessThanOrEqual(60 * 1024);
      expect(
        readFileSync(seedDirectory + file)
          .subarray(1, 4)
          .toString('latin1'),
        file,
      ).toBe('PNG');
    }
  });
});

describe('the demo documents', () => {
  const markdown = new MarkdownIt();

  it.each(documents)('$product: relative links of $document.slug lead to documents of the product', ({ product, document }) => {
    const slugs = documents.filter((entry) => entry.product === product).map((entry) => entry.document.slug);
    const links = markdown
      .parse(read(document.file), {})
      .flatMap((token) => token.children ?? [])
      .flatMap((token) => token.attrGet('href') ?? [])
      .filter((href) => !/^(?:[a-z]+:|#)/.test(href));
    expect(slugs).toEqual(expect.arrayContaining(links.map((href) => href.split('#')[0])));
  });

  it('show what the renderer can', () => {
    const all = documents.map(({ document }) => read(document.file)).join('\n');
    for (const kind of ['NOTE', 'TIP', 'IMPORTANT', 'WARNING', 'CAUTION']) expect(all).toContain(`> [!${kind}]`);
    for (const language of ['bash', 'json', 'yaml', 'go', 'javascript', 'typescript', 'python', 'java', 'http']) {
      expect(all).toContain(`\`\`\`${language}\n`);
    }
    expect(all).toMatch(/^\|[-:| ]+\|$/m);
    expect(all).toMatch(/^- \[x\] /m);
    expect(all).toMatch(/^- \[ \] /m);
    expect(all).toMatch(/^\[\^\w+\]: /m);
    expect(all).toContain(':sparkles:');
  });

  it('hold JSON and YAML examples that parse', () => {
    for (const { document } of documents) {
      for (const token of markdown.parse(read(document.file), {})) {
        if (token.info === 'json') expect(() => JSON.parse(token.content), document.file).not.toThrow();
        if (token.info === 'yaml') expect(() => parse(token.content), document.file).not.toThrow();
      }
    }
  });
});

describe('the demo specifications', () => {
  it.each([...specifications, ...earlierSpecifications])('%s passes the recommended rules', async (file) => {
    const config = await createConfig({ extends: ['recommended'] });
    const problems = await lintFromString({ source: read(file), absoluteRef: seedDirectory + file, config });
    expect(problems.map((problem) => `${problem.severity} ${problem.ruleId}: ${problem.message}`)).toEqual([]);
  });

  it('are of every edition, in YAML and in JSON, and of realistic size', () => {
    expect(new Set(parsedSpecifications.map(({ edition }) => edition))).toEqual(new Set(['2.0', '3.0', '3.1', '3.2']));
    expect(new Set(specifications.map((file) => extname(file)))).toEqual(new Set(['.yaml', '.json']));
    for (const { file, specification } of parsedSpecifications) {
      expect(countOperations(specification), file).toBeGreaterThanOrEqual(8);
      expect(countOperations(specification), file).toBeLessThanOrEqual(30);
    }
  });

  it('use what is particular to OpenAPI 3.0', () => {
    const objects = objectsOf('3.0');
    for (const key of ['callbacks', 'links', 'discriminator', 'nullable'])
      expect(
        objects.some((object) => key in object),
        key,
      ).toBe(true);
    expect(objects.some((object) => isObject(object['content']) && Object.keys(object['content']).length >= 3)).toBe(true);
  });

  it('have recursive schemas and choices told apart by a discriminator in OpenAPI 3.0', () => {
    const choices = objectsOf('3.0').filter((object) => Array.isArray(object['oneOf']) && 'discriminator' in object);
    expect(choices.length).toBeGreaterThan(0);
    const schemas = objectsOf('3.0').flatMap((object) => (isObject(object['schemas']) ? Object.entries(object['schemas']) : []));
    const recursive = schemas.filter(([name, schema]) => {
      return [...objectsIn(schema)].some((object) => object['$ref'] === `#/components/schemas/${name}`);
    });
    expect(recursive.length).toBeGreaterThan(0);
  });

  it('describe security and errors as problem details', () => {
    for (const { file, specification, edition } of parsedSpecifications) {
      const objects = [...objectsIn(specification)];
      expect(
        objects.some((object) => 'securitySchemes' in object || 'securityDefinitions' in object),
        file,
      ).toBe(true);
      if (edition !== '2.0')
        expect(
          objects.some((object) => 'application/problem+json' in object),
          file,
        ).toBe(true);
    }
  });

  it('use what is particular to OpenAPI 3.1', () => {
    const objects = objectsOf('3.1');
    for (const key of ['webhooks', 'const', 'examples', 'prefixItems'])
      expect(
        objects.some((object) => key in object),
        key,
      ).toBe(true);
    expect(objects.some((object) => Array.isArray(object['type']))).toBe(true);
  });

  it('use what is particular to OpenAPI 3.2', () => {
    const objects = objectsOf('3.2');
    expect(objects.some((object) => 'parent' in object && 'kind' in object && 'summary' in object)).toBe(true);
    for (const key of ['query', 'additionalOperations', 'itemSchema']) {
      expect(
        objects.some((object) => key in object),
        key,
      ).toBe(true);
    }
  });
});
