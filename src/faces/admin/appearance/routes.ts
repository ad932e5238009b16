import type { Request, Response } from 'express';
import { z } from 'zod';
import { demand } from '../../../domain/access/index.ts';
import { notFound } from '../../../domain/errors.ts';
import { getAppearance, getPortalImage, type ImageKind, updateAppearance } from '../../../domain/portals/index.ts';
import { shownFields } from '../../../http/form-fields.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { pathText } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import { type UploadedFile, uploadedFile } from '../../../http/uploads.ts';
import type { AdminContext } from '../context.ts';
import { portalIdOf, portalOf, sendPortalPart } from '../portals/frame.ts';
import { appearancePaths } from '../portals/paths.ts';
import { redirectWith } from '../respond.ts';
import { APPEARANCE_PARTS, appearanceForm, appearanceValues, IMAGES } from './forms.ts';
import { showPreview, showPreviewStyle, warningsOf } from './preview.ts';

const sendAppearance = async (req: Request, res: Response, ctx: AdminContext, given?: FormState): Promise<void> => {
  const portal = await portalOf(req, ctx);
  demand(ctx.actor, 'portal.style', portal.id, 'Portal');
  const { images, ...appearance } = await getAppearance(ctx, portal.id);
  const form = given ?? emptyForm(appearanceValues(appearance));
  res.append('Content-Security-Policy', "frame-src 'self'");
  const policy = String(res.getHeader('Content-Security-Policy')).replace(/, ?frame-src/, '; frame-src');
  res.set('Content-Security-Policy', policy);
  const model = {
    form,
    parts: APPEARANCE_PARTS.map(({ fields, ...part }) => ({ ...part, fields: shownFields(form, fields) })),
    warnings: warningsOf(appearance),
    action: appearancePaths.appearance(ctx.region, portal.id),
    previewAction: appearancePaths.preview(ctx.region, portal.id),
    images: IMAGES.map(({ kind, ...image }) => ({
      ...image,
      kind,
      action: appearancePaths.image(ctx.region, portal.id, kind),
      href: images[kind] ? appearancePaths.image(ctx.region, portal.id, kind) : false,
      error: form.errors[kind] ?? '',
      notice: (form.errors[kind] && form.lost?.['file']) ?? '',
    })),
  };
  await sendPortalPart(req, res, ctx, { portal, part: 'appearance', template: 'admin/appearance/appearance.njk' }, model);
};

const save = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, appearanceForm, {
    act: async (changes) => {
      const id = portalIdOf(req);
      await updateAppearance(ctx, id, changes);
      redirectWith(req, res, ctx, appearancePaths.appearance(ctx.region, id), 'Your changes are saved, and show at once.');
    },
    again: (form) => sendAppearance(req, res, ctx, form),
  });

/** The image that an address names. @throws not-found */
const kindOf = (req: Request): ImageKind => {
  const kind = IMAGES.find((image) => image.kind === pathText(req, 'kind'))?.kind;
  if (kind === undefined) throw notFound('Image');
  return kind;
};

const showImage = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const id = portalIdOf(req);
  demand(ctx.actor, 'portal.style', id, 'Portal');
  const { contentType, bytes } = await getPortalImage(ctx, id, kindOf(req));
  res.set({ 'Content-Security-Policy': "default-src 'none'; sandbox", 'Content-Type': contentType }).send(bytes);
};

const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  ico: 'image/x-icon',
};

/** A file as the domain takes images; its type is told by its name, and what it holds is never looked into. */
const toImage = ({ name, bytes }: UploadedFile) => {
  const type = TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
  return { data: `data:${type};base64,${bytes.toString('base64')}`, filename: name };
};

const imageForm = z.object({ act: z.enum(['upload', 'remove']).default('upload') });

const saveImage = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const kind = kindOf(req);
  await handleForm(req, res, imageForm, {
    act: async ({ act }) => {
      const id = portalIdOf(req);
      const file = uploadedFile(req);
      const image = act === 'remove' || file === undefined ? null : toImage(file);
      if (act === 'remove' || image) await updateAppearance(ctx, id, { images: { [kind]: image } });
      const notice = act === 'remove' ? 'The image is removed.' : 'The image is there.';
      redirectWith(
        req,
        res,
        ctx,
        appearancePaths.appearance(ctx.region, id),
        image || act === 'remove' ? notice : { kind: 'warning', text: 'Choose a file first.' },
      );
    },
    again: async (form) => sendAppearance(req, res, ctx, await withStored(req, ctx, form)),
    names: { [`images.${kind}.data`]: kind, file: kind },
  });
};

/** What is wrong with an image, beside the form of the look as it is stored. */
const withStored = async (req: Request, ctx: AdminContext, form: FormState): Promise<FormState> => ({
  ...form,
  values: appearanceValues(await getAppearance(ctx, portalIdOf(req))),
});

const access = 'administrator';
const HERE = '/:region/portals/:portalId/appearance';

export const appearanceRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: HERE, access, audit: null, handler: (req, res, ctx) => sendAppearance(req, res, ctx) },
  { method: 'post', path: HERE, access, audit: 'portal.appearance-updated', handler: save },
  { method: 'get', path: `${HERE}/preview`, access, audit: null, handler: showPreview },
  { method: 'post', path: `${HERE}/preview`, access, audit: null, handler: showPreview },
  { method: 'get', path: `${HERE}/preview.css`, access, audit: null, handler: showPreviewStyle },
  { method: 'get', path: `${HERE}/images/:kind`, access, audit: null, handler: showImage },
  {
    ...{ method: 'post', path: `${HERE}/images/:kind`, access, audit: 'portal.appearance-updated' },
    ...{ bodyLimit: 'images', upload: 'file', handler: saveImage },
  },
];
