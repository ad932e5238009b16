import type { Request, Response } from 'express';
import { z } from 'zod';
import { demand } from '../../../domain/access/index.ts';
import { invalid } from '../../../domain/errors.ts';
import type { DocumentId } from '../../../domain/ids.ts';
import {
  createDocument,
  DOCUMENT_STATUSES,
  type DocumentAddress,
  deleteDocument,
  getDocument,
  type Product,
  placeDocument,
  updateDocument,
} from '../../../domain/products/index.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { pathId } from '../../../http/input.ts';
import { queryText } from '../../../http/page-query.ts';
import type { Route } from '../../../http/routes.ts';
import { uploadedFile } from '../../../http/uploads.ts';
import { withDiagrams } from '../../../rendering/diagrams/figure.ts';
import { sendConfirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { productOf, productTrail, sendProductPart } from '../products/frame.ts';
import { documentPaths } from '../products/paths.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { DOCUMENT_NAMES, documentForm, documentValues, sentDocument } from './forms.ts';
import { inlineDiagrams } from './inline-diagrams.ts';
import { consequencesOf, editorModel, treeModel } from './pages.ts';

/** Where the links of a document lead in a portal. */
const baseOf = ({ slug }: Product): string => `/docs/${slug}`;

const addressOf = (req: Request, { id: productId }: Product): DocumentAddress => ({
  productId,
  documentId: pathId<DocumentId>(req, 'documentId', 'API product document'),
});

const showTree = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  const model = await treeModel(ctx, product);
  await sendProductPart(req, res, ctx, { product, part: 'documents', template: 'admin/documents/tree.njk' }, model);
};

interface Edited {
  readonly product: Product;
  readonly address?: DocumentAddress;
  readonly title: string;
}

const sendEditor = async (
  req: Request,
  res: Response,
  ctx: AdminContext,
  { product, address, title }: Edited,
  form: FormState,
  preview?: string,
): Promise<void> => {
  demand(ctx.actor, 'product.edit', product.id, 'API product');
  const documents = { label: 'Documentation', href: documentPaths.list(ctx.region, product.id) };
  const head = { title, breadcrumbs: [...productTrail(ctx, product), documents] };
  const model = await editorModel(ctx, product, form, { address, preview });
  await sendPage(req, res, ctx, 'admin/documents/editor.njk', head, model);
};

/** Takes what the editor sent: shows how it will look, or has it saved. */
const handleEditor = (
  req: Request,
  res: Response,
  ctx: AdminContext,
  edited: Edited,
  save: (document: ReturnType<typeof sentDocument>) => Promise<void>,
): Promise<void> =>
  handleForm(req, res, documentForm, {
    act: async (input) => {
      const document = sentDocument(input, uploadedFile(req));
      if (document.title === '') throw invalid({ field: 'title', rule: 'required', reason: 'enter a title' });
      if (input.act === 'save') return save(document);
      const rendered = await ctx.deps.renderDocument(document.content, baseOf(edited.product));
      const html = withDiagrams(rendered.html, await inlineDiagrams(ctx, rendered.diagrams));
      await sendEditor(req, res, ctx, edited, emptyForm(documentValues(document)), html);
    },
    again: (form) => sendEditor(req, res, ctx, edited, form),
    names: DOCUMENT_NAMES,
  });

const showCreation = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  const form = emptyForm({ parent: queryText(req, 'parent'), published: 'on' });
  await sendEditor(req, res, ctx, { product, title: 'New document' }, form);
};

const create = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  await handleEditor(req, res, ctx, { product, title: 'New document' }, async (given) => {
    const { title } = await createDocument(ctx, product.id, given);
    redirectWith(req, res, ctx, documentPaths.list(ctx.region, product.id), `“${title}” is created.`);
  });
};

const showEdit = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  const address = addressOf(req, product);
  const document = await getDocument(ctx, address);
  await sendEditor(req, res, ctx, { product, address, title: document.title }, emptyForm(documentValues(document)));
};

const edit = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  const address = addressOf(req, product);
  const { title, parentId } = await getDocument(ctx, address);
  await handleEditor(req, res, ctx, { product, address, title }, async (given) => {
    const { parentId: wanted, ...rest } = given;
    await updateDocument(ctx, address, wanted === parentId ? rest : given);
    redirectWith(req, res, ctx, documentPaths.document(ctx.region, address), 'Your changes are saved.');
  });
};

const placeForm = z.object({ index: z.coerce.number().int().min(0) });

const place = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  const back = documentPaths.list(ctx.region, product.id);
  await handleForm(req, res, placeForm, {
    act: async ({ index }) => {
      await placeDocument(ctx, addressOf(req, product), index);
      res.redirect(303, back);
    },
    again: () => res.redirect(303, back),
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
  const product = await productOf(req, ctx);
  demand(ctx.actor, 'product.edit', product.id, 'API product');
  const address = addressOf(req, product);
  const { id, title } = await getDocument(ctx, address);
  const head = { title: `Delete “${title}”?`, breadcrumbs: productTrail(ctx, product) };
  await sendConfirmation(req, res, ctx, head, {
    text: 'Its text is gone then. This cannot be undone.',
    consequences: await consequencesOf(ctx, product, id),
    action: documentPaths.delete(ctx.region, address),
    submit: 'Delete document',
    cancelHref: documentPaths.document(ctx.region, address),
  });
};

const remove = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  const address = addressOf(req, product);
  const { title } = await getDocument(ctx, address);
  await deleteDocument(ctx, address);
  redirectWith(req, res, ctx, documentPaths.list(ctx.region, product.id), `“${title}” is deleted.`);
};

const access = 'administrator';
const DOCUMENTS = '/:region/products/:productId/documents';
const DOCUMENT = `${DOCUMENTS}/:documentId`;
const form = { access, bodyLimit: 'document', upload: 'file' } as const;

export const documentRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: DOCUMENTS, access, audit: null, handler: showTree },
  { method: 'get', path: `${DOCUMENTS}/create`, access, audit: null, handler: showCreation },
  { method: 'post', path: `${DOCUMENTS}/create`, ...form, audit: 'document.created', handler: create },
  { method: 'get', path: DOCUMENT, access, audit: null, handler: showEdit },
  { method: 'post', path: DOCUMENT, ...form, audit: 'document.updated', handler: edit },
  { method: 'post', path: `${DOCUMENT}/place`, access, audit: 'document.placed', handler: place },
  { method: 'post', path: `${DOCUMENT}/status`, access, audit: 'document.updated', handler: setStatus },
  { method: 'get', path: `${DOCUMENT}/delete`, access, audit: null, handler: showDeletion },
  { method: 'post', path: `${DOCUMENT}/delete`, access, audit: 'document.deleted', handler: remove },
];
