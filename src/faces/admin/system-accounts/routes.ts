import type { Request, Response } from 'express';
import { mayManagePeople } from '../../../domain/administrators/index.ts';
import type { SystemAccountId } from '../../../domain/ids.ts';
import {
  createSystemAccount,
  deleteSystemAccount,
  getSystemAccount,
  listSystemAccounts,
  type SystemAccount,
  updateSystemAccount,
} from '../../../domain/system-accounts/index.ts';
import { listTokens } from '../../../domain/tokens/index.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { pathId } from '../../../http/input.ts';
import { queryPage, queryText } from '../../../http/page-query.ts';
import type { Route } from '../../../http/routes.ts';
import { sendConfirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { sendForm } from '../form.ts';
import { HOLDER_WORDS, holderTrail, listTrail } from '../organisation/holders.ts';
import { listPage } from '../organisation/list-page.ts';
import { forManagers } from '../organisation/managers.ts';
import { NAMED_FIELDS, namedForm } from '../organisation/named-forms.ts';
import { organisationPaths } from '../organisation/paths.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { rolesSection } from '../roles/pages.ts';
import { timeHtml } from '../time.ts';
import { tokenTable } from '../tokens/pages.ts';

const KIND = 'system-account';
const SIZE = 25;

const accountOf = (req: Request, { organisation }: AdminContext): Promise<SystemAccount> =>
  getSystemAccount(organisation, pathId<SystemAccountId>(req, 'id', 'System account'));

const holderOf = ({ id }: SystemAccount) => ({ kind: KIND, id }) as const;

const list = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { region } = ctx;
  const text = queryText(req, 'q');
  const accounts = await listSystemAccounts(ctx.organisation, {
    filters: text === '' ? [] : [{ field: 'name', op: 'contains', value: text }],
    sort: [{ field: 'name', direction: 'asc' }],
    page: { number: queryPage(req), size: SIZE },
  });
  const page = listPage(accounts, {
    nouns: ['system account', 'system accounts'],
    head: ['Name', 'Description', 'Made'],
    row: (account) => [
      { text: account.name, href: organisationPaths.one(region, holderOf(account)), header: true },
      { text: account.description },
      { html: timeHtml(account.createdAt) },
    ],
    hrefOf: (number) => organisationPaths.list(region, KIND, { q: text, page: number }),
    create: mayManagePeople(ctx.actor) ? { text: 'New system account', href: organisationPaths.create(region, KIND) } : undefined,
    empty: {
      title: text === '' ? 'No system account yet' : `No system account matches “${text}”`,
      text: 'A system account is for a machine, such as a pipeline: it has tokens and roles of its own, and stays when people go.',
      icon: 'key',
    },
    search:
      accounts.total > SIZE || text !== ''
        ? { action: organisationPaths.list(region, KIND), value: text, label: 'Search system accounts' }
        : undefined,
  });
  await sendPage(req, res, ctx, 'admin/shared/list.njk', { title: HOLDER_WORDS[KIND] }, page);
};

const sendCreate = (req: Request, res: Response, ctx: AdminContext, form: FormState): Promise<void> =>
  sendForm(
    req,
    res,
    ctx,
    { title: 'New system account', breadcrumbs: listTrail(ctx, KIND) },
    {
      form,
      fields: NAMED_FIELDS,
      action: organisationPaths.create(ctx.region, KIND),
      submit: 'Create system account',
      cancelHref: organisationPaths.list(ctx.region, KIND),
    },
  );

const showCreate = (req: Request, res: Response, ctx: AdminContext): Promise<void> => sendCreate(req, res, ctx, emptyForm());

const create = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, namedForm, {
    act: async (input) => {
      const account = await createSystemAccount(ctx.organisation, input);
      const text = `${account.name} is there. Give it roles, and make a token for it.`;
      redirectWith(req, res, ctx, organisationPaths.one(ctx.region, holderOf(account)), text);
    },
    again: (form) => sendCreate(req, res, ctx, form),
  });

const show = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const account = await accountOf(req, ctx);
  const holder = holderOf(account);
  const mayManage = mayManagePeople(ctx.actor);
  const owner = { isOwn: false, account: holder };
  const tokens = mayManage ? await listTokens(ctx.organisation, holder) : [];
  await sendPage(
    req,
    res,
    ctx,
    'admin/system-accounts/account.njk',
    { title: account.name, breadcrumbs: listTrail(ctx, KIND) },
    {
      description: account.description,
      editHref: mayManage && organisationPaths.act(ctx.region, holder, 'edit'),
      deleteHref: mayManage && organisationPaths.act(ctx.region, holder, 'delete'),
      newTokenHref: mayManage && organisationPaths.newToken(ctx.region, holder),
      table: tokenTable(ctx.region, owner, tokens, ctx.now(), mayManage),
      roles: mayManage && (await rolesSection(ctx, holder, true)),
    },
  );
};

const sendEdit = async (req: Request, res: Response, ctx: AdminContext, form?: FormState): Promise<void> => {
  const account = await accountOf(req, ctx);
  const { name, description } = account;
  const holder = holderOf(account);
  await sendForm(
    req,
    res,
    ctx,
    { title: `Edit ${name}`, breadcrumbs: holderTrail(ctx, holder, name) },
    {
      form: form ?? emptyForm({ name, description }),
      fields: NAMED_FIELDS,
      action: organisationPaths.act(ctx.region, holder, 'edit'),
      submit: 'Save',
      cancelHref: organisationPaths.one(ctx.region, holder),
    },
  );
};

const showEdit = (req: Request, res: Response, ctx: AdminContext): Promise<void> => sendEdit(req, res, ctx);

const edit = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, namedForm, {
    act: async (changes) => {
      const account = await updateSystemAccount(ctx.organisation, (await accountOf(req, ctx)).id, changes);
      redirectWith(req, res, ctx, organisationPaths.one(ctx.region, holderOf(account)), 'The changes are saved.');
    },
    again: (form) => sendEdit(req, res, ctx, form),
  });

const askDelete = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const account = await accountOf(req, ctx);
  const holder = holderOf(account);
  await sendConfirmation(
    req,
    res,
    ctx,
    { title: `Delete ${account.name}`, breadcrumbs: holderTrail(ctx, holder, account.name) },
    {
      text: 'This cannot be undone.',
      consequences: ['Its tokens stop working at once.', 'Its roles are taken away.'],
      action: organisationPaths.act(ctx.region, holder, 'delete'),
      submit: 'Delete system account',
      cancelHref: organisationPaths.one(ctx.region, holder),
    },
  );
};

const remove = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { id, name } = await accountOf(req, ctx);
  await deleteSystemAccount(ctx.organisation, id);
  redirectWith(req, res, ctx, organisationPaths.list(ctx.region, KIND), `${name} is deleted.`);
};

const ACCOUNTS = '/:region/organisation/system-accounts';
const ACCOUNT = `${ACCOUNTS}/:id`;
const access = 'administrator';

export const systemAccountRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: ACCOUNTS, access, audit: null, handler: list },
  { method: 'get', path: `${ACCOUNTS}/new`, access, audit: null, handler: forManagers(showCreate) },
  { method: 'post', path: `${ACCOUNTS}/new`, access, audit: 'system-account.created', handler: create },
  { method: 'get', path: ACCOUNT, access, audit: null, handler: show },
  { method: 'get', path: `${ACCOUNT}/edit`, access, audit: null, handler: forManagers(showEdit) },
  { method: 'post', path: `${ACCOUNT}/edit`, access, audit: 'system-account.updated', handler: edit },
  { method: 'get', path: `${ACCOUNT}/delete`, access, audit: null, handler: forManagers(askDelete) },
  { method: 'post', path: `${ACCOUNT}/delete`, access, audit: 'system-account.deleted', handler: remove },
];
