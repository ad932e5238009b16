import { toInstant } from '../../database/codec.ts';
import { differences } from '../../lib/differences.ts';
import { type Context, inTransaction } from '../context.ts';
import { notFound } from '../errors.ts';
import { record } from '../events/index.ts';
import { asId, type ControlPlaneId, type GatewayServiceId, newId } from '../ids.ts';
import { uniquely } from '../unique.ts';
import { demandControlPlane, getControlPlane } from './control-planes.ts';
import * as store from './entities-store.ts';
import { changeService, type GatewayService, type SentService, type ServiceFields } from './entity.ts';

const TAKEN = 'A service with this name or id exists already';

/** A service within its control plane, by id or by name. */
export interface ServiceRef {
  readonly controlPlaneId: ControlPlaneId;
  readonly service: string;
}

/** @throws not-found when there is no such control plane */
export const listGatewayServices = async (
  ctx: Context,
  controlPlaneId: ControlPlaneId,
  query: store.EntityQuery,
): Promise<store.EntityPage<GatewayService>> => {
  await getControlPlane(ctx, controlPlaneId);
  return store.selectServices(ctx, controlPlaneId, query);
};

/** A service of a control plane by its id, for whoever wants to link to it. */
export const findGatewayService = (
  ctx: Context,
  { controlPlaneId, serviceId }: { readonly controlPlaneId: ControlPlaneId; readonly serviceId: GatewayServiceId },
): Promise<GatewayService | undefined> => store.findService(ctx, controlPlaneId, serviceId);

/** @throws not-found */
export const getGatewayService = async (ctx: Context, { controlPlaneId, service }: ServiceRef): Promise<GatewayService> => {
  await getControlPlane(ctx, controlPlaneId);
  const found = await store.findService(ctx, controlPlaneId, service);
  if (!found) throw notFound('Service');
  return found;
};

/** @throws not-found for the control plane; invalid; conflict when the name (or a given id) is taken */
export const createGatewayService = (
  ctx: Context,
  controlPlaneId: ControlPlaneId,
  sent: SentService,
  wanted?: GatewayServiceId,
): Promise<GatewayService> =>
  uniquely(TAKEN, () =>
    inTransaction(ctx, async (ctx) => {
      demandControlPlane(ctx, 'edit', controlPlaneId);
      await getControlPlane(ctx, controlPlaneId);
      const now = ctx.now();
      const at = toInstant(now);
      const fields = changeService(undefined, sent);
      const service: GatewayService = { id: wanted ?? newId(now), controlPlaneId, fields, createdAt: at, updatedAt: at };
      await store.insertService(ctx, service);
      await record(ctx, { action: 'gateway-service.created', subjectId: service.id, details: { controlPlaneId } });
      return service;
    }),
  );

/** @throws not-found; invalid; conflict when the name is taken */
export const updateGatewayService = (ctx: Context, ref: ServiceRef, sent: SentService): Promise<GatewayService> =>
  uniquely(TAKEN, () =>
    inTransaction(ctx, async (ctx) => {
      demandControlPlane(ctx, 'edit', ref.controlPlaneId);
      await getControlPlane(ctx, ref.controlPlaneId);
      const before = await store.holdService(ctx, ref.controlPlaneId, ref.service);
      if (!before) throw notFound('Service');
      return change(ctx, before, changeService(before.fields, sent));
    }),
  );

/** Replaces a service, or creates it under the given id or name. @throws not-found for the control plane; invalid; conflict */
export const putGatewayService = (ctx: Context, ref: ServiceRef, sent: SentService): Promise<GatewayService> => {
  const id = asId<GatewayServiceId>(ref.service);
  const named: SentService = id === undefined ? { ...sent, name: ref.service } : sent;
  return uniquely(TAKEN, () =>
    inTransaction(ctx, async (ctx) => {
      demandControlPlane(ctx, 'edit', ref.controlPlaneId);
      await getControlPlane(ctx, ref.controlPlaneId);
      const before = await store.holdService(ctx, ref.controlPlaneId, ref.service);
      return before
        ? change(ctx, before, changeService(undefined, named))
        : createGatewayService(ctx, ref.controlPlaneId, named, id);
    }),
  );
};

const change = async (ctx: Context, before: GatewayService, fields: ServiceFields): Promise<GatewayService> => {
  const after: GatewayService = { ...before, fields, updatedAt: toInstant(ctx.now()) };
  await store.storeService(ctx, after);
  const details = differences(before.fields, fields, Object.keys(fields) as (keyof ServiceFields)[]);
  await record(ctx, { action: 'gateway-service.updated', subjectId: after.id, details });
  return after;
};

/** Deletes a service with its routes; a version that was linked to it loses the link. @throws not-found */
export const deleteGatewayService = (ctx: Context, ref: ServiceRef): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    demandControlPlane(ctx, 'edit', ref.controlPlaneId);
    const { id, controlPlaneId } = await getGatewayService(ctx, ref);
    await store.removeService(ctx, id);
    await record(ctx, { action: 'gateway-service.deleted', subjectId: id, details: { controlPlaneId } });
  });
