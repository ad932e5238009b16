import { type RequestHandler, Router } from 'express';
import { notFound } from '../../domain/errors.ts';
import { formBody } from '../../http/forms.ts';
import { mountRoutes, type Route, refuseOtherMethods } from '../../http/routes.ts';
import { describedFormBody } from '../../http/uploads.ts';
import { accountRoutes } from './account/routes.ts';
import { createRoutes } from './applications/create.ts';
import { keyRoutes } from './applications/keys.ts';
import { registrationRoutes } from './applications/registrations.ts';
import { applicationRoutes } from './applications/routes.ts';
import { catalogueRoutes } from './catalogue/routes.ts';
import { consoleRoutes } from './console/routes.ts';
import {
  developerAccess,
  entranceAccess,
  formCheck,
  type PortalContext,
  type PortalDeps,
  portalContext,
  portalOfHost,
  readerAccess,
} from './context.ts';
import { rememberRendered } from './documents/rendered-documents.ts';
import { documentRoutes } from './documents/routes.ts';
import { entranceRoutes } from './entrance/routes.ts';
import { errorPages } from './errors.ts';
import { llmsRoutes } from './machines/llms.ts';
import { redocRoutes } from './reference/redoc.ts';
import { referenceRoutes } from './reference/routes.ts';
import { searchRoutes } from './search/routes.ts';
import { siteRoutes } from './site/routes.ts';

/**
 * Everything that a portal shows. Access: `anyone`; `reader`: whoever may read the portal, which is anyone where it is public, and who
 * is signed in where it is private; `developer`: who is signed in; `entrance`: anyone, of a private portal.
 */
export const portalRoutes: readonly Route<PortalContext>[] = [
  ...catalogueRoutes,
  ...documentRoutes,
  ...referenceRoutes,
  ...redocRoutes,
  ...consoleRoutes,
  ...searchRoutes,
  ...entranceRoutes,
  ...accountRoutes,
  ...createRoutes, // before single applications: `create` stands where their ids do
  ...applicationRoutes,
  ...keyRoutes,
  ...registrationRoutes,
  ...siteRoutes,
  ...llmsRoutes,
];

/** No name in an address holds NUL, and PostgreSQL takes it in no text: such an address leads nowhere. */
const refuseNul: RequestHandler = (req, _res, next) => {
  if (/%00/.test(req.url)) throw notFound('Page');
  next();
};

const ACCESS: Readonly<Record<string, readonly RequestHandler[]>> = {
  anyone: [],
  reader: [readerAccess],
  developer: [developerAccess],
  entrance: [entranceAccess],
};

/** The largest form, in bytes. */
const FORM_LIMIT = 100_000;

/** The portals, to be mounted at the root, after the faces that live on the installation's own host. */
export const portalFace = (deps: PortalDeps): Router => {
  const router = Router();
  router.use(portalOfHost(deps, rememberRendered(deps.renderDocument)), refuseNul);
  mountRoutes(router, portalRoutes, {
    before: ({ method, access, described }) => [
      ...(ACCESS[access] ?? []),
      ...(method === 'get' ? [] : [...(described ? describedFormBody(deps.consoleMaxBytes) : formBody(FORM_LIMIT)), formCheck]),
    ],
    contextOf: portalContext,
  });
  router.use(refuseOtherMethods(portalRoutes), () => {
    throw notFound('Page');
  });
  router.use(errorPages(deps));
  return router;
};
