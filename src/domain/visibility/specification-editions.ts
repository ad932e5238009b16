import { sql } from 'kysely';
import type { Context } from '../context.ts';
import type { VersionId } from '../ids.ts';
import type { Portal } from '../portals/index.ts';
import type { VisibleVersion } from './versions.ts';

/** A document that the specification of a version was while visitors could see it, or is. */
export interface VisibleEdition {
  /** Counts up in each version, with gaps. */
  readonly number: number;
  readonly contentHash: string;
  /** The version that the document gives its API. */
  readonly apiVersion: string;
  /** When it became the specification. */
  readonly createdAt: string;
}

/**
 * The documents that the specifications of some versions were and are, the newest first, by version: as far as a portal has shown them.
 * What was replaced before the version was published there, or its product assigned, never was there; nor is anything where the
 * specification is gone. Which versions a visitor may see is for whoever asks to know.
 */
export const listVisibleEditions = async (
  { db }: Context,
  portal: Portal,
  versions: readonly VisibleVersion[],
): Promise<Map<VersionId, VisibleEdition[]>> => {
  const editions = new Map<VersionId, VisibleEdition[]>();
  const ids = versions.filter(({ specification }) => specification !== null).map(({ id }) => id);
  if (ids.length === 0) return editions;
  const rows = await db
    .selectFrom('specification_editions as edition')
    .innerJoin('specification_contents as content', 'content.content_hash', 'edition.content_hash')
    .innerJoin('product_versions as version', 'version.id', 'edition.version_id')
    .innerJoin('publications', 'publications.version_id', 'version.id')
    .innerJoin('product_assignments as assignment', 'assignment.product_id', 'version.product_id')
    .select(['edition.version_id', 'edition.number', 'edition.content_hash', 'edition.created_at', 'content.api_version'])
    .where('edition.version_id', 'in', ids)
    .where('publications.portal_id', '=', portal.id)
    .where('assignment.portal_id', '=', portal.id)
    .where(
      sql<boolean>`(edition.replaced_at is null
        or (edition.replaced_at > publications.published_at and edition.replaced_at > assignment.created_at))`,
    )
    .orderBy('edition.version_id')
    .orderBy('edition.number', 'desc')
    .execute();
  for (const row of rows) {
    const id = row.version_id as VersionId;
    const { number, content_hash: contentHash, api_version: apiVersion, created_at: createdAt } = row;
    editions.set(id, [...(editions.get(id) ?? []), { number, contentHash, apiVersion, createdAt }]);
  }
  return editions;
};
