import type { Request, Response } from 'express';
import type { DocumentId, ProductId } from '../../../domain/ids.ts';
import {
  createDocument,
  type Document,
  type DocumentAddress,
  deleteDocument,
  getDocument,
  listDocuments,
  listDocumentTree,
  updateDocument,
} from '../../../domain/products/index.ts';
import { parseBody, pathId, queryOf } from '../../../http/input.ts';
import { presentPage, readPage } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { presentDocument, presentDocumentSummary, presentDocumentTree } from './presenters.ts';
import { createDocumentSchema, updateDocumentSchema } from './schemas.ts';

/** The media type of documents as a tree. */
const TREE = 'application/vnd.konnect.document-tree+json';

const productId = (req: Request) => pathId<ProductId>(req, 'productId', 'API product');

const address = (req: Request): DocumentAddress => ({
  productId: productId(req),
  documentId: pathId<DocumentId>(req, 'documentId', 'API product document'),
});

const sendDocument = async (res: Response, ctx: ManagementContext, document: Document): Promise<void> => {
  res.type('application/json').send(presentDocument(document, await ctx.documentNodes(document.content)));
};

export const documentRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'post',
    path: '/api-products/:productId/documents',
    access: 'token',
    audit: 'document.created',
    bodyLimit: 'document',
    handler: async (req, res, ctx) => {
      const id = productId(req);
      const { parent_document_id, ...input } = parseBody(createDocumentSchema, req);
      const parentId = parent_document_id as DocumentId | null | undefined;
      await sendDocument(res.status(201), ctx, await createDocument(ctx, id, { ...input, parentId }));
    },
  },
  {
    method: 'get',
    path: '/api-products/:productId/documents',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const id = productId(req);
      const page = readPage(queryOf(req));
      res.vary('Accept');
      if (req.accepts(['application/json', TREE]) === TREE)
        res.type(TREE).send(JSON.stringify(presentPage(await listDocumentTree(ctx, id, page), presentDocumentTree)));
      else res.json(presentPage(await listDocuments(ctx, id, page), presentDocumentSummary));
    },
  },
  {
    method: 'get',
    path: '/api-products/:productId/documents/:documentId',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      await sendDocument(res, ctx, await getDocument(ctx, address(req)));
    },
  },
  {
    method: 'patch',
    path: '/api-products/:productId/documents/:documentId',
    access: 'token',
    audit: 'document.updated',
    bodyLimit: 'document',
    handler: async (req, res, ctx) => {
      const at = address(req);
      const { parent_document_id, ...changes } = parseBody(updateDocumentSchema, req);
      const parentId = parent_document_id as DocumentId | null | undefined;
      await sendDocument(res, ctx, await updateDocument(ctx, at, { ...changes, parentId }));
    },
  },
  {
    method: 'delete',
    path: '/api-products/:productId/documents/:documentId',
    access: 'token',
    audit: 'document.deleted',
    handler: async (req, res, ctx) => {
      await deleteDocument(ctx, address(req));
      res.status(204).end();
    },
  },
];
