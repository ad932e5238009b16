import type { Request, RequestHandler, Response } from 'express';
import { type Actor, SYSTEM, VISITOR } from '../../domain/access/index.ts';
import type { ContextWithPorts, OrganisationContextWithPorts, RequestOrigin } from '../../domain/context.ts';
import { invalid, unauthenticated } from '../../domain/errors.ts';
import { isRegionCode, type RegionCode } from '../../domain/regions/index.ts';
import { acceptToken, actorOfToken } from '../../domain/tokens/index.ts';
import { hostOf, originOf } from '../../http/server-kit.ts';

/** What the routes of the management API are given. */
export interface ManagementContext extends ContextWithPorts {
  readonly settings: ManagementSettings;
  /** For people, their teams, roles and tokens. */
  readonly organisation: OrganisationContextWithPorts;
  readonly documentNodes: DocumentNodes;
}

/** Writes Markdown as a tree of nodes, in JSON; large texts off the main thread. */
export type DocumentNodes = (source: string) => Promise<Buffer>;

export interface ManagementSettings {
  /** Portals' default domains end in it. */
  readonly portalDomain: string;
  /** Host names of the installation itself, which no portal may take. */
  readonly reservedHosts: readonly string[];
  readonly maxSpecificationBytes: number;
}

/** What the face needs from the composition root. */
export interface ManagementDeps {
  readonly settings: ManagementSettings;
  readonly documentNodes: DocumentNodes;
  readonly defaultRegion: RegionCode;
  /** The context of a region's use cases, or undefined when the region is not served here. */
  readonly regionContext: (region: RegionCode, actor: Actor, origin: RequestOrigin) => ContextWithPorts | undefined;
  readonly organisationContext: (actor: Actor, origin: RequestOrigin) => OrganisationContextWithPorts;
}

const REGION_HEADER = 'x-portico-region';

/** The region that a request is for: by the first label of the host (`eu.api.example.com`), else by the header, else the default. */
const regionOf = (req: Request, deps: ManagementDeps): RegionCode => {
  const label = /^([a-z]+)\.api\./.exec(hostOf(req))?.[1] ?? req.get(REGION_HEADER)?.toLowerCase();
  if (label === undefined) return deps.defaultRegion;
  if (isRegionCode(label)) return label;
  throw invalid({ field: 'region', rule: 'invalid', reason: `${label} is not a region`, source: 'header' });
};

const keep = (res: Response, context: ManagementContext): void => {
  res.locals['management'] = context;
};

/** The context of the region that a request is for. @throws invalid for a region that is not served */
const contextOf = (req: Request, deps: ManagementDeps, actor: Actor, origin: RequestOrigin): ContextWithPorts => {
  const region = regionOf(req, deps);
  const context = deps.regionContext(region, actor, origin);
  if (context) return context;
  throw invalid({ field: 'region', rule: 'invalid', reason: `the region ${region} is not served here`, source: 'header' });
};

const fromDeps = ({ settings, documentNodes }: ManagementDeps) => ({ settings, documentNodes });

/**
 * Lets in who presents a valid bearer token (RFC 6750), and keeps the context of the request's region for the handler.
 * @throws unauthenticated without a valid token; invalid for a region that is not served
 */
export const tokenAccess =
  (deps: ManagementDeps): RequestHandler =>
  async (req, res, next) => {
    const secret = /^Bearer +([\x21-\x7e]+) *$/i.exec(req.get('authorization') ?? '')?.[1];
    const origin = originOf(req, res);
    const program = deps.organisationContext(SYSTEM, origin);
    const token = secret === undefined ? undefined : await acceptToken(program, secret);
    if (!token) throw unauthenticated();
    const context = contextOf(req, deps, SYSTEM, origin);
    const actor = await actorOfToken(program, context, token);
    keep(res, { ...context, actor, organisation: deps.organisationContext(actor, origin), ...fromDeps(deps) });
    next();
  };

/** Lets in anyone, who then acts as nobody in particular. @throws invalid for a region that is not served */
export const publicAccess =
  (deps: ManagementDeps): RequestHandler =>
  (req, res, next) => {
    const origin = originOf(req, res);
    const context = contextOf(req, deps, VISITOR, origin);
    keep(res, { ...context, organisation: deps.organisationContext(VISITOR, origin), ...fromDeps(deps) });
    next();
  };

/** The context that {@link tokenAccess} or {@link publicAccess} kept. */
export const managementContext = (_req: Request, res: Response): ManagementContext =>
  res.locals['management'] as ManagementContext;
