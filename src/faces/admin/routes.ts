import { type RequestHandler, Router } from 'express';
import { notFound } from '../../domain/errors.ts';
import { checkCsrf } from '../../http/csrf.ts';
import { formBody } from '../../http/forms.ts';
import { mountRoutes, type Route, refuseOtherMethods } from '../../http/routes.ts';
import { refuseNul } from '../../http/server-kit.ts';
import { uploadBody } from '../../http/uploads.ts';
import { accountRoutes } from './account/routes.ts';
import { administratorTeamRoutes } from './administrator-teams/routes.ts';
import { appearanceRoutes } from './appearance/routes.ts';
import { applicationRoutes } from './applications/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { auditWebhookRoutes } from './audit-webhooks/routes.ts';
import { authStrategyRoutes } from './auth-strategies/routes.ts';
import {
  type AdminContext,
  type AdminDeps,
  adminContext,
  administratorAccess,
  type EntranceContext,
  entranceContext,
} from './context.ts';
import { controlPlaneRoutes } from './control-planes/routes.ts';
import { developerRoutes } from './developers/routes.ts';
import { documentImageRoutes } from './document-images/routes.ts';
import { documentRoutes } from './documents/routes.ts';
import { entranceRoutes, exitRoutes } from './entrance/routes.ts';
import { errorPages } from './errors.ts';
import { mailRoutes } from './mail/routes.ts';
import { overviewRoutes } from './overview/routes.ts';
import { peopleRoutes } from './people/routes.ts';
import { portalRoutes } from './portals/routes.ts';
import { productRoutes } from './products/routes.ts';
import { publicationRoutes } from './publications/routes.ts';
import { requestRoutes } from './requests/routes.ts';
import { entityRoleRoutes } from './roles/entity-routes.ts';
import { roleRoutes } from './roles/routes.ts';
import { specificationRoutes } from './specifications/routes.ts';
import { systemAccountRoutes } from './system-accounts/routes.ts';
import { teamContentRoutes } from './teams/content-routes.ts';
import { teamRoutes } from './teams/routes.ts';
import { tokenRoutes } from './tokens/routes.ts';
import { versionRoutes } from './versions/routes.ts';

/** What one sees before one is logged in; access: `anyone`. */
export const adminEntranceRoutes: readonly Route<EntranceContext>[] = entranceRoutes;

/** All other pages, each of a region; access: `administrator`. What a role allows is asked by the use cases. */
export const adminRoutes: readonly Route<AdminContext>[] = [
  ...overviewRoutes,
  ...requestRoutes,
  ...portalRoutes,
  ...appearanceRoutes,
  ...developerRoutes,
  ...applicationRoutes,
  ...productRoutes,
  ...versionRoutes,
  ...specificationRoutes,
  ...documentRoutes,
  ...documentImageRoutes,
  ...publicationRoutes,
  ...authStrategyRoutes,
  ...controlPlaneRoutes,
  ...mailRoutes,
  ...auditRoutes,
  ...auditWebhookRoutes,
  ...accountRoutes,
  ...tokenRoutes,
  ...peopleRoutes,
  ...systemAccountRoutes,
  ...administratorTeamRoutes,
  ...roleRoutes,
  ...entityRoleRoutes,
  ...teamRoutes,
  ...teamContentRoutes,
  ...exitRoutes,
];

const refuse: RequestHandler = () => {
  throw notFound('Page');
};

/** Encoded for a form, a byte of text takes up to three. */
const ENCODED = 3;

/** Reads a form and refuses one that was not made for this browser. */
const form = (
  deps: AdminDeps,
  { method, bodyLimit = 'default', upload, uploadFiles }: Route<never>,
  session: 'entrance' | 'session',
): RequestHandler[] =>
  method === 'get'
    ? []
    : [
        ...(upload === undefined
          ? formBody(deps.bodyLimits[bodyLimit] * (bodyLimit === 'document' ? ENCODED : 1))
          : uploadBody(deps.bodyLimits[bodyLimit], upload, uploadFiles)),
        (req, res, next) => {
          const organisation = session === 'session' ? adminContext(req, res) : entranceContext(deps, req, res).organisation;
          checkCsrf(req, res, organisation, session === 'session' ? adminContext(req, res).sessionId : undefined);
          next();
        },
      ];

/** The administration, to be mounted at `/admin` on the installation's own host. */
export const adminFace = (deps: AdminDeps): Router => {
  const router = Router();
  const access = administratorAccess(deps);
  router.use((_req, res, next) => {
    res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' });
    next();
  }, refuseNul);
  mountRoutes(router, adminEntranceRoutes, {
    before: (route) => form(deps, route, 'entrance'),
    contextOf: (req, res) => entranceContext(deps, req, res),
  });
  mountRoutes(router, adminRoutes, {
    before: (route) => [access, ...form(deps, route, 'session')],
    contextOf: adminContext,
  });
  router.use(refuseOtherMethods([...adminEntranceRoutes, ...adminRoutes]));
  // what is not there is not there in the frame, for who may see that
  router.use('/:region', access, refuse);
  router.use(errorPages(deps));
  return router;
};
