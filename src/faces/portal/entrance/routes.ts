import type { Route } from '../../../http/routes.ts';
import type { PortalContext } from '../context.ts';
import { paths } from '../paths.ts';
import { linkRoutes } from './links.ts';
import { logInRoutes } from './log-in.ts';
import { signUpRoutes } from './sign-up.ts';

/** Pages for those who have something of their own here. */
const OWN = ['/my-apps', '/application', '/application/*rest'];

/** How a developer comes in, and out. */
export const entranceRoutes: readonly Route<PortalContext>[] = [
  ...logInRoutes,
  ...signUpRoutes,
  ...linkRoutes,
  ...OWN.map(
    (path): Route<PortalContext> => ({
      method: 'get',
      path,
      access: 'developer',
      audit: null,
      handler: (_req, res) => res.redirect(303, paths.catalogue()),
    }),
  ),
];
