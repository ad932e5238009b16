import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type CheerioAPI, load } from 'cheerio';
import { parse } from 'yaml';
import { buildReference } from '../../../../src/rendering/openapi/reference/index.ts';
import { fillCodeSamples } from '../../../../src/rendering/openapi/reference/samples/code-samples.ts';
import type { ReferenceIndex } from '../../../../src/rendering/openapi/types.ts';

/** Folder of shared material; tests that need it skip without it. */
export const SHARED = process.env['SHARED_DIR'] ?? new URL('../../../../../shared', import.meta.url).pathname;

const CORPUS = `${SHARED}/corpus`;

export const corpusFiles = existsSync(CORPUS) ? readdirSync(CORPUS) : [];

const parseText = (text: string): Record<string, unknown> =>
  text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text, { maxAliasCount: -1, logLevel: 'silent' });

export const readCorpus = (name: string): Record<string, unknown> => parseText(readFileSync(`${CORPUS}/${name}`, 'utf8'));

/** A reference as readers get it: all of its HTML, code samples in place. */
export interface WholeReference extends ReferenceIndex {
  overviewHtml: string;
  operationFragments: { address: string; html: string }[];
  schemaFragments: { name: string; html: string }[];
}

/** Builds the whole reference of a document. */
export const wholeReference = (document: Record<string, unknown>): WholeReference => {
  const { index, fragments } = buildReference(document);
  const all = [...fragments].map(({ kind, key, html }) => ({ kind, key, html: fillCodeSamples(html) }));
  return {
    ...index,
    overviewHtml: all.find(({ kind }) => kind === 'overview')?.html ?? '',
    operationFragments: all.flatMap(({ kind, key, html }) => (kind === 'operation' ? [{ address: key, html }] : [])),
    schemaFragments: all.flatMap(({ kind, key, html }) => (kind === 'schema' ? [{ name: key, html }] : [])),
  };
};

/** Builds the reference of a document written as YAML. */
export const referenceOf = (yaml: string): WholeReference => wholeReference(parse(yaml));

/** The document of one operation `GET /things`, indented YAML of which is given, with components. */
export const operationOf = (operation: string, rest = '', version = '3.1.0'): CheerioAPI => {
  const indented = operation.trim().replace(/^/gm, '      ');
  const reference = referenceOf(`openapi: ${version}
info: {title: Things, version: "1"}
paths:
  /things/{id}:
    get:
${indented}
${rest}`);
  return load(reference.operationFragments[0]?.html ?? '', null, false);
};

/** The code sample of an operation in a language. */
export const sampleOf = ($: CheerioAPI, label: string): string =>
  $('[data-tabs=code] .sample')
    .filter((_, each) => $(each).find('summary').text() === label)
    .find('code')
    .text();

/** The fragment of a named schema, given as YAML; other schemas may follow. */
export const schemaOf = (schemas: string, name = 'Thing'): CheerioAPI => {
  const reference = referenceOf(`openapi: 3.1.0
info: {title: Things, version: "1"}
paths: {}
components:
  schemas:
${schemas.replace(/^\n+/, '').trimEnd().replace(/^/gm, '    ')}`);
  return load(reference.schemaFragments.find((fragment) => fragment.name === name)?.html ?? '', null, false);
};

/** Text with its white space made even. */
export const words = (text: string): string => text.replace(/\s+/g, ' ').trim();
