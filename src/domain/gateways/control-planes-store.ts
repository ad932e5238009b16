import { type Selectable, sql } from 'kysely';
import { fromBit, fromJson, toBit, toJson } from '../../database/codec.ts';
import { applyAllowed, applyFilters, applyPage, applySort, type ListColumn } from '../../database/listing.ts';
import type { ControlPlanesTable } from '../../database/schema.ts';
import { fold } from '../../lib/text.ts';
import type { Context } from '../context.ts';
import type { ControlPlaneId } from '../ids.ts';
import type { LabelCondition, Listed, ListQuery } from '../listing.ts';
import type {
  AuthType,
  ClusterType,
  ControlPlane,
  ControlPlaneFilterField,
  ControlPlaneKind,
  ControlPlaneSortField,
} from './control-plane.ts';

const fromRow = (row: Selectable<ControlPlanesTable>): ControlPlane => ({
  id: row.id as ControlPlaneId,
  name: row.name,
  description: row.description,
  kind: row.kind as ControlPlaneKind,
  clusterType: row.cluster_type as ClusterType,
  authType: row.auth_type as AuthType,
  cloudGateway: fromBit(row.cloud_gateway),
  proxyUrls: fromJson(row.proxy_urls),
  labels: fromJson(row.labels),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const mutable = (controlPlane: ControlPlane) => ({
  name: controlPlane.name,
  name_key: fold(controlPlane.name),
  description: controlPlane.description,
  auth_type: controlPlane.authType,
  proxy_urls: toJson(controlPlane.proxyUrls),
  labels: toJson(controlPlane.labels),
  updated_at: controlPlane.updatedAt,
});

export const findControlPlane = async (ctx: Context, id: ControlPlaneId): Promise<ControlPlane | undefined> => {
  const row = await ctx.db.selectFrom('control_planes').selectAll().where('id', '=', id).executeTakeFirst();
  return row && fromRow(row);
};

export const insertControlPlane = async (ctx: Context, controlPlane: ControlPlane): Promise<void> => {
  await ctx.db
    .insertInto('control_planes')
    .values({
      ...mutable(controlPlane),
      id: controlPlane.id,
      kind: controlPlane.kind,
      cluster_type: controlPlane.clusterType,
      cloud_gateway: toBit(controlPlane.cloudGateway),
      created_at: controlPlane.createdAt,
    })
    .execute();
  await storeLabels(ctx, controlPlane);
};

export const storeControlPlane = async (ctx: Context, controlPlane: ControlPlane): Promise<void> => {
  await ctx.db.updateTable('control_planes').set(mutable(controlPlane)).where('id', '=', controlPlane.id).execute();
  await ctx.db.deleteFrom('control_plane_labels').where('control_plane_id', '=', controlPlane.id).execute();
  await storeLabels(ctx, controlPlane);
};

const storeLabels = async (ctx: Context, { id, labels }: ControlPlane): Promise<void> => {
  const rows = Object.entries(labels).map(([key, value]) => ({ control_plane_id: id, key, value_key: fold(value) }));
  if (rows.length > 0) await ctx.db.insertInto('control_plane_labels').values(rows).execute();
};

export const removeControlPlane = async (ctx: Context, id: ControlPlaneId): Promise<boolean> => {
  const { numDeletedRows } = await ctx.db.deleteFrom('control_planes').where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
};

const COLUMNS: Record<ControlPlaneFilterField | ControlPlaneSortField, ListColumn> = {
  id: { column: sql.ref('control_planes.id'), type: 'uuid' },
  name: { column: sql.ref('control_planes.name_key'), type: 'key' },
  cluster_type: { column: sql.ref('control_planes.cluster_type'), type: 'enum' },
  cloud_gateway: { column: sql.ref('control_planes.cloud_gateway'), type: 'boolean' },
  created_at: { column: sql.ref('control_planes.created_at'), type: 'instant' },
};

/** One page of those of the given control planes that fit all filters and carry all labels. */
export const selectControlPlanes = async (
  ctx: Context,
  query: ListQuery<ControlPlaneFilterField, ControlPlaneSortField>,
  labels: readonly LabelCondition[],
  ids: 'all' | readonly string[],
): Promise<Listed<ControlPlane>> => {
  const filtered = labels.reduce(
    (narrowed, { key, value }) =>
      narrowed.where(({ exists, selectFrom }) => {
        const labelled = selectFrom('control_plane_labels')
          .select('key')
          .whereRef('control_plane_id', '=', 'control_planes.id')
          .where('key', '=', key);
        return exists(value === undefined ? labelled : labelled.where('value_key', '=', fold(value)));
      }),
    applyFilters(applyAllowed(ctx.db.selectFrom('control_planes'), ctx.engine, 'control_planes.id', ids), query.filters, COLUMNS),
  );
  const { total } = await filtered.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await applyPage(
    applySort(filtered.selectAll('control_planes'), query.sort, COLUMNS, sql.ref('control_planes.id')),
    query.page,
  ).execute();
  return { items: rows.map(fromRow), total, page: query.page };
};
