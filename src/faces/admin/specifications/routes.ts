import type { Request, Response } from 'express';
import { demand } from '../../../domain/access/index.ts';
import { notFound } from '../../../domain/errors.ts';
import {
  createSpecification,
  deleteSpecification,
  listSpecifications,
  type NewSpecification,
  readSpecificationBytes,
  type Specification,
  SpecificationRefusal,
  updateSpecification,
} from '../../../domain/products/index.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import type { Route } from '../../../http/routes.ts';
import { uploadedFile } from '../../../http/uploads.ts';
import { sendConfirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { specificationPaths, versionPaths } from '../products/paths.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { type ShownVersion, versionOf, versionTrail } from '../versions/version.ts';
import { sendPreview, showChanges } from './changes.ts';
import { editionRoutes, editionsModel } from './editions.ts';
import { sendFile } from './file.ts';
import { findingsModel } from './findings.ts';
import { nameForm, sentSpecification, uploadForm } from './forms.ts';
import { acceptedModel, uploadModel } from './pages.ts';
import { previewRoutes } from './preview.ts';

/** The specification of a version, if it has one. */
const find = async (ctx: AdminContext, { ref }: ShownVersion): Promise<Specification | undefined> =>
  (await listSpecifications(ctx, ref))[0];

/** @throws not-found when the version has no specification */
const get = async (ctx: AdminContext, shown: ShownVersion): Promise<Specification> => {
  const specification = await find(ctx, shown);
  if (!specification) throw notFound('Specification');
  return specification;
};

interface Sent {
  readonly upload?: FormState;
  /** what is wrong with the document that was sent */
  readonly refused?: Awaited<ReturnType<typeof findingsModel>>;
  readonly name?: FormState;
}

/** The page of a specification: what is there, and the form that replaces it; or the form alone. */
const sendSpecification = async (
  req: Request,
  res: Response,
  ctx: AdminContext,
  shown: ShownVersion,
  { upload = emptyForm(), refused, name }: Sent = {},
): Promise<void> => {
  const specification = await find(ctx, shown);
  const head = { title: specification ? 'Specification' : 'Upload a specification', breadcrumbs: versionTrail(ctx, shown) };
  await sendPage(req, res, ctx, 'admin/specifications/specification.njk', head, {
    accepted: specification ? await acceptedModel(ctx, shown, specification, name) : false,
    upload: uploadModel(ctx, shown, specification, upload),
    refused: refused ?? false,
    editions: await editionsModel(ctx, shown),
  });
};

const showSpecification = async (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  sendSpecification(req, res, ctx, await versionOf(req, ctx));

/** Handles a form with a document: what is wrong with that shows beside the form. */
const handleUpload = async (
  req: Request,
  res: Response,
  ctx: AdminContext,
  act: (shown: ShownVersion, sent: NewSpecification) => Promise<void>,
): Promise<void> => {
  const shown = await versionOf(req, ctx);
  let refused: Sent['refused'];
  await handleForm(req, res, uploadForm, {
    act: async (given) => {
      const sent = sentSpecification(uploadedFile(req), given);
      try {
        await act(shown, sent);
      } catch (error) {
        if (error instanceof SpecificationRefusal) refused = await findingsModel(error.findings, sent.bytes);
        throw error;
      }
    },
    again: (form) => sendSpecification(req, res, ctx, shown, { upload: form, ...(refused ? { refused } : {}) }),
    names: { content: 'file', name: 'file' },
  });
};

const upload = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleUpload(req, res, ctx, async (shown, sent) => {
    const existing = await find(ctx, shown);
    await (existing
      ? updateSpecification(ctx, { ...shown.ref, specificationId: existing.id }, sent)
      : createSpecification(ctx, shown.ref, sent));
    redirectWith(req, res, ctx, specificationPaths.specification(ctx.region, shown.ref), 'The specification is accepted.');
  });

const previewUpload = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleUpload(req, res, ctx, (shown, sent) => sendPreview(req, res, ctx, shown, sent));

const rename = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const shown = await versionOf(req, ctx);
  const { id: specificationId } = await get(ctx, shown);
  await handleForm(req, res, nameForm, {
    act: async ({ name }) => {
      await updateSpecification(ctx, { ...shown.ref, specificationId }, { name });
      redirectWith(req, res, ctx, specificationPaths.specification(ctx.region, shown.ref), `The file is called ${name}.`);
    },
    again: (name) => sendSpecification(req, res, ctx, shown, { name }),
  });
};

const download = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { name, contentHash } = await get(ctx, await versionOf(req, ctx));
  sendFile(res, name, await readSpecificationBytes(ctx, contentHash));
};

const showDeletion = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const shown = await versionOf(req, ctx);
  demand(ctx.actor, 'product.edit', shown.product.id, 'API product');
  const { name } = await get(ctx, shown);
  const head = { title: `Delete ${name}?`, breadcrumbs: versionTrail(ctx, shown) };
  await sendConfirmation(req, res, ctx, head, {
    text: `${shown.product.name} ${shown.version.name} then has no reference. The document can still be downloaded among the earlier ones.`,
    action: specificationPaths.delete(ctx.region, shown.ref),
    submit: 'Delete specification',
    cancelHref: specificationPaths.specification(ctx.region, shown.ref),
  });
};

const remove = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const shown = await versionOf(req, ctx);
  const { id: specificationId, name } = await get(ctx, shown);
  await deleteSpecification(ctx, { ...shown.ref, specificationId });
  redirectWith(req, res, ctx, versionPaths.version(ctx.region, shown.ref), `${name} is deleted.`);
};

const access = 'administrator';
const SPECIFICATION = '/:region/products/:productId/versions/:versionId/specification';

export const specificationRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: SPECIFICATION, access, audit: null, handler: showSpecification },
  {
    method: 'post',
    path: SPECIFICATION,
    access,
    audit: 'specification.created',
    bodyLimit: 'specification',
    upload: 'file',
    handler: upload,
  },
  { method: 'post', path: `${SPECIFICATION}/name`, access, audit: 'specification.updated', handler: rename },
  { method: 'get', path: `${SPECIFICATION}/file`, access, audit: null, handler: download },
  { method: 'get', path: `${SPECIFICATION}/delete`, access, audit: null, handler: showDeletion },
  { method: 'post', path: `${SPECIFICATION}/delete`, access, audit: 'specification.deleted', handler: remove },
  { method: 'get', path: `${SPECIFICATION}/changes`, access, audit: null, handler: showChanges },
  {
    method: 'post',
    path: `${SPECIFICATION}/changes`,
    access,
    audit: null,
    bodyLimit: 'specification',
    upload: 'file',
    handler: previewUpload,
  },
  ...editionRoutes,
  ...previewRoutes,
];
