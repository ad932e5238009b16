import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { corpusFiles, readCorpus, wholeReference } from './support.ts';

const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']);
const MAX_FRAGMENT = 72 * 1024;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isInternal = (value: unknown): boolean => isObject(value) && value['x-internal'] === true;

/** Operations of a document, counted without the renderer; path items that are references, and what is internal, are left out. */
const countOperations = (document: Record<string, unknown>): number =>
  [document['paths'], document['webhooks'], document['x-webhooks']]
    .flatMap((items) => (isObject(items) ? Object.values(items) : []))
    .flatMap((item) => (isObject(item) && !isInternal(item) ? Object.entries(item) : []))
    .filter(([method, operation]) => METHODS.has(method) && isObject(operation) && !isInternal(operation)).length;

const kilobytes = (length: number): string => (length / 1024).toFixed(1).padStart(7);

describe.skipIf(corpusFiles.length === 0)('documents in use', () => {
  it.each(corpusFiles)('%s', { timeout: 60_000 }, (name) => {
    const document = readCorpus(name);
    const start = performance.now();
    const reference = wholeReference(document);
    const elapsed = performance.now() - start;
    const { operations, operationFragments, schemaFragments, groups } = reference;

    const sizes = operationFragments.map(({ html }) => html.length).sort((a, b) => a - b);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    process.stdout.write(
      `${name.padEnd(26)} operations ${String(operations.length).padStart(5)}  ${elapsed.toFixed(0).padStart(5)} ms  KB: median ${kilobytes(
        sizes[sizes.length >> 1] ?? 0,
      )} max ${kilobytes(sizes.at(-1) ?? 0)} total ${kilobytes(total)}\n`,
    );

    expect(operations.length).toBeGreaterThanOrEqual(countOperations(document));
    expect(operationFragments.map(({ address }) => address)).toEqual(operations.map(({ address }) => address));
    expect(new Set(operations.map(({ address }) => address.toLowerCase())).size).toBe(operations.length);
    expect(operations.filter(({ address }) => !/^[A-Za-z0-9._~-]+$/.test(address))).toEqual([]);
    const names = new Set(groups.map((group) => group.name));
    expect(names.size).toBe(groups.length);
    expect(
      operations.filter((operation) => operation.groups.length === 0 || operation.groups.some((group) => !names.has(group))),
    ).toEqual([]);
    expect(sizes.at(-1) ?? 0).toBeLessThan(MAX_FRAGMENT);
    expect(Math.max(0, ...schemaFragments.map(({ html }) => html.length))).toBeLessThan(MAX_FRAGMENT);
  });

  it.skipIf(!corpusFiles.includes('stripe.json'))('groups operations without tags sensibly', () => {
    const { groups } = wholeReference(readCorpus('stripe.json'));
    expect(groups.map(({ name }) => name)).toEqual(expect.arrayContaining(['customers', 'charges', 'subscriptions']));
    expect(groups.length).toBeGreaterThan(30);
    expect(Math.max(...groups.map(({ operationCount }) => operationCount))).toBeLessThan(60);
  });

  it.each(corpusFiles.filter((name) => /petstore|museum|train|redoc-demo|uspto|tictactoe/.test(name)))(
    '%s has unique ids, and links only into itself',
    (name) => {
      const { operationFragments, operations, schemaFragments, groups } = wholeReference(readCorpus(name));
      const $ = load(operationFragments.map(({ html }) => html).join('\n'), null, false);
      const ids = $('[id]')
        .toArray()
        .map((each) => $(each).attr('id'));
      expect(new Set(ids).size).toBe(ids.length);
      const known = new Set([
        ...operations.map(({ address }) => `spec:/operations/${encodeURIComponent(address)}`),
        ...schemaFragments.map((schema) => `spec:/schemas/${encodeURIComponent(schema.name)}`),
        ...groups.map((group) => `spec:?tag=${encodeURIComponent(group.name)}`),
      ]);
      const links = $('a[href^="spec:"]')
        .toArray()
        .map((each) => $(each).attr('href') ?? '');
      expect(links.filter((href) => !known.has(href) && !href.startsWith('spec:#security-'))).toEqual([]);
      const labels = $('[aria-labelledby]')
        .toArray()
        .map((each) => $(each).attr('aria-labelledby') ?? '');
      expect(labels.filter((label) => !ids.includes(label))).toEqual([]);
    },
  );
});
