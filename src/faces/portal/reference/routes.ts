import type { Request, Response } from 'express';
import { invalid, notFound } from '../../../domain/errors.ts';
import { findOperationAddress, readSpecificationBytes } from '../../../domain/products/index.ts';
import { queryString } from '../../../http/addresses.ts';
import { queryList, queryPage, queryText } from '../../../http/page-query.ts';
import type { Route } from '../../../http/routes.ts';
import type { SpecFormat } from '../../../rendering/openapi/types.ts';
import type { PortalContext } from '../context.ts';
import { paths } from '../paths.ts';
import { withRegistered } from '../registering.ts';
import { sendPage } from '../respond.ts';
import {
  foundEntries,
  foundPage,
  groupsPage,
  operationPage,
  overviewPage,
  schemaFragment,
  schemaPage,
  schemasPage,
  withoutSpecificationPage,
} from './pages.ts';
import { findReference, getReference, getShownVersion } from './shown.ts';

const parameter = (req: Request, name: string): string => String(req.params[name]);

/** Every page says how the reader's applications are registered for the version. */
const send = async (...[req, res, ctx, query, make]: Parameters<typeof sendPage>): Promise<void> =>
  sendPage(
    req,
    res,
    await withRegistered(ctx, parameter(req, 'product'), req.params['version'] as string | undefined),
    query,
    make,
  );

const showReference = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  if (await redirected(req, res, ctx)) return;
  const tags = queryList(req, 'tag');
  const text = queryText(req, 'q');
  const page = queryPage(req);
  const fragment = queryText(req, 'fragment') === '1' ? '1' : undefined;
  await send(req, res, ctx, queryString({ tag: tags, q: text, page, fragment }), async () => {
    const shown = await getShownVersion(ctx, parameter(req, 'product'), req.params['version'] as string | undefined);
    const reference = await findReference(ctx, shown);
    if (!reference) return withoutSpecificationPage(ctx, shown);
    if (text !== '') return fragment ? foundEntries(ctx, reference, text) : foundPage(ctx, reference, text);
    return tags.length > 0 ? groupsPage(ctx, reference, tags, page) : overviewPage(ctx, reference);
  });
};

/** What the version picker and scripts ask for is another address: of a version, or of the operation that an old fragment named. */
const redirected = async (req: Request, res: Response, ctx: PortalContext): Promise<boolean> => {
  const product = parameter(req, 'product');
  const version = queryText(req, 'version');
  const operation = queryText(req, 'operation');
  if (version === '' && operation === '') return false;
  const shown = await getShownVersion(ctx, product, version === '' ? (req.params['version'] as string | undefined) : version);
  const { at } = shown;
  const hash = shown.version.specification?.contentHash;
  const address = operation === '' || hash === undefined ? undefined : await findOperationAddress(ctx, hash, operation);
  res.redirect(
    303,
    address === undefined ? paths.reference(at.product, at.version) : paths.operation(at.product, at.version, address),
  );
  return true;
};

const showOperation = (req: Request, res: Response, ctx: PortalContext): Promise<void> =>
  send(req, res, ctx, '', async () =>
    operationPage(ctx, await getReference(ctx, parameter(req, 'product'), parameter(req, 'version')), parameter(req, 'address')),
  );

const showSchemas = (req: Request, res: Response, ctx: PortalContext): Promise<void> =>
  send(req, res, ctx, '', async () =>
    schemasPage(ctx, await getReference(ctx, parameter(req, 'product'), parameter(req, 'version'))),
  );

const showSchema = (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const isFragment = queryText(req, 'fragment') === '1';
  const name = parameter(req, 'name');
  return send(req, res, ctx, isFragment ? '?fragment' : '', async () => {
    const reference = await getReference(ctx, parameter(req, 'product'), parameter(req, 'version'));
    if (!isFragment) return schemaPage(ctx, reference, name);
    return { body: await schemaFragment(ctx, reference, name), headers: { 'X-Robots-Tag': 'noindex' } };
  });
};

/** The upload as it came, byte for byte, with nothing on the way that may change it; or, where asked for, in its other format. */
const download = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const { version, content } = await getReference(ctx, parameter(req, 'product'), parameter(req, 'version'));
  const format = formatOf(req) ?? content.format;
  const isOriginal = format === content.format;
  const name = version.specification?.name ?? `specification.${content.format}`;
  res.attachment(isOriginal ? name : name.replace(/\.\w+$/, `.${format}`)).set({
    'Cache-Control': 'private, no-cache, no-transform',
    'Content-Type': format === 'json' ? 'application/json' : 'application/yaml',
    ETag: `"${content.contentHash}${isOriginal ? '' : `-${format}`}"`,
  });
  if (req.fresh) {
    res.status(304).end();
    return;
  }
  const bytes = await readSpecificationBytes(ctx, content.contentHash);
  if (!bytes) throw notFound('Specification');
  res.send(isOriginal ? bytes : await ctx.deps.convertSpecification(bytes, content.format, format));
};

/** @throws invalid for a format that is none of ours */
const formatOf = (req: Request): SpecFormat | undefined => {
  const format = queryText(req, 'format');
  if (format === '') return undefined;
  if (format === 'json' || format === 'yaml') return format;
  throw invalid({
    field: 'format',
    rule: 'enum',
    choices: ['json', 'yaml'],
    reason: 'format must be json or yaml',
    source: 'query',
  });
};

export const referenceRoutes: readonly Route<PortalContext>[] = [
  { method: 'get', path: '/spec/:product', access: 'reader', audit: null, handler: showReference },
  { method: 'get', path: '/spec/:product/:version', access: 'reader', audit: null, handler: showReference },
  { method: 'get', path: '/spec/:product/:version/download', access: 'reader', audit: null, handler: download },
  { method: 'get', path: '/spec/:product/:version/operations/:address', access: 'reader', audit: null, handler: showOperation },
  { method: 'get', path: '/spec/:product/:version/schemas', access: 'reader', audit: null, handler: showSchemas },
  { method: 'get', path: '/spec/:product/:version/schemas/:name', access: 'reader', audit: null, handler: showSchema },
];
