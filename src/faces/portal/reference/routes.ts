import type { Request, Response } from 'express';
import { invalid, notFound } from '../../../domain/errors.ts';
import { findOperationAddress, readSpecificationBytes } from '../../../domain/products/index.ts';
import { queryString } from '../../../http/addresses.ts';
import { nameIn, wantsMarkdown } from '../../../http/markdown-wanted.ts';
import { queryChoice, queryList, queryNumber, queryPage, queryText } from '../../../http/page-query.ts';
import type { Route } from '../../../http/routes.ts';
import { SHOWN_EFFECTS } from '../../../rendering/openapi/changes/index.ts';
import { schemaNameAt } from '../../../rendering/openapi/schema-address.ts';
import type { SpecFormat } from '../../../rendering/openapi/types.ts';
import type { PortalContext } from '../context.ts';
import {
  operationMarkdown,
  referenceMarkdown,
  schemaMarkdown,
  schemasMarkdown,
  sendMarkdown,
  versionMarkdown,
} from '../machines/markdown.ts';
import { paths } from '../paths.ts';
import { withRegistered } from '../registering.ts';
import { sendPage } from '../respond.ts';
import { changesAsMarkdown, changesPage } from './changes.ts';
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
import { findReference, getReference, getShownVersion, type ShownReference } from './shown.ts';

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
  if (wantsMarkdown(req, res)) return showAsMarkdown(req, res, ctx);
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

const showAsMarkdown = (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const version = req.params['version'];
  return sendMarkdown(req, res, ctx, '', async () => {
    const shown = await getShownVersion(ctx, nameIn(req.params['product']), version === undefined ? undefined : nameIn(version));
    const reference = await findReference(ctx, shown);
    return reference ? referenceMarkdown(ctx, reference) : versionMarkdown(shown);
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

const showOperation = (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const find = () => getReference(ctx, parameter(req, 'product'), parameter(req, 'version'));
  if (wantsMarkdown(req, res))
    return sendMarkdown(req, res, ctx, '', async () => operationMarkdown(ctx, await find(), nameIn(req.params['address'])));
  return send(req, res, ctx, '', async () => operationPage(ctx, await find(), parameter(req, 'address')));
};

const showSchemas = (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const find = () => getReference(ctx, parameter(req, 'product'), parameter(req, 'version'));
  if (wantsMarkdown(req, res)) return sendMarkdown(req, res, ctx, '', async () => schemasMarkdown(ctx, await find()));
  return send(req, res, ctx, '', async () => schemasPage(ctx, await find()));
};

const showSchema = (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const isFragment = queryText(req, 'fragment') === '1';
  const address = parameter(req, 'name');
  const find = () => getReference(ctx, parameter(req, 'product'), parameter(req, 'version'));
  if (wantsMarkdown(req, res)) return sendMarkdown(req, res, ctx, '', async () => schemaMarkdown(ctx, await find(), address));
  return send(req, res, ctx, isFragment ? '?fragment' : '', async () => {
    const reference = await find();
    const name = schemaNameAt(address);
    if (!isFragment) return schemaPage(ctx, reference, name);
    return { body: await schemaFragment(ctx, reference, name), headers: { 'X-Robots-Tag': 'noindex' } };
  });
};

/** What changed between two documents of the specification: the last ones, or those that are asked for. */
const showChanges = (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const [from, to] = [queryNumber(req, 'from'), queryNumber(req, 'to')];
  const find = () => getReference(ctx, parameter(req, 'product'), parameter(req, 'version'));
  if (wantsMarkdown(req, res))
    return sendMarkdown(req, res, ctx, queryString({ from, to }), async () => changesAsMarkdown(ctx, await find(), { from, to }));
  const [shown, page] = [queryChoice(req, 'show', SHOWN_EFFECTS), queryPage(req)];
  return send(req, res, ctx, queryString({ from, to, show: shown, page }), async () =>
    changesPage(ctx, await find(), { from, to, shown, page }),
  );
};

/** A specification in a format; as it came, byte for byte, with nothing on the way that may change it, where that is the format. */
const sendInFormat = async (req: Request, res: Response, ctx: PortalContext, { content }: ShownReference, format: SpecFormat) => {
  const isOriginal = format === content.format;
  res.set({
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

/** The upload, to be kept as a file; or, where asked for, its other format. */
const download = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const reference = await getReference(ctx, parameter(req, 'product'), parameter(req, 'version'));
  const { version, content } = reference;
  const format = formatOf(req) ?? content.format;
  const name = version.specification?.name ?? `specification.${content.format}`;
  res.attachment(format === content.format ? name : name.replace(/\.\w+$/, `.${format}`));
  await sendInFormat(req, res, ctx, reference, format);
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

/** The specification for machines: always in this format, at an address that stays. */
const sendSpecification =
  (format: SpecFormat) =>
  async (req: Request, res: Response, ctx: PortalContext): Promise<void> =>
    sendInFormat(req, res, ctx, await getReference(ctx, parameter(req, 'product'), parameter(req, 'version')), format);

export const referenceRoutes: readonly Route<PortalContext>[] = [
  { method: 'get', path: '/spec/:product', access: 'reader', audit: null, handler: showReference },
  { method: 'get', path: '/spec/:product/:version', access: 'reader', audit: null, handler: showReference },
  { method: 'get', path: '/spec/:product/:version/download', access: 'reader', audit: null, handler: download },
  {
    method: 'get',
    path: '/spec/:product/:version/openapi.json',
    access: 'reader',
    audit: null,
    handler: sendSpecification('json'),
  },
  {
    method: 'get',
    path: '/spec/:product/:version/openapi.yaml',
    access: 'reader',
    audit: null,
    handler: sendSpecification('yaml'),
  },
  { method: 'get', path: '/spec/:product/:version/changes', access: 'reader', audit: null, handler: showChanges },
  { method: 'get', path: '/spec/:product/:version/changes.md', access: 'reader', audit: null, handler: showChanges },
  { method: 'get', path: '/spec/:product/:version/operations/:address', access: 'reader', audit: null, handler: showOperation },
  { method: 'get', path: '/spec/:product/:version/schemas', access: 'reader', audit: null, handler: showSchemas },
  { method: 'get', path: '/spec/:product/:version/schemas.md', access: 'reader', audit: null, handler: showSchemas },
  { method: 'get', path: '/spec/:product/:version/schemas/:name', access: 'reader', audit: null, handler: showSchema },
];
