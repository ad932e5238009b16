import { type RequestHandler, Router } from 'express';
import { notFound } from '../../domain/errors.ts';
import { descriptionRoute } from '../../http/api-description.ts';
import { jsonBody } from '../../http/input.ts';
import { problems } from '../../http/problems.ts';
import { mountRoutes, type Route, refuseOtherMethods } from '../../http/routes.ts';
import { refuseNul } from '../../http/server-kit.ts';
import { applicationRoutes } from './applications/routes.ts';
import {
  developerAccess,
  originCheck,
  type PortalApiContext,
  type PortalApiDeps,
  portalApiContext,
  portalOfHost,
  readerAccess,
} from './context.ts';
import { clientAccess } from './cors.ts';
import { ownCredentialRoutes } from './credentials/own-routes.ts';
import { credentialRoutes } from './credentials/routes.ts';
import { developerRoutes } from './developer/routes.ts';
import { documentRoutes } from './documents/routes.ts';
import { productRoutes } from './products/routes.ts';
import { ownRegistrationRoutes, registrationRoutes } from './registrations/routes.ts';
import { ownSearchRoutes } from './search/own-routes.ts';
import { searchRoutes } from './search/routes.ts';
import { siteRoutes } from './site/routes.ts';
import { ownSpecificationRoutes } from './specifications/own-routes.ts';
import { specificationRoutes } from './specifications/routes.ts';
import { versionRoutes } from './versions/routes.ts';

/**
 * Everything that portal clients can ask for. Access: `anyone`; `reader`: whoever may read the portal, which is anyone where it is
 * public, and who is signed in where it is private; `developer`: who is signed in.
 */
export const portalApiRoutes: readonly Route<PortalApiContext>[] = [
  ...siteRoutes,
  ...productRoutes,
  ...documentRoutes,
  ...versionRoutes,
  ...specificationRoutes,
  ...searchRoutes,
  ...developerRoutes,
  ...applicationRoutes,
  ...registrationRoutes,
  ...credentialRoutes,
];

/** What there is beside the contract, of which `openapi.yaml` is the description. */
export const ownPortalApiRoutes: readonly Route<PortalApiContext>[] = [
  ...ownRegistrationRoutes,
  ...ownCredentialRoutes,
  ...ownSearchRoutes,
  ...ownSpecificationRoutes,
];

const ACCESS: Readonly<Record<string, readonly RequestHandler[]>> = {
  anyone: [],
  reader: [readerAccess],
  developer: [developerAccess],
};

/** What is answered may be kept as long as it is asked for again each time: an answer without a change is a 304. */
const revalidated: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'private, no-cache');
  next();
};

/** The API of portal clients, to be mounted at `/api/v2` on every host that shows a portal. */
export const portalApi = (deps: PortalApiDeps): Router => apiOf(deps, [], portalApiRoutes);

/** What is ours of it, to be mounted at `/api/portico/v1` on the same hosts. @param description its OpenAPI document */
export const ownPortalApi = (deps: PortalApiDeps, description: string): Router =>
  apiOf(deps, [descriptionRoute(description)], ownPortalApiRoutes);

const apiOf = (deps: PortalApiDeps, open: readonly Route<unknown>[], routes: readonly Route<PortalApiContext>[]): Router => {
  const router = Router();
  router.use(portalOfHost(deps), clientAccess, refuseNul, revalidated);
  mountRoutes(router, open, { before: () => [], contextOf: () => undefined });
  mountRoutes(router, routes, {
    before: ({ method, access, bodyLimit = 'default' }) => [
      ...(method === 'get' ? [] : [originCheck]),
      ...(ACCESS[access] ?? []),
      ...(method === 'get' || method === 'delete' ? [] : jsonBody(deps.bodyLimits[bodyLimit])),
    ],
    contextOf: portalApiContext,
  });
  router.use(refuseOtherMethods(routes), (req) => {
    throw notFound(`${req.method} ${req.baseUrl}${req.path}`);
  });
  router.use(problems(deps.log, deps.classify));
  return router;
};
