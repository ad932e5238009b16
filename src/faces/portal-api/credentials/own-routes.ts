import { z } from 'zod';
import { listAllCredentials, rotateCredential } from '../../../domain/credentials/index.ts';
import { getKeyPolicy } from '../../../domain/portals/index.ts';
import { parseBody } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import type { PortalApiContext } from '../context.ts';
import { ownApplicationOf } from '../owner.ts';
import { presentNewCredential, presentOwnCredential } from './presenters.ts';
import { ownCredentialOf } from './routes.ts';

const rotateSchema = z.strictObject({ overlap_hours: z.int().min(0) });

/** Expiry, last use and rotation of keys, beside the contract. */
export const ownCredentialRoutes: readonly Route<PortalApiContext>[] = [
  {
    method: 'get',
    path: '/key-policy',
    access: 'developer',
    audit: null,
    handler: async (_req, res, ctx) => {
      const { maxAgeDays, maxOverlapHours } = await getKeyPolicy(ctx, ctx.portal.id);
      res.json({ max_age_days: maxAgeDays, max_overlap_hours: maxOverlapHours });
    },
  },
  {
    method: 'get',
    path: '/applications/:applicationId/credentials',
    access: 'developer',
    audit: null,
    handler: async (req, res, ctx) => {
      const now = ctx.now();
      const credentials = await listAllCredentials(ctx, ownApplicationOf(req, ctx));
      res.json({ data: credentials.map((credential) => presentOwnCredential(credential, now)) });
    },
  },
  {
    method: 'post',
    path: '/applications/:applicationId/credentials/:credentialId/rotate',
    access: 'developer',
    audit: 'credential.rotated',
    handler: async (req, res, ctx) => {
      const own = ownCredentialOf(req, ctx);
      const credential = await rotateCredential(ctx, own, parseBody(rotateSchema, req).overlap_hours);
      res
        .status(201)
        .set('Cache-Control', 'no-store')
        .json({ ...presentNewCredential(credential), ...presentOwnCredential(credential, ctx.now()) });
    },
  },
];
