import type { Route } from '../../../http/routes.ts';
import type { PortalContext } from '../context.ts';
import { linkRoutes } from './links.ts';
import { logInRoutes } from './log-in.ts';
import { signUpRoutes } from './sign-up.ts';

/** How a developer comes in, and out. */
export const entranceRoutes: readonly Route<PortalContext>[] = [...logInRoutes, ...signUpRoutes, ...linkRoutes];
