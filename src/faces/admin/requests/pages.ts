import { may } from '../../../domain/access/index.ts';
import { findAdministratorNames } from '../../../domain/administrators/index.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { Listed } from '../../../domain/listing.ts';
import { noLongerFits } from '../../../domain/registrations/index.ts';
import {
  findUndoable,
  getRequest,
  listRequestChoices,
  listRequests,
  type RequestDetails,
  refText,
  type WaitingRequest,
} from '../../../domain/requests/index.ts';
import type { FormState } from '../../../http/forms.ts';
import { counted, paginate } from '../../../http/pagination.ts';
import { UNFITTING } from '../applications/unfitting.ts';
import type { AdminContext } from '../context.ts';
import { paths } from '../paths.ts';
import { applicationPaths, developerPaths, portalPaths } from '../portals/paths.ts';
import { productPaths } from '../products/paths.ts';
import { type QueueView, queueHref, queueQuery } from './query.ts';

const PAGE_SIZE = 50;
/** The domain counts no further. */
const MANY = 1000;

/** What a request is, in a few words. */
const titleOf = ({ registration, portal }: WaitingRequest): string =>
  registration ? `${registration.productName} ${registration.versionName}` : `Access to ${portal.name}`;

const itemOf = (ctx: AdminContext, view: QueueView, request: WaitingRequest, selected: WaitingRequest | undefined) => ({
  ref: refText(request.ref),
  href: queueHref(ctx.region, { ...view, selected: request.ref, decided: undefined }),
  isSelected: selected !== undefined && refText(selected.ref) === refText(request.ref),
  icon: request.registration ? 'key' : 'user',
  kind: request.registration ? 'Application' : 'Developer',
  name: request.developer.name,
  title: titleOf(request),
  detail: request.registration ? request.registration.applicationName : request.developer.email,
  portal: request.portal.name,
  createdAt: request.createdAt,
});

const STATES = {
  approved: { text: 'Approved', kind: 'success' },
  rejected: { text: 'Rejected', kind: 'danger' },
  revoked: { text: 'Revoked', kind: 'danger' },
  pending: { text: 'Waiting', kind: 'warning' },
} as const;

/** Who decided, for a request that waits no more. */
const outcomeOf = async (ctx: AdminContext, { status, reason, decidedBy, decidedAt }: RequestDetails) => {
  if (status === 'pending') return false;
  const names = decidedBy === null ? new Map<string, string>() : await findAdministratorNames(ctx.organisation, [decidedBy]);
  const name = decidedBy === null ? undefined : names.get(decidedBy);
  return {
    text: `${STATES[status].text}${name === undefined ? '' : ` by ${name}`}`,
    kind: STATES[status].kind === 'success' ? 'success' : 'warning',
    at: decidedAt ?? false,
    reason: reason ?? false,
  };
};

/** What should be known before one approves. */
const warningsOf = ({ registration, developerStatus, status }: RequestDetails): string[] => [
  ...(registration && developerStatus !== 'approved'
    ? [`The developer is ${developerStatus} in this portal, and cannot use the application before being approved.`]
    : []),
  ...(registration && noLongerFits({ status, fits: registration.fits }) ? [UNFITTING] : []),
];

/** Who asks for what; what the administrator may look at is a link. */
const factsOf = ({ actor, region }: AdminContext, { registration, developer, portal }: WaitingRequest) => {
  const portalId = portal.id;
  const inPortal = (href: string) => may(actor, 'portal.read', portalId) && href;
  return [
    {
      term: 'Developer',
      text: developer.name,
      href: inPortal(developerPaths.developer(region, { portalId, developerId: developer.id })),
    },
    { term: 'E-mail', text: developer.email, note: developer.verified ? 'confirmed' : 'not confirmed' },
    ...(registration
      ? [
          {
            ...{ term: 'Application', text: registration.applicationName },
            href: inPortal(applicationPaths.application(region, { portalId, applicationId: registration.applicationId })),
          },
          {
            ...{ term: 'API product', text: `${registration.productName}, version ${registration.versionName}` },
            href: may(actor, 'product.read', registration.productId) && productPaths.product(region, registration.productId),
          },
        ]
      : []),
    { term: 'Portal', text: portal.name, href: inPortal(portalPaths.portal(region, portalId)) },
  ];
};

const detailOf = async (ctx: AdminContext, view: QueueView, request: RequestDetails, { previous, next }: Neighbours) => {
  const { registration, developer, portal, earlier } = request;
  const hrefOf = (other: WaitingRequest | undefined) =>
    other ? queueHref(ctx.region, { ...view, selected: other.ref, decided: undefined }) : false;
  return {
    ref: refText(request.ref),
    title: titleOf(request),
    sentence: registration
      ? `${developer.name} asks for ${registration.productName} ${registration.versionName} with the application ${registration.applicationName}.`
      : `${developer.name} asks to be let in to ${portal.name}.`,
    facts: factsOf(ctx, request),
    createdAt: request.createdAt,
    warnings: warningsOf(request),
    earlier: earlier.map((decision) => ({
      text: `${decision.productName} ${decision.versionName}, ${decision.applicationName}`,
      badge: STATES[decision.status],
      at: decision.at,
      reason: decision.reason ?? false,
    })),
    outcome: await outcomeOf(ctx, request),
    next: next ? refText(next.ref) : '',
    nextHref: hrefOf(next),
    previousHref: hrefOf(previous),
  };
};

/** The requests before and after one, as the page lists them. */
const neighboursOf = ({ items }: Listed<WaitingRequest>, { ref }: WaitingRequest): Neighbours => {
  const at = items.findIndex((item) => refText(item.ref) === refText(ref));
  return at < 0 ? { previous: undefined, next: items[0] } : { previous: items[at - 1], next: items[at + 1] };
};

interface Neighbours {
  readonly previous: WaitingRequest | undefined;
  readonly next: WaitingRequest | undefined;
}

/** The request whose details show: the one that was asked for, as long as there is one, else the first of the list. */
const findSelected = async (
  ctx: AdminContext,
  { selected }: QueueView,
  first: WaitingRequest | undefined,
): Promise<RequestDetails | undefined> => {
  const ref = selected ?? first?.ref;
  try {
    return ref && (await getRequest(ctx, ref));
  } catch (error) {
    if (error instanceof DomainError && error.kind === 'not-found') return undefined;
    throw error;
  }
};

const DID: Record<NonNullable<QueueView['decided']>['verdict'], string> = { approve: 'Approved', reject: 'Rejected' };

/** What was decided just before, as long as it can be taken back. */
const undoOf = async (ctx: AdminContext, { decided }: QueueView) => {
  const undoable = decided && (await findUndoable(ctx, decided.refs));
  if (!undoable) return false;
  const { refs, until } = undoable;
  return {
    refs: refs.map(refText),
    until,
    text: `${DID[decided.verdict]} ${counted(refs.length, 'request', 'requests')}. Nobody has been told yet.`,
  };
};

const filtersOf = async (ctx: AdminContext, { filter }: QueueView) => {
  const { portals, products } = await listRequestChoices(ctx);
  const option = ({ id, name }: { id: string; name: string }) => ({ value: id, text: name });
  return {
    kind: {
      value: filter.kind ?? '',
      options: [
        { value: '', text: 'All requests' },
        { value: 'developer', text: 'Developers' },
        { value: 'registration', text: 'Applications' },
      ],
    },
    portal: { value: filter.portalId ?? '', options: [{ value: '', text: 'All portals' }, ...portals.map(option)] },
    product: { value: filter.productId ?? '', options: [{ value: '', text: 'All products' }, ...products.map(option)] },
    search: filter.search ?? '',
    active: Object.values(filter).some((value) => value !== undefined),
  };
};

const emptyOf = (isNarrowed: boolean, clearHref: string) =>
  isNarrowed
    ? {
        icon: 'search',
        title: 'Nothing that matches waits',
        text: 'Other requests may wait: take the filters away to see them.',
        action: { text: 'Show all requests', href: clearHref },
      }
    : {
        icon: 'success',
        title: 'Nothing waits for you',
        text: 'Developers who sign up and applications that ask for an API show here, unless their portal or version approves by itself.',
      };

/** The page of the queue: the list, and beside it the details of one request. */
export const queuePage = async (ctx: AdminContext, view: QueueView, form: FormState) => {
  const list = await listRequests(ctx, view.filter, { number: view.page, size: PAGE_SIZE });
  const selected = await findSelected(ctx, view, list.items[0]);
  const filters = await filtersOf(ctx, view);
  const bare: QueueView = { ...view, selected: undefined, decided: undefined };
  const here = queueQuery({ ...view, decided: undefined });
  return {
    form,
    filters: { ...filters, action: paths.requests(ctx.region) },
    clearHref: paths.requests(ctx.region),
    summary: list.total >= MANY ? `More than ${MANY} requests wait` : `${counted(list.total, 'request waits', 'requests wait')}`,
    items: list.items.map((request) => itemOf(ctx, view, request, selected)),
    detail: selected ? await detailOf(ctx, view, selected, neighboursOf(list, selected)) : false,
    isChosen: view.selected !== undefined,
    listHref: queueHref(ctx.region, bare),
    decideAction: paths.requestsAct(ctx.region, 'decide', here),
    undoAction: paths.requestsAct(ctx.region, 'undo', here),
    undo: await undoOf(ctx, view),
    empty: list.items.length === 0 ? emptyOf(filters.active, paths.requests(ctx.region)) : false,
    pagination: paginate(list, (page) => queueHref(ctx.region, { ...bare, page })) ?? false,
  };
};
