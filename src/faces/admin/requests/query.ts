import type { Request } from 'express';
import { asId, type PortalId, type ProductId } from '../../../domain/ids.ts';
import type { RegionCode } from '../../../domain/regions/index.ts';
import { type RequestDecision, type RequestFilter, type RequestRef, readRef, refText } from '../../../domain/requests/index.ts';
import type { Query } from '../../../http/addresses.ts';
import { queryChoice, queryPage, queryText } from '../../../http/page-query.ts';
import { paths } from '../paths.ts';

/** What of the queue is shown: all of it stands in the address. */
export interface QueueView {
  readonly filter: RequestFilter;
  readonly page: number;
  /** the request whose details show; undefined: the first one, where there is room for both */
  readonly selected: RequestRef | undefined;
  /** what was decided just before, and may be undone */
  readonly decided: Decided | undefined;
}

interface Decided {
  readonly verdict: RequestDecision['verdict'];
  readonly refs: readonly RequestRef[];
}

const VERDICTS = ['approve', 'reject'] as const;

const KINDS = ['', 'developer', 'registration'] as const;

/** Whoever decides many at once undoes many at once. */
const MAX_DECIDED = 100;

/** `approve=<request>,<request>`: longer than other texts of an address. */
const readDecided = (req: Request): Decided | undefined => {
  for (const verdict of VERDICTS) {
    const value: unknown = req.query[verdict];
    if (typeof value === 'string')
      return {
        verdict,
        refs: value
          .split(',')
          .slice(0, MAX_DECIDED)
          .flatMap((part) => readRef(part) ?? []),
      };
  }
  return undefined;
};

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
  decided: readDecided(req),
});

/** A view as the query of an address; what is as usual is left out. */
export const queueQuery = ({ filter, page, selected, decided }: QueueView): Query => ({
  kind: filter.kind,
  portal: filter.portalId,
  product: filter.productId,
  q: filter.search,
  page: page === 1 ? undefined : page,
  request: selected && refText(selected),
  ...(decided ? { [decided.verdict]: decided.refs.map(refText).join(',') } : {}),
});

/** The address of a view. */
export const queueHref = (region: RegionCode, view: QueueView): string => paths.requests(region, queueQuery(view));
