import { sql } from 'kysely';
import type { Context } from '../../context.ts';
import type { VersionId } from '../../ids.ts';
import { authorOf } from '../scope/index.ts';
import { deleteUnusedContents } from './content-store.ts';
import { KEPT_SPECIFICATION_EDITIONS, type SpecificationEdition } from './edition.ts';
import type { Specification } from './specification.ts';

const editionsOf = ({ db }: Context, versionId: VersionId) =>
  db
    .selectFrom('specification_editions as edition')
    .innerJoin('specification_contents as content', 'content.content_hash', 'edition.content_hash')
    .select(['edition.version_id', 'edition.number', 'edition.name', 'edition.content_hash', 'edition.created_at'])
    .select(['edition.actor_kind', 'edition.actor_id', 'edition.replaced_at', 'content.title', 'content.api_version'])
    .where('edition.version_id', '=', versionId)
    .orderBy('edition.number', 'desc');

type Row = Awaited<ReturnType<ReturnType<typeof editionsOf>['executeTakeFirstOrThrow']>>;

const fromRow = (row: Row): SpecificationEdition => ({
  versionId: row.version_id as VersionId,
  number: row.number,
  name: row.name,
  contentHash: row.content_hash,
  title: row.title,
  apiVersion: row.api_version,
  author: { kind: row.actor_kind, id: row.actor_id },
  createdAt: row.created_at,
  replacedAt: row.replaced_at,
});

/** The editions of a version's specification that are kept, the newest first. */
export const selectEditions = async (ctx: Context, versionId: VersionId): Promise<SpecificationEdition[]> =>
  (await editionsOf(ctx, versionId).execute()).map(fromRow);

export const findEdition = async (
  ctx: Context,
  versionId: VersionId,
  number: number,
): Promise<SpecificationEdition | undefined> => {
  const row = await editionsOf(ctx, versionId).where('edition.number', '=', number).executeTakeFirst();
  return row && fromRow(row);
};

const setReplaced = async ({ db }: Context, versionId: VersionId, number: number, at: string | null): Promise<void> => {
  await db
    .updateTable('specification_editions')
    .set({ replaced_at: at })
    .where('version_id', '=', versionId)
    .where('number', '=', number)
    .execute();
};

/** Notes that nothing came in the place of a specification. */
export const endEdition = async ({ db }: Context, versionId: VersionId, at: string): Promise<void> => {
  await db
    .updateTable('specification_editions')
    .set({ replaced_at: at })
    .where('version_id', '=', versionId)
    .where('replaced_at', 'is', null)
    .execute();
};

/**
 * Keeps what a specification has become, unless that is what it was; the oldest editions go once there are too many. Runs while the product
 * is locked.
 */
export const keepEdition = async (ctx: Context, { versionId, name, contentHash, updatedAt }: Specification): Promise<void> => {
  const latest = await editionsOf(ctx, versionId).limit(1).executeTakeFirst();
  if (latest?.content_hash === contentHash) return setReplaced(ctx, versionId, latest.number, null);
  if (latest?.replaced_at === null) await setReplaced(ctx, versionId, latest.number, updatedAt);
  const number = (latest?.number ?? 0) + 1;
  const author = authorOf(ctx);
  await ctx.db
    .insertInto('specification_editions')
    .values({
      ...{ version_id: versionId, number, name, content_hash: contentHash, created_at: updatedAt },
      ...{ actor_kind: author.kind, actor_id: author.id, replaced_at: null },
    })
    .execute();
  const dropped = await ctx.db
    .deleteFrom('specification_editions')
    .where('version_id', '=', versionId)
    .where('number', '<=', number - KEPT_SPECIFICATION_EDITIONS)
    .returning('content_hash')
    .execute();
  await deleteUnusedContents(
    ctx,
    dropped.map((row) => row.content_hash),
  );
};

export const removeEdition = async (ctx: Context, { versionId, number, contentHash }: SpecificationEdition): Promise<void> => {
  await ctx.db.deleteFrom('specification_editions').where('version_id', '=', versionId).where('number', '=', number).execute();
  await deleteUnusedContents(ctx, [contentHash]);
};

/** Hashes of all documents that the specifications of a product's versions are, or were; of one version where one is given. */
export const contentsOf = async (ctx: Context, where: { productId: string } | { versionId: string }): Promise<string[]> => {
  const condition =
    'versionId' in where
      ? sql<boolean>`version_id = ${where.versionId}`
      : sql<boolean>`version_id in (select id from product_versions where product_id = ${where.productId})`;
  const rows = await ctx.db.selectFrom('specification_editions').select('content_hash').distinct().where(condition).execute();
  return rows.map((row) => row.content_hash);
};
