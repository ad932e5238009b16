import { toInstant } from '../../database/codec.ts';
import { lockRow } from '../../database/lock.ts';
import { type Actor, demand, may, mayAny } from '../access/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { conflict, DomainError, forbidden, notFound } from '../errors.ts';
import { EVENT_JOB, type Event, record } from '../events/index.ts';
import type { ApplicationId, AuthStrategyId, PortalId, RegistrationId, VersionId } from '../ids.ts';
import type { Listed, ListQuery, Page } from '../listing.ts';
import { withdraw } from '../outbox/index.ts';
import {
  canDecide,
  canSee,
  type Decision,
  decided,
  type Registration,
  type RegistrationDetails,
  type RegistrationFilterField,
  type RegistrationSortField,
  type RegistrationStatus,
  UNDO_MS,
} from './registration.ts';
import * as store from './registrations-store.ts';

/** Where the administration finds a registration: what is named of its owners has to be right. */
export interface RegistrationRef {
  readonly registrationId: RegistrationId;
  readonly portalId?: PortalId | undefined;
  readonly applicationId?: ApplicationId | undefined;
}

/**
 * One page of the registrations that the actor sees (in a portal, of an application), the oldest first unless told otherwise: those of
 * portals that they may read, and those of products that they decide for.
 * @throws not-found for a portal or an application that is not there, or not for the actor; forbidden
 */
export const listRegistrations = async (
  ctx: Context,
  scope: store.RegistrationScope,
  query: ListQuery<RegistrationFilterField, RegistrationSortField>,
): Promise<Listed<RegistrationDetails>> => {
  const { portalId, applicationId } = scope;
  if (portalId !== undefined) {
    if (!mayAny(ctx.actor, 'product.decide')) demand(ctx.actor, 'portal.read', portalId, 'Portal');
    const portal = await ctx.db.selectFrom('portals').select('id').where('id', '=', portalId).executeTakeFirst();
    if (!portal) throw notFound('Portal');
  }
  if (applicationId !== undefined) {
    const row = await ctx.db.selectFrom('applications').select('portal_id').where('id', '=', applicationId).executeTakeFirst();
    if (!row || (portalId !== undefined && row.portal_id !== portalId)) throw notFound('Application');
  }
  return store.selectRegistrations(ctx, scope, query);
};

/**
 * One page of the registrations for a version in a portal that no longer fit once it demands another strategy, or none.
 * @throws not-found for a portal that the actor may not read
 */
export const listUnfittingRegistrations = (
  ctx: Context,
  ref: { readonly portalId: PortalId; readonly versionId: VersionId },
  strategyId: AuthStrategyId | undefined,
  page: Page,
): Promise<Listed<RegistrationDetails>> => {
  demand(ctx.actor, 'portal.read', ref.portalId, 'Portal');
  return store.selectUnfitting(ctx, ref, strategyId, page);
};

/** How many registrations for these versions no longer fit, in each portal that the actor reads. */
export const countUnfittingRegistrations = async (
  ctx: Context,
  versionIds: readonly VersionId[],
): Promise<{ readonly portalId: PortalId; readonly versionId: VersionId; readonly count: number }[]> =>
  (await store.countUnfitting(ctx, versionIds)).filter(({ portalId }) => may(ctx.actor, 'portal.read', portalId));

/** @throws not-found, also where the actor may not see it */
export const getRegistration = async (ctx: Context, ref: RegistrationRef): Promise<RegistrationDetails> => {
  const registration = await store.findDetails(ctx, ref.registrationId);
  const isThere =
    registration !== undefined &&
    (ref.portalId === undefined || ref.portalId === registration.portalId) &&
    (ref.applicationId === undefined || ref.applicationId === registration.applicationId);
  if (!isThere || !canSee(ctx.actor, registration)) throw notFound('Application registration');
  return registration;
};

/** Keeps a registration as it is until the transaction ends, for an actor who decides. @throws not-found; forbidden */
const hold = async (ctx: Context, ref: RegistrationRef): Promise<RegistrationDetails> => {
  await lockRow(ctx.db, ctx.engine, 'registrations', ref.registrationId);
  const registration = await getRegistration(ctx, ref);
  if (!canDecide(ctx.actor, registration)) throw forbidden();
  return registration;
};

const ACTIONS: Record<RegistrationStatus, Event['action']> = {
  approved: 'registration.approved',
  pending: 'registration.reopened',
  rejected: 'registration.rejected',
  revoked: 'registration.revoked',
};

/** By what those who decide are remembered. */
const idOf = (actor: Actor): string | null => (actor.kind === 'administrator' ? (actor.id ?? actor.tokenId ?? null) : null);

/** What of a registration an event names. */
const subjectOf = ({ applicationId, developerId, productId, versionId }: Registration) => ({
  applicationId,
  developerId,
  productId,
  versionId,
});

/** What was before a decision, for whoever undoes it. */
type Former = Pick<Registration, 'status' | 'statusReason' | 'decidedAt' | 'decidedBy' | 'updatedAt'>;

const formerOf = ({ status, statusReason, decidedAt, decidedBy, updatedAt }: Registration): Former => ({
  status,
  statusReason,
  decidedAt,
  decidedBy,
  updatedAt,
});

/**
 * Decides about a registration. The developer is told after {@link UNDO_MS}; until then {@link undoDecision} takes it back.
 * @throws not-found; forbidden; conflict when it is no longer what was expected
 */
export const decideRegistration = (ctx: Context, ref: RegistrationRef, decision: Decision): Promise<RegistrationDetails> =>
  inTransaction(ctx, async (ctx) => {
    const before = await hold(ctx, ref);
    if (decision.expected !== undefined && decision.expected !== before.status) throw overtaken(before);
    if (decision.status === before.status) return before;
    const after = { ...before, ...decided(before, decision, idOf(ctx.actor), toInstant(ctx.now())) };
    await store.storeRegistration(ctx, after);
    await record(
      ctx,
      {
        action: ACTIONS[after.status],
        subjectId: after.id,
        portalId: after.portalId,
        details: { ...subjectOf(after), changed: { status: { before: before.status, after: after.status } } },
      },
      {
        delayMs: UNDO_MS,
        told: { reason: after.statusReason, decidedBy: idOf(ctx.actor), at: after.updatedAt, former: formerOf(before) },
      },
    );
    return after;
  });

const overtaken = ({ status }: Registration): DomainError =>
  conflict(
    status === 'pending'
      ? 'Somebody has put this request back among those that wait; please look at it again'
      : `Somebody else has decided meanwhile: this request is ${status}`,
  );

/** What became of one of several decisions. */
export type Outcome =
  | { readonly registrationId: RegistrationId; readonly registration: RegistrationDetails }
  | { readonly registrationId: RegistrationId; readonly refusal: DomainError };

/** Decides about several registrations, one after the other: where one is refused, the others are decided all the same. */
export const decideRegistrations = async (
  ctx: Context,
  ids: readonly RegistrationId[],
  decision: Decision,
): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const registrationId of new Set(ids)) {
    try {
      outcomes.push({ registrationId, registration: await decideRegistration(ctx, { registrationId }, decision) });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      outcomes.push({ registrationId, refusal: error });
    }
  }
  return outcomes;
};

/**
 * Takes a decision back, as if it had never been made: only by who made it, while nobody has been told and nothing else has changed.
 * @throws not-found; forbidden; conflict when it is too late
 */
export const undoDecision = (ctx: Context, ref: RegistrationRef): Promise<RegistrationDetails> =>
  inTransaction(ctx, async (ctx) => {
    const before = await hold(ctx, ref);
    const job = await withdraw(ctx, before.id, EVENT_JOB);
    const told = job?.['told'] as { decidedBy: string | null; at: string; former: Former } | undefined;
    if (told?.former === undefined || told.decidedBy !== idOf(ctx.actor) || told.at !== before.updatedAt)
      throw conflict('This decision can no longer be undone: decide anew instead');
    const after = { ...before, ...told.former };
    await store.storeRegistration(ctx, after);
    await record(ctx, {
      action: 'registration.decision-undone',
      subjectId: after.id,
      portalId: after.portalId,
      details: { ...subjectOf(after), changed: { status: { before: before.status, after: after.status } } },
    });
    return after;
  });

/** Deletes a registration, so that its developer may ask again. @throws not-found; forbidden */
export const deleteRegistration = (ctx: Context, ref: RegistrationRef, reason: string | null = null): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    const registration = await hold(ctx, ref);
    await store.removeRegistration(ctx, registration.id);
    await record(
      ctx,
      {
        action: 'registration.deleted',
        subjectId: registration.id,
        portalId: registration.portalId,
        details: { ...subjectOf(registration), status: registration.status },
      },
      { told: { reason } },
    );
  });
