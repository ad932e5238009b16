import type { Selectable } from 'kysely';
import { isUniqueViolation } from '../../../database/errors.ts';
import type { SpecificationsTable } from '../../../database/schema.ts';
import type { Context } from '../../context.ts';
import { conflict } from '../../errors.ts';
import type { ProductId, SpecificationId, VersionId } from '../../ids.ts';
import type { Specification } from './specification.ts';

const fromRow = (row: Selectable<SpecificationsTable>): Specification => ({
  id: row.id as SpecificationId,
  versionId: row.version_id as VersionId,
  name: row.name,
  contentHash: row.content_hash,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** The specification of a version, if it has one. */
export const findSpecification = async (ctx: Context, versionId: VersionId): Promise<Specification | undefined> => {
  const row = await ctx.db.selectFrom('specifications').selectAll().where('version_id', '=', versionId).executeTakeFirst();
  return row && fromRow(row);
};

/** The specifications of some versions of a product, by version; those without one have no entry. */
export const selectSpecifications = async (
  ctx: Context,
  productId: ProductId,
  versionIds: readonly VersionId[],
): Promise<Map<VersionId, Specification>> => {
  if (versionIds.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('specifications')
    .innerJoin('product_versions', 'product_versions.id', 'specifications.version_id')
    .selectAll('specifications')
    .where('product_versions.product_id', '=', productId)
    .where('specifications.version_id', 'in', versionIds)
    .execute();
  return new Map(rows.map((row) => [row.version_id as VersionId, fromRow(row)]));
};

/** The answer to a second specification of a version. */
export const alreadyExists = (versionId: VersionId) =>
  conflict(`Specification for API product version '${versionId}' already exists`);

/** @throws conflict when the version has a specification */
export const insertSpecification = async (ctx: Context, specification: Specification): Promise<void> => {
  await ctx.db
    .insertInto('specifications')
    .values({
      id: specification.id,
      version_id: specification.versionId,
      name: specification.name,
      content_hash: specification.contentHash,
      created_at: specification.createdAt,
      updated_at: specification.updatedAt,
    })
    .execute()
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? alreadyExists(specification.versionId) : error;
    });
};

export const storeSpecification = async (ctx: Context, { id, name, contentHash, updatedAt }: Specification): Promise<void> => {
  await ctx.db
    .updateTable('specifications')
    .set({ name, content_hash: contentHash, updated_at: updatedAt })
    .where('id', '=', id)
    .execute();
};

export const removeSpecification = async (ctx: Context, id: SpecificationId): Promise<void> => {
  await ctx.db.deleteFrom('specifications').where('id', '=', id).execute();
};

/** The specifications that refer to a document, the oldest first. */
export const specificationsOfContent = async (ctx: Context, contentHash: string): Promise<Specification[]> => {
  const rows = await ctx.db
    .selectFrom('specifications')
    .selectAll()
    .where('content_hash', '=', contentHash)
    .orderBy('id')
    .execute();
  return rows.map(fromRow);
};
