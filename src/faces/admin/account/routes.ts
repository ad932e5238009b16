import type { Request, Response } from 'express';
import {
  changePassword,
  countRecoveryCodes,
  endAdministratorSession,
  endAdministratorSessions,
  listAdministratorSessions,
  renameAdministrator,
} from '../../../domain/administrators/index.ts';
import type { SessionId } from '../../../domain/ids.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { pathId } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import type { AdminContext } from '../context.ts';
import { paths } from '../paths.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { nameForm, passwordForm } from './forms.ts';
import { namePart, passwordPart, sessionRows } from './pages.ts';
import { secondFactorRoutes } from './second-factor.ts';

/** The account page, with a form of it as it was sent, where something was wrong. */
const sendAccount = async (
  req: Request,
  res: Response,
  ctx: AdminContext,
  { name, password = emptyForm() }: { name?: FormState; password?: FormState } = {},
): Promise<void> => {
  const { administrator, organisation, region, sessionId } = ctx;
  const sessions = await listAdministratorSessions(organisation, administrator.id);
  await sendPage(
    req,
    res,
    ctx,
    'admin/account/account.njk',
    { title: 'Your account' },
    {
      email: administrator.email,
      name: namePart(region, name ?? emptyForm({ name: administrator.name })),
      password: passwordPart(region, password),
      summary: [...(name?.summary ?? []), ...password.summary],
      secondFactor: {
        isOn: administrator.hasSecondFactor,
        codesLeft: administrator.hasSecondFactor ? await countRecoveryCodes(organisation, administrator.id) : 0,
        href: paths.accountPart(region, 'second-factor'),
        codesHref: paths.accountPart(region, 'recovery-codes'),
      },
      sessions: sessionRows(region, sessions, sessionId),
      endOthersAction: paths.accountPart(region, 'sessions'),
    },
  );
};

const showAccount = (req: Request, res: Response, ctx: AdminContext): Promise<void> => sendAccount(req, res, ctx);

const rename = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, nameForm, {
    act: async ({ name }) => {
      await renameAdministrator(ctx.organisation, ctx.administrator.id, name);
      redirectWith(req, res, ctx, paths.account(ctx.region), 'Your name is changed.');
    },
    again: (form) => sendAccount(req, res, ctx, { name: form }),
  });

const changeOwnPassword = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, passwordForm, {
    act: async (passwords) => {
      const { sessionId, administrator, organisation } = ctx;
      await changePassword(organisation, { id: administrator.id, sessionId }, passwords);
      redirectWith(req, res, ctx, paths.account(ctx.region), 'Your password is changed. All your other sessions have ended.');
    },
    again: (form) => sendAccount(req, res, ctx, { password: form }),
  });

const endSession = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const sessionId = pathId<SessionId>(req, 'sessionId', 'Session');
  await endAdministratorSession(ctx.organisation, { administratorId: ctx.administrator.id, sessionId });
  redirectWith(req, res, ctx, paths.account(ctx.region), 'The session has ended.');
};

const endOthers = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const ended = await endAdministratorSessions(ctx.organisation, ctx.administrator.id, ctx.sessionId);
  const text = ended === 0 ? 'There was no other session.' : 'All your other sessions have ended.';
  redirectWith(req, res, ctx, paths.account(ctx.region), text);
};

const ACCOUNT = '/:region/account';

export const accountRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: ACCOUNT, access: 'administrator', audit: null, handler: showAccount },
  { method: 'post', path: `${ACCOUNT}/name`, access: 'administrator', audit: 'administrator.updated', handler: rename },
  {
    method: 'post',
    path: `${ACCOUNT}/password`,
    access: 'administrator',
    audit: 'administrator.password-changed',
    handler: changeOwnPassword,
  },
  {
    method: 'post',
    path: `${ACCOUNT}/sessions`,
    access: 'administrator',
    audit: 'administrator-session.ended',
    handler: endOthers,
  },
  {
    method: 'post',
    path: `${ACCOUNT}/sessions/:sessionId/end`,
    access: 'administrator',
    audit: 'administrator-session.ended',
    handler: endSession,
  },
  ...secondFactorRoutes,
];
