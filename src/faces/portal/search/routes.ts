import type { Request, Response } from 'express';
import { notFound } from '../../../domain/errors.ts';
import { search } from '../../../domain/search/index.ts';
import { queryText } from '../../../http/page-query.ts';
import { paginate } from '../../../http/pagination.ts';
import type { Route } from '../../../http/routes.ts';
import type { PortalContext } from '../context.ts';
import { paths } from '../paths.ts';
import { renderPage, sendOwnPage } from '../respond.ts';
import { correctionOf, emptyOf, facetsOf, hitModel, summaryOf } from './pages.ts';
import { readSearchView, type SearchView, searchHref } from './query.ts';

const PAGE_SIZE = 20;
const SUGGESTIONS = 8;

/** Kept nowhere: the index follows changes a moment after them, and hardly two people ask the same. */
const showSearch = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const view = readSearchView(req);
  await sendOwnPage(req, res, ctx, await searchPage(ctx, view));
};

const searchPage = async (ctx: PortalContext, view: SearchView) => {
  const { text, kind, product, page: number } = view;
  const head = { title: text === '' ? 'Search' : `Search: ${text}`, searched: text };
  const found = await search(ctx, ctx.portal, ctx.visitor, {
    text,
    kind: kind === 'all' ? undefined : kind,
    product: product === '' ? undefined : product,
    page: { number, size: PAGE_SIZE },
  });
  if (found.items.length === 0 && number > 1) throw notFound('Page');
  return renderPage(ctx, 'portal/search/search.njk', head, {
    text,
    hidden: product === '' ? [] : [{ name: 'product', value: product }],
    summary: summaryOf(found, view),
    correction: correctionOf(found, view),
    facets: facetsOf(found, view),
    hits: found.items.map(hitModel),
    empty: text !== '' && found.items.length === 0 ? emptyOf(view) : false,
    pagination: paginate(found, (page) => searchHref({ ...view, page })) ?? false,
  });
};

/** The first few results, as a piece of a page for the script that shows them while one types. */
const showSuggestions = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const text = queryText(req, 'q');
  const found = await search(ctx, ctx.portal, ctx.visitor, { text, page: { number: 1, size: SUGGESTIONS } });
  const body = ctx.deps.views.render('portal/search/suggestions.njk', {
    hits: found.items.map(hitModel),
    all: found.total > SUGGESTIONS ? { text: 'All results', href: paths.search({ q: text }) } : false,
    status: text === '' ? '' : found.total === 0 ? `Nothing found for “${text}”` : summaryOf(found, { kind: 'all' }),
  });
  await sendOwnPage(req, res, ctx, { body });
};

export const searchRoutes: readonly Route<PortalContext>[] = [
  { method: 'get', path: '/search', access: 'reader', audit: null, handler: showSearch },
  { method: 'get', path: '/search/suggestions', access: 'reader', audit: null, handler: showSuggestions },
];
