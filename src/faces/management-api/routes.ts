import { Router } from 'express';
import type { Logger } from 'pino';
import { notFound } from '../../domain/errors.ts';
import { descriptionRoute } from '../../http/api-description.ts';
import { jsonBody } from '../../http/input.ts';
import { type Classify, problems } from '../../http/problems.ts';
import { type BodyLimit, mountRoutes, type Route, refuseOtherMethods } from '../../http/routes.ts';
import { refuseNul } from '../../http/server-kit.ts';
import { appearanceRoutes } from './appearance/routes.ts';
import { ownApplicationRoutes } from './applications/own-routes.ts';
import { applicationRoutes } from './applications/routes.ts';
import { auditDestinationRoutes } from './audit/destination-routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { authStrategyRoutes } from './auth-strategies/routes.ts';
import { type ManagementContext, type ManagementDeps, managementContext, publicAccess, tokenAccess } from './context.ts';
import { controlPlaneRoutes } from './control-planes/routes.ts';
import { ownDeveloperRoutes } from './developers/own-routes.ts';
import { developerRoutes } from './developers/routes.ts';
import { documentRoutes } from './documents/routes.ts';
import { peopleRoutes } from './organisation/people-routes.ts';
import { roleRoutes } from './organisation/role-routes.ts';
import { systemAccountRoutes } from './organisation/system-account-routes.ts';
import { administratorTeamRoutes } from './organisation/team-routes.ts';
import { tokenRoutes } from './organisation/token-routes.ts';
import { keyPolicyRoutes } from './portals/key-policy-routes.ts';
import { portalRoutes } from './portals/routes.ts';
import { productRoutes } from './products/routes.ts';
import { consoleRoutes } from './publications/console-routes.ts';
import { publicationRoutes } from './publications/routes.ts';
import { ownRegistrationRoutes } from './registrations/own-routes.ts';
import { registrationRoutes } from './registrations/routes.ts';
import { specificationEditionRoutes } from './specifications/edition-routes.ts';
import { specificationRoutes } from './specifications/routes.ts';
import { teamMemberRoutes } from './teams/member-routes.ts';
import { teamRoutes } from './teams/routes.ts';
import { versionRoutes } from './versions/routes.ts';

/** Everything that the management API answers, noun by noun. Access: `token`, or `anyone` for what has to be public. */
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
  ...developerRoutes,
  ...teamRoutes,
  ...teamMemberRoutes,
  ...applicationRoutes,
  ...registrationRoutes,
  ...auditRoutes,
  ...auditDestinationRoutes,
];

/** What there is beside the contract, of which `openapi.yaml` is the description. */
export const ownManagementRoutes: readonly Route<ManagementContext>[] = [
  ...specificationEditionRoutes,
  ...ownApplicationRoutes,
  ...ownRegistrationRoutes,
  ...ownDeveloperRoutes,
  ...keyPolicyRoutes,
  ...consoleRoutes,
  ...peopleRoutes,
  ...tokenRoutes,
  ...systemAccountRoutes,
  ...administratorTeamRoutes,
  ...roleRoutes,
];

export interface ManagementApiOptions extends ManagementDeps {
  readonly bodyLimits: Readonly<Record<BodyLimit, number>>;
  readonly log: Logger;
  readonly classify: Classify;
}

/** The management API, to be mounted at `/v2` on the installation's own host. */
export const managementApi = (options: ManagementApiOptions): Router => apiOf(options, [], managementRoutes);

/** What is ours of it, to be mounted at `/portico/v1` on the same host. @param description its OpenAPI document */
export const ownManagementApi = (options: ManagementApiOptions, description: string): Router =>
  apiOf(options, [descriptionRoute(description)], ownManagementRoutes);

const apiOf = (
  options: ManagementApiOptions,
  open: readonly Route<unknown>[],
  routes: readonly Route<ManagementContext>[],
): Router => {
  const router = Router();
  const access = tokenAccess(options);
  const withoutToken = publicAccess(options);
  router.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  }, refuseNul);
  mountRoutes(router, open, { before: () => [], contextOf: () => undefined });
  mountRoutes(router, routes, {
    before: ({ method, access: who, bodyLimit = 'default' }) => [
      who === 'anyone' ? withoutToken : access,
      ...(method === 'get' || method === 'delete' ? [] : jsonBody(options.bodyLimits[bodyLimit])),
    ],
    contextOf: managementContext,
  });
  router.use(access, refuseOtherMethods(routes), (req) => {
    throw notFound(`${req.method} ${req.baseUrl}${req.path}`);
  });
  router.use(problems(options.log, options.classify));
  return router;
};
