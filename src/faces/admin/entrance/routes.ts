import type { Request, Response } from 'express';
import { endAdministratorSession, type LogIn, logInAdministrator } from '../../../domain/administrators/index.ts';
import { clearCookie, readCookie, setCookie } from '../../../http/cookies.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { queryText } from '../../../http/input.ts';
import { authenticateForm } from '../../../http/password-form.ts';
import type { Route } from '../../../http/routes.ts';
import { type AdminContext, type EntranceContext, presentedSession, SESSION_COOKIE } from '../context.ts';
import { paths } from '../paths.ts';
import { sendEntrancePage } from '../respond.ts';
import { logInForm } from './forms.ts';

/** Tells a browser that somebody logged in with before; opens nothing. */
const DEVICE_COOKIE = 'portico_admin_device';
const DEVICE_SECONDS = 400 * 86_400; // the most that browsers keep

const toStart = async (req: Request, res: Response, { deps }: EntranceContext): Promise<void> => {
  const session = await presentedSession(deps, req, res);
  res.redirect(303, session?.isOpen ? paths.overview(deps.defaultRegion) : paths.logIn());
};

const showForm = (req: Request, res: Response, ctx: EntranceContext, form: FormState): void =>
  sendEntrancePage(req, res, ctx, 'admin/entrance/log-in.njk', { title: 'Log in' }, { form, action: paths.logIn() });

const showLogIn = (req: Request, res: Response, ctx: EntranceContext): void =>
  showForm(req, res, ctx, emptyForm({ returnTo: queryText(req, 'returnTo') ?? '' }));

/** Keeps what a browser is known by. */
const keepCookies = (req: Request, res: Response, { secret, device }: LogIn): void => {
  setCookie(req, res, SESSION_COOKIE, secret, { path: paths.root() });
  setCookie(req, res, DEVICE_COOKIE, device, { path: paths.root(), maxAgeSeconds: DEVICE_SECONDS });
};

const logIn = (req: Request, res: Response, ctx: EntranceContext): Promise<void> =>
  handleForm(req, res, logInForm, {
    act: async ({ returnTo }) => {
      const browser = { userAgent: req.get('user-agent'), device: readCookie(req, DEVICE_COOKIE) };
      const result = await authenticateForm(req, res, (given) => logInAdministrator(ctx.organisation, given, browser));
      keepCookies(req, res, result);
      res.redirect(303, result.needsSecondFactor ? paths.secondFactor(returnTo) : paths.after(returnTo));
    },
    again: (form) => showForm(req, res, ctx, form),
  });

/** Ends the session. */
const logOut = async (req: Request, res: Response, { administrator, organisation, sessionId }: AdminContext): Promise<void> => {
  await endAdministratorSession(organisation, { administratorId: administrator.id, sessionId });
  clearCookie(req, res, SESSION_COOKIE, { path: paths.root() });
  res.redirect(303, paths.logIn());
};

export const entranceRoutes: readonly Route<EntranceContext>[] = [
  { method: 'get', path: '/', access: 'anyone', audit: null, handler: toStart },
  { method: 'get', path: '/log-in', access: 'anyone', audit: null, handler: showLogIn },
  { method: 'post', path: '/log-in', access: 'anyone', audit: 'administrator-session.created', handler: logIn },
];

export const exitRoutes: readonly Route<AdminContext>[] = [
  { method: 'post', path: '/:region/log-out', access: 'administrator', audit: 'administrator-session.ended', handler: logOut },
];
