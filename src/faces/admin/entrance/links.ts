import type { Request, Response } from 'express';
import {
  type AdministratorLink,
  choosePassword,
  findAdministratorLink,
  setUpFirstAdministrator,
} from '../../../domain/administrators/index.ts';
import { setFlash } from '../../../http/flash.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { queryText } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import type { EntranceContext } from '../context.ts';
import { paths } from '../paths.ts';
import { sendEntrancePage } from '../respond.ts';
import { choosePasswordForm, setUpForm } from './forms.ts';
import { choosePasswordPage, setUpPage } from './pages.ts';

const FORM = 'admin/entrance/form.njk';

const sendDeadLink = (req: Request, res: Response, ctx: EntranceContext): Promise<void> => {
  res.status(410);
  return sendEntrancePage(
    req,
    res,
    ctx,
    'admin/entrance/note.njk',
    { title: 'This link does not work any more' },
    {
      text: 'It has been used, it has expired, or a later one took its place. Ask for a new one, or log in with your password.',
      link: { label: 'Go to the log-in', href: paths.logIn() },
    },
  );
};

/** The link that a page was opened with, or whose form was sent. Looking at it does not use it up. */
const linkOf = async (
  { organisation }: EntranceContext,
  token: unknown,
  isSetUp: boolean,
): Promise<AdministratorLink | undefined> => {
  const link = typeof token === 'string' ? await findAdministratorLink(organisation, token) : undefined;
  return (link?.purpose === 'set-up') === isSetUp ? link : undefined;
};

const tokenSent = (req: Request): unknown => (req.body as Record<string, unknown> | undefined)?.['token'];

const leadToLogIn = (req: Request, res: Response, { organisation }: EntranceContext, text: string): void => {
  setFlash(req, res, organisation, { kind: 'success', text });
  res.redirect(303, paths.logIn());
};

const sendChoosePassword = (
  req: Request,
  res: Response,
  ctx: EntranceContext,
  form: FormState,
  link: AdministratorLink,
): Promise<void> => {
  const title = link.purpose === 'invitation' ? `Welcome, ${link.name ?? ''}` : 'Choose a new password';
  return sendEntrancePage(req, res, ctx, FORM, { title }, choosePasswordPage(form, { email: link.email }));
};

const showChoosePassword = async (req: Request, res: Response, ctx: EntranceContext): Promise<void> => {
  const token = queryText(req, 'token');
  const link = await linkOf(ctx, token, false);
  await (link ? sendChoosePassword(req, res, ctx, emptyForm({ token }), link) : sendDeadLink(req, res, ctx));
};

const choose = async (req: Request, res: Response, ctx: EntranceContext): Promise<void> => {
  const link = await linkOf(ctx, tokenSent(req), false);
  if (!link) return sendDeadLink(req, res, ctx);
  await handleForm(req, res, choosePasswordForm, {
    act: async ({ token, password }) => {
      await choosePassword(ctx.organisation, { secret: token, password });
      leadToLogIn(req, res, ctx, 'Your password is set. You can log in with it now.');
    },
    again: (form) => sendChoosePassword(req, res, ctx, form, link),
  });
};

const sendSetUp = (req: Request, res: Response, ctx: EntranceContext, form: FormState): Promise<void> =>
  sendEntrancePage(req, res, ctx, FORM, { title: 'Create the first administrator' }, setUpPage(form));

const showSetUp = async (req: Request, res: Response, ctx: EntranceContext): Promise<void> => {
  const token = queryText(req, 'token');
  const link = await linkOf(ctx, token, true);
  await (link ? sendSetUp(req, res, ctx, emptyForm({ token })) : sendDeadLink(req, res, ctx));
};

const setUp = async (req: Request, res: Response, ctx: EntranceContext): Promise<void> => {
  if (!(await linkOf(ctx, tokenSent(req), true))) return sendDeadLink(req, res, ctx);
  await handleForm(req, res, setUpForm, {
    act: async ({ token, ...person }) => {
      await setUpFirstAdministrator(ctx.organisation, { secret: token, ...person });
      leadToLogIn(req, res, ctx, 'The account is there. You can log in now.');
    },
    again: (form) => sendSetUp(req, res, ctx, form),
  });
};

export const linkRoutes: readonly Route<EntranceContext>[] = [
  { method: 'get', path: '/password', access: 'anyone', audit: null, handler: showChoosePassword },
  { method: 'post', path: '/password', access: 'anyone', audit: 'administrator.password-changed', handler: choose },
  { method: 'get', path: '/set-up', access: 'anyone', audit: null, handler: showSetUp },
  { method: 'post', path: '/set-up', access: 'anyone', audit: 'administrator.created', handler: setUp },
];
