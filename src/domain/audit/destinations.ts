import { toInstant } from '../../database/codec.ts';
import { isForeignKeyViolation } from '../../database/errors.ts';
import { lockRow } from '../../database/lock.ts';
import { differences, isUnchanged } from '../../lib/differences.ts';
import { may, require } from '../access/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { conflict, notFound } from '../errors.ts';
import { record } from '../events/index.ts';
import { type AuditDestinationId, newId } from '../ids.ts';
import { sealAuthorization } from './authorization.ts';
import type {
  AuditDestination,
  AuditDestinationChanges,
  AuditDestinationList,
  AuditDestinationQuery,
  NewAuditDestination,
} from './destination.ts';
import * as store from './destinations-store.ts';

const requirePermission = (ctx: Context): void => require(may(ctx.actor, 'organisation.administer'));

export const listAuditDestinations = async (ctx: Context, query: AuditDestinationQuery): Promise<AuditDestinationList> => {
  requirePermission(ctx);
  return store.selectDestinations(ctx, query);
};

/** @throws not-found */
export const getAuditDestination = async (ctx: Context, id: AuditDestinationId): Promise<AuditDestination> => {
  requirePermission(ctx);
  const destination = await store.findDestination(ctx, id);
  if (!destination) throw notFound('Audit log destination');
  return destination;
};

export const createAuditDestination = (
  ctx: Context,
  { authorization, skipSslVerification = false, ...input }: NewAuditDestination,
): Promise<AuditDestination> =>
  inTransaction(ctx, async (ctx) => {
    requirePermission(ctx);
    const now = ctx.now();
    const times = { createdAt: toInstant(now), updatedAt: toInstant(now) };
    const destination = { ...input, id: newId<AuditDestinationId>(now), skipSslVerification, ...times };
    await store.insertDestination(ctx, destination, authorization === undefined ? null : sealAuthorization(ctx, authorization));
    const { id, name, endpoint } = destination;
    await record(ctx, { action: 'audit-destination.created', subjectId: id, details: { name, endpoint } });
    return destination;
  });

/** @throws not-found */
export const updateAuditDestination = (
  ctx: Context,
  id: AuditDestinationId,
  changes: AuditDestinationChanges,
): Promise<AuditDestination> =>
  inTransaction(ctx, async (ctx) => {
    await lockRow(ctx.db, ctx.engine, 'audit_destinations', id);
    const before = await getAuditDestination(ctx, id);
    const after = {
      ...before,
      name: changes.name ?? before.name,
      endpoint: changes.endpoint ?? before.endpoint,
      logFormat: changes.logFormat ?? before.logFormat,
      skipSslVerification: changes.skipSslVerification ?? before.skipSslVerification,
      updatedAt: toInstant(ctx.now()),
    };
    const details = differences(before, after, ['name', 'endpoint', 'logFormat', 'skipSslVerification']);
    const authorization = changes.authorization === undefined ? undefined : sealAuthorization(ctx, changes.authorization);
    if (isUnchanged(details) && authorization === undefined) return before;
    await store.storeDestination(ctx, after, authorization);
    const secret = authorization === undefined ? {} : { newAuthorization: true };
    await record(ctx, { action: 'audit-destination.updated', subjectId: id, details: { ...details, ...secret } });
    return after;
  });

/** @throws not-found; conflict while a webhook sends there */
export const deleteAuditDestination = async (ctx: Context, id: AuditDestinationId): Promise<void> => {
  try {
    await inTransaction(ctx, async (ctx) => {
      const { name } = await getAuditDestination(ctx, id);
      if (await store.isUsed(ctx, id)) throw inUse();
      await store.removeDestination(ctx, id);
      await record(ctx, { action: 'audit-destination.deleted', subjectId: id, details: { name } });
    });
  } catch (error) {
    if (isForeignKeyViolation(error)) throw inUse();
    throw error;
  }
};

const inUse = () => conflict('The audit log destination is in use by the webhook of a portal');
