import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { type Actor, SYSTEM, VISITOR } from '../../domain/access/index.ts';
import { type Administrator, findAdministratorSession } from '../../domain/administrators/index.ts';
import type { ContextWithPorts, OrganisationContextWithPorts, RequestOrigin } from '../../domain/context.ts';
import { notFound } from '../../domain/errors.ts';
import type { SessionId } from '../../domain/ids.ts';
import type { HostSettings } from '../../domain/portals/index.ts';
import { isRegionCode, type RegionCode } from '../../domain/regions/index.ts';
import { grantsOf } from '../../domain/roles/index.ts';
import { readCookie } from '../../http/cookies.ts';
import { csrfToken } from '../../http/csrf.ts';
import { pathText } from '../../http/input.ts';
import type { Classify } from '../../http/problems.ts';
import type { BodyLimit } from '../../http/routes.ts';
import { originOf } from '../../http/server-kit.ts';
import type { Assets } from '../../http/static-assets.ts';
import type { Views } from '../../http/views.ts';
import type { GivenFile, ReadFiles } from '../../rendering/document-files/index.ts';
import type { RenderedDocument } from '../../rendering/markdown/index.ts';
import type { TextDiff } from '../../rendering/text-diff/index.ts';
import { paths } from './paths.ts';

/** The cookie of an administrator's session. */
export const SESSION_COOKIE = 'portico_admin';

/** What the face needs from the composition root. */
export interface AdminDeps {
  readonly organisationContext: (actor: Actor, origin: RequestOrigin) => OrganisationContextWithPorts;
  /** The context of a region's use cases, or undefined when the region is not served here. */
  readonly regionContext: (region: RegionCode, actor: Actor, origin: RequestOrigin) => ContextWithPorts | undefined;
  readonly regions: readonly RegionCode[];
  readonly defaultRegion: RegionCode;
  readonly views: Views;
  readonly assets: Pick<Assets, 'fontFaceCss'>;
  /** Has the HTML of a specification made before others; resolves when that is over, or has taken too long to wait on. */
  readonly awaitReference: (region: RegionCode, contentHash: string) => Promise<void>;
  readonly bodyLimits: Readonly<Record<BodyLimit, number>>;
  /** Renders Markdown as portals do; relative links lead below the base, pictures are below `images`. */
  readonly renderDocument: (source: string, base: string, images: string) => Promise<RenderedDocument>;
  /** What differs between two texts. */
  readonly compareTexts: (before: string, after: string) => Promise<TextDiff>;
  /** Reads uploaded documents. Fails with `invalid` for what cannot be taken. */
  readonly readDocumentFiles: (files: readonly GivenFile[]) => Promise<ReadFiles>;
  /** Whether mails are kept here, to be read in the administration, instead of being sent. */
  readonly keepsMails: boolean;
  /** What addresses portals may have. */
  readonly hostSettings: HostSettings;
  /** The installation's own address. */
  readonly baseUrl: string;
  readonly log: Logger;
  readonly classify: Classify;
}

/** What the pages are given that one sees before one is logged in. */
export interface EntranceContext {
  readonly organisation: OrganisationContextWithPorts;
  readonly deps: AdminDeps;
  /** for the forms of the page */
  readonly csrfToken: string;
}

/** What all other pages are given: a region's context, in which the administrator acts with the roles that are in force there. */
export interface AdminContext extends ContextWithPorts {
  readonly deps: AdminDeps;
  readonly administrator: Administrator;
  readonly sessionId: SessionId;
  /** for use cases on people, teams, roles and tokens */
  readonly organisation: OrganisationContextWithPorts;
  /** for the forms of the page */
  readonly csrfToken: string;
}

/** The session that the browser presents, also one that waits for its second factor. */
export const presentedSession = async (deps: AdminDeps, req: Request, res: Response) => {
  const secret = readCookie(req, SESSION_COOKIE);
  return secret === undefined
    ? undefined
    : findAdministratorSession(deps.organisationContext(VISITOR, originOf(req, res)), secret);
};

/** Makes the context of {@link EntranceContext}. */
export const entranceContext = (deps: AdminDeps, req: Request, res: Response): EntranceContext => {
  const organisation = deps.organisationContext(VISITOR, originOf(req, res));
  return { organisation, deps, csrfToken: csrfToken(req, res, organisation, undefined) };
};

/**
 * Lets in who is logged in, and keeps the context of the region that the address names; everybody else is led to the log-in page, which
 * leads back.
 * @throws not-found for a region that is not served
 */
export const administratorAccess =
  (deps: AdminDeps): RequestHandler =>
  async (req, res, next) => {
    const session = await presentedSession(deps, req, res);
    if (!session?.isOpen) {
      res.redirect(303, paths.logIn(req.method === 'GET' ? req.originalUrl : undefined));
      return;
    }
    const { administrator, id: sessionId } = session;
    const region = pathText(req, 'region');
    if (!isRegionCode(region) || !deps.regions.includes(region)) throw notFound('Page');
    const origin = originOf(req, res);
    const program = deps.regionContext(region, SYSTEM, origin);
    if (!program) throw notFound('Page');
    const account = { kind: 'administrator', id: administrator.id } as const;
    const grants = await grantsOf(deps.organisationContext(SYSTEM, origin), program, account);
    const actor: Actor = { kind: 'administrator', id: administrator.id, tokenId: undefined, grants };
    const context = { ...program, actor };
    const organisation = deps.organisationContext(actor, origin);
    const token = csrfToken(req, res, organisation, sessionId);
    res.locals['admin'] = {
      ...context,
      deps,
      administrator,
      sessionId,
      organisation,
      csrfToken: token,
    } satisfies AdminContext;
    next();
  };

/** The context that {@link administratorAccess} kept, if it came that far. */
export const findAdminContext = (res: Response): AdminContext | undefined => res.locals['admin'] as AdminContext | undefined;

/** The context that {@link administratorAccess} kept. */
export const adminContext = (_req: Request, res: Response): AdminContext => res.locals['admin'] as AdminContext;
