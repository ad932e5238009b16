import type { Request, Response } from 'express';
import { z } from 'zod';
import { demand } from '../../../domain/access/index.ts';
import { asId, type DocumentId } from '../../../domain/ids.ts';
import { DOCUMENT_STATUSES, deleteDocument, placeDocument, updateDocument } from '../../../domain/products/index.ts';
import { handleForm } from '../../../http/forms.ts';
import type { Route } from '../../../http/routes.ts';
import { sendConfirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { productOf, sendProductPart } from '../products/frame.ts';
import { documentPaths } from '../products/paths.ts';
import { redirectWith } from '../respond.ts';
import { addressOf, documentOf, documentsTrail } from './document.ts';
import { discardNewDraft, discardOldDraft, keepNewDraft, keepOldDraft } from './drafts.ts';
import { create, edit, preview, showCreation, showEdit } from './editor.ts';
import { download, downloadAll, showImport, upload } from './files.ts';
import { restore, showEdition, showHistory } from './history.ts';
import { consequencesOf, treeModel } from './tree-page.ts';

const showTree = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  const model = await treeModel(ctx, product);
  await sendProductPart(req, res, ctx, { product, part: 'documents', template: 'admin/documents/tree.njk' }, model);
};

/** Without `parent`, a document stays below the one that it is below; empty, it comes to the top level. */
const placeForm = z.object({
  index: z.coerce.number().int().min(0),
  parent: z
    .string()
    .transform((text) => asId<DocumentId>(text) ?? null)
    .optional(),
});

const place = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { product, address, document } = await documentOf(req, ctx);
  const back = documentPaths.list(ctx.region, product.id);
  await handleForm(req, res, placeForm, {
    act: async ({ index, parent }) => {
      await placeDocument(ctx, address, { index, parentId: parent });
      redirectWith(req, res, ctx, back, `“${document.title}” is moved.`);
    },
    again: ({ summary }) =>
      redirectWith(req, res.status(303), ctx, back, { kind: 'warning', text: summary[0]?.text ?? 'This cannot be moved there.' }),
  });
};

const statusForm = z.object({ status: z.enum(DOCUMENT_STATUSES) });

const setStatus = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  const back = documentPaths.list(ctx.region, product.id);
  await handleForm(req, res, statusForm, {
    act: async ({ status }) => {
      const { title } = await updateDocument(ctx, addressOf(req, product), { status });
      redirectWith(req, res, ctx, back, `“${title}” is ${status}.`);
    },
    again: () => res.redirect(303, back),
  });
};

const showDeletion = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { product, address, document } = await documentOf(req, ctx);
  demand(ctx.actor, 'product.edit', product.id, 'API product');
  const head = { title: `Delete “${document.title}”?`, breadcrumbs: documentsTrail(ctx, product) };
  await sendConfirmation(req, res, ctx, head, {
    text: 'Its text and its history are gone then. This cannot be undone.',
    consequences: await consequencesOf(ctx, product, document.id),
    action: documentPaths.delete(ctx.region, address),
    submit: 'Delete document',
    cancelHref: documentPaths.document(ctx.region, address),
  });
};

const remove = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { product, address, document } = await documentOf(req, ctx);
  await deleteDocument(ctx, address);
  redirectWith(req, res, ctx, documentPaths.list(ctx.region, product.id), `“${document.title}” is deleted.`);
};

const access = 'administrator';
const DOCUMENTS = '/:region/products/:productId/documents';
const DOCUMENT = `${DOCUMENTS}/:documentId`;
const EDITION = `${DOCUMENT}/history/:number`;
const form = { access, bodyLimit: 'document', upload: 'file' } as const;
const text = { access, bodyLimit: 'document', audit: null } as const;
const files = { access, bodyLimit: 'upload', upload: 'file', uploadFiles: 1000 } as const;

export const documentRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: DOCUMENTS, access, audit: null, handler: showTree },
  { method: 'get', path: `${DOCUMENTS}/create`, access, audit: null, handler: showCreation },
  { method: 'post', path: `${DOCUMENTS}/create`, ...form, audit: 'document.created', handler: create },
  { method: 'post', path: `${DOCUMENTS}/preview`, ...text, handler: preview },
  { method: 'post', path: `${DOCUMENTS}/draft`, ...text, handler: keepNewDraft },
  { method: 'post', path: `${DOCUMENTS}/draft/discard`, access, audit: null, handler: discardNewDraft },
  { method: 'get', path: `${DOCUMENTS}/import`, access, audit: null, handler: showImport },
  { method: 'post', path: `${DOCUMENTS}/import`, ...files, audit: 'document.created', handler: upload },
  { method: 'get', path: `${DOCUMENTS}/archive`, access, audit: null, handler: downloadAll },
  { method: 'get', path: DOCUMENT, access, audit: null, handler: showEdit },
  { method: 'post', path: DOCUMENT, ...form, audit: 'document.updated', handler: edit },
  { method: 'post', path: `${DOCUMENT}/draft`, ...text, handler: keepOldDraft },
  { method: 'post', path: `${DOCUMENT}/draft/discard`, access, audit: null, handler: discardOldDraft },
  { method: 'get', path: `${DOCUMENT}/file`, access, audit: null, handler: download },
  { method: 'get', path: `${DOCUMENT}/history`, access, audit: null, handler: showHistory },
  { method: 'get', path: EDITION, access, audit: null, handler: showEdition },
  { method: 'post', path: `${EDITION}/restore`, access, audit: 'document.updated', handler: restore },
  { method: 'post', path: `${DOCUMENT}/place`, access, audit: 'document.placed', handler: place },
  { method: 'post', path: `${DOCUMENT}/status`, access, audit: 'document.updated', handler: setStatus },
  { method: 'get', path: `${DOCUMENT}/delete`, access, audit: null, handler: showDeletion },
  { method: 'post', path: `${DOCUMENT}/delete`, access, audit: 'document.deleted', handler: remove },
];
