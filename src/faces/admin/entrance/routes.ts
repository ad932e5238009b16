import type { Request, Response } from 'express';
import { endAdministratorSession } from '../../../domain/administrators/index.ts';
import { clearCookie } from '../../../http/cookies.ts';
import type { Route } from '../../../http/routes.ts';
import { type AdminContext, type EntranceContext, SESSION_COOKIE } from '../context.ts';
import { paths } from '../paths.ts';
import { linkRoutes } from './links.ts';
import { logInRoutes } from './log-in.ts';

/** Ends the session. */
const logOut = async (req: Request, res: Response, { administrator, organisation, sessionId }: AdminContext): Promise<void> => {
  await endAdministratorSession(organisation, { administratorId: administrator.id, sessionId });
  clearCookie(req, res, SESSION_COOKIE, { path: paths.root() });
  res.redirect(303, paths.logIn());
};

/** How one comes in. */
export const entranceRoutes: readonly Route<EntranceContext>[] = [...logInRoutes, ...linkRoutes];

/** How one gets out. */
export const exitRoutes: readonly Route<AdminContext>[] = [
  { method: 'post', path: '/:region/log-out', access: 'administrator', audit: 'administrator-session.ended', handler: logOut },
];
