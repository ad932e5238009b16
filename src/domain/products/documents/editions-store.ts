import type { Selectable } from 'kysely';
import { fromJson, toJson } from '../../../database/codec.ts';
import type { DocumentEditionsTable } from '../../../database/schema.ts';
import { imagesNamedIn } from '../../../lib/image-names.ts';
import type { Context } from '../../context.ts';
import type { DocumentId } from '../../ids.ts';
import { authorOf } from '../scope/index.ts';
import type { Document } from './document.ts';
import { type Edition, type EditionSummary, KEPT_EDITIONS } from './edition.ts';

const SUMMARY = ['number', 'title', 'slug', 'status', 'content_hash', 'actor_kind', 'actor_id', 'created_at'] as const;

const summaryFromRow = (row: Pick<Selectable<DocumentEditionsTable>, (typeof SUMMARY)[number]>): EditionSummary => ({
  number: row.number,
  title: row.title,
  slug: row.slug,
  status: row.status,
  contentHash: row.content_hash,
  author: { kind: row.actor_kind, id: row.actor_id },
  createdAt: row.created_at,
});

/** How many uses of images one statement takes: far below the parameters that both engines take. */
const USES_AT_A_TIME = 1_000;

/** Keeps what a document has become, with the images that it names; the oldest edition goes once there are too many. */
export const insertEdition = async (ctx: Context, document: Document): Promise<void> => {
  const { id, edition: number } = document;
  const author = authorOf(ctx);
  await ctx.db
    .insertInto('document_editions')
    .values({
      document_id: id,
      number,
      parent_id: document.parentId,
      slug: document.slug,
      title: document.title,
      status: document.status,
      metadata: toJson(document.metadata),
      content: document.content,
      content_hash: document.contentHash,
      actor_kind: author.kind,
      actor_id: author.id,
      created_at: document.updatedAt,
    })
    .execute();
  const uses = imagesNamedIn(document.content).map((hash) => ({ document_id: id, number, hash }));
  for (let at = 0; at < uses.length; at += USES_AT_A_TIME)
    await ctx.db
      .insertInto('document_image_uses')
      .values(uses.slice(at, at + USES_AT_A_TIME))
      .execute();
  await ctx.db
    .deleteFrom('document_editions')
    .where('document_id', '=', id)
    .where('number', '<=', number - KEPT_EDITIONS)
    .execute();
};

/** The editions of a document that are kept, the newest first. */
export const selectEditions = async ({ db }: Context, id: DocumentId): Promise<EditionSummary[]> => {
  const rows = await db
    .selectFrom('document_editions')
    .select(SUMMARY)
    .where('document_id', '=', id)
    .orderBy('number', 'desc')
    .execute();
  return rows.map(summaryFromRow);
};

export const findEdition = async ({ db }: Context, id: DocumentId, number: number): Promise<Edition | undefined> => {
  const row = await db
    .selectFrom('document_editions')
    .selectAll()
    .where('document_id', '=', id)
    .where('number', '=', number)
    .executeTakeFirst();
  return (
    row && {
      ...summaryFromRow(row),
      parentId: row.parent_id as DocumentId | null,
      metadata: fromJson(row.metadata),
      content: row.content,
    }
  );
};
