import type { Request, Response } from 'express';
import { requestPasswordReset, signUp } from '../../../domain/developers/index.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import type { Route } from '../../../http/routes.ts';
import type { PortalContext } from '../context.ts';
import { paths } from '../paths.ts';
import { forgotPasswordForm, signUpForm } from './forms.ts';
import { sendForm, sendNote } from './pages.ts';

const EMAIL = { name: 'email', label: 'E-mail', type: 'email', autocomplete: 'email', required: true } as const;
const LOG_IN = { label: 'Log in', href: paths.login() };

const showSignUp = (req: Request, res: Response, ctx: PortalContext, form: FormState): Promise<void> =>
  sendForm(req, res, ctx, {
    title: 'Sign up',
    intro: ctx.portal.autoApproveDevelopers
      ? 'We send you a mail by which you confirm your address and choose a password.'
      : 'We send you a mail by which you confirm your address and choose a password. An administrator then approves your account.',
    action: paths.register,
    form,
    fields: [{ name: 'fullName', label: 'Name', autocomplete: 'name', required: true }, EMAIL],
    submit: 'Sign up',
    links: [{ label: 'I have an account already', href: paths.login() }],
  });

const register = (req: Request, res: Response, ctx: PortalContext): Promise<void> =>
  handleForm(req, res, signUpForm, {
    act: async (input) => {
      await signUp(ctx, ctx.portal, input);
      res.redirect(303, paths.registered);
    },
    again: (form) => showSignUp(req, res, ctx, form),
  });

const showRegistered = (req: Request, res: Response, ctx: PortalContext): Promise<void> =>
  sendNote(req, res, ctx, {
    title: 'Check your mail',
    text: 'We have sent you a mail with a link. Open it to confirm your address and to choose a password.',
    more: 'Nothing there after a few minutes? Look among the unwanted mails, or sign up once more: perhaps the address was misspelt.',
    links: [{ label: 'Sign up once more', href: paths.register }, LOG_IN],
  });

const showForgotten = (req: Request, res: Response, ctx: PortalContext, form: FormState): Promise<void> =>
  sendForm(req, res, ctx, {
    title: 'Forgotten password',
    intro: 'Enter the address of your account. We send you a link by which you choose another password.',
    action: paths.forgotPassword,
    form,
    fields: [EMAIL],
    submit: 'Send the link',
    links: [LOG_IN],
  });

const forget = (req: Request, res: Response, ctx: PortalContext): Promise<void> =>
  handleForm(req, res, forgotPasswordForm, {
    act: async ({ email }) => {
      await requestPasswordReset(ctx, ctx.portal, email);
      res.redirect(303, paths.forgotten);
    },
    again: (form) => showForgotten(req, res, ctx, form),
  });

const showSent = (req: Request, res: Response, ctx: PortalContext): Promise<void> =>
  sendNote(req, res, ctx, {
    title: 'Check your mail',
    text: 'If there is an account with this address, a mail with a link is on its way. The link works for two hours.',
    links: [{ label: 'Try another address', href: paths.forgotPassword }, LOG_IN],
  });

export const signUpRoutes: readonly Route<PortalContext>[] = [
  {
    method: 'get',
    path: paths.register,
    access: 'entrance',
    audit: null,
    handler: (req, res, ctx) => showSignUp(req, res, ctx, emptyForm()),
  },
  { method: 'post', path: paths.register, access: 'entrance', audit: 'developer.signed-up', handler: register },
  { method: 'get', path: paths.registered, access: 'entrance', audit: null, handler: showRegistered },
  {
    method: 'get',
    path: paths.forgotPassword,
    access: 'entrance',
    audit: null,
    handler: (req, res, ctx) => showForgotten(req, res, ctx, emptyForm()),
  },
  { method: 'post', path: paths.forgotPassword, access: 'entrance', audit: 'developer.password-forgotten', handler: forget },
  { method: 'get', path: paths.forgotten, access: 'entrance', audit: null, handler: showSent },
];
