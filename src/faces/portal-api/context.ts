import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { type Actor, VISITOR } from '../../domain/access/index.ts';
import type { ContextWithPorts } from '../../domain/context.ts';
import { notFound, unauthenticated } from '../../domain/errors.ts';
import type { Portal } from '../../domain/portals/index.ts';
import { ANONYMOUS, type Visitor } from '../../domain/visibility/index.ts';
import type { PageCache } from '../../http/page-cache.ts';
import { type Classify, requestIdOf } from '../../http/problems.ts';
import { hostOf } from '../../http/server-kit.ts';
import type { Assets } from '../../http/static-assets.ts';

/** The portal that a host shows. */
export interface PortalHost {
  readonly portal: Portal;
  /** Of the data of the portal's region at the time of the request: what was made at another one may be stale. */
  readonly revision: number;
  /** The context of use cases for whoever asks. */
  readonly context: (actor: Actor, requestId: string) => ContextWithPorts;
}

/** What the face needs from the composition root. */
export interface PortalApiDeps {
  readonly findPortal: (hostname: string) => Promise<PortalHost | undefined>;
  readonly assets: Pick<Assets, 'fontFaceCss'>;
  readonly pageCache: PageCache;
  /** Writes Markdown as a tree of nodes, in JSON; large texts off the main thread. */
  readonly documentNodes: (source: string) => Promise<Buffer>;
  /** The installation's own address: portals have its scheme. */
  readonly baseUrl: string;
  readonly log: Logger;
  readonly classify: Classify;
}

/** What the routes of the portal API are given. */
export interface PortalApiContext extends ContextWithPorts {
  readonly portal: Portal;
  readonly visitor: Visitor;
  readonly revision: number;
  readonly deps: PortalApiDeps;
}

/** Finds the portal of the request's host and keeps the context for the handlers. @throws not-found where there is no portal at all */
export const portalOfHost =
  (deps: PortalApiDeps): RequestHandler =>
  async (req, res, next) => {
    const host = await deps.findPortal(hostOf(req));
    if (!host) throw notFound('Portal');
    const { portal, revision } = host;
    const context = host.context(VISITOR, requestIdOf(res));
    res.locals['portalApi'] = { ...context, portal, visitor: ANONYMOUS, revision, deps } satisfies PortalApiContext;
    next();
  };

/** The context that {@link portalOfHost} kept. */
export const portalApiContext = (_req: Request, res: Response): PortalApiContext => res.locals['portalApi'] as PortalApiContext;

/** Lets in whoever may read the portal: anyone where it is public. @throws unauthenticated for everybody else */
export const readerAccess: RequestHandler = (req, res, next) => {
  const { portal, visitor } = portalApiContext(req, res);
  if (!portal.isPublic && visitor.kind === 'anonymous') throw unauthenticated();
  next();
};
