import type { SafeHtml } from '../../../lib/html.ts';
import { fragmentAt } from '../../../rendering/openapi/reference/fragments.ts';
import { paths } from '../paths.ts';

/** Where a reference is: the slugs of its product and version. */
export interface ReferenceAddress {
  readonly product: string;
  readonly version: string;
}

/** An operation on a page, with a link to its console. */
export const operationArticle = (fragment: string, { product, version }: ReferenceAddress): SafeHtml =>
  fragmentAt(paths.reference(product, version), fragment, true);

/** A fragment whose links to other parts of its reference lead there. */
export const withOwnLinks = (fragment: string, { product, version }: ReferenceAddress): SafeHtml =>
  fragmentAt(paths.reference(product, version), fragment);
