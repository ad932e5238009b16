import type { VisibleEdition } from '../../domain/visibility/index.ts';
import { paths } from './paths.ts';

/** When the specification of a version changed last, and where that is told; false where it never has. */
export const changedOf = (
  { product, version }: { readonly product: string; readonly version: string },
  [latest, before]: readonly VisibleEdition[] = [],
) => (latest && before ? { at: latest.createdAt, href: paths.changes(product, version) } : false);
