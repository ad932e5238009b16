import type { Request, Response } from 'express';
import { notFound } from '../../../domain/errors.ts';
import { catalogue, listCatalogueLabels } from '../../../domain/visibility/index.ts';
import { wantsMarkdown } from '../../../http/markdown-wanted.ts';
import { paginate } from '../../../http/pagination.ts';
import type { Route } from '../../../http/routes.ts';
import type { PortalContext } from '../context.ts';
import { textOf } from '../layout.ts';
import { showIndex } from '../machines/llms.ts';
import { paths } from '../paths.ts';
import { renderPage, sendPage } from '../respond.ts';
import { activeOf, cardOf, emptyOf, facetsOf, heroOf, hiddenFields, sortMenu, summaryOf, tableOf } from './pages.ts';
import { type CatalogueView, catalogueHref, conditionOf, isStart, ORDER, readCatalogueView, VIEWS } from './query.ts';

const PAGE_SIZE = 24;

const showCatalogue = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  if (wantsMarkdown(req, res)) return showIndex(req, res, ctx);
  const view = readCatalogueView(req);
  await sendPage(req, res, ctx, catalogueHref(view), () => cataloguePage(ctx, view));
};

const cataloguePage = async (ctx: PortalContext, view: CatalogueView) => {
  const { search, labels, sort, page: number } = view;
  const found = await catalogue(ctx, ctx.portal, ctx.visitor, {
    search,
    labels: labels.map(conditionOf),
    sort: [ORDER[sort]],
    page: { number, size: PAGE_SIZE },
  });
  if (found.items.length === 0 && number > 1) throw notFound('Page');
  const counts = await listCatalogueLabels(ctx, ctx.portal, ctx.visitor);
  const start = isStart(view);
  const head = {
    title: start ? ctx.portal.displayName : search === '' ? 'APIs' : `APIs that match “${search}”`,
    description: ctx.portal.description ?? textOf(ctx.portal).welcome_message,
    ...(start ? { subject: { kind: 'portal' } as const } : {}),
    ...(search === '' ? { path: number === 1 && labels.length === 0 ? paths.catalogue() : catalogueHref(view) } : {}),
  };
  return renderPage(ctx, 'portal/catalogue/catalogue.njk', head, {
    hero: start ? await heroOf(ctx) : false,
    heading: search === '' ? 'APIs' : `APIs that match “${search}”`,
    search: { value: search, hidden: hiddenFields(view, 'q') },
    summary: summaryOf(found.total),
    facets: facetsOf(counts, view),
    filtersOpen: labels.length > 0,
    active: activeOf(view),
    clearHref: catalogueHref({ ...view, labels: [], page: 1 }),
    sort: sortMenu(view),
    views: VIEWS.map((name) => ({ name, href: viewHref(view, name), current: view.view === name })),
    cards: view.view === 'cards' ? found.items.map(cardOf) : [],
    table: view.view === 'table' && found.items.length > 0 ? tableOf(found.items, view) : false,
    empty: found.items.length === 0 ? emptyOf(view) : false,
    pagination: paginate(found, (page) => catalogueHref({ ...view, page })) ?? false,
  });
};

/** Unlike other addresses, these say which view they are of, even of the usual one: whoever chose one is not to be led to the other. */
const viewHref = (view: CatalogueView, name: CatalogueView['view']): string => {
  const href = catalogueHref({ ...view, view: name });
  return name === 'cards' ? `${href}${href.includes('?') ? '&' : '?'}view=cards` : href;
};

export const catalogueRoutes: readonly Route<PortalContext>[] = [
  { method: 'get', path: '/', access: 'reader', audit: null, handler: showCatalogue },
];
