import type { Request, Response } from 'express';
import { forgetPassword, logInAdministrator, showSecondFactor } from '../../../domain/administrators/index.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { queryText } from '../../../http/input.ts';
import { authenticateForm } from '../../../http/password-form.ts';
import type { Route } from '../../../http/routes.ts';
import { type EntranceContext, presentedSession } from '../context.ts';
import { paths } from '../paths.ts';
import { sendEntrancePage } from '../respond.ts';
import { browserOf, keepSession } from './browser.ts';
import { forgottenPasswordForm, logInForm, secondFactorForm } from './forms.ts';
import { type EntrancePage, forgottenPasswordPage, logInPage, secondFactorPage } from './pages.ts';

const FORM = 'admin/entrance/form.njk';

const toStart = async (req: Request, res: Response, { deps }: EntranceContext): Promise<void> => {
  const session = await presentedSession(deps, req, res);
  res.redirect(303, session?.isOpen ? paths.overview(deps.defaultRegion) : paths.logIn());
};

const sendForm =
  (title: string, pageOf: (form: FormState) => EntrancePage) =>
  (req: Request, res: Response, ctx: EntranceContext, form: FormState): Promise<void> =>
    sendEntrancePage(req, res, ctx, FORM, { title }, pageOf(form));

const sendLogIn = sendForm('Log in', logInPage);
const sendSecondFactor = sendForm('One more step', secondFactorPage);
const sendForgotten = sendForm('Forgotten your password?', forgottenPasswordPage);

const showLogIn = (req: Request, res: Response, ctx: EntranceContext): Promise<void> =>
  sendLogIn(req, res, ctx, emptyForm({ returnTo: queryText(req, 'returnTo') }));

const logIn = (req: Request, res: Response, ctx: EntranceContext): Promise<void> =>
  handleForm(req, res, logInForm, {
    act: async ({ returnTo }) => {
      const browser = browserOf(req);
      const result = await authenticateForm(req, res, (given) => logInAdministrator(ctx.organisation, given, browser));
      keepSession(req, res, result);
      res.redirect(303, result.needsSecondFactor ? paths.secondFactor(returnTo) : paths.after(returnTo));
    },
    again: (form) => sendLogIn(req, res, ctx, form),
  });

/** Who has shown a password, but no second factor yet. */
const waitingSession = async (req: Request, res: Response, { deps }: EntranceContext) => {
  const session = await presentedSession(deps, req, res);
  return session?.isOpen === false ? session : undefined;
};

const askSecondFactor = async (req: Request, res: Response, ctx: EntranceContext): Promise<void> => {
  const returnTo = queryText(req, 'returnTo');
  if (await waitingSession(req, res, ctx)) await sendSecondFactor(req, res, ctx, emptyForm({ returnTo }));
  else res.redirect(303, paths.logIn(returnTo));
};

const takeSecondFactor = async (req: Request, res: Response, ctx: EntranceContext): Promise<void> => {
  const session = await waitingSession(req, res, ctx);
  if (!session) return res.redirect(303, paths.logIn());
  await handleForm(req, res, secondFactorForm, {
    act: async ({ code, returnTo }) => {
      keepSession(req, res, await showSecondFactor(ctx.organisation, session, code, browserOf(req)));
      res.redirect(303, paths.after(returnTo));
    },
    again: (form) => sendSecondFactor(req, res, ctx, form),
  });
};

const showForgotten = (req: Request, res: Response, ctx: EntranceContext): Promise<void> =>
  sendForgotten(req, res, ctx, emptyForm());

const forget = (req: Request, res: Response, ctx: EntranceContext): Promise<void> =>
  handleForm(req, res, forgottenPasswordForm, {
    act: async ({ email }) => {
      await forgetPassword(ctx.organisation, email);
      await sendEntrancePage(
        req,
        res,
        ctx,
        'admin/entrance/note.njk',
        { title: 'Check your mail' },
        {
          text: `If somebody with the address ${email} can log in here, a link is on its way. It works for an hour.`,
          link: { label: 'Back to the log-in', href: paths.logIn() },
        },
      );
    },
    again: (form) => sendForgotten(req, res, ctx, form),
  });

export const logInRoutes: readonly Route<EntranceContext>[] = [
  { method: 'get', path: '/', access: 'anyone', audit: null, handler: toStart },
  { method: 'get', path: '/log-in', access: 'anyone', audit: null, handler: showLogIn },
  { method: 'post', path: '/log-in', access: 'anyone', audit: 'administrator-session.created', handler: logIn },
  { method: 'get', path: '/log-in/second-factor', access: 'anyone', audit: null, handler: askSecondFactor },
  {
    method: 'post',
    path: '/log-in/second-factor',
    access: 'anyone',
    audit: 'administrator-session.created',
    handler: takeSecondFactor,
  },
  { method: 'get', path: '/forgotten-password', access: 'anyone', audit: null, handler: showForgotten },
  { method: 'post', path: '/forgotten-password', access: 'anyone', audit: 'administrator.password-forgotten', handler: forget },
];
