import type { Request } from 'express';
import { type Issue, invalid } from '../../../domain/errors.ts';
import { searchCatalogue } from '../../../domain/visibility/index.ts';
import { pathText, queryOf, queryText } from '../../../http/input.ts';
import { presentPage, readPage } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import type { PortalApiContext } from '../context.ts';
import { presentProduct } from '../products/presenters.ts';
import { refuseParameters } from '../query.ts';

/** What can be searched. */
const INDICES = ['product-catalog'];

/** What belongs to a product and is searched with it; it always is, whether asked for or not. */
const JOINS = ['versions', 'versions.documents'];

export const oneOf = (field: string, value: string, choices: readonly string[], source: Issue['source']): void => {
  if (choices.includes(value)) return;
  const reason = `${field} must be one of: ${choices.join(', ')}`;
  throw invalid({ field, rule: 'enum', choices, reason, ...(source ? { source } : {}) });
};

/** The words to look for. @throws invalid for text that nothing stored can hold */
export const searchText = (req: Request): string => {
  const text = queryText(req, 'q') ?? '';
  if (text.includes('\0'))
    throw invalid({ field: 'q', rule: 'invalid', reason: 'q must be free of the character NUL', source: 'query' });
  return text;
};

/** Searches what the visitor may see. */
export const searchRoutes: readonly Route<PortalApiContext>[] = [
  {
    method: 'get',
    path: '/search/:indices',
    access: 'reader',
    audit: null,
    handler: async (req, res, ctx) => {
      refuseParameters(req, 'filter', 'sort');
      const index = pathText(req, 'indices');
      oneOf('indices', index, INDICES, 'path');
      const joins = (queryText(req, 'join') ?? '').split(',').filter((join) => join.trim() !== '');
      for (const join of joins) oneOf('join', join.trim(), JOINS, 'query');
      const search = { query: searchText(req), page: readPage(queryOf(req)) };
      const found = await searchCatalogue(ctx, ctx.portal, ctx.visitor, search);
      res.json(presentPage(found, (product) => ({ index, source: presentProduct(product) })));
    },
  },
];
