import { gunzipSync, gzipSync } from 'node:zlib';
import type { HtmlFragment } from '../types.ts';

/** A piece of a reference's HTML, ready to be stored: gzip, at a level that favours speed. */
export interface StoredFragment extends Omit<HtmlFragment, 'html'> {
  html: Uint8Array;
}

/** The HTML of a stored fragment. */
export const decodeFragment = (html: Uint8Array): string => gunzipSync(html).toString('utf8');

/** Packs a fragment. Synchronous: for pieces of this size, handing them to another thread costs several times the work itself. */
export const packFragment = ({ html, ...fragment }: HtmlFragment): StoredFragment => ({
  ...fragment,
  html: gzipSync(html, { level: 1 }),
});
