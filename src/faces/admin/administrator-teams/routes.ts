import type { Request, Response } from 'express';
import {
  type AdministratorTeam,
  addTeamMember,
  createAdministratorTeam,
  deleteAdministratorTeam,
  getAdministratorTeam,
  listAdministratorTeams,
  removeTeamMember,
  updateAdministratorTeam,
} from '../../../domain/administrator-teams/index.ts';
import { mayManagePeople } from '../../../domain/administrators/index.ts';
import { notFound } from '../../../domain/errors.ts';
import type { AdministratorTeamId } from '../../../domain/ids.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { pathId, pathText } from '../../../http/input.ts';
import { queryPage, queryText } from '../../../http/page-query.ts';
import type { Route } from '../../../http/routes.ts';
import { sendConfirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { sendForm } from '../form.ts';
import { HOLDER_WORDS, holderTrail, listTrail } from '../organisation/holders.ts';
import { listPage } from '../organisation/list-page.ts';
import { forManagers } from '../organisation/managers.ts';
import { NAMED_FIELDS, namedForm } from '../organisation/named-forms.ts';
import { kindOfFolder, organisationPaths } from '../organisation/paths.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { rolesSection } from '../roles/pages.ts';
import { timeHtml } from '../time.ts';
import { memberForm } from './forms.ts';
import { membersSection } from './members.ts';

const KIND = 'team';
const SIZE = 25;

const teamOf = (req: Request, { organisation }: AdminContext): Promise<AdministratorTeam> =>
  getAdministratorTeam(organisation, pathId<AdministratorTeamId>(req, 'id', 'Team'));

const holderOf = ({ id }: AdministratorTeam) => ({ kind: KIND, id }) as const;

const list = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { region } = ctx;
  const text = queryText(req, 'q');
  const teams = await listAdministratorTeams(ctx.organisation, {
    filters: text === '' ? [] : [{ field: 'name', op: 'contains', value: text }],
    sort: [{ field: 'name', direction: 'asc' }],
    page: { number: queryPage(req), size: SIZE },
  });
  const page = listPage(teams, {
    nouns: ['team', 'teams'],
    head: ['Name', 'Description', 'Made'],
    row: (team) => [
      { text: team.name, href: organisationPaths.one(region, holderOf(team)), header: true },
      { text: team.description },
      { html: timeHtml(team.createdAt) },
    ],
    hrefOf: (number) => organisationPaths.list(region, KIND, { q: text, page: number }),
    create: mayManagePeople(ctx.actor) ? { text: 'New team', href: organisationPaths.create(region, KIND) } : undefined,
    empty: {
      title: text === '' ? 'No team yet' : `No team matches “${text}”`,
      text: 'A team holds roles for all its members: whoever joins has them, whoever leaves has them no more.',
      icon: 'grid',
    },
    search:
      teams.total > SIZE || text !== ''
        ? { action: organisationPaths.list(region, KIND), value: text, label: 'Search teams' }
        : undefined,
  });
  await sendPage(req, res, ctx, 'admin/shared/list.njk', { title: HOLDER_WORDS[KIND] }, page);
};

const sendCreate = (req: Request, res: Response, ctx: AdminContext, form: FormState): Promise<void> =>
  sendForm(
    req,
    res,
    ctx,
    { title: 'New team', breadcrumbs: listTrail(ctx, KIND) },
    {
      form,
      fields: NAMED_FIELDS,
      action: organisationPaths.create(ctx.region, KIND),
      submit: 'Create team',
      cancelHref: organisationPaths.list(ctx.region, KIND),
    },
  );

const showCreate = (req: Request, res: Response, ctx: AdminContext): Promise<void> => sendCreate(req, res, ctx, emptyForm());

const create = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, namedForm, {
    act: async (input) => {
      const team = await createAdministratorTeam(ctx.organisation, input);
      const text = `${team.name} is there. Add members, and give it roles.`;
      redirectWith(req, res, ctx, organisationPaths.one(ctx.region, holderOf(team)), text);
    },
    again: (form) => sendCreate(req, res, ctx, form),
  });

const sendTeam = async (req: Request, res: Response, ctx: AdminContext, form = emptyForm()): Promise<void> => {
  const team = await teamOf(req, ctx);
  const holder = holderOf(team);
  const mayManage = mayManagePeople(ctx.actor);
  await sendPage(
    req,
    res,
    ctx,
    'admin/administrator-teams/team.njk',
    { title: team.name, breadcrumbs: listTrail(ctx, KIND) },
    {
      description: team.description,
      editHref: mayManage && organisationPaths.act(ctx.region, holder, 'edit'),
      deleteHref: mayManage && organisationPaths.act(ctx.region, holder, 'delete'),
      summary: form.summary,
      members: mayManage && (await membersSection(ctx, team, form)),
      roles: mayManage && (await rolesSection(ctx, holder, true)),
    },
  );
};

const show = (req: Request, res: Response, ctx: AdminContext): Promise<void> => sendTeam(req, res, ctx);

const sendEdit = async (req: Request, res: Response, ctx: AdminContext, form?: FormState): Promise<void> => {
  const team = await teamOf(req, ctx);
  const { name, description } = team;
  await sendForm(
    req,
    res,
    ctx,
    { title: `Edit ${name}`, breadcrumbs: holderTrail(ctx, holderOf(team), name) },
    {
      form: form ?? emptyForm({ name, description }),
      fields: NAMED_FIELDS,
      action: organisationPaths.act(ctx.region, holderOf(team), 'edit'),
      submit: 'Save',
      cancelHref: organisationPaths.one(ctx.region, holderOf(team)),
    },
  );
};

const showEdit = (req: Request, res: Response, ctx: AdminContext): Promise<void> => sendEdit(req, res, ctx);

const edit = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, namedForm, {
    act: async (changes) => {
      const team = await updateAdministratorTeam(ctx.organisation, (await teamOf(req, ctx)).id, changes);
      redirectWith(req, res, ctx, organisationPaths.one(ctx.region, holderOf(team)), 'The changes are saved.');
    },
    again: (form) => sendEdit(req, res, ctx, form),
  });

const askDelete = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const team = await teamOf(req, ctx);
  await sendConfirmation(
    req,
    res,
    ctx,
    { title: `Delete ${team.name}`, breadcrumbs: holderTrail(ctx, holderOf(team), team.name) },
    {
      text: 'This cannot be undone.',
      consequences: ['Its members stay, but lose what the team allowed them.'],
      action: organisationPaths.act(ctx.region, holderOf(team), 'delete'),
      submit: 'Delete team',
      cancelHref: organisationPaths.one(ctx.region, holderOf(team)),
    },
  );
};

const remove = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { id, name } = await teamOf(req, ctx);
  await deleteAdministratorTeam(ctx.organisation, id);
  redirectWith(req, res, ctx, organisationPaths.list(ctx.region, KIND), `${name} is deleted.`);
};

const addMember = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, memberForm, {
    act: async ({ member }) => {
      const team = await teamOf(req, ctx);
      await addTeamMember(ctx.organisation, team.id, member);
      redirectWith(req, res, ctx, organisationPaths.one(ctx.region, holderOf(team)), 'The member is added.');
    },
    again: (form) => sendTeam(req, res, ctx, form),
  });

const removeMember = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const team = await teamOf(req, ctx);
  const kind = kindOfFolder(pathText(req, 'members'));
  if (kind === undefined || kind === 'team') throw notFound('Page');
  await removeTeamMember(ctx.organisation, team.id, pathId<never>(req, 'memberId', 'Member'));
  redirectWith(req, res, ctx, organisationPaths.one(ctx.region, holderOf(team)), 'The member is removed.');
};

const TEAMS = '/:region/organisation/teams';
const TEAM = `${TEAMS}/:id`;
const access = 'administrator';

export const administratorTeamRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: TEAMS, access, audit: null, handler: list },
  { method: 'get', path: `${TEAMS}/new`, access, audit: null, handler: forManagers(showCreate) },
  { method: 'post', path: `${TEAMS}/new`, access, audit: 'administrator-team.created', handler: create },
  { method: 'get', path: TEAM, access, audit: null, handler: show },
  { method: 'get', path: `${TEAM}/edit`, access, audit: null, handler: forManagers(showEdit) },
  { method: 'post', path: `${TEAM}/edit`, access, audit: 'administrator-team.updated', handler: edit },
  { method: 'get', path: `${TEAM}/delete`, access, audit: null, handler: forManagers(askDelete) },
  { method: 'post', path: `${TEAM}/delete`, access, audit: 'administrator-team.deleted', handler: remove },
  { method: 'post', path: `${TEAM}/members`, access, audit: 'administrator-team.member-added', handler: addMember },
  {
    method: 'post',
    path: `${TEAM}/members/:members/:memberId/remove`,
    access,
    audit: 'administrator-team.member-removed',
    handler: removeMember,
  },
];
