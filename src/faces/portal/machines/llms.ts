import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import {
  audienceOf,
  findVisibleDocument,
  findVisibleVersion,
  listSitePages,
  listVisibleDocuments,
  type SitePage,
} from '../../../domain/visibility/index.ts';
import type { Route } from '../../../http/routes.ts';
import { sendPieces } from '../../../http/send-pieces.ts';
import type { PortalContext } from '../context.ts';
import { branchesOf, readingOrder } from '../documents/tree.ts';
import { originOf, shorten, textOf } from '../layout.ts';
import { paths } from '../paths.ts';
import { findShownProduct } from '../product.ts';
import { findReference } from '../reference/shown.ts';
import { documentMarkdown, operationLines, productMarkdown, sendMarkdown } from './markdown.ts';
import { inLine, link } from './markdown-text.ts';

/** As many pages of each kind as an index names, and as much text as the whole may be, in UTF-16 units. */
const MAX_PAGES = 5_000;
const MAX_LENGTH = 2_000_000;

const headOf = ({ portal }: PortalContext): string =>
  `# ${portal.displayName}\n\n> ${(portal.description ?? textOf(portal).welcome_message).replace(/\s+/g, ' ').trim()}\n`;

const pathOf = (page: SitePage): string => {
  if (page.kind === 'product') return paths.product(page.product);
  return page.kind === 'version' ? paths.reference(page.product, page.version) : paths.document(page.product, page.document);
};

const noteOf = (page: SitePage): string =>
  page.kind === 'product' && page.description ? `: ${inLine(shorten(page.description))}` : '';

const TITLES = { product: 'APIs', version: 'References', document: 'Documentation' } as const;

/** What there is in a portal, for programs that read (llmstxt.org): everything that the visitor may see, as Markdown. */
export const showIndex = (req: Request, res: Response, ctx: PortalContext): Promise<void> =>
  sendMarkdown(req, res, ctx, '', async () => {
    const origin = originOf(ctx.portal, ctx.deps.baseUrl);
    const pages = await listSitePages(ctx, ctx.portal, ctx.visitor, MAX_PAGES);
    const sections = Object.entries(TITLES).flatMap(([kind, title]) => {
      const lines = pages
        .filter((page) => page.kind === kind)
        .map((page) => `- ${link(page.title, `${origin}${pathOf(page)}.md`)}${noteOf(page)}`);
      return lines.length === 0 ? [] : [`\n## ${title}\n\n${lines.join('\n')}\n`];
    });
    return `${headOf(ctx)}\nAll of it in one text: ${origin}/llms-full.txt\n${sections.join('')}`;
  });

/** A product, each of its documents, the operations of each of its versions; what the visitor may see is asked when its turn comes. */
const productPieces = async function* (ctx: PortalContext, slug: string): AsyncGenerator<string> {
  const { portal, visitor } = ctx;
  const shown = await findShownProduct(ctx, slug);
  if (!shown) return;
  const { product } = shown;
  const branches = branchesOf(await listVisibleDocuments(ctx, portal, visitor, product));
  yield productMarkdown({ ...shown, branches });
  for (const { id } of readingOrder(branches)) {
    const document = await findVisibleDocument(ctx, portal, visitor, product, id);
    if (document) yield documentMarkdown(product.slug, document);
  }
  for (const { id } of shown.versions) {
    const version = await findVisibleVersion(ctx, portal, visitor, product, id);
    const at = { product: product.slug, version: version?.slug ?? '' };
    const reference = version && (await findReference(ctx, { ...shown, version, at }));
    if (reference) yield [`# ${product.name} ${version.name}`, ...(await operationLines(ctx, reference)), ''].join('\n');
  }
};

const allPieces = async function* (ctx: PortalContext, pages: readonly SitePage[]): AsyncGenerator<string> {
  const head = headOf(ctx);
  yield head;
  let { length } = head;
  for (const { kind, product } of pages) {
    if (kind !== 'product') continue;
    for await (const piece of productPieces(ctx, product)) {
      length += piece.length + 1;
      if (length > MAX_LENGTH) return yield '\nThere is more than fits here: see /llms.txt\n';
      yield `\n${piece}`;
    }
  }
};

/** The same with the texts themselves, as far as they fit: sent as they are read, and kept nowhere. */
const showAll = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const state = [ctx.portal.id, audienceOf(ctx.portal, ctx.visitor), ctx.revision];
  const etag = createHash('sha256').update(JSON.stringify(state)).digest('base64url').slice(0, 22);
  res.set({ ETag: `W/"${etag}"`, 'Cache-Control': 'private, no-cache' }).vary('Accept-Encoding');
  if (req.fresh) return void res.status(304).end();
  const pages = await listSitePages(ctx, ctx.portal, ctx.visitor, MAX_PAGES);
  res.type('text/markdown; charset=utf-8');
  if (req.method === 'HEAD') return void res.end();
  await sendPieces(res, allPieces(ctx, pages), req.acceptsEncodings('gzip') === 'gzip' ? 'gzip' : undefined);
};

export const llmsRoutes: readonly Route<PortalContext>[] = [
  { method: 'get', path: '/llms.txt', access: 'reader', audit: null, handler: showIndex },
  { method: 'get', path: '/llms-full.txt', access: 'reader', audit: null, handler: showAll },
];
