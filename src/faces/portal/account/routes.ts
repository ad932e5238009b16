import type { Request, Response } from 'express';
import { listOwnApplications } from '../../../domain/applications/index.ts';
import {
  changePassword,
  type DeveloperAddress,
  deleteAccount,
  exportAccount,
  getAccount,
  updateAccount,
} from '../../../domain/developers/index.ts';
import { unauthenticated } from '../../../domain/errors.ts';
import type { SessionId } from '../../../domain/ids.ts';
import { endSession, endSessions, listSessions, type SignedInDeveloper } from '../../../domain/sessions/index.ts';
import { setFlash } from '../../../http/flash.ts';
import { shownFields } from '../../../http/form-fields.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { pathId } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import { clearSessionCookies } from '../../../http/session-cookies.ts';
import type { PortalContext } from '../context.ts';
import { paths } from '../paths.ts';
import { renderPage, sendOwnPage } from '../respond.ts';
import { deleteForm, passwordForm, profileForm } from './forms.ts';
import { passwordPart, profilePart, sessionRows } from './pages.ts';

/** Who is signed in: whoever came as far as these pages is. */
const self = ({ portal, developer }: PortalContext): DeveloperAddress & { readonly me: SignedInDeveloper } => {
  if (!developer) throw unauthenticated();
  return { portalId: portal.id, developerId: developer.id, me: developer };
};

/** The account page, with a form of it as it was sent, where something was wrong. */
const sendAccount = async (
  req: Request,
  res: Response,
  ctx: PortalContext,
  { profile, password = emptyForm() }: { readonly profile?: FormState; readonly password?: FormState } = {},
): Promise<void> => {
  const { me, ...address } = self(ctx);
  const { email, fullName } = await getAccount(ctx, address);
  const page = await renderPage(
    ctx,
    'portal/account/account.njk',
    { title: 'Your account' },
    {
      email,
      profile: profilePart(profile ?? emptyForm({ fullName })),
      password: passwordPart(password),
      summary: [...(profile?.summary ?? []), ...password.summary],
      sessions: sessionRows(await listSessions(ctx, address), me.sessionId),
      endOthersAction: paths.accountPart('sessions/end-others'),
      exportHref: paths.accountPart('export'),
      deleteHref: paths.accountPart('delete'),
    },
  );
  await sendOwnPage(req, res, ctx, page);
};

const backWith = (req: Request, res: Response, ctx: PortalContext, text: string): void => {
  setFlash(req, res, ctx, { kind: 'success', text });
  res.redirect(303, paths.account);
};

const rename = (req: Request, res: Response, ctx: PortalContext): Promise<void> =>
  handleForm(req, res, profileForm, {
    act: async (changes) => {
      await updateAccount(ctx, self(ctx), changes);
      backWith(req, res, ctx, 'Your name is changed.');
    },
    again: (form) => sendAccount(req, res, ctx, { profile: form }),
  });

const changeOwnPassword = (req: Request, res: Response, ctx: PortalContext): Promise<void> =>
  handleForm(req, res, passwordForm, {
    act: async ({ current, password }) => {
      const { me, ...address } = self(ctx);
      await changePassword(ctx, address, { current, next: password, session: me.sessionId });
      backWith(req, res, ctx, 'Your password is changed. All your other sessions have ended.');
    },
    again: (form) => sendAccount(req, res, ctx, { password: form }),
    names: { current_password: 'current' },
  });

const endOne = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const { portalId, developerId } = self(ctx);
  await endSession(ctx, { portalId, developerId, sessionId: pathId<SessionId>(req, 'sessionId', 'Session') });
  backWith(req, res, ctx, 'The session has ended.');
};

const endOthers = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const { me, ...address } = self(ctx);
  const ended = await endSessions(ctx, { ...address, except: me.sessionId, reason: 'ended from the account' });
  backWith(req, res, ctx, ended === 0 ? 'There was no other session.' : 'All your other sessions have ended.');
};

const download = async (_req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const data = await exportAccount(ctx, self(ctx));
  res
    .attachment('my-data.json')
    .set('Cache-Control', 'no-store')
    .type('application/json')
    .send(`${JSON.stringify(data, null, 2)}\n`);
};

/** How many applications are named before they go. */
const MAX_NAMED = 20;

/** Asks before an account goes, and says what goes with it. */
const showDelete = async (req: Request, res: Response, ctx: PortalContext, form: FormState): Promise<void> => {
  const owner = { portal: ctx.portal, developerId: self(ctx).developerId };
  const { items, total } = await listOwnApplications(ctx, owner, { filters: [], page: { number: 1, size: MAX_NAMED } });
  const page = await renderPage(
    ctx,
    'portal/account/delete.njk',
    { title: 'Delete your account' },
    {
      portal: ctx.portal.displayName,
      applications: [...items.map(({ name }) => name), ...(total > items.length ? [`and ${total - items.length} more`] : [])],
      action: paths.accountPart('delete'),
      cancelHref: paths.account,
      summary: form.summary,
      fields: shownFields(form, [
        { name: 'password', label: 'Your password', type: 'password', autocomplete: 'current-password', required: true },
      ]),
    },
  );
  await sendOwnPage(req, res, ctx, page);
};

const remove = (req: Request, res: Response, ctx: PortalContext): Promise<void> =>
  handleForm(req, res, deleteForm, {
    act: async ({ password }) => {
      await deleteAccount(ctx, self(ctx), password);
      clearSessionCookies(req, res);
      setFlash(req, res, ctx, { kind: 'success', text: 'Your account and all that was in it are deleted.' });
      res.redirect(303, paths.login());
    },
    again: (form) => showDelete(req, res, ctx, form),
    names: { current_password: 'password' },
  });

type Handler = Route<PortalContext>['handler'];

const show = (path: string, handler: Handler): Route<PortalContext> => ({
  method: 'get',
  path,
  access: 'developer',
  audit: null,
  handler,
});

const change = (name: string, audit: string, handler: Handler): Route<PortalContext> => ({
  method: 'post',
  path: paths.accountPart(name),
  access: 'developer',
  audit,
  handler,
});

export const accountRoutes: readonly Route<PortalContext>[] = [
  show(paths.account, (req, res, ctx) => sendAccount(req, res, ctx)),
  show(paths.accountPart('export'), download),
  show(paths.accountPart('delete'), (req, res, ctx) => showDelete(req, res, ctx, emptyForm())),
  change('profile', 'developer.updated', rename),
  change('password', 'developer.password-changed', changeOwnPassword),
  change('sessions/end-others', 'session.ended', endOthers),
  change('sessions/:sessionId/end', 'session.ended', endOne),
  change('delete', 'developer.deleted', remove),
];
