import { sql } from 'kysely';
import { fromJson, toJson } from '../../../database/codec.ts';
import { isUniqueViolation } from '../../../database/errors.ts';
import { applyFilters, applyPage, applySort, isAmong, type ListColumn } from '../../../database/listing.ts';
import { fold, slugify, uniqueSlug } from '../../../lib/text.ts';
import { allowed } from '../../access/index.ts';
import type { Context } from '../../context.ts';
import { conflict } from '../../errors.ts';
import type { ControlPlaneId, GatewayServiceId, ProductId, VersionId } from '../../ids.ts';
import type { Listed } from '../../listing.ts';
import type { VersionAddress } from '../scope/index.ts';
import type { LinkedService, LinkedVersion, Version, VersionFilterField, VersionQuery, VersionSortField } from './version.ts';

const selectVersions = (ctx: Context) =>
  ctx.db
    .selectFrom('product_versions')
    .leftJoin('gateway_services', 'gateway_services.id', 'product_versions.gateway_service_id')
    .selectAll('product_versions')
    .select('gateway_services.control_plane_id as control_plane_id');

type VersionRow = Awaited<ReturnType<ReturnType<typeof selectVersions>['executeTakeFirstOrThrow']>>;

const fromRow = (row: VersionRow): Version => ({
  id: row.id as VersionId,
  productId: row.product_id as ProductId,
  slug: row.slug,
  name: row.name,
  labels: fromJson(row.labels),
  gatewayService:
    row.gateway_service_id === null || row.control_plane_id === null
      ? null
      : { id: row.gateway_service_id as GatewayServiceId, controlPlaneId: row.control_plane_id as ControlPlaneId },
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const mutable = (version: Omit<Version, 'slug'>) => ({
  name: version.name,
  name_key: fold(version.name),
  labels: toJson(version.labels),
  gateway_service_id: version.gatewayService?.id ?? null,
  updated_at: version.updatedAt,
});

export const findVersion = async (ctx: Context, { productId, versionId }: VersionAddress): Promise<Version | undefined> => {
  const row = await selectVersions(ctx)
    .where('product_versions.id', '=', versionId)
    .where('product_versions.product_id', '=', productId)
    .executeTakeFirst();
  return row && fromRow(row);
};

/** Whether another version is linked to this service. */
export const isServiceTaken = async (ctx: Context, service: LinkedService, except?: VersionId): Promise<boolean> => {
  const row = await ctx.db
    .selectFrom('product_versions')
    .select('id')
    .where('gateway_service_id', '=', service.id)
    .$if(except !== undefined, (query) => query.where('id', '<>', except ?? ''))
    .executeTakeFirst();
  return row !== undefined;
};

/** The versions that are linked to services of a control plane, by service. */
export const selectLinkedVersions = async (
  ctx: Context,
  controlPlaneId: ControlPlaneId,
): Promise<Map<GatewayServiceId, LinkedVersion>> => {
  const rows = await ctx.db
    .selectFrom('gateway_services')
    .innerJoin('product_versions', 'product_versions.gateway_service_id', 'gateway_services.id')
    .innerJoin('products', 'products.id', 'product_versions.product_id')
    .select(['gateway_services.id as service_id', 'products.id as product_id', 'products.name as product_name'])
    .select(['product_versions.id as version_id', 'product_versions.name as version_name'])
    .where('gateway_services.control_plane_id', '=', controlPlaneId)
    .execute();
  return new Map(
    rows.map((row) => [
      row.service_id as GatewayServiceId,
      {
        productId: row.product_id as ProductId,
        productName: row.product_name,
        versionId: row.version_id as VersionId,
        versionName: row.version_name,
      },
    ]),
  );
};

/** Whether another version of the product has this name, in any case. */
export const isNameTaken = async (ctx: Context, version: Omit<Version, 'slug'>): Promise<boolean> => {
  const row = await ctx.db
    .selectFrom('product_versions')
    .select('id')
    .where('product_id', '=', version.productId)
    .where('name_key', '=', fold(version.name))
    .where('id', '<>', version.id)
    .executeTakeFirst();
  return row !== undefined;
};

/** What a race that slipped past the checks above comes to. */
const translated = (error: unknown): unknown =>
  isUniqueViolation(error) ? conflict('Another version has just taken this name or this gateway service') : error;

/**
 * Stores a new version under the first free slug for its name; answers it with that slug.
 * @throws conflict when its name or service is taken
 */
export const insertVersion = async (ctx: Context, version: Omit<Version, 'slug'>): Promise<Version> => {
  const wanted = slugify(version.name, 'version');
  for (;;) {
    const slug = uniqueSlug(wanted, await slugsOf(ctx, version.productId));
    const inserted = await ctx.db
      .insertInto('product_versions')
      .values({ ...mutable(version), id: version.id, product_id: version.productId, slug, created_at: version.createdAt })
      .onConflict((clash) => clash.columns(['product_id', 'slug']).doNothing()) // someone else was quicker: look again
      .returning('id')
      .executeTakeFirst()
      .catch((error: unknown) => {
        throw translated(error);
      });
    if (inserted) return { ...version, slug };
  }
};

const slugsOf = async (ctx: Context, productId: ProductId): Promise<Set<string>> => {
  const rows = await ctx.db.selectFrom('product_versions').select('slug').where('product_id', '=', productId).execute();
  return new Set(rows.map((row) => row.slug));
};

/** @throws conflict when its name or service is taken */
export const storeVersion = async (ctx: Context, version: Version): Promise<void> => {
  await ctx.db
    .updateTable('product_versions')
    .set(mutable(version))
    .where('id', '=', version.id)
    .execute()
    .catch((error: unknown) => {
      throw translated(error);
    });
};

/** Deletes a version; answers whether it was there. */
export const removeVersion = async (ctx: Context, { productId, versionId }: VersionAddress): Promise<boolean> => {
  const { numDeletedRows } = await ctx.db
    .deleteFrom('product_versions')
    .where('id', '=', versionId)
    .where('product_id', '=', productId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
};

/** A version counts as published when it is published to at least one portal that the actor may read. */
const publishStatus = ({ actor, engine }: Context) => {
  const readable = allowed(actor, 'portal.read');
  return sql`case when exists (
    select 1 from publications where publications.version_id = product_versions.id and publications.publish_status = 'published'
    ${readable === 'all' ? sql`` : sql`and ${isAmong(engine, 'publications.portal_id', readable)}`}
  ) then 'published' else 'unpublished' end`;
};

const columnsOf = (ctx: Context): Record<VersionFilterField | VersionSortField, ListColumn> => ({
  name: { column: sql.ref('product_versions.name_key'), type: 'key' },
  publish_status: { column: sql`(${publishStatus(ctx)})`, type: 'key' },
  gateway_service_id: { column: sql.ref('product_versions.gateway_service_id'), type: 'uuid', nullable: true },
  created_at: { column: sql.ref('product_versions.created_at'), type: 'instant' },
  updated_at: { column: sql.ref('product_versions.updated_at'), type: 'instant' },
});

/** One page of a product's versions that fit all filters; the oldest first unless told otherwise. */
export const selectVersionPage = async (ctx: Context, productId: ProductId, query: VersionQuery): Promise<Listed<Version>> => {
  const columns = columnsOf(ctx);
  const matching = applyFilters(selectVersions(ctx).where('product_versions.product_id', '=', productId), query.filters, columns);
  const { total } = await matching
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const sort = query.sort.length > 0 ? query.sort : [{ field: 'created_at', direction: 'asc' } as const];
  const sorted = applySort(matching, sort, columns, sql.ref('product_versions.id'));
  const rows = await applyPage(sorted, query.page).execute();
  return { items: rows.map(fromRow), total, page: query.page };
};
