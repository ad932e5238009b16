import { raw, type SafeHtml } from '../../../lib/html.ts';
import { fillCodeSamples } from '../../../rendering/openapi/reference/samples/code-samples.ts';
import { paths } from '../paths.ts';

/** Where a reference is: the slugs of its product and version. */
export interface ReferenceAddress {
  readonly product: string;
  readonly version: string;
}

/**
 * Fragments of a reference link to its other parts by the pseudo scheme `spec:`; here these links get the reference's own address, and
 * code samples are written.
 */
export const withOwnLinks = (fragment: string, { product, version }: ReferenceAddress): SafeHtml =>
  raw(fillCodeSamples(fragment.replaceAll('href="spec:', `href="${paths.reference(product, version)}`)));

const HEADING = /<(\/?)h([4-6])(?=[\s>])/g;

/**
 * A description on a page of its own: its headings, which begin at level 4 or below, are raised so that the highest is of the given level.
 */
export const withHeadingsFrom = (level: number, fragment: string): string => {
  const highest = Math.min(...[...fragment.matchAll(HEADING)].map(([, , found]) => Number(found)));
  return fragment.replace(HEADING, (_, slash: string, found: string) => `<${slash}h${Number(found) - highest + level}`);
};
