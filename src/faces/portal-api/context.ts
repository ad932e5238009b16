import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { type Actor, VISITOR } from '../../domain/access/index.ts';
import type { ContextWithPorts, RequestOrigin } from '../../domain/context.ts';
import { notFound, unauthenticated } from '../../domain/errors.ts';
import type { Portal } from '../../domain/portals/index.ts';
import { findSignedIn, type SignedInDeveloper } from '../../domain/sessions/index.ts';
import { ANONYMOUS, developerVisitor, seesPortal, type Visitor } from '../../domain/visibility/index.ts';
import { sameOriginOnly } from '../../http/csrf.ts';
import type { PageCache } from '../../http/page-cache.ts';
import type { Classify } from '../../http/problems.ts';
import type { BodyLimit } from '../../http/routes.ts';
import { hostOf, originOf } from '../../http/server-kit.ts';
import { readSessionCookies } from '../../http/session-cookies.ts';
import type { Assets } from '../../http/static-assets.ts';

/** The portal that a host shows. */
export interface PortalHost {
  readonly portal: Portal;
  /** Of the data of the portal's region at the time of the request: what was made at another one may be stale. */
  readonly revision: number;
  /** The context of use cases for whoever asks. */
  readonly context: (actor: Actor, origin: RequestOrigin) => ContextWithPorts;
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
  readonly bodyLimits: Readonly<Record<BodyLimit, number>>;
  readonly log: Logger;
  readonly classify: Classify;
}

/** What the routes of the portal API are given. */
export interface PortalApiContext extends ContextWithPorts {
  readonly portal: Portal;
  /** Whoever asks: what they may see depends on it. */
  readonly visitor: Visitor;
  /** Who is signed in; nobody ever is on a public portal. */
  readonly developer: SignedInDeveloper | undefined;
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
    const origin = originOf(req, res);
    const unknown = host.context(VISITOR, origin);
    const token = portal.isPublic ? undefined : readSessionCookies(req).accessToken;
    const developer = token === undefined ? undefined : await findSignedIn(unknown, portal.id, token, 'api');
    const context = developer ? host.context({ kind: 'developer', id: developer.id, portalId: portal.id }, origin) : unknown;
    const visitor = developer ? await developerVisitor(context, portal, developer.id) : ANONYMOUS;
    res.locals['portalApi'] = { ...context, portal, visitor, developer, revision, deps } satisfies PortalApiContext;
    next();
  };

/** The context that {@link portalOfHost} kept. */
export const portalApiContext = (_req: Request, res: Response): PortalApiContext => res.locals['portalApi'] as PortalApiContext;

/** Lets in whoever may read the portal: anyone where it is public. @throws unauthenticated for everybody else */
export const readerAccess: RequestHandler = (req, res, next) => {
  const { portal, visitor } = portalApiContext(req, res);
  if (!seesPortal(portal, visitor)) throw unauthenticated();
  next();
};

/**
 * Lets in who is signed in.
 * @throws not-found on a public portal, where nobody has anything of their own; unauthenticated for everybody else
 */
export const developerAccess: RequestHandler = (req, res, next) => {
  const { portal, developer } = portalApiContext(req, res);
  if (portal.isPublic) throw notFound(`${req.method} ${req.baseUrl}${req.path}`);
  if (!developer) throw unauthenticated();
  next();
};

/** Where a portal client of one's own lives, as its `Origin`; undefined where the portal has none. */
export const clientOrigin = ({ portal, deps }: PortalApiContext): string | undefined =>
  portal.customClientDomain === null ? undefined : `${new URL(deps.baseUrl).protocol}//${portal.customClientDomain}`;

/** Refuses changes that a page of another site asks for. @throws forbidden */
export const originCheck: RequestHandler = sameOriginOnly((req, res) => clientOrigin(portalApiContext(req, res)));
