import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { type Actor, VISITOR } from '../../domain/access/index.ts';
import type { ContextWithPorts, RequestOrigin } from '../../domain/context.ts';
import { notFound } from '../../domain/errors.ts';
import type { Portal } from '../../domain/portals/index.ts';
import type { RegionCode } from '../../domain/regions/index.ts';
import { findSignedIn, type SignedInDeveloper } from '../../domain/sessions/index.ts';
import { ANONYMOUS, developerVisitor, seesPortal, type Visitor } from '../../domain/visibility/index.ts';
import { checkCsrf } from '../../http/csrf.ts';
import { readFlash } from '../../http/flash.ts';
import type { Flash } from '../../http/layout-model.ts';
import type { PageCache } from '../../http/page-cache.ts';
import type { Classify } from '../../http/problems.ts';
import { hostOf, originOf } from '../../http/server-kit.ts';
import { readSessionCookies } from '../../http/session-cookies.ts';
import type { Assets } from '../../http/static-assets.ts';
import type { Views } from '../../http/views.ts';
import type { ConsoleOperation } from '../../rendering/openapi/console/types.ts';
import type { KeptOperation } from '../../rendering/openapi/excerpt.ts';
import type { SpecFormat } from '../../rendering/openapi/types.ts';
import type { RememberedRenderer, RenderDocument } from './documents/rendered-documents.ts';
import { paths } from './paths.ts';

/** The portal that a host shows. */
export interface PortalHost {
  readonly portal: Portal;
  /** Of the data of the portal's region at the time of the request: what was made at another one may be stale. */
  readonly revision: number;
  /** The context of use cases for whoever asks. */
  readonly context: (actor: Actor, origin: RequestOrigin) => ContextWithPorts;
}

/** What the face needs from the composition root. */
export interface PortalDeps {
  readonly findPortal: (hostname: string) => Promise<PortalHost | undefined>;
  readonly views: Views;
  readonly assets: Pick<Assets, 'url' | 'stylesheetAt' | 'fontFaceCss'>;
  readonly pageCache: PageCache;
  /** Renders Markdown; large texts off the main thread. */
  readonly renderDocument: RenderDocument;
  /** Writes a specification in its other format, off the main thread. */
  readonly convertSpecification: (bytes: Buffer, from: SpecFormat, to: SpecFormat) => Promise<Buffer>;
  /** Makes of a specification one by itself, as JSON: with some of its operations, or all. */
  readonly excerptSpecification: (
    bytes: Buffer,
    format: SpecFormat,
    kept: readonly KeptOperation[] | undefined,
  ) => Promise<Buffer>;
  /** Reads what the console asks about an operation, off the main thread; undefined where the specification has no such operation. */
  readonly describeOperation: (
    source: { readonly contentHash: string; readonly format: SpecFormat; readonly read: () => Promise<Buffer> },
    operation: KeptOperation,
  ) => Promise<ConsoleOperation | undefined>;
  /** How large a request of the console may be that goes by way of the server. */
  readonly consoleMaxBytes: number;
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
  /** Whoever reads: what they may see depends on it. */
  readonly visitor: Visitor;
  /** Who is signed in; nobody ever is on a public portal. */
  readonly developer: SignedInDeveloper | undefined;
  /** How applications of who is signed in are registered for what the page is about, in words; see `registering.ts`. */
  readonly registered?: string;
  /** What the next page has to say, once. */
  readonly flash: Flash | undefined;
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
    const origin = originOf(req, res);
    const unknown = host.context(VISITOR, origin);
    const token = portal.isPublic ? undefined : readSessionCookies(req).accessToken;
    const developer = token === undefined ? undefined : await findSignedIn(unknown, portal.id, token, 'page');
    const context = developer ? host.context({ kind: 'developer', id: developer.id, portalId: portal.id }, origin) : unknown;
    const visitor = developer ? await developerVisitor(context, portal, developer.id) : ANONYMOUS;
    const flash = readFlash(req, context);
    res.locals['portal'] = { ...context, portal, visitor, developer, flash, revision, deps, rendered } satisfies PortalContext;
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
  const { portal, visitor } = portalContext(req, res);
  if (seesPortal(portal, visitor)) next();
  else leadToLogin(req, res);
};

/** Lets in who is signed in. On a public portal nobody is, or has anything of their own: all of that leads to the start. */
export const developerAccess: RequestHandler = (req, res, next) => {
  const { portal, developer } = portalContext(req, res);
  if (developer) next();
  else if (portal.isPublic) res.redirect(303, paths.catalogue());
  else leadToLogin(req, res);
};

/** Pages by which developers come in: on a public portal they lead to the start. */
export const entranceAccess: RequestHandler = (req, res, next) => {
  if (portalContext(req, res).portal.isPublic) res.redirect(303, paths.catalogue());
  else next();
};

const leadToLogin = (req: Request, res: Response): void => {
  const returnTo = req.method === 'GET' ? req.originalUrl : undefined;
  res.set('Cache-Control', 'no-store').redirect(303, paths.login(returnTo));
};

/** Refuses forms that were not sent from a page of this portal in this browser. Runs after the body is read. @throws forbidden */
export const formCheck: RequestHandler = (req, res, next) => {
  const ctx = portalContext(req, res);
  checkCsrf(req, res, ctx, ctx.developer?.sessionId);
  next();
};
