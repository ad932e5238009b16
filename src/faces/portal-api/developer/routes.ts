import type { Request, Response } from 'express';
import {
  confirmAddress,
  getAccount,
  logIn,
  requestPasswordReset,
  setPassword,
  signUp,
} from '../../../domain/developers/index.ts';
import { unauthenticated } from '../../../domain/errors.ts';
import { logOut, refreshSession } from '../../../domain/sessions/index.ts';
import { parseBody } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import { clearSessionCookies, deviceOf, readSessionCookies, setSessionCookies } from '../../../http/session-cookies.ts';
import type { PortalApiContext } from '../context.ts';
import { presentDeveloper } from './presenters.ts';
import { authenticateSchema, forgotPasswordSchema, registerSchema, resetPasswordSchema, verifyEmailSchema } from './schemas.ts';

const authenticate = async (req: Request, res: Response, ctx: PortalApiContext): Promise<void> => {
  const credentials = parseBody(authenticateSchema, req);
  const tokens = await logIn(ctx, ctx.portal, credentials, deviceOf(req, res));
  await logOut(ctx, ctx.portal.id, readSessionCookies(req)); // the session that the browser had before
  setSessionCookies(req, res, tokens);
  res.status(204).end();
};

const refresh = async (req: Request, res: Response, ctx: PortalApiContext): Promise<void> => {
  const { refreshToken } = readSessionCookies(req);
  if (refreshToken === undefined || ctx.portal.isPublic) throw unauthenticated();
  setSessionCookies(req, res, await refreshSession(ctx, ctx.portal.id, refreshToken));
  res.status(204).end();
};

const end = async (req: Request, res: Response, ctx: PortalApiContext): Promise<void> => {
  await logOut(ctx, ctx.portal.id, readSessionCookies(req));
  clearSessionCookies(req, res);
  res.status(204).end();
};

/** What a developer does with their account; on public portals there are none. */
export const developerRoutes: readonly Route<PortalApiContext>[] = [
  {
    method: 'post',
    path: '/developer',
    access: 'anyone',
    audit: 'developer.signed-up',
    handler: async (req, res, ctx) => {
      await signUp(ctx, ctx.portal, parseBody(registerSchema, req));
      res.status(201).end();
    },
  },
  { method: 'post', path: '/developer/authenticate', access: 'anyone', audit: 'session.created', handler: authenticate },
  { method: 'post', path: '/developer/refresh', access: 'anyone', audit: 'session.refreshed', handler: refresh },
  { method: 'post', path: '/developer/logout', access: 'anyone', audit: 'session.ended', handler: end },
  {
    method: 'get',
    path: '/developer/me',
    access: 'anyone',
    audit: null,
    handler: async (_req, res, ctx) => {
      if (!ctx.developer) throw unauthenticated();
      res.json(presentDeveloper(await getAccount(ctx, { portalId: ctx.portal.id, developerId: ctx.developer.id })));
    },
  },
  {
    method: 'post',
    path: '/developer/verify-email',
    access: 'anyone',
    audit: 'developer.verified',
    handler: async (req, res, ctx) => {
      const { email, token } = await confirmAddress(ctx, ctx.portal, parseBody(verifyEmailSchema, req).token);
      res.status(202).json({ email, token });
    },
  },
  {
    method: 'post',
    path: '/developer/forgot-password',
    access: 'anyone',
    audit: 'developer.password-forgotten',
    handler: async (req, res, ctx) => {
      await requestPasswordReset(ctx, ctx.portal, parseBody(forgotPasswordSchema, req).email);
      res.status(200).end();
    },
  },
  {
    method: 'post',
    path: '/developer/reset-password',
    access: 'anyone',
    audit: 'developer.password-changed',
    handler: async (req, res, ctx) => {
      await setPassword(ctx, ctx.portal, parseBody(resetPasswordSchema, req));
      res.status(204).end();
    },
  },
];
