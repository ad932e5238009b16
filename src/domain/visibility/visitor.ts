import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Portal } from '../portals/index.ts';

/** Who reads a portal: nobody in particular, or a developer whom the portal has approved. */
export type Visitor = { readonly kind: 'anonymous' } | { readonly kind: 'developer' };

export const ANONYMOUS: Visitor = { kind: 'anonymous' };

/**
 * Whether a visitor sees anything of what is published in a portal: everybody in a public portal, developers in a private one. Where
 * access is by roles, who has none sees nothing.
 */
export const seesPortal = (portal: Portal, visitor: Visitor): boolean =>
  portal.isPublic || (visitor.kind === 'developer' && !portal.rbacEnabled);

/** The condition, on `products.id`, that a product is one of those that a visitor of a portal may see. */
export const isVisibleProduct = (portal: Portal, visitor: Visitor): RawBuilder<SqlBool> =>
  seesPortal(portal, visitor)
    ? sql`exists (select 1 from product_assignments
        where product_assignments.portal_id = ${portal.id} and product_assignments.product_id = products.id)`
    : sql`1 = 0`;

/** A join condition between `publications` and a version that is published in a portal; the version's product has to be visible too. */
export const isPublishedIn = (portal: Portal): RawBuilder<SqlBool> =>
  sql`(publications.portal_id = ${portal.id} and publications.publish_status = 'published')`;
