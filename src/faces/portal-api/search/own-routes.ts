import { invalid } from '../../../domain/errors.ts';
import { ENTRY_KINDS, search } from '../../../domain/search/index.ts';
import { queryOf, queryText } from '../../../http/input.ts';
import { presentPage, readPage } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import type { PortalApiContext } from '../context.ts';
import { refuseParameters } from '../query.ts';
import { presentFacets, presentHit } from './presenters.ts';
import { oneOf, searchText } from './routes.ts';

const MAX_TEXT = 200;

/** Searches everything that the visitor may see, beside the contract. */
export const ownSearchRoutes: readonly Route<PortalApiContext>[] = [
  {
    method: 'get',
    path: '/search',
    access: 'reader',
    audit: null,
    handler: async (req, res, ctx) => {
      refuseParameters(req, 'filter', 'sort');
      const text = searchText(req);
      if (text.length > MAX_TEXT) {
        const reason = `q must not be longer than ${MAX_TEXT} characters`;
        throw invalid({ field: 'q', rule: 'max_length', maximum: MAX_TEXT, reason, source: 'query' });
      }
      const kind = queryText(req, 'kind');
      if (kind !== undefined) oneOf('kind', kind, ENTRY_KINDS, 'query');
      const found = await search(ctx, ctx.portal, ctx.visitor, {
        text,
        kind: ENTRY_KINDS.find((one) => one === kind),
        product: queryText(req, 'product'),
        page: readPage(queryOf(req)),
      });
      res.json({ ...presentPage(found, presentHit), facets: presentFacets(found) });
    },
  },
];
