import type { Response } from 'express';
import { notFound } from '../../../domain/errors.ts';
import { getPortalImage, type ImageKind } from '../../../domain/portals/index.ts';
import type { Route } from '../../../http/routes.ts';
import type { PortalContext } from '../context.ts';
import { sendErrorPage } from '../errors.ts';
import { originOf } from '../layout.ts';
import { paths } from '../paths.ts';
import { sendPage } from '../respond.ts';
import { sitemapOf } from './sitemap.ts';
import { findStylesheet, stylesheetOf } from './stylesheet.ts';

const IMMUTABLE = 'public, max-age=31536000, immutable';
const A_DAY = 'public, max-age=86400';

const KINDS: ReadonlyMap<string, ImageKind> = new Map([
  ['logo', 'logo'],
  ['favicon', 'favicon'],
  ['catalog-cover', 'catalog_cover'],
]);

/** Nobody has looked into an uploaded image: whatever it holds, nothing of it runs. */
const sendImage = async (res: Response, ctx: PortalContext, kind: ImageKind, hash?: string): Promise<void> => {
  const image = await getPortalImage(ctx, ctx.portal.id, kind);
  if (hash !== undefined && hash !== image.contentHash) throw notFound('Image');
  res
    .set({
      'Cache-Control': hash === undefined ? A_DAY : IMMUTABLE,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Content-Type': image.contentType,
      'X-Content-Type-Options': 'nosniff',
      ETag: `"${image.contentHash}"`,
    })
    .send(image.bytes);
};

const robotsOf = ({ portal, deps }: PortalContext): string =>
  portal.isPublic
    ? `User-agent: *\nDisallow: /search\nSitemap: ${originOf(portal, deps.baseUrl)}${paths.sitemap}\n`
    : 'User-agent: *\nDisallow: /\n';

/** What browsers and crawlers ask for beside pages, and the addresses of errors. */
export const siteRoutes: readonly Route<PortalContext>[] = [
  {
    method: 'get',
    path: '/robots.txt',
    access: 'anyone',
    audit: null,
    handler: (_req, res, ctx) => {
      res.set('Cache-Control', 'public, max-age=3600').type('text/plain').send(robotsOf(ctx));
    },
  },
  {
    method: 'get',
    path: '/sitemap.xml',
    access: 'anyone',
    audit: null,
    handler: async (req, res, ctx) => {
      if (!ctx.portal.isPublic) throw notFound('Page');
      await sendPage(req, res, ctx, '', async () => ({
        type: 'application/xml; charset=utf-8',
        body: await sitemapOf(ctx, originOf(ctx.portal, ctx.deps.baseUrl)),
      }));
    },
  },
  {
    method: 'get',
    path: '/theme/:hash.css',
    access: 'anyone',
    audit: null,
    handler: async (req, res, ctx) => {
      const wanted = String(req.params['hash']);
      const own = stylesheetOf(ctx.deps.assets, ctx.portal.appearance);
      const sheet = own.hash === wanted ? own : (findStylesheet((hash) => hash === wanted) ?? own);
      await ctx.deps.pageCache.send(req, res, `theme ${sheet.hash} ${wanted === sheet.hash}`, 0, async () => ({
        type: 'text/css; charset=utf-8',
        body: sheet.css,
        headers: { 'Cache-Control': wanted === sheet.hash ? IMMUTABLE : 'no-cache', 'X-Content-Type-Options': 'nosniff' },
      }));
    },
  },
  {
    method: 'get',
    path: '/images/:kind/:hash',
    access: 'anyone',
    audit: null,
    handler: async (req, res, ctx) => {
      const kind = KINDS.get(String(req.params['kind']));
      if (kind === undefined) throw notFound('Image');
      await sendImage(res, ctx, kind, String(req.params['hash']));
    },
  },
  {
    method: 'get',
    path: '/favicon.ico',
    access: 'anyone',
    audit: null,
    handler: (_req, res, ctx) => sendImage(res, ctx, 'favicon'),
  },
  {
    method: 'get',
    path: '/403',
    access: 'anyone',
    audit: null,
    handler: (_req, res, ctx) => sendErrorPage(ctx.deps, res, 403),
  },
  {
    method: 'get',
    path: '/404',
    access: 'anyone',
    audit: null,
    handler: (_req, res, ctx) => sendErrorPage(ctx.deps, res, 404),
  },
];
