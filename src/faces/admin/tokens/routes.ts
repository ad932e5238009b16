import type { Request, Response } from 'express';
import { notFound } from '../../../domain/errors.ts';
import type { SystemAccountId, TokenId } from '../../../domain/ids.ts';
import { getSystemAccount } from '../../../domain/system-accounts/index.ts';
import { createToken, listTokens, revokeToken } from '../../../domain/tokens/index.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { pathId } from '../../../http/input.ts';
import type { Breadcrumb } from '../../../http/layout-model.ts';
import type { Route } from '../../../http/routes.ts';
import { sendConfirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { sendForm } from '../form.ts';
import { holderTrail } from '../organisation/holders.ts';
import { forManagers } from '../organisation/managers.ts';
import { organisationPaths } from '../organisation/paths.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { tokenForm } from './forms.ts';
import { revokePath, TOKEN_FIELDS, type TokenOwner, tokenTable } from './pages.ts';

const DAY_MS = 86_400_000;

/** Whose tokens a route is about, and the pages around it. */
type OwnerOf = (
  req: Request,
  ctx: AdminContext,
) => Promise<TokenOwner & { readonly listHref: string; readonly newHref: string; readonly trail: Breadcrumb[] }>;

const oneself: OwnerOf = async (_req, { administrator, region }) => ({
  isOwn: true,
  account: { kind: 'administrator', id: administrator.id },
  listHref: organisationPaths.ownTokens(region),
  newHref: organisationPaths.newOwnToken(region),
  trail: [{ label: 'Your tokens', href: organisationPaths.ownTokens(region) }],
});

const machine: OwnerOf = async (req, ctx) => {
  const { id, name } = await getSystemAccount(ctx.organisation, pathId<SystemAccountId>(req, 'id', 'System account'));
  const account = { kind: 'system-account', id } as const;
  return {
    isOwn: false,
    account,
    listHref: organisationPaths.one(ctx.region, account),
    newHref: organisationPaths.newToken(ctx.region, account),
    trail: holderTrail(ctx, account, name),
  };
};

const showOwn = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const owner = await oneself(req, ctx);
  const tokens = await listTokens(ctx.organisation, owner.account);
  await sendPage(
    req,
    res,
    ctx,
    'admin/tokens/own.njk',
    { title: 'Your tokens' },
    {
      newHref: owner.newHref,
      table: tokenTable(ctx.region, owner, tokens, ctx.now(), true),
    },
  );
};

const pagesFor = (ownerOf: OwnerOf) => {
  const sendNew = async (req: Request, res: Response, ctx: AdminContext, form: FormState): Promise<void> => {
    const { listHref, newHref, trail, isOwn } = await ownerOf(req, ctx);
    const roles = isOwn ? 'your roles' : 'the roles of the system account';
    const page = { fields: TOKEN_FIELDS, action: newHref, submit: 'Make token', cancelHref: listHref };
    const intro = `Whoever has the token can use the management API with ${roles}.`;
    await sendForm(req, res, ctx, { title: 'New token', breadcrumbs: trail }, { ...page, intro, form });
  };
  const showNew = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
    sendNew(req, res, ctx, emptyForm({ days: '90' }));
  /** The token is in this one answer, and nowhere else. */
  const make = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
    handleForm(req, res, tokenForm, {
      act: async ({ name, days }) => {
        const { account, listHref, trail } = await ownerOf(req, ctx);
        const expiresAt = new Date(ctx.now().getTime() + days * DAY_MS);
        const { secret } = await createToken(ctx.organisation, { name, owner: account, expiresAt });
        const example = `curl -H "Authorization: Bearer ${secret}" ${ctx.deps.baseUrl}/v2/api-products`;
        const head = { title: 'The new token', breadcrumbs: trail };
        await sendPage(req, res, ctx, 'admin/tokens/made.njk', head, { secret, name, example, doneHref: listHref });
      },
      again: (form) => sendNew(req, res, ctx, form),
    });
  const tokenOf = async (req: Request, ctx: AdminContext) => {
    const owner = await ownerOf(req, ctx);
    const id = pathId<TokenId>(req, 'tokenId', 'Token');
    const token = (await listTokens(ctx.organisation, owner.account)).find((candidate) => candidate.id === id);
    if (!token) throw notFound('Token');
    return { owner, token };
  };
  const askRevoke = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
    const { owner, token } = await tokenOf(req, ctx);
    const head = { title: `Revoke ${token.name}`, breadcrumbs: owner.trail };
    await sendConfirmation(req, res, ctx, head, {
      text: 'Whatever uses this token stops working at once. This cannot be undone.',
      action: revokePath(ctx.region, owner, token),
      submit: 'Revoke token',
      cancelHref: owner.listHref,
    });
  };
  const revoke = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
    const { owner, token } = await tokenOf(req, ctx);
    await revokeToken(ctx.organisation, owner.account, token.id);
    redirectWith(req, res, ctx, owner.listHref, `The token ${token.name} is revoked.`);
  };
  return { showNew, make, askRevoke, revoke };
};

const access = 'administrator';

const routesOf = (path: string, ownerOf: OwnerOf, only: typeof forManagers = (show) => show): Route<AdminContext>[] => {
  const { showNew, make, askRevoke, revoke } = pagesFor(ownerOf);
  return [
    { method: 'get', path: `${path}/new`, access, audit: null, handler: only(showNew) },
    { method: 'post', path: `${path}/new`, access, audit: 'token.created', handler: make },
    { method: 'get', path: `${path}/:tokenId/revoke`, access, audit: null, handler: askRevoke },
    { method: 'post', path: `${path}/:tokenId/revoke`, access, audit: 'token.revoked', handler: revoke },
  ];
};

export const tokenRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: '/:region/tokens', access, audit: null, handler: showOwn },
  ...routesOf('/:region/tokens', oneself),
  ...routesOf('/:region/organisation/system-accounts/:id/tokens', machine, forManagers),
];
