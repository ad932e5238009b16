import type { Request, Response } from 'express';
import {
  type FoundDocument,
  type FoundOperation,
  searchCatalogue,
  searchVisibleDocuments,
  searchVisibleOperations,
} from '../../../domain/visibility/index.ts';
import { queryString } from '../../../http/addresses.ts';
import type { Page } from '../../../http/page-cache.ts';
import { queryText } from '../../../http/page-query.ts';
import { counted } from '../../../http/pagination.ts';
import type { Route } from '../../../http/routes.ts';
import { cardOf } from '../catalogue/pages.ts';
import type { PortalContext } from '../context.ts';
import { paths } from '../paths.ts';
import { renderPage, sendPage } from '../respond.ts';

const MAX_PRODUCTS = 12;
const MAX_DOCUMENTS = 20;
const MAX_OPERATIONS = 50;

const showSearch = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const text = queryText(req, 'q');
  await sendPage(req, res, ctx, queryString({ q: text }), () => searchPage(ctx, text));
};

const operationRow = ({ product, version, address, method, path, summary, deprecated }: FoundOperation) => ({
  title: summary ?? path,
  href: paths.operation(product.slug, version.slug, address),
  method,
  path,
  deprecated,
  place: `${product.name} ${version.name}`,
});

const documentRow = ({ product, slug, title }: FoundDocument) => ({
  title,
  href: paths.document(product.slug, slug),
  place: product.name,
});

/** `12 operations`, or that there are more than are shown. */
const summaryOf = (found: number, shown: number, one: string, many: string): string =>
  found > shown ? `The first ${shown} ${many}` : counted(found, one, many);

const searchPage = async (ctx: PortalContext, text: string): Promise<Page> => {
  const head = { title: text === '' ? 'Search' : `Search: ${text}`, searched: text };
  if (text === '') return renderPage(ctx, 'portal/search/search.njk', head, { text, isEmpty: false, sections: [] });
  const products = await searchCatalogue(ctx, ctx.portal, ctx.visitor, { query: text, page: { number: 1, size: MAX_PRODUCTS } });
  const documents = await searchVisibleDocuments(ctx, ctx.portal, ctx.visitor, { query: text, limit: MAX_DOCUMENTS + 1 });
  const operations = await searchVisibleOperations(ctx, ctx.portal, ctx.visitor, { query: text, limit: MAX_OPERATIONS + 1 });
  const sections = [
    {
      id: 'apis',
      title: 'APIs',
      summary: counted(products.total, 'API', 'APIs'),
      cards: products.items.map((product) => ({ ...cardOf(product), heading: 'h3' })),
      rows: [],
      more: products.total > MAX_PRODUCTS ? { text: 'All matching APIs', href: paths.catalogue({ q: text }) } : false,
    },
    {
      id: 'documents',
      title: 'Documentation',
      summary: summaryOf(documents.length, MAX_DOCUMENTS, 'page', 'pages'),
      cards: [],
      rows: documents.slice(0, MAX_DOCUMENTS).map(documentRow),
      more: false,
    },
    {
      id: 'operations',
      title: 'Operations',
      summary: summaryOf(operations.length, MAX_OPERATIONS, 'operation', 'operations'),
      cards: [],
      rows: operations.slice(0, MAX_OPERATIONS).map(operationRow),
      more: false,
    },
  ].filter(({ cards, rows }) => cards.length + rows.length > 0);
  return renderPage(ctx, 'portal/search/search.njk', head, { text, isEmpty: sections.length === 0, sections });
};

export const searchRoutes: readonly Route<PortalContext>[] = [
  { method: 'get', path: '/search', access: 'reader', audit: null, handler: showSearch },
];
