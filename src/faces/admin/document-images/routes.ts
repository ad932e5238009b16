import type { Request, Response } from 'express';
import { z } from 'zod';
import { demand, may } from '../../../domain/access/index.ts';
import { invalid, notFound } from '../../../domain/errors.ts';
import {
  addImage,
  type DocumentImage,
  type DocumentImageAddress,
  deleteImage,
  getImage,
  listImages,
  type Product,
} from '../../../domain/products/index.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { sendInertImage } from '../../../http/images.ts';
import { pathText } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import { uploadedFile } from '../../../http/uploads.ts';
import { IMAGE_TYPES, imagePath } from '../../../lib/image-names.ts';
import { sendConfirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { documentsTrail } from '../documents/document.ts';
import { productOf } from '../products/frame.ts';
import { imagePaths } from '../products/paths.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { imageModel, uploadField } from './pages.ts';

const sendImages = async (req: Request, res: Response, ctx: AdminContext, product: Product, form: FormState): Promise<void> => {
  const images = await listImages(ctx, product.id);
  const head = { title: 'Images', breadcrumbs: documentsTrail(ctx, product) };
  const mayEdit = may(ctx.actor, 'product.edit', product.id);
  await sendPage(req, res, ctx, 'admin/document-images/list.njk', head, {
    ...{ form, mayEdit, images: images.map(imageModel(ctx)) },
    field: uploadField(form, ctx.deps.bodyLimits.documentImage),
    action: imagePaths.list(ctx.region, product.id),
  });
};

const show = async (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  sendImages(req, res, ctx, await productOf(req, ctx), emptyForm());

/** What a script that adds an image puts into the text. */
const answerOf = (ctx: AdminContext, image: DocumentImage) => ({
  name: image.name,
  path: imagePath(image),
  href: imagePaths.image(ctx.region, image),
});

const wantsJson = (req: Request): boolean => req.accepts(['html', 'json']) === 'json';

const add = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  demand(ctx.actor, 'product.edit', product.id, 'API product');
  await handleForm(req, res, z.object({}), {
    act: async () => {
      const file = uploadedFile(req);
      if (!file) throw invalid({ field: 'file', rule: 'required', reason: 'choose an image' });
      const image = await addImage(ctx, product.id, file);
      if (wantsJson(req)) res.status(201).json(answerOf(ctx, image));
      else redirectWith(req, res, ctx, imagePaths.list(ctx.region, product.id), `“${image.name}” is there.`);
    },
    again: async (form) => {
      if (wantsJson(req)) res.json({ message: form.summary[0]?.text ?? '' });
      else await sendImages(req, res, ctx, product, form);
    },
  });
};

const HASH = /^[0-9a-f]{32}$/;

const addressOf = (req: Request, { id: productId }: Product): DocumentImageAddress => {
  const hash = pathText(req, 'hash');
  if (!HASH.test(hash)) throw notFound('Image');
  return { productId, hash };
};

const showImage = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const image = await getImage(ctx, addressOf(req, await productOf(req, ctx)));
  if (!req.path.endsWith(`.${image.type}`)) throw notFound('Image');
  sendInertImage(res, image, 'private, max-age=3600');
};

const showDeletion = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  demand(ctx.actor, 'product.edit', product.id, 'API product');
  const { hash } = addressOf(req, product);
  const image = (await listImages(ctx, product.id)).find((one) => one.hash === hash);
  if (!image) throw notFound('Image');
  const images = { label: 'Images', href: imagePaths.list(ctx.region, product.id) };
  const head = { title: `Delete “${image.name}”?`, breadcrumbs: [...documentsTrail(ctx, product), images] };
  await sendConfirmation(req, res, ctx, head, {
    text: 'Documents that show it will show its description instead. This cannot be undone.',
    consequences: image.usedBy.map(({ title }) => `“${title}” shows it`),
    action: imagePaths.delete(ctx.region, image),
    submit: 'Delete image',
    cancelHref: images.href,
  });
};

const remove = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  const { name } = await deleteImage(ctx, addressOf(req, product));
  redirectWith(req, res, ctx, imagePaths.list(ctx.region, product.id), `“${name}” is deleted.`);
};

const access = 'administrator';
const IMAGES = '/:region/products/:productId/images';

export const documentImageRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: IMAGES, access, audit: null, handler: show },
  {
    ...{ method: 'post', path: IMAGES, access, audit: 'document.image-added' },
    ...{ bodyLimit: 'documentImage', upload: 'file', handler: add },
  },
  ...IMAGE_TYPES.map((type) => ({
    ...({ method: 'get', path: `${IMAGES}/:hash.${type}`, access, audit: null, handler: showImage } as const),
  })),
  { method: 'get', path: `${IMAGES}/:hash/delete`, access, audit: null, handler: showDeletion },
  { method: 'post', path: `${IMAGES}/:hash/delete`, access, audit: 'document.image-deleted', handler: remove },
];
