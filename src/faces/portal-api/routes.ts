import { type RequestHandler, Router } from 'express';
import { notFound } from '../../domain/errors.ts';
import { problems } from '../../http/problems.ts';
import { mountRoutes, type Route, refuseOtherMethods } from '../../http/routes.ts';
import { refuseNul } from '../../http/server-kit.ts';
import { type PortalApiContext, type PortalApiDeps, portalApiContext, portalOfHost, readerAccess } from './context.ts';
import { clientAccess } from './cors.ts';
import { documentRoutes } from './documents/routes.ts';
import { productRoutes } from './products/routes.ts';
import { searchRoutes } from './search/routes.ts';
import { siteRoutes } from './site/routes.ts';
import { specificationRoutes } from './specifications/routes.ts';
import { versionRoutes } from './versions/routes.ts';

/**
 * Everything that portal clients can ask for. Access: `anyone`, or `reader`: whoever may read the portal, which is anyone where it is
 * public, and nobody without a session where it is private.
 */
export const portalApiRoutes: readonly Route<PortalApiContext>[] = [
  ...siteRoutes,
  ...productRoutes,
  ...documentRoutes,
  ...versionRoutes,
  ...specificationRoutes,
  ...searchRoutes,
];

/** What is answered may be kept as long as it is asked for again each time: an answer without a change is a 304. */
const revalidated: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'private, no-cache');
  next();
};

/** The API of portal clients, to be mounted at `/api/v2` on every host that shows a portal. */
export const portalApi = (deps: PortalApiDeps): Router => {
  const router = Router();
  router.use(portalOfHost(deps), clientAccess, refuseNul, revalidated);
  mountRoutes(router, portalApiRoutes, {
    before: ({ access }) => (access === 'reader' ? [readerAccess] : []),
    contextOf: portalApiContext,
  });
  router.use(refuseOtherMethods(portalApiRoutes), (req) => {
    throw notFound(`${req.method} ${req.baseUrl}${req.path}`);
  });
  router.use(problems(deps.log, deps.classify));
  return router;
};
