import type { Request, Response } from 'express';
import type { Route } from '../../../http/routes.ts';
import type { PortalContext } from '../context.ts';
import { paths } from '../paths.ts';
import { renderPage, sendPage } from '../respond.ts';

/** On a public portal nobody signs up or logs in, and nobody has anything of their own: these pages lead to the start. */
const toStart = (_req: Request, res: Response): void => res.redirect(303, paths.catalogue());

const showLogin = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  if (ctx.portal.isPublic) {
    toStart(req, res);
    return;
  }
  await sendPage(req, res, ctx, '', () =>
    renderPage(ctx, 'portal/access/private.njk', { title: 'This portal is private' }, { name: ctx.portal.displayName }),
  );
};

/** Pages for those who have something of their own here; on a private portal whoever is not logged in is sent to the log-in page. */
const OWN = ['/register', '/forgot-password', '/reset-password', '/my-apps', '/application', '/application/*rest'];

export const accessRoutes: readonly Route<PortalContext>[] = [
  { method: 'get', path: '/login', access: 'anyone', audit: null, handler: showLogin },
  { method: 'get', path: '/login/sso', access: 'anyone', audit: null, handler: showLogin },
  ...OWN.map((path): Route<PortalContext> => ({ method: 'get', path, access: 'reader', audit: null, handler: toStart })),
];
