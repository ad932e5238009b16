import type { Request, Response } from 'express';
import { listDevelopers } from '../../../domain/developers/index.ts';
import { invalid, notFound } from '../../../domain/errors.ts';
import type { DeveloperId, PortalId, TeamRoleId } from '../../../domain/ids.ts';
import { listAssignedProducts } from '../../../domain/publications/index.ts';
import {
  addTeamMember,
  assignTeamRole,
  listTeamMembers,
  listTeamRoles,
  removeTeamMember,
  removeTeamRole,
} from '../../../domain/teams/index.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { pathId } from '../../../http/input.ts';
import { queryPage } from '../../../http/page-query.ts';
import type { Route } from '../../../http/routes.ts';
import { allOf } from '../all.ts';
import type { AdminContext } from '../context.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { memberForm, roleForm } from './forms.ts';
import { membersModel, rolesModel } from './pages.ts';
import { teamPaths } from './paths.ts';
import { shownTeamOf, teamAddressOf, teamTrail } from './team.ts';

const PAGE_SIZE = 25;
const TEMPLATE = 'admin/teams/team.njk';

const sendMembers = async (req: Request, res: Response, ctx: AdminContext, form: FormState): Promise<void> => {
  const shown = await shownTeamOf(req, ctx);
  const page = { number: queryPage(req), size: PAGE_SIZE };
  const members = await listTeamMembers(ctx, shown.address, { filters: [], sort: [], page });
  if (members.items.length === 0 && page.number > 1) throw notFound('Page');
  const head = { title: shown.team.name, breadcrumbs: teamTrail(ctx, shown.portal) };
  await sendPage(req, res, ctx, TEMPLATE, head, membersModel(ctx, shown, members, form));
};

const showMembers = (req: Request, res: Response, ctx: AdminContext): Promise<void> => sendMembers(req, res, ctx, emptyForm());

/** @throws invalid when nobody in the portal has this address */
const developerBy = async (ctx: AdminContext, portalId: PortalId, email: string): Promise<DeveloperId> => {
  const found = await listDevelopers(ctx, portalId, {
    filters: [{ field: 'email', op: 'eq', value: email }],
    sort: [],
    page: { number: 1, size: 1 },
  });
  const [developer] = found.items;
  if (developer) return developer.id;
  throw invalid({ field: 'email', rule: 'missing_reference', reason: 'no developer of this portal has this e-mail' });
};

const addMember = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, memberForm, {
    act: async ({ email }) => {
      const address = teamAddressOf(req);
      await addTeamMember(ctx, address, await developerBy(ctx, address.portalId, email));
      redirectWith(req, res, ctx, teamPaths.members(ctx.region, address), `${email} is in the team now.`);
    },
    again: (form) => sendMembers(req, res, ctx, form),
  });

const removeMember = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const address = teamAddressOf(req);
  await removeTeamMember(ctx, address, pathId<DeveloperId>(req, 'developerId', 'Developer'));
  redirectWith(req, res, ctx, teamPaths.members(ctx.region, address), 'The developer is not in the team any more.');
};

const BY_NAME = [{ field: 'name', direction: 'asc' }] as const;

const sendRoles = async (req: Request, res: Response, ctx: AdminContext, form: FormState): Promise<void> => {
  const shown = await shownTeamOf(req, ctx);
  const page = { number: queryPage(req), size: PAGE_SIZE };
  const roles = await listTeamRoles(ctx, shown.address, page);
  if (roles.items.length === 0 && page.number > 1) throw notFound('Page');
  const offered = await allOf((page) => listAssignedProducts(ctx, shown.portal.id, { filters: [], sort: BY_NAME, page }));
  const head = { title: shown.team.name, breadcrumbs: teamTrail(ctx, shown.portal) };
  await sendPage(req, res, ctx, TEMPLATE, head, rolesModel(ctx, shown, roles, offered, form));
};

const showRoles = (req: Request, res: Response, ctx: AdminContext): Promise<void> => sendRoles(req, res, ctx, emptyForm());

const assignRole = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, roleForm, {
    act: async ({ product: productId, role }) => {
      const address = teamAddressOf(req);
      const { productName } = await assignTeamRole(ctx, address, { role, productId });
      redirectWith(req, res, ctx, teamPaths.roles(ctx.region, address), `The team is ${role} of “${productName}” now.`);
    },
    again: (form) => sendRoles(req, res, ctx, form),
    names: { entity_id: 'product' },
  });

const removeRole = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const address = teamAddressOf(req);
  await removeTeamRole(ctx, address, pathId<TeamRoleId>(req, 'roleId', 'Role'));
  redirectWith(req, res, ctx, teamPaths.roles(ctx.region, address), 'The role is taken from the team.');
};

const access = 'administrator';
const BASE = '/:region/portals/:portalId/teams/:teamId';

/** What teams hold: developers, and roles on products. */
export const teamContentRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: BASE, access, audit: null, handler: showMembers },
  { method: 'post', path: BASE, access, audit: 'team.member-added', handler: addMember },
  { method: 'post', path: `${BASE}/members/:developerId/remove`, access, audit: 'team.member-removed', handler: removeMember },
  { method: 'get', path: `${BASE}/roles`, access, audit: null, handler: showRoles },
  { method: 'post', path: `${BASE}/roles`, access, audit: 'team.role-assigned', handler: assignRole },
  { method: 'post', path: `${BASE}/roles/:roleId/remove`, access, audit: 'team.role-removed', handler: removeRole },
];
