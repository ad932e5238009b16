import type { Request, Response } from 'express';
import {
  beginSecondFactor,
  confirmSecondFactor,
  disableSecondFactor,
  findNewSecondFactor,
  replaceRecoveryCodes,
} from '../../../domain/administrators/index.ts';
import { shownFields } from '../../../http/form-fields.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { qrCode } from '../../../http/qr-code.ts';
import type { Route } from '../../../http/routes.ts';
import type { AdminContext } from '../context.ts';
import { paths } from '../paths.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { codeForm, confirmedByPasswordForm } from './forms.ts';

const breadcrumbs = ({ region }: AdminContext) => [{ label: 'Your account', href: paths.account(region) }];

const PASSWORD = {
  name: 'password',
  label: 'Your password',
  type: 'password',
  autocomplete: 'current-password',
  required: true,
} as const;

/** Asks for the password before something that only the owner may do. */
const sendAskPassword = (
  req: Request,
  res: Response,
  ctx: AdminContext,
  form: FormState,
  { title, intro, submit }: { title: string; intro: string; submit: string },
): Promise<void> =>
  sendPage(
    req,
    res,
    ctx,
    'admin/shared/form.njk',
    { title, breadcrumbs: breadcrumbs(ctx) },
    {
      form,
      intro,
      action: `${req.baseUrl}${req.path}`,
      fields: shownFields(form, [PASSWORD]),
      submit,
      cancelHref: paths.account(ctx.region),
    },
  );

/** Recovery codes are in this one answer, and nowhere else. */
const sendCodes = (req: Request, res: Response, ctx: AdminContext, codes: readonly string[]): Promise<void> =>
  sendPage(
    req,
    res,
    ctx,
    'admin/account/recovery-codes.njk',
    { title: 'Your recovery codes', breadcrumbs: breadcrumbs(ctx) },
    {
      codes,
      text: codes.join('\n'),
      doneHref: paths.account(ctx.region),
    },
  );

const sendSetUp = async (req: Request, res: Response, ctx: AdminContext, form: FormState): Promise<void> => {
  const { administrator, organisation, region } = ctx;
  const factor = await findNewSecondFactor(organisation, administrator.id);
  if (!factor) return res.redirect(303, paths.account(region));
  await sendPage(
    req,
    res,
    ctx,
    'admin/account/second-factor.njk',
    { title: 'Set up a second factor', breadcrumbs: breadcrumbs(ctx) },
    {
      form,
      secret: factor.secret.replace(/.{4}(?=.)/g, '$& '),
      uri: factor.uri,
      qrCode: qrCode(factor.uri, 'QR code for your authenticator'),
      action: `${paths.accountPart(region, 'second-factor')}/confirm`,
      fields: shownFields(form, [
        { name: 'code', label: 'Code', autocomplete: 'one-time-code', required: true, attributes: { inputmode: 'numeric' } },
      ]),
      submit: 'Turn on',
      cancelHref: paths.account(region),
    },
  );
};

const showSetUp = (req: Request, res: Response, ctx: AdminContext): Promise<void> => sendSetUp(req, res, ctx, emptyForm());

const begin = async (_req: Request, res: Response, { administrator, organisation, region }: AdminContext): Promise<void> => {
  await beginSecondFactor(organisation, administrator.id);
  res.redirect(303, paths.accountPart(region, 'second-factor'));
};

const confirm = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, codeForm, {
    act: async ({ code }) => sendCodes(req, res, ctx, await confirmSecondFactor(ctx.organisation, ctx.administrator.id, code)),
    again: (form) => sendSetUp(req, res, ctx, form),
  });

const DISABLE = {
  title: 'Turn the second factor off',
  intro: 'From then on, your password alone opens your account.',
  submit: 'Turn off',
};

const showDisable = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  sendAskPassword(req, res, ctx, emptyForm(), DISABLE);

const disable = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, confirmedByPasswordForm, {
    act: async ({ password }) => {
      await disableSecondFactor(ctx.organisation, ctx.administrator.id, password);
      redirectWith(req, res, ctx, paths.account(ctx.region), 'The second factor is off.');
    },
    again: (form) => sendAskPassword(req, res, ctx, form, DISABLE),
  });

const RENEW = {
  title: 'Make new recovery codes',
  intro: 'The codes that you have now will not work any more.',
  submit: 'Make new codes',
};

const showRenew = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  sendAskPassword(req, res, ctx, emptyForm(), RENEW);

const renew = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, confirmedByPasswordForm, {
    act: async ({ password }) =>
      sendCodes(req, res, ctx, await replaceRecoveryCodes(ctx.organisation, ctx.administrator.id, password)),
    again: (form) => sendAskPassword(req, res, ctx, form, RENEW),
  });

const PATH = '/:region/account/second-factor';
const CODES = '/:region/account/recovery-codes';
const access = 'administrator';

export const secondFactorRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: PATH, access, audit: null, handler: showSetUp },
  { method: 'post', path: PATH, access, audit: 'administrator.second-factor-begun', handler: begin },
  { method: 'post', path: `${PATH}/confirm`, access, audit: 'administrator.second-factor-enabled', handler: confirm },
  { method: 'get', path: `${PATH}/disable`, access, audit: null, handler: showDisable },
  { method: 'post', path: `${PATH}/disable`, access, audit: 'administrator.second-factor-disabled', handler: disable },
  { method: 'get', path: CODES, access, audit: null, handler: showRenew },
  { method: 'post', path: CODES, access, audit: 'administrator.recovery-codes-renewed', handler: renew },
];
