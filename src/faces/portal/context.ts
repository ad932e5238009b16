import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { type Actor, VISITOR } from '../../domain/access/index.ts';
import type { ContextWithPorts } from '../../domain/context.ts';
import { notFound } from '../../domain/errors.ts';
import type { Portal } from '../../domain/portals/index.ts';
import type { RegionCode } from '../../domain/regions/index.ts';
import { ANONYMOUS, seesPortal } from '../../domain/visibility/index.ts';
import type { PageCache } from '../../http/page-cache.ts';
import { type Classify, requestIdOf } from '../../http/problems.ts';
import { hostOf } from '../../http/server-kit.ts';
import type { Assets } from '../../http/static-assets.ts';
import type { Views } from '../../http/views.ts';
import type { SpecFormat } from '../../rendering/openapi/types.ts';
import type { RememberedRenderer, RenderDocument } from './documents/rendered-documents.ts';
import { paths } from './paths.ts';

/** The portal that a host shows. */
export interface PortalHost {
  readonly portal: Portal;
  /** Of the data of the portal's region at the time of the request: what was made at another one may be stale. */
  readonly revision: number;
  /** The context of use cases for whoever asks. */
  readonly context: (actor: Actor, requestId: string) => ContextWithPorts;
}

/** What the face needs from the composition root. */
export interface PortalDeps {
  readonly findPortal: (hostname: string) => Promise<PortalHost | undefined>;
  readonly views: Views;
  readonly assets: Pick<Assets, 'url' | 'fontFaceCss'>;
  readonly pageCache: PageCache;
  /** Renders Markdown; large texts off the main thread. */
  readonly renderDocument: RenderDocument;
  /** Writes a specification in its other format, off the main thread. */
  readonly convertSpecification: (bytes: Buffer, from: SpecFormat, to: SpecFormat) => Promise<Buffer>;
  /** Has the HTML of a specification made before others; resolves when that is over, or has taken too long to wait on. */
  readonly awaitReference: (region: RegionCode, contentHash: string) => Promise<void>;
  /** The installation's own address: portals have its scheme and port. */
  readonly baseUrl: string;
  readonly log: Logger;
  readonly classify: Classify;
}

/** What the routes of a portal are given. */
export interface PortalContext extends ContextWithPorts {
  readonly portal: Portal;
  readonly revision: number;
  readonly deps: PortalDeps;
  /** Renders a document, or remembers it. */
  readonly rendered: RememberedRenderer;
}

/** Finds the portal of the request's host and keeps the context for the handlers. @throws not-found where there is no portal at all */
export const portalOfHost =
  (deps: PortalDeps, rendered: RememberedRenderer): RequestHandler =>
  async (req, res, next) => {
    const host = await deps.findPortal(hostOf(req));
    if (!host) throw notFound('Portal');
    const { portal, revision } = host;
    const context = host.context(VISITOR, requestIdOf(res));
    res.locals['portal'] = { ...context, portal, revision, deps, rendered } satisfies PortalContext;
    next();
  };

/** The context that {@link portalOfHost} kept, if it came that far. */
export const findPortalContext = (res: Response): PortalContext | undefined => res.locals['portal'] as PortalContext | undefined;

/** The context that {@link portalOfHost} kept. */
export const portalContext = (_req: Request, res: Response): PortalContext => res.locals['portal'] as PortalContext;

/**
 * Lets in whoever may read the portal: anyone where it is public. On a private one everybody else is led to the log-in page, which
 * leads back.
 */
export const readerAccess: RequestHandler = (req, res, next) => {
  if (seesPortal(portalContext(req, res).portal, ANONYMOUS)) next();
  else res.set('Cache-Control', 'no-store').redirect(303, paths.login(req.originalUrl));
};
