import { raw, type SafeHtml } from '../../../lib/html.ts';
import { fillCodeSamples } from './samples/code-samples.ts';

/**
 * A fragment on a page. Fragments link to other parts of their reference by the pseudo scheme `spec:`; here these links get the address
 * of the reference, and code samples are written.
 */
export const fragmentAt = (base: string, fragment: string): SafeHtml =>
  raw(fillCodeSamples(fragment.replaceAll('href="spec:', `href="${base}`)));

const HEADING = /<(\/?)h([4-6])(?=[\s>])/g;

/**
 * A description on a page of its own: its headings, which begin at level 4 or below, are raised so that the highest is of the given level.
 */
export const withHeadingsFrom = (level: number, fragment: string): string => {
  const highest = Math.min(...[...fragment.matchAll(HEADING)].map(([, , found]) => Number(found)));
  return fragment.replace(HEADING, (_, slash: string, found: string) => `<${slash}h${Number(found) - highest + level}`);
};
