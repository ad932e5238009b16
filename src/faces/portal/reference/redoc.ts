import type { Request, Response } from 'express';
import { notFound } from '../../../domain/errors.ts';
import { listGroupOperations, readSpecificationBytes } from '../../../domain/products/index.ts';
import { queryString } from '../../../http/addresses.ts';
import { queryList } from '../../../http/page-query.ts';
import type { Route } from '../../../http/routes.ts';
import type { KeptOperation } from '../../../rendering/openapi/excerpt.ts';
import type { PortalContext } from '../context.ts';
import { paths } from '../paths.ts';
import { renderPage, sendPage } from '../respond.ts';
import { titleOf } from './frame.ts';
import { getReference, type ShownReference } from './shown.ts';

/**
 * Redoc writes styles into its page and searches in a worker that it makes itself. It reaches nothing but this portal, and the pictures that
 * a document shows, as its other pages do.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: https:",
  "font-src 'self'",
  "connect-src 'self'",
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const referenceOf = (req: Request, ctx: PortalContext): Promise<ShownReference> =>
  getReference(ctx, String(req.params['product']), String(req.params['version']));

/** @throws not-found for a group that is not there */
const checkGroups = ({ content }: ShownReference, tags: readonly string[]): void => {
  if (tags.some((tag) => !content.groups.some(({ name }) => name === tag))) throw notFound('Group');
};

/** The whole reference on one page, as Redoc shows it; or the operations of some tags. */
const showRedoc = (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const tags = queryList(req, 'tag');
  return sendPage(req, res, ctx, queryString({ tag: tags }), async () => {
    const reference = await referenceOf(req, ctx);
    checkGroups(reference, tags);
    const { product, version } = reference.at;
    const page = await renderPage(
      ctx,
      'portal/reference/redoc.njk',
      { title: titleOf(reference, 'Full page') },
      {
        specificationHref: paths.redocSpecification(product, version, { tag: tags }),
        backHref: paths.reference(product, version, { tag: tags }),
        name: titleOf(reference),
      },
    );
    return { ...page, headers: { 'Content-Security-Policy': POLICY } };
  });
};

/** The operations of groups of a reference; undefined where all are wanted. @throws not-found for a group that is not there */
const keptOperations = async (
  ctx: PortalContext,
  reference: ShownReference,
  tags: readonly string[],
): Promise<KeptOperation[] | undefined> => {
  if (tags.length === 0) return undefined;
  checkGroups(reference, tags);
  const operations = await listGroupOperations(ctx, reference.content.contentHash, tags);
  return [...operations.values()].flat().map(({ method, path }) => ({ method, path }));
};

/** What Redoc is given. */
const sendExcerpt = (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const tags = queryList(req, 'tag');
  return sendPage(req, res, ctx, queryString({ tag: tags }), async () => {
    const reference = await referenceOf(req, ctx);
    const { contentHash, format } = reference.content;
    const bytes = await readSpecificationBytes(ctx, contentHash);
    if (!bytes) throw notFound('Specification');
    const body = await ctx.deps.excerptSpecification(bytes, format, await keptOperations(ctx, reference, tags));
    return { type: 'application/json', body, headers: { 'X-Robots-Tag': 'noindex' } };
  });
};

export const redocRoutes: readonly Route<PortalContext>[] = [
  { method: 'get', path: '/spec/:product/:version/redoc', access: 'reader', audit: null, handler: showRedoc },
  { method: 'get', path: '/spec/:product/:version/redoc/openapi.json', access: 'reader', audit: null, handler: sendExcerpt },
];
