import type { Request } from 'express';
import type { PortalId, TeamId } from '../../../domain/ids.ts';
import { createTeam, deleteTeam, getTeam, listTeams, type TeamAddress, updateTeam } from '../../../domain/teams/index.ts';
import { parseBody, pathId } from '../../../http/input.ts';
import { presentPage, readListQuery } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { PORTAL_ROLES, presentTeam } from './presenters.ts';
import { createTeamSchema, updateTeamSchema } from './schemas.ts';

const portalId = (req: Request) => pathId<PortalId>(req, 'portalId', 'Portal');

/** The team that the path names, in the portal that it names. */
export const teamAddress = (req: Request): TeamAddress => ({
  portalId: portalId(req),
  teamId: pathId<TeamId>(req, 'teamId', 'Team'),
});

export const teamRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'get',
    path: '/portal-roles',
    access: 'token',
    audit: null,
    handler: (_req, res) => {
      res.json(PORTAL_ROLES);
    },
  },
  {
    method: 'get',
    path: '/portals/:portalId/teams',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const query = readListQuery(req, { filters: { name: 'string' }, sort: [] });
      res.json(presentPage(await listTeams(ctx, portalId(req), query), presentTeam));
    },
  },
  {
    method: 'post',
    path: '/portals/:portalId/teams',
    access: 'token',
    audit: 'team.created',
    handler: async (req, res, ctx) => {
      const id = portalId(req);
      res.status(201).json(presentTeam(await createTeam(ctx, id, parseBody(createTeamSchema, req))));
    },
  },
  {
    method: 'get',
    path: '/portals/:portalId/teams/:teamId',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentTeam(await getTeam(ctx, teamAddress(req))));
    },
  },
  {
    method: 'patch',
    path: '/portals/:portalId/teams/:teamId',
    access: 'token',
    audit: 'team.updated',
    handler: async (req, res, ctx) => {
      const address = teamAddress(req);
      res.json(presentTeam(await updateTeam(ctx, address, parseBody(updateTeamSchema, req))));
    },
  },
  {
    method: 'delete',
    path: '/portals/:portalId/teams/:teamId',
    access: 'token',
    audit: 'team.deleted',
    handler: async (req, res, ctx) => {
      await deleteTeam(ctx, teamAddress(req));
      res.status(204).end();
    },
  },
];
