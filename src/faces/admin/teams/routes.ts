import type { Request, Response } from 'express';
import { demand } from '../../../domain/access/index.ts';
import { notFound } from '../../../domain/errors.ts';
import { countTeams, createTeam, deleteTeam, listTeams, updateTeam } from '../../../domain/teams/index.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { queryPage } from '../../../http/page-query.ts';
import type { Route } from '../../../http/routes.ts';
import { sendConfirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { sendForm } from '../form.ts';
import { portalOf, sendPortalPart } from '../portals/frame.ts';
import { redirectWith } from '../respond.ts';
import { TEAM_FIELDS, teamForm } from './forms.ts';
import { deletionOf, listModel } from './pages.ts';
import { teamPaths } from './paths.ts';
import { changeableTeamOf, teamAddressOf, teamTrail } from './team.ts';

const PAGE_SIZE = 25;

const showList = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const portal = await portalOf(req, ctx);
  const number = queryPage(req);
  const teams = await listTeams(ctx, portal.id, {
    filters: [],
    sort: [{ field: 'name', direction: 'asc' }],
    page: { number, size: PAGE_SIZE },
  });
  if (teams.items.length === 0 && number > 1) throw notFound('Page');
  const ids = teams.items.map(({ id }) => id);
  const model = listModel(ctx, portal, teams, await countTeams(ctx, portal.id, ids));
  await sendPortalPart(req, res, ctx, { portal, part: 'teams', template: 'admin/teams/list.njk' }, model);
};

const sendCreation = async (req: Request, res: Response, ctx: AdminContext, form: FormState): Promise<void> => {
  const portal = await portalOf(req, ctx);
  demand(ctx.actor, 'portal.administer', portal.id, 'Portal');
  const head = { title: 'New team', breadcrumbs: teamTrail(ctx, portal) };
  const cancelHref = teamPaths.list(ctx.region, portal.id);
  const action = teamPaths.create(ctx.region, portal.id);
  await sendForm(req, res, ctx, head, { form, fields: TEAM_FIELDS, action, submit: 'Create team', cancelHref });
};

const showCreation = (req: Request, res: Response, ctx: AdminContext): Promise<void> => sendCreation(req, res, ctx, emptyForm());

const create = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, teamForm, {
    act: async (given) => {
      const portal = await portalOf(req, ctx);
      const { id: teamId, name } = await createTeam(ctx, portal.id, given);
      const address = { portalId: portal.id, teamId };
      redirectWith(
        req,
        res,
        ctx,
        teamPaths.members(ctx.region, address),
        `“${name}” is created. Add developers, and give it API products.`,
      );
    },
    again: (form) => sendCreation(req, res, ctx, form),
  });

const sendEdit = async (req: Request, res: Response, ctx: AdminContext, form?: FormState): Promise<void> => {
  const { portal, team, address } = await changeableTeamOf(req, ctx);
  const head = { title: `Edit ${team.name}`, breadcrumbs: teamTrail(ctx, portal, team) };
  await sendForm(req, res, ctx, head, {
    form: form ?? emptyForm({ name: team.name, description: team.description }),
    fields: TEAM_FIELDS,
    action: teamPaths.edit(ctx.region, address),
    submit: 'Save',
    cancelHref: teamPaths.members(ctx.region, address),
  });
};

const showEdit = (req: Request, res: Response, ctx: AdminContext): Promise<void> => sendEdit(req, res, ctx);

const edit = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, teamForm, {
    act: async (given) => {
      const address = teamAddressOf(req);
      await updateTeam(ctx, address, given);
      redirectWith(req, res, ctx, teamPaths.members(ctx.region, address), 'Your changes are saved.');
    },
    again: (form) => sendEdit(req, res, ctx, form),
  });

const showDeletion = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const shown = await changeableTeamOf(req, ctx);
  const head = { title: `Delete ${shown.team.name}?`, breadcrumbs: teamTrail(ctx, shown.portal, shown.team) };
  await sendConfirmation(req, res, ctx, head, deletionOf(ctx, shown));
};

const remove = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { portal, team, address } = await changeableTeamOf(req, ctx);
  await deleteTeam(ctx, address);
  redirectWith(req, res, ctx, teamPaths.list(ctx.region, portal.id), `“${team.name}” is deleted.`);
};

const access = 'administrator';
const BASE = '/:region/portals/:portalId/teams';

export const teamRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: BASE, access, audit: null, handler: showList },
  { method: 'get', path: `${BASE}/create`, access, audit: null, handler: showCreation },
  { method: 'post', path: `${BASE}/create`, access, audit: 'team.created', handler: create },
  { method: 'get', path: `${BASE}/:teamId/edit`, access, audit: null, handler: showEdit },
  { method: 'post', path: `${BASE}/:teamId/edit`, access, audit: 'team.updated', handler: edit },
  { method: 'get', path: `${BASE}/:teamId/delete`, access, audit: null, handler: showDeletion },
  { method: 'post', path: `${BASE}/:teamId/delete`, access, audit: 'team.deleted', handler: remove },
];
