import { toInstant } from '../../database/codec.ts';
import { lockRow } from '../../database/lock.ts';
import { differences } from '../../lib/differences.ts';
import { allowed, demand, may, require } from '../access/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { notFound } from '../errors.ts';
import { record } from '../events/index.ts';
import { type ControlPlaneId, newId } from '../ids.ts';
import { checkLabels, mergeLabels } from '../labels/index.ts';
import type { LabelCondition, Listed, ListQuery } from '../listing.ts';
import { makeAdminOf } from '../roles/index.ts';
import { uniquely } from '../unique.ts';
import type {
  ControlPlane,
  ControlPlaneChanges,
  ControlPlaneFilterField,
  ControlPlaneSortField,
  NewControlPlane,
} from './control-plane.ts';
import * as store from './control-planes-store.ts';

/** One page of the control planes that the actor may read, that fit all filters and carry all labels. */
export const listControlPlanes = (
  ctx: Context,
  query: ListQuery<ControlPlaneFilterField, ControlPlaneSortField>,
  labels: readonly LabelCondition[] = [],
): Promise<Listed<ControlPlane>> => store.selectControlPlanes(ctx, query, labels, allowed(ctx.actor, 'control-plane.read'));

/** @throws not-found where the actor may not see the control plane; forbidden where they may, but not change it */
export const demandControlPlane = ({ actor }: Context, verb: 'read' | 'edit', id: ControlPlaneId): void =>
  demand(actor, `control-plane.${verb}`, id, 'Control plane');

/** @throws not-found */
export const getControlPlane = async (ctx: Context, id: ControlPlaneId): Promise<ControlPlane> => {
  demandControlPlane(ctx, 'read', id);
  const controlPlane = await store.findControlPlane(ctx, id);
  if (!controlPlane) throw notFound('Control plane');
  return controlPlane;
};

/** Creates a control plane, whose Admin the actor becomes. @throws forbidden; conflict when the name is taken */
export const createControlPlane = async (ctx: Context, input: NewControlPlane): Promise<ControlPlane> => {
  require(may(ctx.actor, 'control-plane.create'));
  const now = ctx.now();
  const controlPlane: ControlPlane = {
    id: newId(now),
    name: input.name,
    description: input.description ?? null,
    kind: 'forward-auth',
    clusterType: input.clusterType ?? 'CLUSTER_TYPE_CONTROL_PLANE',
    authType: input.authType ?? 'pinned_client_certs',
    cloudGateway: input.cloudGateway ?? false,
    proxyUrls: input.proxyUrls ?? [],
    labels: checkLabels(input.labels ?? {}),
    createdAt: toInstant(now),
    updatedAt: toInstant(now),
  };
  await uniquely(taken(controlPlane.name), () =>
    inTransaction(ctx, async (ctx) => {
      await store.insertControlPlane(ctx, controlPlane);
      await makeAdminOf(ctx, 'control-plane', controlPlane.id);
      await record(ctx, {
        action: 'control-plane.created',
        subjectId: controlPlane.id,
        details: { name: controlPlane.name, kind: controlPlane.kind },
      });
    }),
  );
  return controlPlane;
};

/** @throws not-found; forbidden; conflict when the name is taken */
export const updateControlPlane = async (
  ctx: Context,
  id: ControlPlaneId,
  changes: ControlPlaneChanges,
): Promise<ControlPlane> => {
  demandControlPlane(ctx, 'edit', id);
  return uniquely(taken(changes.name), () =>
    inTransaction(ctx, async (ctx) => {
      await lockRow(ctx.db, ctx.engine, 'control_planes', id);
      const before = await getControlPlane(ctx, id);
      const after: ControlPlane = {
        ...before,
        name: changes.name ?? before.name,
        description: changes.description === undefined ? before.description : changes.description,
        authType: changes.authType ?? before.authType,
        proxyUrls: changes.proxyUrls ?? before.proxyUrls,
        labels: checkLabels(mergeLabels(before.labels, changes.labels)),
        updatedAt: toInstant(ctx.now()),
      };
      await store.storeControlPlane(ctx, after);
      await record(ctx, {
        action: 'control-plane.updated',
        subjectId: id,
        details: differences(before, after, ['name', 'description', 'authType', 'proxyUrls', 'labels']),
      });
      return after;
    }),
  );
};

/** Deletes a control plane with its services and routes; versions that were linked to one of them lose the link. @throws not-found; forbidden */
export const deleteControlPlane = async (ctx: Context, id: ControlPlaneId): Promise<void> => {
  demandControlPlane(ctx, 'edit', id);
  await inTransaction(ctx, async (ctx) => {
    const { name } = await getControlPlane(ctx, id);
    if (!(await store.removeControlPlane(ctx, id))) throw notFound('Control plane');
    await record(ctx, { action: 'control-plane.deleted', subjectId: id, details: { name } });
  });
};

const taken = (name: string | undefined): string => `A control plane with the name "${name}" exists already`;
