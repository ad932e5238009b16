import { raw, type SafeHtml } from '../../../lib/html.ts';
import { paths } from '../paths.ts';

/** Where a reference is: the slugs of its product and version. */
export interface ReferenceAddress {
  readonly product: string;
  readonly version: string;
}

/** Fragments of a reference link to its other parts by the pseudo scheme `spec:`; here these links get the reference's own address. */
export const withOwnLinks = (fragment: string, { product, version }: ReferenceAddress): SafeHtml =>
  raw(fragment.replaceAll('href="spec:', `href="${paths.reference(product, version)}`));
