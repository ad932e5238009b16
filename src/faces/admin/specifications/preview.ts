import type { Request, Response } from 'express';
import { notFound, unavailable } from '../../../domain/errors.ts';
import {
  findFragment,
  findSpecificationContent,
  listOperations,
  listSpecifications,
  type SpecificationContent,
} from '../../../domain/products/index.ts';
import { pathText } from '../../../http/input.ts';
import { queryPage, queryText } from '../../../http/page-query.ts';
import { paginate } from '../../../http/pagination.ts';
import type { Route } from '../../../http/routes.ts';
import { fragmentAt, withHeadingsFrom } from '../../../rendering/openapi/reference/fragments.ts';
import { schemaNameAt } from '../../../rendering/openapi/schema-address.ts';
import type { AdminContext } from '../context.ts';
import type { PageHead } from '../layout.ts';
import { specificationPaths } from '../products/paths.ts';
import { sendPage } from '../respond.ts';
import { type ShownVersion, versionOf, versionTrail } from '../versions/version.ts';

const PAGE_SIZE = 100;

interface Previewed {
  readonly shown: ShownVersion;
  readonly content: SpecificationContent;
  /** where the preview's pages begin */
  readonly base: string;
}

const renderedContent = async (ctx: AdminContext, contentHash: string): Promise<SpecificationContent | undefined> => {
  const content = await findSpecificationContent(ctx, contentHash);
  if (content?.rendering !== 'pending') return content;
  await ctx.deps.awaitReference(ctx.region, contentHash);
  const waited = await findSpecificationContent(ctx, contentHash);
  if (waited?.rendering === 'pending') throw unavailable('This reference is being prepared; please try again in a moment');
  return waited;
};

/** @throws not-found when the version has no specification; unavailable while its HTML is being made, which was waited for */
const preview = async (req: Request, ctx: AdminContext): Promise<Previewed> => {
  const shown = await versionOf(req, ctx);
  const [specification] = await listSpecifications(ctx, shown.ref);
  const content = specification && (await renderedContent(ctx, specification.contentHash));
  if (!content) throw notFound('Specification');
  return { shown, content, base: specificationPaths.preview(ctx.region, shown.ref) };
};

const headOf = (ctx: AdminContext, { shown, content, base }: Previewed, title?: string): PageHead => {
  const name = `Preview of ${content.title === '' ? shown.version.name : content.title}`;
  return {
    title: title ?? name,
    breadcrumbs: [
      ...versionTrail(ctx, shown),
      { label: 'Specification', href: specificationPaths.specification(ctx.region, shown.ref) },
      ...(title === undefined ? [] : [{ label: name, href: base }]),
    ],
  };
};

const showPreview = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const previewed = await preview(req, ctx);
  const { content, base, shown } = previewed;
  const tag = queryText(req, 'tag');
  const group = content.groups.find(({ name }) => name === tag);
  const page = { number: queryPage(req), size: PAGE_SIZE };
  const found = await listOperations(ctx, content.contentHash, { group: group?.name, page });
  const overview = group || page.number > 1 ? '' : ((await findFragment(ctx, content.contentHash, 'overview')) ?? '');
  const hrefOf = (number: number): string =>
    specificationPaths.preview(ctx.region, shown.ref, { tag: group?.name, page: number === 1 ? undefined : number });
  await sendPage(req, res, ctx, 'admin/specifications/preview.njk', headOf(ctx, previewed, group?.title), {
    overview: fragmentAt(base, withHeadingsFrom(2, overview)),
    rows: found.items.map(({ address, method, path, summary, deprecated }) => ({
      ...{ title: summary ?? path, method, path, deprecated },
      href: specificationPaths.operation(ctx.region, shown.ref, address),
    })),
    pagination: paginate(found, hrefOf) ?? false,
  });
};

const showFragment =
  (kind: 'operation' | 'schema') =>
  async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
    const previewed = await preview(req, ctx);
    const key = kind === 'schema' ? schemaNameAt(pathText(req, 'key')) : pathText(req, 'key');
    const fragment = await findFragment(ctx, previewed.content.contentHash, kind, key);
    if (fragment === undefined) throw notFound('Page');
    await sendPage(req, res, ctx, 'admin/specifications/fragment.njk', headOf(ctx, previewed, key), {
      fragment: fragmentAt(previewed.base, fragment),
    });
  };

const access = 'administrator';
const PREVIEW = '/:region/products/:productId/versions/:versionId/specification/preview';

export const previewRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: PREVIEW, access, audit: null, handler: showPreview },
  { method: 'get', path: `${PREVIEW}/operations/:key`, access, audit: null, handler: showFragment('operation') },
  { method: 'get', path: `${PREVIEW}/schemas/:key`, access, audit: null, handler: showFragment('schema') },
];
