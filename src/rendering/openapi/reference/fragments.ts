import { raw, type SafeHtml } from '../../../lib/html.ts';
import { fillCodeSamples } from './samples/code-samples.ts';

/** The name of a stack of alternatives in a stored fragment. Nothing a document contains can print such an attribute. */
export const stackName = (number: number): string => `spec:${number}`;

const STACK = / name="spec:(\d+)"( open)?/g;

/**
 * Names the stacks of a fragment: the same HTML may stand in it several times, and in others on the same page, but only one alternative of
 * each stack is open at a time. The first of a stack is the one that is open.
 */
const nameStacks = (fragment: string): string => {
  const [, id = 'schema'] = /^<[^>]*? id="([^"]+)"/.exec(fragment) ?? [];
  const times = new Map<string, number>();
  return fragment.replace(STACK, (_, number: string, open = '') => {
    const time = (times.get(number) ?? 0) + (open === '' ? 0 : 1);
    times.set(number, time);
    return ` name="${id}--${number}-${time}"${open}`;
  });
};

const TRY = /<try-it>([^<]*)<\/try-it>/g;

/**
 * Stands in a stored fragment for the link to the console of an operation: not every page that shows the fragment has one. The sanitiser
 * knows no tag of that name.
 */
export const placeTryLink = (address: string): SafeHtml => raw(`<try-it>${address}</try-it>`);

const tryLink = (base: string, address: string): string =>
  `<p class="operation-tools"><a class="button button-secondary button-small" href="${base}/operations/${address}/try" rel="nofollow">Try it</a></p>`;

/**
 * A fragment on a page. Fragments link to other parts of their reference by the pseudo scheme `spec:`; here these links get the address
 * of the reference, stacks of alternatives their names, and code samples are written.
 * @param hasConsole whether operations can be tried there
 */
export const fragmentAt = (base: string, fragment: string, hasConsole = false): SafeHtml => {
  const linked = fragment
    .replace(TRY, (_, address: string) => (hasConsole ? tryLink(base, address) : ''))
    .replaceAll('href="spec:', `href="${base}`);
  return raw(fillCodeSamples(nameStacks(linked)));
};

const HEADING = /<(\/?)h([4-6])(?=[\s>])/g;

/**
 * A description on a page of its own: its headings, which begin at level 4 or below, are raised so that the highest is of the given level.
 */
export const withHeadingsFrom = (level: number, fragment: string): string => {
  const highest = [4, 5, 6].find((rank) => fragment.includes(`<h${rank}`)) ?? 4;
  return fragment.replace(HEADING, (_, slash: string, found: string) => `<${slash}h${Number(found) - highest + level}`);
};
