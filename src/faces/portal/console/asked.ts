import type { Request } from 'express';
import { notFound } from '../../../domain/errors.ts';
import { findOperation, type PlacedOperation, readSpecificationBytes } from '../../../domain/products/index.ts';
import { listApplicationsOfVersion } from '../../../domain/registrations/index.ts';
import type { VisibleVersion } from '../../../domain/visibility/index.ts';
import type { ConsoleOperation, ConsoleScheme } from '../../../rendering/openapi/console/types.ts';
import type { PortalContext } from '../context.ts';
import { getReference, type ShownReference } from '../reference/shown.ts';

/** An operation that somebody wants to try. */
export interface Asked {
  readonly reference: ShownReference;
  readonly operation: PlacedOperation;
  readonly console: ConsoleOperation;
}

const isSame = (scheme: ConsoleScheme, other: ConsoleScheme): boolean =>
  scheme.place === other.place && scheme.parameter.toLowerCase() === other.parameter.toLowerCase();

/** How the gateway wants applications to prove themselves, which specifications do not always say. */
const schemeOfStrategy = ({ authStrategies: [strategy] }: VisibleVersion): ConsoleScheme | undefined => {
  if (!strategy) return undefined;
  const { config, displayName: name } = strategy;
  if (config.type === 'key_auth') {
    const [parameter = 'apikey'] = config.keyNames;
    return { name, kind: 'key', place: 'header', parameter, prefix: '', words: `API key in the header: ${parameter}` };
  }
  return { name, kind: 'token', place: 'header', parameter: 'Authorization', prefix: 'Bearer', words: 'An access token' };
};

const withStrategy = (operation: ConsoleOperation, version: VisibleVersion): ConsoleOperation => {
  const scheme = schemeOfStrategy(version);
  if (!scheme || operation.schemes.some((declared) => isSame(declared, scheme))) return operation;
  return { ...operation, schemes: [...operation.schemes, scheme] };
};

/** The operation that an address names, with what the console asks about it. @throws not-found, also for webhooks, which nobody calls */
export const askedOf = async (req: Request, ctx: PortalContext): Promise<Asked> => {
  const reference = await getReference(ctx, String(req.params['product']), String(req.params['version']));
  const { contentHash, format } = reference.content;
  const operation = await findOperation(ctx, reference.content, String(req.params['address']));
  const read = async (): Promise<Buffer> => {
    const bytes = await readSpecificationBytes(ctx, contentHash);
    if (!bytes) throw notFound('Specification');
    return bytes;
  };
  const described =
    operation?.kind === 'operation' ? await ctx.deps.describeOperation({ contentHash, format, read }, operation) : undefined;
  if (!operation || !described) throw notFound('Operation');
  return { reference, operation, console: withStrategy(described, reference.version) };
};

const MAX_APPLICATIONS = 50;

/** The applications of whoever reads that may call a version. */
export const applicationsFor = async (ctx: PortalContext, version: VisibleVersion) => {
  const { developer, portal } = ctx;
  if (!developer) return [];
  const { items } = await listApplicationsOfVersion(ctx, { portal, developerId: developer.id }, version, {
    registered: true,
    filters: [{ field: 'status', op: 'eq', value: 'approved' }],
    page: { number: 1, size: MAX_APPLICATIONS },
  });
  return items.map((application) => ({ id: application.id, name: application.name }));
};
