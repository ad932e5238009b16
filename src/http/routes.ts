import type { NextFunction, Request, RequestHandler, Response, Router } from 'express';

/** What a route lets in and how much it takes; every route says so, and `test/architecture` reads it. */
export interface Route<C> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  /** The face's name of who may come in; the face enforces it before the handler runs. */
  readonly access: string;
  /** The event that the act records, such as `product.created`; null for reads. */
  readonly audit: string | null;
  /** The largest body that is read, in bytes; the face's default when absent. */
  readonly bodyLimit?: BodyLimit;
  /** The field of the route's form that holds a file: the form is sent as `multipart/form-data`. */
  readonly upload?: string;
  readonly handler: (req: Request, res: Response, ctx: C) => Promise<void> | void;
}

/** Names of body limits; the configuration gives them in bytes. */
export type BodyLimit = 'default' | 'document' | 'images' | 'specification';

/** Mounts routes on a router. `before` runs first (access, body); `contextOf` makes what the handler is given. */
export const mountRoutes = <C>(
  router: Router,
  routes: readonly Route<C>[],
  kit: { before: (route: Route<C>) => RequestHandler[]; contextOf: (req: Request, res: Response) => C },
): void => {
  for (const route of routes) {
    router[route.method](route.path, ...kit.before(route), async (req: Request, res: Response, _next: NextFunction) => {
      await route.handler(req, res, kit.contextOf(req, res));
    });
  }
};
