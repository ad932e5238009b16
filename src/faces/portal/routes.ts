import { type RequestHandler, Router } from 'express';
import { notFound } from '../../domain/errors.ts';
import { mountRoutes, type Route, refuseOtherMethods } from '../../http/routes.ts';
import { accessRoutes } from './access/routes.ts';
import { catalogueRoutes } from './catalogue/routes.ts';
import { type PortalContext, type PortalDeps, portalContext, portalOfHost, readerAccess } from './context.ts';
import { rememberRendered } from './documents/rendered-documents.ts';
import { documentRoutes } from './documents/routes.ts';
import { errorPages } from './errors.ts';
import { referenceRoutes } from './reference/routes.ts';
import { searchRoutes } from './search/routes.ts';
import { siteRoutes } from './site/routes.ts';

/**
 * Everything that a portal shows. Access: `anyone`, or `reader`: whoever may read the portal, which is anyone where it is public, and
 * nobody without an account where it is private.
 */
export const portalRoutes: readonly Route<PortalContext>[] = [
  ...catalogueRoutes,
  ...documentRoutes,
  ...referenceRoutes,
  ...searchRoutes,
  ...accessRoutes,
  ...siteRoutes,
];

/** No name in an address holds NUL, and PostgreSQL takes it in no text: such an address leads nowhere. */
const refuseNul: RequestHandler = (req, _res, next) => {
  if (/%00/.test(req.url)) throw notFound('Page');
  next();
};

/** The portals, to be mounted at the root, after the faces that live on the installation's own host. */
export const portalFace = (deps: PortalDeps): Router => {
  const router = Router();
  router.use(portalOfHost(deps, rememberRendered(deps.renderDocument)), refuseNul);
  mountRoutes(router, portalRoutes, {
    before: ({ access }) => (access === 'reader' ? [readerAccess] : []),
    contextOf: portalContext,
  });
  router.use(refuseOtherMethods(portalRoutes), () => {
    throw notFound('Page');
  });
  router.use(errorPages(deps));
  return router;
};
