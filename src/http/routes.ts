import { type IRoute, type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';

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
  /** Whether any field of the route's form may hold files: those of the form are made from what somebody else describes. */
  readonly described?: boolean;
  /** How many files that field may hold; one when absent. */
  readonly uploadFiles?: number;
  readonly handler: (req: Request, res: Response, ctx: C) => Promise<void> | void;
}

/** Names of body limits; the configuration gives them in bytes. */
export type BodyLimit = 'default' | 'document' | 'images' | 'documentImage' | 'upload' | 'specification';

/**
 * Mounts routes on a router. `before` runs first (access, body); `contextOf` makes what the handler is given. Neighbours of one path are
 * matched by one expression: to make them is most of what a start costs, and to try them most of what finding a route does.
 */
export const mountRoutes = <C>(
  router: Router,
  routes: readonly Route<C>[],
  kit: { before: (route: Route<C>) => RequestHandler[]; contextOf: (req: Request, res: Response) => C },
): void => {
  let mounted: IRoute | undefined;
  for (const route of routes) {
    if (mounted?.path !== route.path) mounted = router.route(route.path);
    mounted[route.method](...kit.before(route), async (req: Request, res: Response, _next: NextFunction) => {
      await route.handler(req, res, kit.contextOf(req, res));
    });
  }
};

/** The address is one of ours, the method is not. */
class MethodNotAllowed extends Error {
  readonly status = 405;
}

/**
 * Refuses requests whose address some route has, though none with that method (RFC 9110, section 15.5.6); goes after the routes. Several
 * routes may match one address: what any of them takes is allowed.
 */
export const refuseOtherMethods = (routes: readonly Route<never>[]): RequestHandler => {
  let refusal: Router | undefined; // made when somebody first asks for what no route has
  return (req, res, next) => {
    refusal ??= refusalOf(routes);
    refusal(req, res, next);
  };
};

const refusalOf = (routes: readonly Route<never>[]): Router => {
  const router = Router();
  const allowedOf = (res: Response): string[] => {
    res.locals['allowedMethods'] ??= [];
    return res.locals['allowedMethods'] as string[];
  };
  for (const { method, path } of routes)
    router.all(path, (_req, res, next) => {
      allowedOf(res).push(...(method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
      next();
    });
  router.use((_req, res, next) => {
    const allowed = new Set(allowedOf(res));
    if (allowed.size === 0) return next();
    res.set('Allow', [...allowed].join(', '));
    throw new MethodNotAllowed();
  });
  return router;
};
