import type { Request, Response } from 'express';
import { getPortalImage, type ImageKind } from '../../../domain/portals/index.ts';
import type { Route } from '../../../http/routes.ts';
import type { PortalApiContext } from '../context.ts';
import { presentAppearance, presentContext } from './presenters.ts';
import { clientFonts, clientStylesheet } from './stylesheet.ts';

/** Everybody gets the same, and what its address holds can change. */
const BRIEFLY = 'public, max-age=60';

/**
 * Images and stylesheets are shown by clients on hosts of their own, too. Nobody has looked into an uploaded image: whatever it holds,
 * nothing of it runs.
 */
const PUBLIC_FILE = {
  'Cache-Control': BRIEFLY,
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'X-Content-Type-Options': 'nosniff',
};

const sendImage = async (res: Response, ctx: PortalApiContext, kind: ImageKind): Promise<void> => {
  const image = await getPortalImage(ctx, ctx.portal.id, kind);
  res.set({ ...PUBLIC_FILE, 'Content-Type': image.contentType, ETag: `"${image.contentHash}"` }).send(image.bytes);
};

const sendCss = (req: Request, res: Response, ctx: PortalApiContext, make: () => string): Promise<void> =>
  ctx.deps.pageCache.send(req, res, `portal-api ${ctx.portal.id} ${req.path}`, ctx.revision, async () => ({
    type: 'text/css; charset=utf-8',
    body: make(),
    headers: PUBLIC_FILE,
  }));

/** What a portal is, and how it looks: open to anyone, on private portals too. */
export const siteRoutes: readonly Route<PortalApiContext>[] = [
  {
    method: 'get',
    path: '/portal',
    access: 'anyone',
    audit: null,
    handler: (_req, res, ctx) => {
      res.json(presentContext(ctx.portal));
    },
  },
  {
    method: 'get',
    path: '/portal/appearance',
    access: 'anyone',
    audit: null,
    handler: (req, res, ctx) => {
      res.json(presentAppearance(ctx.portal, `${req.protocol}://${req.host}${req.baseUrl}`));
    },
  },
  {
    method: 'get',
    path: '/portal/logo',
    access: 'anyone',
    audit: null,
    handler: (_req, res, ctx) => sendImage(res, ctx, 'logo'),
  },
  {
    method: 'get',
    path: '/portal/catalog-cover',
    access: 'anyone',
    audit: null,
    handler: (_req, res, ctx) => sendImage(res, ctx, 'catalog_cover'),
  },
  {
    method: 'get',
    path: '/portal/stylesheet.css',
    access: 'anyone',
    audit: null,
    handler: (req, res, ctx) => sendCss(req, res, ctx, () => clientStylesheet(ctx.portal.appearance)),
  },
  {
    method: 'get',
    path: '/portal/stylesheet/font.css',
    access: 'anyone',
    audit: null,
    handler: (req, res, ctx) => sendCss(req, res, ctx, () => clientFonts(ctx.deps.assets, ctx.portal.appearance)),
  },
];
