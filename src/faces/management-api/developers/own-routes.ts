import { getDeveloper, setDeveloperStatus, setDeveloperStatuses, undoDeveloperStatus } from '../../../domain/developers/index.ts';
import { parseBody } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { presentOwnDeveloper } from './presenters.ts';
import { developerAddress, portalId } from './routes.ts';
import { decideManySchema, decideSchema } from './schemas.ts';

const PATH = '/portals/:portalId/developers/:developerId';

/** Developers with reasons, many at once, and with a way back. */
export const ownDeveloperRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'post',
    path: '/portals/:portalId/developers/decisions',
    access: 'token',
    audit: 'developer.approved',
    handler: async (req, res, ctx) => {
      const id = portalId(req);
      const { ids, ...decision } = parseBody(decideManySchema, req);
      res.json({ data: (await setDeveloperStatuses(ctx, id, ids, decision)).map(presentOwnDeveloper) });
    },
  },
  {
    method: 'get',
    path: PATH,
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentOwnDeveloper(await getDeveloper(ctx, developerAddress(req))));
    },
  },
  {
    method: 'put',
    path: `${PATH}/decision`,
    access: 'token',
    audit: 'developer.approved',
    handler: async (req, res, ctx) => {
      const address = developerAddress(req);
      res.json(presentOwnDeveloper(await setDeveloperStatus(ctx, address, parseBody(decideSchema, req))));
    },
  },
  {
    method: 'delete',
    path: `${PATH}/decision`,
    access: 'token',
    audit: 'developer.decision-undone',
    handler: async (req, res, ctx) => {
      res.json(presentOwnDeveloper(await undoDeveloperStatus(ctx, developerAddress(req))));
    },
  },
];
