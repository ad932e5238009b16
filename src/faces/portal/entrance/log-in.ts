import type { Request, Response } from 'express';
import { logIn } from '../../../domain/developers/index.ts';
import { logOut } from '../../../domain/sessions/index.ts';
import { setFlash } from '../../../http/flash.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { queryText } from '../../../http/page-query.ts';
import { authenticateForm } from '../../../http/password-form.ts';
import type { Route } from '../../../http/routes.ts';
import { clearSessionCookies, deviceOf, readSessionCookies, setSessionCookies } from '../../../http/session-cookies.ts';
import type { PortalContext } from '../context.ts';
import { paths } from '../paths.ts';
import { logInForm } from './forms.ts';
import { showConfirmation } from './links.ts';
import { sendForm } from './pages.ts';

const showForm = (req: Request, res: Response, ctx: PortalContext, form: FormState): Promise<void> =>
  sendForm(req, res, ctx, {
    title: 'Log in',
    intro: `The APIs of ${ctx.portal.displayName} are for developers who are signed in.`,
    action: paths.login(),
    form,
    fields: [
      { name: 'email', label: 'E-mail', type: 'email', autocomplete: 'username', required: true },
      { name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', required: true },
    ],
    hidden: [{ name: 'returnTo', value: paths.after(String(form.values['returnTo'] ?? '')) }],
    submit: 'Log in',
    links: [
      { label: 'I have forgotten my password', href: paths.forgotPassword },
      { label: 'Sign up', href: paths.register },
    ],
  });

/** The log-in page; with a token, that of a mail by which an address is confirmed. */
const showLogIn = (req: Request, res: Response, ctx: PortalContext): Promise<void> | void => {
  const token = queryText(req, 'token');
  if (token !== '') return showConfirmation(req, res, ctx, token);
  const returnTo = String(req.query['returnTo'] ?? '');
  if (ctx.developer) return res.redirect(303, paths.after(returnTo));
  return showForm(req, res, ctx, emptyForm({ returnTo }));
};

const logInWith = (req: Request, res: Response, ctx: PortalContext): Promise<void> =>
  handleForm(req, res, logInForm, {
    act: async ({ returnTo }) => {
      const device = deviceOf(req, res);
      const tokens = await authenticateForm(req, res, (given) => logIn(ctx, ctx.portal, given, device));
      await logOut(ctx, ctx.portal.id, readSessionCookies(req)); // the session that the browser had before
      setSessionCookies(req, res, tokens);
      res.redirect(303, paths.after(returnTo ?? ''));
    },
    again: (form) => showForm(req, res, ctx, form),
  });

const end = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  await logOut(ctx, ctx.portal.id, readSessionCookies(req));
  clearSessionCookies(req, res);
  setFlash(req, res, ctx, { kind: 'success', text: 'You are logged out.' });
  res.redirect(303, paths.login());
};

export const logInRoutes: readonly Route<PortalContext>[] = [
  { method: 'get', path: '/login', access: 'entrance', audit: null, handler: showLogIn },
  { method: 'get', path: '/login/sso', access: 'entrance', audit: null, handler: showLogIn },
  { method: 'post', path: '/login', access: 'entrance', audit: 'session.created', handler: logInWith },
  { method: 'post', path: '/logout', access: 'developer', audit: 'session.ended', handler: end },
];
