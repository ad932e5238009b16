import { Router } from 'express';
import type { Logger } from 'pino';
import { notFound } from '../../domain/errors.ts';
import { jsonBody } from '../../http/input.ts';
import { type Classify, problems } from '../../http/problems.ts';
import { type BodyLimit, mountRoutes, type Route, refuseOtherMethods } from '../../http/routes.ts';
import { refuseNul } from '../../http/server-kit.ts';
import { appearanceRoutes } from './appearance/routes.ts';
import { authStrategyRoutes } from './auth-strategies/routes.ts';
import { type ManagementContext, type ManagementDeps, managementContext, tokenAccess } from './context.ts';
import { controlPlaneRoutes } from './control-planes/routes.ts';
import { documentRoutes } from './documents/routes.ts';
import { portalRoutes } from './portals/routes.ts';
import { productRoutes } from './products/routes.ts';
import { publicationRoutes } from './publications/routes.ts';
import { specificationRoutes } from './specifications/routes.ts';
import { versionRoutes } from './versions/routes.ts';

/** Everything that the management API answers, noun by noun. */
export const managementRoutes: readonly Route<ManagementContext>[] = [
  ...productRoutes,
  ...versionRoutes,
  ...documentRoutes,
  ...specificationRoutes,
  ...controlPlaneRoutes,
  ...authStrategyRoutes,
  ...appearanceRoutes, // before single portals: `appearance-defaults` stands where their ids do
  ...portalRoutes,
  ...publicationRoutes,
];

/** The management API, to be mounted at `/v2` on the installation's own host. */
export const managementApi = (
  deps: ManagementDeps & { bodyLimits: Readonly<Record<BodyLimit, number>>; log: Logger; classify: Classify },
): Router => {
  const router = Router();
  const access = tokenAccess(deps);
  router.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  }, refuseNul);
  mountRoutes(router, managementRoutes, {
    before: (route) => [
      access,
      ...(route.method === 'get' || route.method === 'delete' ? [] : jsonBody(deps.bodyLimits[route.bodyLimit ?? 'default'])),
    ],
    contextOf: managementContext,
  });
  router.use(access, refuseOtherMethods(managementRoutes), (req) => {
    throw notFound(`${req.method} ${req.baseUrl}${req.path}`);
  });
  router.use(problems(deps.log, deps.classify));
  return router;
};
