import type { Request, Response } from 'express';
import type { PortalId } from '../../../domain/ids.ts';
import { getAppearance, getPortalImage, type ImageKind, updateAppearance } from '../../../domain/portals/index.ts';
import { parseBody, pathId } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import { appearanceDefaults } from '../../../rendering/theme/index.ts';
import type { ManagementContext } from '../context.ts';
import { updateAppearanceSchema } from './schemas.ts';

const portalId = (req: Request) => pathId<PortalId>(req, 'portalId', 'Portal');

/** Answers an image as it was declared; a browser may do nothing with it but show it. */
const sendImage = async (req: Request, res: Response, ctx: ManagementContext, kind: ImageKind): Promise<void> => {
  const image = await getPortalImage(ctx, portalId(req), kind);
  res.set('Content-Security-Policy', "default-src 'none'; sandbox");
  res.set('X-Content-Type-Options', 'nosniff');
  res.set('Content-Type', image.contentType);
  res.send(image.bytes);
};

/** To be mounted before the routes of single portals, since `appearance-defaults` stands where their ids do. */
export const appearanceRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'get',
    path: '/portals/appearance-defaults',
    access: 'token',
    audit: null,
    handler: (_req, res) => {
      res.json(appearanceDefaults());
    },
  },
  {
    method: 'get',
    path: '/portals/:portalId/appearance',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(await getAppearance(ctx, portalId(req)));
    },
  },
  {
    method: 'patch',
    path: '/portals/:portalId/appearance',
    access: 'token',
    audit: 'portal.appearance-updated',
    bodyLimit: 'images',
    handler: async (req, res, ctx) => {
      const id = portalId(req);
      res.json(await updateAppearance(ctx, id, parseBody(updateAppearanceSchema, req)));
    },
  },
  {
    method: 'get',
    path: '/portals/:portalId/appearance/logo',
    access: 'token',
    audit: null,
    handler: (req, res, ctx) => sendImage(req, res, ctx, 'logo'),
  },
  {
    method: 'get',
    path: '/portals/:portalId/appearance/catalog-cover',
    access: 'token',
    audit: null,
    handler: (req, res, ctx) => sendImage(req, res, ctx, 'catalog_cover'),
  },
];
