import { toInstant } from '../../database/codec.ts';
import { differences } from '../../lib/differences.ts';
import { type Context, inTransaction } from '../context.ts';
import { invalid, notFound } from '../errors.ts';
import { record } from '../events/index.ts';
import { asId, type ControlPlaneId, type GatewayRouteId, newId } from '../ids.ts';
import { uniquely } from '../unique.ts';
import { demandControlPlane, getControlPlane } from './control-planes.ts';
import * as store from './entities-store.ts';
import { changeRoute, type GatewayRoute, type RouteFields, type SentRoute } from './entity.ts';

const TAKEN = 'A route with this name or id exists already';

/** A route within its control plane, by id or by name. */
export interface RouteRef {
  readonly controlPlaneId: ControlPlaneId;
  readonly route: string;
}

/** @throws not-found when there is no such control plane */
export const listGatewayRoutes = async (
  ctx: Context,
  controlPlaneId: ControlPlaneId,
  query: store.EntityQuery,
): Promise<store.EntityPage<GatewayRoute>> => {
  await getControlPlane(ctx, controlPlaneId);
  return store.selectRoutes(ctx, controlPlaneId, query);
};

/** @throws not-found */
export const getGatewayRoute = async (ctx: Context, { controlPlaneId, route }: RouteRef): Promise<GatewayRoute> => {
  await getControlPlane(ctx, controlPlaneId);
  const found = await store.findRoute(ctx, controlPlaneId, route);
  if (!found) throw notFound('Route');
  return found;
};

/** @throws not-found for the control plane; invalid; conflict when the name (or a given id) is taken */
export const createGatewayRoute = (
  ctx: Context,
  controlPlaneId: ControlPlaneId,
  sent: SentRoute,
  wanted?: GatewayRouteId,
): Promise<GatewayRoute> =>
  uniquely(TAKEN, () =>
    inTransaction(ctx, async (ctx) => {
      demandControlPlane(ctx, 'edit', controlPlaneId);
      await getControlPlane(ctx, controlPlaneId);
      const now = ctx.now();
      const at = toInstant(now);
      const fields = await linked(ctx, controlPlaneId, changeRoute(undefined, sent));
      const route: GatewayRoute = { id: wanted ?? newId(now), controlPlaneId, fields, createdAt: at, updatedAt: at };
      await store.insertRoute(ctx, route);
      await record(ctx, { action: 'gateway-route.created', subjectId: route.id, details: { controlPlaneId } });
      return route;
    }),
  );

/** @throws not-found; invalid; conflict when the name is taken */
export const updateGatewayRoute = (ctx: Context, ref: RouteRef, sent: SentRoute): Promise<GatewayRoute> =>
  uniquely(TAKEN, () =>
    inTransaction(ctx, async (ctx) => {
      demandControlPlane(ctx, 'edit', ref.controlPlaneId);
      await getControlPlane(ctx, ref.controlPlaneId);
      const before = await store.holdRoute(ctx, ref.controlPlaneId, ref.route);
      if (!before) throw notFound('Route');
      return change(ctx, before, changeRoute(before.fields, sent));
    }),
  );

/** Replaces a route, or creates it under the given id or name. @throws not-found for the control plane; invalid; conflict */
export const putGatewayRoute = (ctx: Context, ref: RouteRef, sent: SentRoute): Promise<GatewayRoute> => {
  const id = asId<GatewayRouteId>(ref.route);
  const named: SentRoute = id === undefined ? { ...sent, name: ref.route } : sent;
  return uniquely(TAKEN, () =>
    inTransaction(ctx, async (ctx) => {
      demandControlPlane(ctx, 'edit', ref.controlPlaneId);
      await getControlPlane(ctx, ref.controlPlaneId);
      const before = await store.holdRoute(ctx, ref.controlPlaneId, ref.route);
      return before ? change(ctx, before, changeRoute(undefined, named)) : createGatewayRoute(ctx, ref.controlPlaneId, named, id);
    }),
  );
};

const change = async (ctx: Context, before: GatewayRoute, fields: RouteFields): Promise<GatewayRoute> => {
  const after: GatewayRoute = {
    ...before,
    fields: await linked(ctx, before.controlPlaneId, fields),
    updatedAt: toInstant(ctx.now()),
  };
  await store.storeRoute(ctx, after);
  const details = differences(before.fields, after.fields, Object.keys(after.fields) as (keyof RouteFields)[]);
  await record(ctx, { action: 'gateway-route.updated', subjectId: after.id, details });
  return after;
};

/** @throws not-found */
export const deleteGatewayRoute = (ctx: Context, ref: RouteRef): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    demandControlPlane(ctx, 'edit', ref.controlPlaneId);
    const { id, controlPlaneId } = await getGatewayRoute(ctx, ref);
    await store.removeRoute(ctx, id);
    await record(ctx, { action: 'gateway-route.deleted', subjectId: id, details: { controlPlaneId } });
  });

/** Holds a route's service against its control plane: one of another control plane is as good as none. */
const linked = async (ctx: Context, controlPlaneId: ControlPlaneId, fields: RouteFields): Promise<RouteFields> => {
  if (!fields.service) return fields;
  const id = asId<never>(fields.service.id);
  const service = id === undefined ? undefined : await store.findService(ctx, controlPlaneId, id);
  if (!service)
    throw invalid({
      field: 'service.id',
      rule: 'missing_reference',
      reason: 'service.id must name a service of this control plane',
      source: 'body',
    });
  return { ...fields, service: { id: service.id } };
};
