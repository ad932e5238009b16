import { gunzipSync, gzipSync } from 'node:zlib';
import type { Reference } from '../types.ts';

/** A piece of a reference's HTML, ready to be stored: gzip, at a level that favours speed. */
export interface StoredFragment {
  kind: 'overview' | 'operation' | 'schema';
  /** The address of the operation or the name of the schema; `''` for the overview. */
  key: string;
  html: Uint8Array;
}

/** What remains of a {@link Reference} when its HTML is taken out. */
export type ReferenceIndex = Omit<Reference, 'overviewHtml' | 'operationFragments' | 'schemaFragments'>;

const encodeHtml = (html: string): Uint8Array => gzipSync(html, { level: 1, chunkSize: 64 * 1024 });

/** The HTML of a stored fragment. */
export const decodeFragment = (html: Uint8Array): string => gunzipSync(html).toString('utf8');

/** Packs the HTML of a reference, fragment by fragment. */
export const packFragments = function* (reference: Reference): Generator<StoredFragment> {
  yield { kind: 'overview', key: '', html: encodeHtml(reference.overviewHtml) };
  for (const { address, html } of reference.operationFragments) yield { kind: 'operation', key: address, html: encodeHtml(html) };
  for (const { name, html } of reference.schemaFragments) yield { kind: 'schema', key: name, html: encodeHtml(html) };
};
