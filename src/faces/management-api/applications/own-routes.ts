import { updateApplication } from '../../../domain/applications/index.ts';
import { parseBody } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { presentApplication } from './presenters.ts';
import { applicationRef } from './routes.ts';
import { updateApplicationSchema } from './schemas.ts';

export const ownApplicationRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'patch',
    path: '/portals/:portalId/applications/:applicationId',
    access: 'token',
    audit: 'application.updated',
    handler: async (req, res, ctx) => {
      const ref = applicationRef(req);
      const { name, description, redirect_uri, reference_id } = parseBody(updateApplicationSchema, req);
      const changes = { name, description, redirectUri: redirect_uri, referenceId: reference_id };
      res.json(presentApplication(await updateApplication(ctx, ref, changes)));
    },
  },
];
