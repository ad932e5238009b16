import type { Request } from 'express';
import { asId, type PortalId, type ProductId } from '../../../domain/ids.ts';
import type { RegionCode } from '../../../domain/regions/index.ts';
import { type RequestFilter, type RequestRef, readRef, refText } from '../../../domain/requests/index.ts';
import type { Query } from '../../../http/addresses.ts';
import { queryChoice, queryPage, queryText } from '../../../http/page-query.ts';
import { paths } from '../paths.ts';

/** What of the queue is shown: all of it stands in the address. */
export interface QueueView {
  readonly filter: RequestFilter;
  readonly page: number;
  /** the request whose details show; undefined: the first one, where there is room for both */
  readonly selected: RequestRef | undefined;
  /** requests that were decided just before, as far as they can be undone */
  readonly undo: readonly RequestRef[];
}

const KINDS = ['', 'developer', 'registration'] as const;

const readRefs = (text: string): RequestRef[] => text.split(',').flatMap((part) => readRef(part) ?? []);

const lastOf = (value: unknown): string => String([value ?? ''].flat().at(-1));

/** Whoever decides many at once undoes many at once: longer than other texts of an address. */
const MAX_UNDO = 100;

/** @throws invalid for what cannot be understood */
export const readQueueView = (req: Request): QueueView => ({
  filter: {
    kind: queryChoice(req, 'kind', KINDS) || undefined,
    portalId: asId<PortalId>(queryText(req, 'portal')),
    productId: asId<ProductId>(queryText(req, 'product')),
    search: queryText(req, 'q') || undefined,
  },
  page: queryPage(req),
  selected: readRef(queryText(req, 'request')),
  undo: readRefs(lastOf(req.query['undo'])).slice(0, MAX_UNDO),
});

/** A view as the query of an address; what is as usual is left out. */
export const queueQuery = ({ filter, page, selected, undo }: QueueView): Query => ({
  kind: filter.kind,
  portal: filter.portalId,
  product: filter.productId,
  q: filter.search,
  page: page === 1 ? undefined : page,
  request: selected && refText(selected),
  undo: undo.map(refText).join(','),
});

/** The address of a view. */
export const queueHref = (region: RegionCode, view: QueueView): string => paths.requests(region, queueQuery(view));
