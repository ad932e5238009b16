import { notFound } from '../../../domain/errors.ts';
import { inReadingOrder, treeOf } from '../../../domain/products/index.ts';
import { findVisibleDocument, listVisibleDocuments } from '../../../domain/visibility/index.ts';
import { pathText, queryOf } from '../../../http/input.ts';
import { presentPage, readPage } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import type { PortalApiContext } from '../context.ts';
import { pageOf, productOf, refuseParameters } from '../query.ts';
import { presentMarkdown, presentNodes, presentSummary, presentTree } from './presenters.ts';

const JSON_TYPE = 'application/json';
/** Documents as a tree: each with those below it. */
const TREE = 'application/vnd.konnect.document-tree+json';
/** The text of a document as a tree of nodes. */
const NODES = 'application/vnd.konnect.document-nodes+json';
const MARKDOWN = 'text/markdown';

/** The documents of a product that the visitor may read. Whoever accepts none of the forms there are gets JSON. */
export const documentRoutes: readonly Route<PortalApiContext>[] = [
  {
    method: 'get',
    path: '/products/:productId/documents',
    access: 'reader',
    audit: null,
    handler: async (req, res, ctx) => {
      refuseParameters(req, 'filter', 'sort');
      const page = readPage(queryOf(req));
      const documents = await listVisibleDocuments(ctx, ctx.portal, ctx.visitor, await productOf(req, ctx));
      res.vary('Accept');
      if (req.accepts([JSON_TYPE, TREE]) === TREE)
        res.type(TREE).send(JSON.stringify(presentPage(pageOf(treeOf(documents), page), presentTree)));
      else res.json(presentPage(pageOf(inReadingOrder(documents), page), presentSummary));
    },
  },
  {
    method: 'get',
    path: '/products/:productId/documents/:documentId',
    access: 'reader',
    audit: null,
    handler: async (req, res, ctx) => {
      refuseParameters(req, 'filter', 'sort', 'page');
      const product = await productOf(req, ctx);
      const document = await findVisibleDocument(ctx, ctx.portal, ctx.visitor, product, pathText(req, 'documentId'));
      if (!document) throw notFound('Document');
      res.vary('Accept');
      const accepted = req.accepts([JSON_TYPE, NODES, MARKDOWN]);
      if (accepted === NODES) res.type(NODES).send(presentNodes(document, await ctx.deps.documentNodes(document.content)));
      else if (accepted === MARKDOWN) res.type(MARKDOWN).send(document.content);
      else res.json(presentMarkdown(document));
    },
  },
];
