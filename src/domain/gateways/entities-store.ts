import { type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import { fromJson, toJson } from '../../database/codec.ts';
import type { Schema } from '../../database/schema.ts';
import type { Context } from '../context.ts';
import { asId, type ControlPlaneId, type GatewayRouteId, type GatewayServiceId } from '../ids.ts';
import type { GatewayRoute, GatewayService } from './entity.ts';

/** How lists of entities are asked for: by keyset, as gateways do. */
export interface EntityQuery {
  /** how many at most, 1 to 1000 */
  readonly size: number;
  /** the id after which the page begins */
  readonly after: string | undefined;
  /** tags that entities must carry: all of them, or any of them */
  readonly tags: { readonly all: boolean; readonly names: readonly string[] } | undefined;
}

/** A page of entities; `next` is the id to go on after, undefined at the end. */
export interface EntityPage<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

type EntityTable = 'gateway_services' | 'gateway_routes';

interface Row {
  readonly id: string;
  readonly control_plane_id: string;
  readonly entity: string;
  readonly created_at: string;
  readonly updated_at: string;
}

const fromRow = <T extends GatewayService | GatewayRoute>(row: Row): T =>
  ({
    id: row.id,
    controlPlaneId: row.control_plane_id,
    fields: fromJson(row.entity),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }) as T;

const tagged = (ctx: Context, table: EntityTable, tag: string): RawBuilder<SqlBool> => {
  const entity = sql.ref(`${table}.entity`);
  return ctx.engine === 'postgres'
    ? sql`jsonb_exists(${entity} -> 'tags', ${tag})`
    : sql`exists (select 1 from json_each(${entity}, '$.tags') where value = ${tag})`;
};

const selectPage = async <T extends GatewayService | GatewayRoute>(
  ctx: Context,
  table: EntityTable,
  controlPlaneId: ControlPlaneId,
  { size, after, tags }: EntityQuery,
): Promise<EntityPage<T>> => {
  let query: SelectQueryBuilder<Schema, EntityTable, Row> = ctx.db
    .selectFrom(table)
    .select(['id', 'control_plane_id', 'entity', 'created_at', 'updated_at'])
    .where('control_plane_id', '=', controlPlaneId);
  if (after !== undefined) query = query.where('id', '>', after);
  if (tags)
    query = query.where(
      sql<SqlBool>`(${sql.join(
        tags.names.map((tag) => tagged(ctx, table, tag)),
        tags.all ? sql` and ` : sql` or `,
      )})`,
    );
  const rows = await query
    .orderBy('id')
    .limit(size + 1)
    .execute();
  const items = rows.slice(0, size).map((row) => fromRow<T>(row));
  return { items, next: rows.length > size ? items.at(-1)?.id : undefined };
};

const selectOne = async <T extends GatewayService | GatewayRoute>(
  ctx: Context,
  table: EntityTable,
  controlPlaneId: ControlPlaneId,
  idOrName: string,
  held = false,
): Promise<T | undefined> => {
  const id = asId<never>(idOrName);
  const row = await ctx.db
    .selectFrom(table)
    .select(['id', 'control_plane_id', 'entity', 'created_at', 'updated_at'])
    .where('control_plane_id', '=', controlPlaneId)
    .where(id === undefined ? 'name' : 'id', '=', id ?? idOrName)
    .$if(held && ctx.engine === 'postgres', (query) => query.forNoKeyUpdate())
    .executeTakeFirst();
  return row && fromRow<T>(row);
};

export const selectServices = (
  ctx: Context,
  controlPlaneId: ControlPlaneId,
  query: EntityQuery,
): Promise<EntityPage<GatewayService>> => selectPage(ctx, 'gateway_services', controlPlaneId, query);

export const selectRoutes = (
  ctx: Context,
  controlPlaneId: ControlPlaneId,
  query: EntityQuery,
): Promise<EntityPage<GatewayRoute>> => selectPage(ctx, 'gateway_routes', controlPlaneId, query);

export const findService = (
  ctx: Context,
  controlPlaneId: ControlPlaneId,
  idOrName: string,
): Promise<GatewayService | undefined> => selectOne(ctx, 'gateway_services', controlPlaneId, idOrName);

export const findRoute = (ctx: Context, controlPlaneId: ControlPlaneId, idOrName: string): Promise<GatewayRoute | undefined> =>
  selectOne(ctx, 'gateway_routes', controlPlaneId, idOrName);

/** As {@link findService}, and holds it until the transaction ends: whoever writes back what was read overwrites nobody else's change. */
export const holdService = (
  ctx: Context,
  controlPlaneId: ControlPlaneId,
  idOrName: string,
): Promise<GatewayService | undefined> => selectOne(ctx, 'gateway_services', controlPlaneId, idOrName, true);

/** As {@link findRoute}, and holds it until the transaction ends. */
export const holdRoute = (ctx: Context, controlPlaneId: ControlPlaneId, idOrName: string): Promise<GatewayRoute | undefined> =>
  selectOne(ctx, 'gateway_routes', controlPlaneId, idOrName, true);

const serviceValues = ({ fields, updatedAt }: GatewayService) => ({
  name: fields.name,
  entity: toJson(fields),
  updated_at: updatedAt,
});

const routeValues = ({ fields, updatedAt }: GatewayRoute) => ({
  name: fields.name,
  service_id: fields.service?.id ?? null,
  entity: toJson(fields),
  updated_at: updatedAt,
});

export const insertService = async (ctx: Context, service: GatewayService): Promise<void> => {
  await ctx.db
    .insertInto('gateway_services')
    .values({
      ...serviceValues(service),
      id: service.id,
      control_plane_id: service.controlPlaneId,
      created_at: service.createdAt,
    })
    .execute();
};

export const storeService = async (ctx: Context, service: GatewayService): Promise<void> => {
  await ctx.db.updateTable('gateway_services').set(serviceValues(service)).where('id', '=', service.id).execute();
};

export const insertRoute = async (ctx: Context, route: GatewayRoute): Promise<void> => {
  await ctx.db
    .insertInto('gateway_routes')
    .values({ ...routeValues(route), id: route.id, control_plane_id: route.controlPlaneId, created_at: route.createdAt })
    .execute();
};

export const storeRoute = async (ctx: Context, route: GatewayRoute): Promise<void> => {
  await ctx.db.updateTable('gateway_routes').set(routeValues(route)).where('id', '=', route.id).execute();
};

export const removeService = async (ctx: Context, id: GatewayServiceId): Promise<void> => {
  await ctx.db.deleteFrom('gateway_services').where('id', '=', id).execute();
};

export const removeRoute = async (ctx: Context, id: GatewayRouteId): Promise<void> => {
  await ctx.db.deleteFrom('gateway_routes').where('id', '=', id).execute();
};
