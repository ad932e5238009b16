import type { Request, Response } from 'express';
import {
  type Administrator,
  createAdministratorLink,
  inviteAdministrator,
  inviteAgain,
  listAdministrators,
  mayManagePeople,
  reactivateAdministrator,
  renameAdministrator,
  viewAdministrator,
} from '../../../domain/administrators/index.ts';
import type { AdministratorId } from '../../../domain/ids.ts';
import { shownFields } from '../../../http/form-fields.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { pathId } from '../../../http/input.ts';
import { queryPage, queryText } from '../../../http/page-query.ts';
import type { Route } from '../../../http/routes.ts';
import type { AdminContext } from '../context.ts';
import { sendForm } from '../form.ts';
import { listTrail } from '../organisation/holders.ts';
import { forManagers } from '../organisation/managers.ts';
import { organisationPaths } from '../organisation/paths.ts';
import { paths } from '../paths.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { rolesSection } from '../roles/pages.ts';
import { confirmationRoutes } from './confirmations.ts';
import { inviteForm, renameForm } from './forms.ts';
import { peoplePage, personActs, STATUS_BADGES } from './pages.ts';

const KIND = 'administrator';
const SIZE = 25;

const idOf = (req: Request): AdministratorId => pathId<AdministratorId>(req, 'id', 'Administrator');

const showPeople = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const text = queryText(req, 'q');
  const people = await listAdministrators(ctx.organisation, {
    filters: text === '' ? [] : [{ field: 'name', op: 'contains', value: text }],
    sort: [{ field: 'name', direction: 'asc' }],
    page: { number: queryPage(req), size: SIZE },
  });
  const page = peoplePage(ctx, people, text, mayManagePeople(ctx.actor));
  await sendPage(req, res, ctx, 'admin/shared/list.njk', { title: 'People' }, page);
};

const sendInvite = (req: Request, res: Response, ctx: AdminContext, form: FormState): Promise<void> =>
  sendForm(
    req,
    res,
    ctx,
    { title: 'Invite somebody', breadcrumbs: listTrail(ctx, KIND) },
    {
      intro: 'They are sent a link with which they choose a password. What they may do, you say next, by giving them roles.',
      form,
      fields: [
        { name: 'name', label: 'Name', autocomplete: 'off', required: true },
        { name: 'email', label: 'E-mail', type: 'email', autocomplete: 'off', required: true },
      ],
      action: organisationPaths.create(ctx.region, KIND),
      submit: 'Invite',
      cancelHref: organisationPaths.list(ctx.region, KIND),
    },
  );

const showInvite = (req: Request, res: Response, ctx: AdminContext): Promise<void> => sendInvite(req, res, ctx, emptyForm());

/** Says that an invitation is on its way; where mails are kept here, the link is shown, in this answer only. */
const sendInvited = async (req: Request, res: Response, ctx: AdminContext, { id, name, email }: Administrator): Promise<void> => {
  const person = organisationPaths.one(ctx.region, { kind: KIND, id });
  const notice = `${name} is invited: a mail to ${email} is on its way.`;
  if (!ctx.deps.keepsMails) return redirectWith(req, res, ctx, person, notice);
  const token = await createAdministratorLink(ctx.organisation, { purpose: 'invitation', administratorId: id });
  await sendPage(
    req,
    res,
    ctx,
    'admin/people/invited.njk',
    { title: `${name} is invited` },
    {
      link: `${ctx.deps.baseUrl}${paths.password(token)}`,
      email,
      nextHref: person,
    },
  );
};

const invite = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, inviteForm, {
    act: async (person) => sendInvited(req, res, ctx, await inviteAdministrator(ctx.organisation, person)),
    again: (form) => sendInvite(req, res, ctx, form),
  });

const inviteOnceMore = async (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  sendInvited(req, res, ctx, await inviteAgain(ctx.organisation, idOf(req)));

const sendPerson = async (req: Request, res: Response, ctx: AdminContext, form?: FormState): Promise<void> => {
  const person = await viewAdministrator(ctx.organisation, idOf(req));
  const { id, name, email, status, hasSecondFactor, lastLoginAt, createdAt } = person;
  const holder = { kind: KIND, id } as const;
  const isManager = mayManagePeople(ctx.actor);
  const isSelf = id === ctx.administrator.id;
  await sendPage(
    req,
    res,
    ctx,
    'admin/people/person.njk',
    { title: name, breadcrumbs: listTrail(ctx, KIND) },
    {
      facts: { email, badge: STATUS_BADGES[status], hasSecondFactor, lastLoginAt: lastLoginAt ?? false, createdAt },
      acts: isManager && personActs(ctx, person, isSelf),
      fields: shownFields(form ?? emptyForm({ name }), [{ name: 'name', label: 'Name', autocomplete: 'off', required: true }]),
      summary: form?.summary ?? [],
      roles: (isManager || isSelf) && (await rolesSection(ctx, holder, isManager)),
    },
  );
};

const showPerson = (req: Request, res: Response, ctx: AdminContext): Promise<void> => sendPerson(req, res, ctx);

const rename = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, renameForm, {
    act: async ({ name }) => {
      const { id } = await renameAdministrator(ctx.organisation, idOf(req), name);
      redirectWith(req, res, ctx, organisationPaths.one(ctx.region, { kind: KIND, id }), 'The name is changed.');
    },
    again: (form) => sendPerson(req, res, ctx, form),
  });

const reactivate = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const id = idOf(req);
  await reactivateAdministrator(ctx.organisation, id);
  redirectWith(req, res, ctx, organisationPaths.one(ctx.region, { kind: KIND, id }), 'They can log in again.');
};

const PEOPLE = '/:region/organisation/people';
const PERSON = `${PEOPLE}/:id`;
const access = 'administrator';

export const peopleRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: PEOPLE, access, audit: null, handler: showPeople },
  { method: 'get', path: `${PEOPLE}/new`, access, audit: null, handler: forManagers(showInvite) },
  { method: 'post', path: `${PEOPLE}/new`, access, audit: 'administrator.invited', handler: invite },
  { method: 'get', path: PERSON, access, audit: null, handler: showPerson },
  { method: 'post', path: `${PERSON}/name`, access, audit: 'administrator.updated', handler: rename },
  { method: 'post', path: `${PERSON}/invitation`, access, audit: 'administrator.invited', handler: inviteOnceMore },
  { method: 'post', path: `${PERSON}/reactivate`, access, audit: 'administrator.reactivated', handler: reactivate },
  ...confirmationRoutes,
];
