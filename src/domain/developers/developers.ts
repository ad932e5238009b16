import { lockRow } from '../../database/lock.ts';
import { demand } from '../access/index.ts';
import { type Context, type DeletionGuard, inTransaction } from '../context.ts';
import { conflict, notFound } from '../errors.ts';
import { EVENT_JOB, record } from '../events/index.ts';
import type { DeveloperId, PortalId } from '../ids.ts';
import type { Listed, ListQuery } from '../listing.ts';
import { withdraw } from '../outbox/index.ts';
import { getPortal } from '../portals/index.ts';
import { endSessions } from '../sessions/index.ts';
import type {
  Developer,
  DeveloperAddress,
  DeveloperDetails,
  DeveloperFilterField,
  DeveloperSortField,
  DeveloperStatus,
} from './developer.ts';
import * as store from './developers-store.ts';

/** The developers of a portal. @throws not-found, forbidden */
export const listDevelopers = async (
  ctx: Context,
  portalId: PortalId,
  query: ListQuery<DeveloperFilterField, DeveloperSortField>,
): Promise<Listed<DeveloperDetails>> => {
  await demandIn(ctx, 'portal.read', portalId);
  return store.selectDevelopers(ctx, portalId, query);
};

/** @throws not-found, forbidden */
export const getDeveloper = async (ctx: Context, address: DeveloperAddress): Promise<DeveloperDetails> => {
  await demandIn(ctx, 'portal.read', address.portalId);
  return existing(ctx, address);
};

const demandIn = async (ctx: Context, permission: 'portal.read' | 'portal.administer', portalId: PortalId): Promise<void> => {
  demand(ctx.actor, permission, portalId, 'Portal');
  await getPortal(ctx, portalId);
};

const existing = async (ctx: Context, address: DeveloperAddress): Promise<DeveloperDetails> => {
  const developer = await store.findDeveloper(ctx, address);
  if (!developer) throw notFound('Developer');
  return developer;
};

/** What an administrator decides of a developer. */
export interface DeveloperDecision {
  readonly status: DeveloperStatus;
  /** for the developer to read */
  readonly reason?: string | undefined;
  /** the status that was seen: somebody else's decision in between is not overruled */
  readonly expected?: DeveloperStatus | undefined;
}

/** How long a decision may be undone: the developer hears of it only then. */
const UNDO_MS = 10_000;

const DECIDED = {
  approved: 'developer.approved',
  pending: 'developer.reopened',
  rejected: 'developer.rejected',
  revoked: 'developer.revoked',
} as const satisfies Record<DeveloperStatus, string>;

/** Decides of a developer. Who is not approved any more is logged out everywhere. @throws not-found, forbidden, conflict */
export const setDeveloperStatus = (
  ctx: Context,
  address: DeveloperAddress,
  decision: DeveloperDecision,
): Promise<DeveloperDetails> =>
  inTransaction(ctx, async (ctx) => {
    await demandIn(ctx, 'portal.administer', address.portalId);
    return decide(ctx, address, decision);
  });

/** Decides of several developers at once, all or none. @throws not-found, forbidden, conflict */
export const setDeveloperStatuses = (
  ctx: Context,
  portalId: PortalId,
  ids: readonly DeveloperId[],
  decision: DeveloperDecision,
): Promise<DeveloperDetails[]> =>
  inTransaction(ctx, async (ctx) => {
    await demandIn(ctx, 'portal.administer', portalId);
    const decided: DeveloperDetails[] = [];
    // always in the same order, so that two who decide of the same developers do not wait for each other
    for (const developerId of [...new Set(ids)].sort()) decided.push(await decide(ctx, { portalId, developerId }, decision));
    return decided;
  });

/** What was before a decision, for whoever undoes it. */
type Former = Pick<Developer, 'status' | 'statusReason'>;

const decide = async (ctx: Context, address: DeveloperAddress, decision: DeveloperDecision): Promise<DeveloperDetails> => {
  const { status, reason = null, expected } = decision;
  const before = await hold(ctx, address);
  if (expected !== undefined && before.status !== expected)
    throw conflict(`Somebody else has decided meanwhile: this developer is ${before.status}`);
  if (before.status === status) return before;
  await store.updateDeveloper(ctx, before.id, { status, statusReason: reason });
  const former: Former = { status: before.status, statusReason: before.statusReason };
  await record(
    ctx,
    {
      action: DECIDED[status],
      subjectId: before.id,
      portalId: address.portalId,
      details: { changed: { status: { before: before.status, after: status } } },
    },
    { delayMs: UNDO_MS, told: { reason, decidedBy: idOf(ctx), status, former } },
  );
  if (status !== 'approved') await endSessions(ctx, { ...address, reason: status });
  return existing(ctx, address);
};

/** A developer whom nobody else changes until the transaction ends. */
const hold = async (ctx: Context, address: DeveloperAddress): Promise<DeveloperDetails> => {
  await lockRow(ctx.db, ctx.engine, 'developers', address.developerId);
  return existing(ctx, address);
};

/**
 * Takes a decision back before the developer has heard of it: only whoever made it can, and only while nothing came after it. Sessions
 * that it ended stay ended.
 * @throws not-found, forbidden; conflict when it is too late
 */
export const undoDeveloperStatus = (ctx: Context, address: DeveloperAddress): Promise<DeveloperDetails> =>
  inTransaction(ctx, async (ctx) => {
    await demandIn(ctx, 'portal.administer', address.portalId);
    const before = await hold(ctx, address);
    const job = await withdraw(ctx, before.id, EVENT_JOB);
    const told = job?.['told'] as { decidedBy: string | null; status: DeveloperStatus; former: Former } | undefined;
    if (told?.former === undefined || told.decidedBy !== idOf(ctx) || told.status !== before.status)
      throw conflict('This decision can no longer be undone: decide anew instead');
    await store.updateDeveloper(ctx, before.id, told.former);
    await record(ctx, {
      action: 'developer.decision-undone',
      subjectId: before.id,
      portalId: address.portalId,
      details: { changed: { status: { before: before.status, after: told.former.status } } },
    });
    return existing(ctx, address);
  });

const idOf = ({ actor }: Context): string | null => (actor.kind === 'administrator' ? (actor.id ?? actor.tokenId ?? null) : null);

/** Deletes a developer with applications, registrations, credentials, sessions and mails; their address may sign up anew. @throws not-found, forbidden */
export const deleteDeveloper = (ctx: Context, address: DeveloperAddress): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    await demandIn(ctx, 'portal.administer', address.portalId);
    await erase(ctx, await existing(ctx, address));
  });

/** Deletes a developer; the audit trail keeps their id. */
export const erase = async (ctx: Context, developer: Developer): Promise<void> => {
  await store.removeDeveloper(ctx, developer.id);
  await record(ctx, { action: 'developer.deleted', subjectId: developer.id, portalId: developer.portalId });
};

/** Keeps a portal from being deleted while it has developers. */
export const guardDevelopers: DeletionGuard = async (ctx, portalId) => {
  const count = await store.countDevelopers(ctx, portalId as PortalId);
  if (count === 0) return undefined;
  return {
    field: 'force',
    rule: 'required',
    reason: `the portal has ${count === 1 ? '1 developer' : `${count} developers`}: delete everything with force=true`,
    source: 'query',
  };
};
