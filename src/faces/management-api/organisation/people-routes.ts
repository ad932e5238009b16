import { listAdministrators } from '../../../domain/administrators/index.ts';
import { findActingAccount } from '../../../domain/roles/index.ts';
import { presentPage, readListQuery } from '../../../http/listing.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { presentAdministrator, presentHolder } from './presenters.ts';

/** Who one is, and who else there is. */
export const peopleRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'get',
    path: '/me',
    access: 'token',
    audit: null,
    handler: async (_req, res, { actor, organisation, region }) => {
      const account = await findActingAccount(organisation);
      const grants = actor.kind === 'administrator' ? actor.grants : [];
      res.json({
        account: account ? presentHolder(account) : null,
        region,
        roles: grants.map(({ entityType, entityId, role }) => ({ entity_type: entityType, entity_id: entityId, role })),
      });
    },
  },
  {
    method: 'get',
    path: '/administrators',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      const filters = { name: 'string', email: 'string', status: 'choice' } as const;
      const query = readListQuery(req, { filters, sort: ['name', 'email'] });
      res.json(presentPage(await listAdministrators(ctx.organisation, query), presentAdministrator));
    },
  },
];
