import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Portal } from '../portals/index.ts';
import { isPublishedIn, isReadableDocument, isVisibleAssignment, type Visitor } from '../visibility/index.ts';
import type { AskedKind } from './text-index.ts';

interface Place {
  readonly portal: Portal;
  readonly visitor: Visitor;
}

/** More than there are. A bound keeps what is inside by itself: else rights are asked for twice, to leave out and to show. */
const ALL = 1_000_000_000;

/**
 * The hits that may be seen, looked at one after the other. Rights are a value, not joins: an engine that plans may begin with them, or
 * take longer for planning than for searching.
 * @param hits a table of ids
 * @param join how it is joined with others
 * @param isOfSeen whether they are of products that are known to be seen
 */
export const seenAmong = (
  hits: RawBuilder<unknown>,
  join: RawBuilder<unknown>,
  { portal, visitor }: Place,
  isOfSeen: boolean,
  kind: AskedKind,
): RawBuilder<unknown> => sql`select * from (
      select entry.id, entry.name_key, entry.deprecated,
        case when ${isOfSeen ? sql`true` : isSeen(portal, visitor)} then ${IN_PORTAL[kind](portal)} end as version_deprecated
      from ${hits} as hit
      ${join} search_entries as entry on entry.id = hit.id
      ${join} search_sources as source on source.id = entry.source_id
      limit ${sql.lit(ALL)}
    ) as looked_at
    where version_deprecated is not null`;

/** Whether the visitor sees the product of a source: as a value, or PostgreSQL would list all products that the visitor sees beforehand. */
const isSeen = (portal: Portal, visitor: Visitor): RawBuilder<SqlBool> => sql`(select 1 from product_assignments
  where product_assignments.product_id = source.product_id and ${isVisibleAssignment(portal, visitor)} limit 1) is not null`;

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

const IN_PORTAL: Readonly<Record<AskedKind, InPortal>> = {
  any: anyInPortal,
  each: anyInPortal,
  product: productInPortal,
  version: versionInPortal,
  operation: versionInPortal,
  schema: versionInPortal,
  document: documentInPortal,
};
