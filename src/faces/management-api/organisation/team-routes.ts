import type { Request } from 'express';
import {
  addTeamMember,
  createAdministratorTeam,
  deleteAdministratorTeam,
  getAdministratorTeam,
  listAdministratorTeams,
  listTeamMembers,
  removeTeamMember,
  updateAdministratorTeam,
} from '../../../domain/administrator-teams/index.ts';
import type { AdministratorId, AdministratorTeamId, SystemAccountId } from '../../../domain/ids.ts';
import { parseBody, pathId } from '../../../http/input.ts';
import { presentPage, readListQuery } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { presentMember, presentNamed } from './presenters.ts';
import { addMemberSchema, createNamedSchema, updateNamedSchema } from './schemas.ts';

const teamId = (req: Request) => pathId<AdministratorTeamId>(req, 'teamId', 'Team');

/** Teams of administrators, and who is in them. */
export const administratorTeamRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'get',
    path: '/administrator-teams',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const query = readListQuery(req, { filters: { name: 'string' }, sort: ['name', 'created_at'] });
      res.json(presentPage(await listAdministratorTeams(ctx.organisation, query), presentNamed));
    },
  },
  {
    method: 'post',
    path: '/administrator-teams',
    access: 'token',
    audit: 'administrator-team.created',
    handler: async (req, res, ctx) => {
      const team = await createAdministratorTeam(ctx.organisation, parseBody(createNamedSchema, req));
      res.status(201).json(presentNamed(team));
    },
  },
  {
    method: 'get',
    path: '/administrator-teams/:teamId',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentNamed(await getAdministratorTeam(ctx.organisation, teamId(req))));
    },
  },
  {
    method: 'patch',
    path: '/administrator-teams/:teamId',
    access: 'token',
    audit: 'administrator-team.updated',
    handler: async (req, res, ctx) => {
      const id = teamId(req);
      res.json(presentNamed(await updateAdministratorTeam(ctx.organisation, id, parseBody(updateNamedSchema, req))));
    },
  },
  {
    method: 'delete',
    path: '/administrator-teams/:teamId',
    access: 'token',
    audit: 'administrator-team.deleted',
    handler: async (req, res, ctx) => {
      await deleteAdministratorTeam(ctx.organisation, teamId(req));
      res.status(204).end();
    },
  },
  {
    method: 'get',
    path: '/administrator-teams/:teamId/members',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json({ data: (await listTeamMembers(ctx.organisation, teamId(req))).map(presentMember) });
    },
  },
  {
    method: 'post',
    path: '/administrator-teams/:teamId/members',
    access: 'token',
    audit: 'administrator-team.member-added',
    handler: async (req, res, ctx) => {
      await addTeamMember(ctx.organisation, teamId(req), parseBody(addMemberSchema, req));
      res.status(204).end();
    },
  },
  {
    method: 'delete',
    path: '/administrator-teams/:teamId/members/:memberId',
    access: 'token',
    audit: 'administrator-team.member-removed',
    handler: async (req, res, ctx) => {
      const member = pathId<AdministratorId & SystemAccountId>(req, 'memberId', 'Member of the team');
      await removeTeamMember(ctx.organisation, teamId(req), member);
      res.status(204).end();
    },
  },
];
