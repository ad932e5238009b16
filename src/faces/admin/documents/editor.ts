import type { Request, Response } from 'express';
import { z } from 'zod';
import { demand } from '../../../domain/access/index.ts';
import { invalid } from '../../../domain/errors.ts';
import { asId, type DraftId, newId } from '../../../domain/ids.ts';
import {
  createDocument,
  type DraftAddress,
  deleteDraft,
  findDraft,
  type Product,
  saveDocument,
} from '../../../domain/products/index.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { queryText } from '../../../http/page-query.ts';
import { sendUnkept } from '../../../http/send-unkept.ts';
import { formRefusal, uploadedFile } from '../../../http/uploads.ts';
import { raw } from '../../../lib/html.ts';
import type { AdminContext } from '../context.ts';
import { productOf } from '../products/frame.ts';
import { documentPaths } from '../products/paths.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { documentOf, documentsTrail, htmlOf } from './document.ts';
import { draftIdOf } from './drafts.ts';
import { type EditorState, editorModel } from './editor-page.ts';
import {
  DOCUMENT_NAMES,
  type DocumentInput,
  documentForm,
  documentValues,
  draftValues,
  sentDocument,
  withFileText,
} from './forms.ts';

/** How many new diagrams are drawn while somebody waits for a page that shows them. */
const DRAWN_FOR_A_PAGE = 5;

interface Edited extends EditorState {
  readonly product: Product;
  readonly title: string;
}

const sendEditor = async (req: Request, res: Response, ctx: AdminContext, edited: Edited, form: FormState): Promise<void> => {
  const { product, title } = edited;
  demand(ctx.actor, 'product.edit', product.id, 'API product');
  const head = { title, breadcrumbs: documentsTrail(ctx, product) };
  await sendPage(req, res, ctx, 'admin/documents/editor.njk', head, await editorModel(ctx, product, form, edited));
};

type Sent = ReturnType<typeof sentDocument>;

/** Takes what the editor sent: shows how it will look, or has it saved. */
const handleEditor = (
  req: Request,
  res: Response,
  ctx: AdminContext,
  edited: Edited,
  save: (document: Sent, input: DocumentInput) => Promise<void>,
): Promise<void> =>
  handleForm(req, res, documentForm, {
    act: async (input) => {
      const document = sentDocument(input, uploadedFile(req));
      if (document.title === '') throw invalid({ field: 'title', rule: 'required', reason: 'enter a title' });
      if (input.act !== 'preview') return save(document, input);
      const html = await htmlOf(ctx, edited.product, document.content, DRAWN_FOR_A_PAGE);
      const form = emptyForm({ ...documentValues(document), base: input.base, draft: edited.draftId });
      await sendEditor(req, res, ctx, { ...edited, preview: html }, form);
    },
    again: (form) => sendEditor(req, res, ctx, edited, withFileText(form, formRefusal(req) ? undefined : uploadedFile(req))),
    names: DOCUMENT_NAMES,
  });

type Values = FormState['values'] & { readonly base: number };

/**
 * The editor of what is saved or, where more was written, of what was kept of that: whoever goes on writing would put it in the place of
 * a draft that they do not see.
 */
const openEditor = async (
  req: Request,
  res: Response,
  ctx: AdminContext,
  edited: Edited,
  place: DraftAddress,
  saved: Values,
): Promise<void> => {
  const draft = await findDraft(ctx, place);
  const written = draft && { ...saved, ...draftValues(draft), base: draft.base };
  if (!draft || !written || Object.entries(draftValues(draft)).every(([name, value]) => value === (saved[name] ?? '')))
    return sendEditor(req, res, ctx, edited, emptyForm(saved));
  const kept = { at: draft.updatedAt, isOld: draft.base !== saved.base, edition: saved.base };
  return sendEditor(req, res, ctx, { ...edited, kept }, emptyForm(written));
};

/** A document that is not created yet: as many as are begun have drafts of their own, so that one opened beside another takes nothing's place. */
const newDocument = (product: Product, draftId: DraftId) => ({
  ...{ product, title: 'New document', address: undefined, isPublished: false, draftId },
});

export const showCreation = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  const given = asId<DraftId>(queryText(req, 'draft'));
  const isThere = given && (await findDraft(ctx, { productId: product.id, draftId: given })) !== undefined;
  const draftId = isThere ? given : newId<DraftId>(ctx.now());
  const nothing = { parent: queryText(req, 'parent'), published: 'on', base: 0, draft: draftId };
  await openEditor(req, res, ctx, newDocument(product, draftId), { productId: product.id, draftId }, nothing);
};

export const create = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  const draftId = draftIdOf(req);
  await handleEditor(req, res, ctx, newDocument(product, draftId ?? newId<DraftId>(ctx.now())), async (given) => {
    const { title } = await createDocument(ctx, product.id, given);
    await deleteDraft(ctx, { productId: product.id, draftId });
    redirectWith(req, res, ctx, documentPaths.list(ctx.region, product.id), `“${title}” is created.`);
  });
};

export const showEdit = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { product, address, document } = await documentOf(req, ctx);
  const edited = { product, address, title: document.title, isPublished: document.status === 'published' };
  await openEditor(req, res, ctx, edited, address, { ...documentValues(document), base: document.edition });
};

export const edit = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { product, address, document } = await documentOf(req, ctx);
  const edited = { product, address, title: document.title, isPublished: document.status === 'published' };
  await handleEditor(req, res, ctx, edited, async (given, { base }) => {
    const saved = await saveDocument(ctx, address, { ...given, base });
    if (saved.kind === 'saved') {
      const notice = saved.isMerged
        ? 'Your changes are saved, together with what was changed elsewhere meanwhile.'
        : 'Your changes are saved.';
      redirectWith(req, res, ctx, documentPaths.document(ctx.region, address), notice);
      return;
    }
    const { theirs, latest, fields } = saved;
    const diff = await ctx.deps.compareTexts(theirs.content, given.content);
    const form = emptyForm({ ...documentValues(given), base: theirs.edition });
    const conflict = { latest, fields, diff, theirs: theirs.content };
    await sendEditor(req, res.status(409), ctx, { ...edited, conflict }, form);
  });
};

const previewForm = z.object({ content: z.string().default(''), draw: z.literal('yes').optional() });

/** A text as portals show it, to be put beside it: at once, or with one more of its new diagrams drawn. */
export const preview = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  demand(ctx.actor, 'product.edit', product.id, 'API product');
  await handleForm(req, res, previewForm, {
    act: async ({ content, draw }) => {
      const html = await htmlOf(ctx, product, content, draw ? 1 : 0);
      await sendUnkept(req, res, ctx.deps.views.render('admin/documents/preview.njk', { page: { html: raw(html) } }), () => '');
    },
    again: () => {
      res.type('text/plain').send('This text cannot be shown');
    },
  });
};
