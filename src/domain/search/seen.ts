import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Portal } from '../portals/index.ts';
import { isPublishedIn, isReadableDocument, isVisibleAssignment } from '../visibility/index.ts';
import type { Scope } from './candidate.ts';
import type { EntryKind } from './entry.ts';

/*
 * What the visitor may see of a portal, as values of a row `source` of `search_sources`. Values, not joins: an engine that plans may begin
 * with them, or take longer for planning than for searching.
 */

/** Whether the visitor sees the product of a source, if it is one that is wanted. */
export const isSeen = ({ portal, visitor, product }: Scope): RawBuilder<SqlBool> => sql`(select 1 from product_assignments
  where product_assignments.product_id = source.product_id and ${isVisibleAssignment(portal, visitor)}
    ${product === undefined ? sql`` : sql`and product_assignments.product_id = ${productCalled(product)}`} limit 1) is not null`;

/** The id of the product with a slug. */
export const productCalled = (slug: string): RawBuilder<string | null> => sql`(select id from products where slug = ${slug})`;

const NOT_DEPRECATED = sql.lit(false);

/** Whether what a source stands for is deprecated in a portal; null where it is not there. */
type InPortal = (portal: Portal) => RawBuilder<unknown>;

/** A version is there where it is published; what its specification says, once that is what the entries were made of. */
const versionInPortal: InPortal = (portal) => sql`(select publications.deprecated from publications
  left join specifications on specifications.version_id = publications.version_id
  where publications.version_id = source.subject_id and ${isPublishedIn(portal)}
    and specifications.content_hash is not distinct from source.content_hash)`;

const documentInPortal: InPortal = () => sql`(select ${NOT_DEPRECATED} from documents
  where documents.id = source.subject_id and documents.content_hash = source.content_hash and ${isReadableDocument})`;

const productInPortal: InPortal = () => sql`${NOT_DEPRECATED}`;

const anyInPortal: InPortal = (portal) => sql`(case source.kind when 'product' then ${productInPortal(portal)}
  when 'document' then ${documentInPortal(portal)} else ${versionInPortal(portal)} end)`;

/** The same for a kind of entries, or for whichever it is. */
export const IN_PORTAL: Readonly<Record<EntryKind | 'any', InPortal>> = {
  any: anyInPortal,
  product: productInPortal,
  version: versionInPortal,
  operation: versionInPortal,
  schema: versionInPortal,
  document: documentInPortal,
};
