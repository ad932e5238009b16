import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';
import type { HtmlFragment } from '../types.ts';

/** A piece of a reference's HTML, ready to be stored: gzip, at a level that favours speed. */
export interface StoredFragment extends Omit<HtmlFragment, 'html'> {
  html: Uint8Array;
}

const compress = promisify(gzip);

/** The HTML of a stored fragment. */
export const decodeFragment = (html: Uint8Array): string => gunzipSync(html).toString('utf8');

/** Packs a fragment; the work is done in another thread. */
export const packFragment = async ({ html, ...fragment }: HtmlFragment): Promise<StoredFragment> => ({
  ...fragment,
  html: await compress(html, { level: 1 }),
});
