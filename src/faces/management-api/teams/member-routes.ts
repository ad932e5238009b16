import type { DeveloperId, PortalId, TeamRoleId } from '../../../domain/ids.ts';
import {
  addTeamMember,
  assignTeamRole,
  listTeamMembers,
  listTeamRoles,
  listTeamsOfDeveloper,
  removeTeamMember,
  removeTeamRole,
} from '../../../domain/teams/index.ts';
import { parseBody, pathId } from '../../../http/input.ts';
import { presentPage, readListQuery } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { presentMember, presentTeam, presentTeamRole } from './presenters.ts';
import { teamAddress } from './routes.ts';
import { addDeveloperSchema, assignRoleSchema } from './schemas.ts';

const MEMBER_FILTERS = { email: 'string', full_name: 'string', attributes: 'string', active: 'boolean' } as const;

/** What teams hold: developers, and roles on products. */
export const teamMemberRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'get',
    path: '/portals/:portalId/teams/:teamId/developers',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const query = readListQuery(req, { filters: MEMBER_FILTERS, sort: [] });
      res.json(presentPage(await listTeamMembers(ctx, teamAddress(req), query), presentMember));
    },
  },
  {
    method: 'post',
    path: '/portals/:portalId/teams/:teamId/developers',
    access: 'token',
    audit: 'team.member-added',
    handler: async (req, res, ctx) => {
      const address = teamAddress(req);
      const { id } = parseBody(addDeveloperSchema, req);
      await addTeamMember(ctx, address, id as DeveloperId);
      res.status(201).end();
    },
  },
  {
    method: 'delete',
    path: '/portals/:portalId/teams/:teamId/developers/:developerId',
    access: 'token',
    audit: 'team.member-removed',
    handler: async (req, res, ctx) => {
      await removeTeamMember(ctx, teamAddress(req), pathId<DeveloperId>(req, 'developerId', 'Developer'));
      res.status(204).end();
    },
  },
  {
    method: 'get',
    path: '/portals/:portalId/teams/:teamId/assigned-roles',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const { page } = readListQuery(req, { filters: {}, sort: [] });
      res.json(presentPage(await listTeamRoles(ctx, teamAddress(req), page), presentTeamRole));
    },
  },
  {
    method: 'post',
    path: '/portals/:portalId/teams/:teamId/assigned-roles',
    access: 'token',
    audit: 'team.role-assigned',
    handler: async (req, res, ctx) => {
      const address = teamAddress(req);
      res.status(201).json(presentTeamRole(await assignTeamRole(ctx, address, parseBody(assignRoleSchema, req))));
    },
  },
  {
    method: 'delete',
    path: '/portals/:portalId/teams/:teamId/assigned-roles/:roleId',
    access: 'token',
    audit: 'team.role-removed',
    handler: async (req, res, ctx) => {
      await removeTeamRole(ctx, teamAddress(req), pathId<TeamRoleId>(req, 'roleId', 'Role'));
      res.status(204).end();
    },
  },
  {
    method: 'get',
    path: '/portals/:portalId/developers/:developerId/teams',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const query = readListQuery(req, { filters: {}, sort: [] });
      const portalId = pathId<PortalId>(req, 'portalId', 'Portal');
      const developerId = pathId<DeveloperId>(req, 'developerId', 'Developer');
      res.json(presentPage(await listTeamsOfDeveloper(ctx, { portalId, developerId }, query), presentTeam));
    },
  },
];
