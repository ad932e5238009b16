import { toInstant } from '../../database/codec.ts';
import { allowed, may, mayAny } from '../access/index.ts';
import type { Context } from '../context.ts';
import { type DeveloperStatus, setDeveloperStatus, undoDeveloperStatus } from '../developers/index.ts';
import { DomainError, notFound } from '../errors.ts';
import { EVENT_JOB } from '../events/index.ts';
import type { DeveloperId, PortalId } from '../ids.ts';
import type { Listed, Page } from '../listing.ts';
import { canDecide, decideRegistration, getRegistration, type RegistrationStatus, undoDecision } from '../registrations/index.ts';
import type { RequestDecision, RequestFilter, RequestRef, WaitingRequest } from './request.ts';
import { countWaiting, findRequest, selectWaiting } from './requests-queries.ts';

/** Whether there is anything that this actor decides, or might. */
export const mayDecideAny = ({ actor }: Pick<Context, 'actor'>): boolean =>
  mayAny(actor, 'portal.administer') || mayAny(actor, 'portal.decide') || mayAny(actor, 'product.decide');

/** One page of what waits for this actor's decision, the oldest first: nothing else is shown. The total is counted up to a thousand. */
export const listRequests = (ctx: Context, filter: RequestFilter, page: Page): Promise<Listed<WaitingRequest>> =>
  selectWaiting(ctx, filter, page);

/** How much waits for this actor's decision, counted up to a thousand. */
export const countRequests = (ctx: Context, filter: RequestFilter = {}): Promise<number> => countWaiting(ctx, filter);

/** What was decided about another request of the same developer. */
export interface EarlierDecision {
  readonly status: Exclude<RegistrationStatus, 'pending'>;
  readonly productName: string;
  readonly versionName: string;
  readonly applicationName: string;
  readonly reason: string | null;
  readonly at: string;
}

/** A request with what helps to decide about it, whether it still waits or not. */
export interface RequestDetails extends WaitingRequest {
  readonly status: RegistrationStatus | DeveloperStatus;
  readonly reason: string | null;
  /** the administrator, or the token of one, who decided, as far as it is known */
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly developerStatus: DeveloperStatus;
  /** of the same developer, the latest first; those that this actor would have decided about */
  readonly earlier: readonly EarlierDecision[];
}

/** @throws not-found, also where it is not for this actor to decide */
export const getRequest = async (ctx: Context, ref: RequestRef): Promise<RequestDetails> => {
  const request = await findRequest(ctx, ref);
  if (!request || !isForActor(ctx, request)) throw notFound('Request');
  const developer = await standingOf(ctx, request.developer.id);
  const earlier = await earlierDecisions(ctx, request);
  if (ref.kind === 'developer')
    return { ...request, ...developer, decidedBy: null, decidedAt: null, developerStatus: developer.status, earlier };
  const { status, statusReason: reason, decidedBy, decidedAt } = await getRegistration(ctx, { registrationId: ref.id });
  return { ...request, status, reason, decidedBy, decidedAt, developerStatus: developer.status, earlier };
};

const isForActor = ({ actor }: Context, { ref, portal, registration }: WaitingRequest): boolean =>
  ref.kind === 'developer' || registration === undefined
    ? may(actor, 'portal.administer', portal.id)
    : canDecide(actor, { portalId: portal.id, productId: registration.productId });

/** Who decides about a registration need not be allowed to see developers; this much of theirs is part of the request. */
const standingOf = async (ctx: Context, id: DeveloperId): Promise<{ status: DeveloperStatus; reason: string | null }> => {
  const row = await ctx.db.selectFrom('developers').select(['status', 'status_reason']).where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('Request');
  return { status: row.status, reason: row.status_reason };
};

const SHOWN_EARLIER = 5;

const earlierDecisions = async (ctx: Context, { ref, portal, developer }: WaitingRequest): Promise<EarlierDecision[]> => {
  const decidesAll = may(ctx.actor, 'portal.decide', portal.id);
  const products = decidesAll ? 'all' : allowed(ctx.actor, 'product.decide');
  if (products !== 'all' && products.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('registrations')
    .innerJoin('products', 'products.id', 'registrations.product_id')
    .innerJoin('product_versions', 'product_versions.id', 'registrations.version_id')
    .innerJoin('applications', 'applications.id', 'registrations.application_id')
    .select(['registrations.status', 'registrations.status_reason', 'registrations.updated_at'])
    .select(['products.name as product_name', 'product_versions.name as version_name', 'applications.name as application_name'])
    .where('registrations.developer_id', '=', developer.id)
    .where('registrations.status', '<>', 'pending')
    .where('registrations.id', '<>', ref.id)
    .$if(products !== 'all', (query) => query.where('registrations.product_id', 'in', products as readonly string[]))
    .orderBy('registrations.updated_at', 'desc')
    .limit(SHOWN_EARLIER)
    .execute();
  return rows.map((row) => ({
    status: row.status as EarlierDecision['status'],
    productName: row.product_name,
    versionName: row.version_name,
    applicationName: row.application_name,
    reason: row.status_reason,
    at: row.updated_at,
  }));
};

/** What became of one of several requests: decided, or refused, such as when somebody else was faster. */
export interface Outcome {
  readonly ref: RequestRef;
  readonly refusal: DomainError | undefined;
}

const eachOf = async (refs: readonly RequestRef[], act: (ref: RequestRef) => Promise<unknown>): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const ref of refs) {
    try {
      await act(ref);
      outcomes.push({ ref, refusal: undefined });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      outcomes.push({ ref, refusal: error });
    }
  }
  return outcomes;
};

/**
 * Decides about requests that wait, one after the other: where one is refused (somebody else was faster, say), the others are decided
 * all the same. Developers hear of it after ten seconds; until then {@link undoRequests} takes it back.
 */
export const decideRequests = (ctx: Context, refs: readonly RequestRef[], decision: RequestDecision): Promise<Outcome[]> => {
  const status = decision.verdict === 'approve' ? 'approved' : 'rejected';
  const reason = decision.reason?.trim() || undefined;
  const wanted = { status, reason, expected: 'pending' } as const;
  return eachOf(refs, async (ref) => {
    if (ref.kind === 'registration') return decideRegistration(ctx, { registrationId: ref.id }, wanted);
    return setDeveloperStatus(ctx, { portalId: await portalOf(ctx, ref), developerId: ref.id }, wanted);
  });
};

/** Takes decisions back, as far as nobody has been told of them. */
export const undoRequests = (ctx: Context, refs: readonly RequestRef[]): Promise<Outcome[]> =>
  eachOf(refs, async (ref) => {
    if (ref.kind === 'registration') return undoDecision(ctx, { registrationId: ref.id });
    return undoDeveloperStatus(ctx, { portalId: await portalOf(ctx, ref), developerId: ref.id });
  });

const portalOf = async (ctx: Context, ref: RequestRef): Promise<PortalId> => {
  const request = await findRequest(ctx, ref);
  if (!request || !isForActor(ctx, request)) throw notFound('Request');
  return request.portal.id;
};

/** Those of the requests whose decision can still be taken back, and until when that goes for all of them. */
export const findUndoable = async (
  ctx: Context,
  refs: readonly RequestRef[],
): Promise<{ readonly refs: readonly RequestRef[]; readonly until: string } | undefined> => {
  if (refs.length === 0) return undefined;
  const rows = await ctx.db
    .selectFrom('outbox')
    .select(['subject_id', 'not_before'])
    .where('kind', '=', EVENT_JOB)
    .where(
      'subject_id',
      'in',
      refs.map(({ id }) => id),
    )
    .where('not_before', '>', toInstant(ctx.now()))
    .orderBy('not_before')
    .execute();
  const waiting = new Set(rows.map(({ subject_id }) => subject_id));
  const until = rows[0]?.not_before;
  return until === undefined ? undefined : { refs: refs.filter(({ id }) => waiting.has(id)), until };
};
