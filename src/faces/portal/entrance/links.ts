import type { Request, Response } from 'express';
import { confirmAddress, setPassword } from '../../../domain/developers/index.ts';
import { DomainError } from '../../../domain/errors.ts';
import { setFlash } from '../../../http/flash.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { queryText } from '../../../http/page-query.ts';
import type { Route } from '../../../http/routes.ts';
import type { PortalContext } from '../context.ts';
import { paths } from '../paths.ts';
import { confirmForm, resetPasswordForm } from './forms.ts';
import { type Link, sendForm, sendNote } from './pages.ts';

const STATUS: Partial<Record<DomainError['kind'], number>> = { 'not-found': 404, gone: 410 };

/** Does what a link is for; a link that does not work (any more) has a page that says how to get another one. */
const withLink = async (
  req: Request,
  res: Response,
  ctx: PortalContext,
  again: Link,
  act: () => Promise<void>,
): Promise<void> => {
  try {
    await act();
  } catch (error) {
    const status = error instanceof DomainError ? STATUS[error.kind] : undefined;
    if (status === undefined) throw error;
    res.status(status);
    await sendNote(req, res, ctx, {
      title: status === 410 ? 'This link has expired' : 'This link does not work',
      text:
        status === 410
          ? 'Links of mails work for a limited time only.'
          : 'It was used already, or is not complete. Each link of a mail works once.',
      links: [again, { label: 'Log in', href: paths.login() }],
    });
  }
};

/** A button, so that programs which look into mails and follow their links confirm nothing. */
export const showConfirmation = (req: Request, res: Response, ctx: PortalContext, token: string): Promise<void> =>
  sendForm(req, res, ctx, {
    title: 'Confirm your address',
    intro: 'One click, and you can choose a password.',
    action: paths.confirm,
    form: emptyForm(),
    fields: [],
    hidden: [{ name: 'token', value: token }],
    submit: 'Confirm my address',
  });

const confirm = (req: Request, res: Response, ctx: PortalContext): Promise<void> =>
  withLink(req, res, ctx, { label: 'Sign up once more', href: paths.register }, () =>
    handleForm(req, res, confirmForm, {
      act: async ({ token }) => {
        const confirmed = await confirmAddress(ctx, ctx.portal, token);
        res.set('Cache-Control', 'no-store').redirect(303, paths.resetPassword(confirmed.token));
      },
      again: (form) =>
        sendForm(req, res, ctx, {
          title: 'Confirm your address',
          action: paths.confirm,
          form,
          fields: [],
          hidden: [{ name: 'token', value: String(form.values['token'] ?? '') }],
          submit: 'Confirm my address',
        }),
    }),
  );

const showReset = (req: Request, res: Response, ctx: PortalContext, form: FormState): Promise<void> =>
  sendForm(req, res, ctx, {
    title: 'Choose a password',
    action: paths.resetPassword(),
    form,
    fields: [
      {
        name: 'password',
        label: 'New password',
        type: 'password',
        autocomplete: 'new-password',
        required: true,
        hint: 'At least 10 characters; a few words in a row are easy to remember and hard to guess.',
      },
    ],
    hidden: [{ name: 'token', value: String(form.values['token'] ?? '') }],
    submit: 'Save password',
  });

const startReset = (req: Request, res: Response, ctx: PortalContext): Promise<void> | void => {
  const token = queryText(req, 'token');
  return token === '' ? res.redirect(303, paths.forgotPassword) : showReset(req, res, ctx, emptyForm({ token }));
};

const reset = (req: Request, res: Response, ctx: PortalContext): Promise<void> =>
  withLink(req, res, ctx, { label: 'Send me another link', href: paths.forgotPassword }, () =>
    handleForm(req, res, resetPasswordForm, {
      act: async (input) => {
        const { status } = await setPassword(ctx, ctx.portal, input);
        const text =
          status === 'approved'
            ? 'Your password is saved: you can log in now.'
            : 'Your password is saved. An administrator has to approve your account; you get a mail as soon as that is done.';
        setFlash(req, res, ctx, { kind: status === 'approved' ? 'success' : 'info', text });
        res.redirect(303, paths.login());
      },
      again: (form) => showReset(req, res, ctx, form),
    }),
  );

export const linkRoutes: readonly Route<PortalContext>[] = [
  { method: 'post', path: paths.confirm, access: 'entrance', audit: 'developer.verified', handler: confirm },
  { method: 'get', path: paths.resetPassword(), access: 'entrance', audit: null, handler: startReset },
  { method: 'post', path: paths.resetPassword(), access: 'entrance', audit: 'developer.password-changed', handler: reset },
];
