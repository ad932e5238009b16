import type { Request } from 'express';
import { z } from 'zod';
import type { PortalId } from '../../../domain/ids.ts';
import { type KeyPolicy, readKeyPolicy, updateKeyPolicy } from '../../../domain/portals/index.ts';
import { parseBody, pathId } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';

const portalId = (req: Request) => pathId<PortalId>(req, 'portalId', 'Portal');

const MAX_DAYS = 3650;
const MAX_HOURS = 24 * 90;

const updateKeyPolicySchema = z.strictObject({
  max_age_days: z.int().min(1).max(MAX_DAYS).nullish(),
  max_overlap_hours: z.int().min(0).max(MAX_HOURS).optional(),
});

const presentKeyPolicy = ({ maxAgeDays, maxOverlapHours }: KeyPolicy) => ({
  max_age_days: maxAgeDays,
  max_overlap_hours: maxOverlapHours,
});

/** How long API keys of a portal's applications live. */
export const keyPolicyRoutes: readonly Route<ManagementContext>[] = [
  {
    method: 'get',
    path: '/portals/:portalId/key-policy',
    access: 'token',
    audit: null,
    handler: async (req, res, ctx) => {
      res.json(presentKeyPolicy(await readKeyPolicy(ctx, portalId(req))));
    },
  },
  {
    method: 'patch',
    path: '/portals/:portalId/key-policy',
    access: 'token',
    audit: 'portal.key-policy-updated',
    handler: async (req, res, ctx) => {
      const id = portalId(req);
      const { max_age_days, max_overlap_hours } = parseBody(updateKeyPolicySchema, req);
      const changes = { maxAgeDays: max_age_days, maxOverlapHours: max_overlap_hours };
      res.json(presentKeyPolicy(await updateKeyPolicy(ctx, id, changes)));
    },
  },
];
