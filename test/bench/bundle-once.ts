/** Parses a document and bundles it once with openapi-core; prints the milliseconds. In a process of its own, so that nothing is warm. */
import { readFileSync } from 'node:fs';
import { BaseResolver, bundle, createConfig, makeDocumentFromString } from '@redocly/openapi-core';
import { parse } from 'yaml';

const [file = ''] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
const config = await createConfig({});
const started = performance.now();
const parsed: unknown = text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text, { maxAliasCount: -1 });
const doc = makeDocumentFromString('{}', file);
await bundle({ doc: { ...doc, parsed }, config, externalRefResolver: new BaseResolver() });
process.stdout.write(String(performance.now() - started));
