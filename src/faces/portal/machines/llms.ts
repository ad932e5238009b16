import type { Request, Response } from 'express';
import { findVisibleDocument, listSitePages, listVisibleDocuments, type SitePage } from '../../../domain/visibility/index.ts';
import type { Route } from '../../../http/routes.ts';
import type { PortalContext } from '../context.ts';
import { branchesOf, readingOrder } from '../documents/tree.ts';
import { originOf, shorten, textOf } from '../layout.ts';
import { paths } from '../paths.ts';
import { getShownProduct } from '../product.ts';
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

/** A product with all its documents, and the operations of its versions. */
const wholeProduct = async (ctx: PortalContext, slug: string): Promise<string> => {
  const shown = await getShownProduct(ctx, slug);
  const branches = branchesOf(await listVisibleDocuments(ctx, ctx.portal, ctx.visitor, shown.product));
  const parts = [productMarkdown({ ...shown, branches })];
  for (const { id } of readingOrder(branches)) {
    const document = await findVisibleDocument(ctx, ctx.portal, ctx.visitor, shown.product, id);
    if (document) parts.push(documentMarkdown(shown.product.slug, document));
  }
  for (const version of shown.versions) {
    const reference = await findReference(ctx, { ...shown, version, at: { product: shown.product.slug, version: version.slug } });
    if (reference)
      parts.push([`# ${shown.product.name} ${version.name}`, ...(await operationLines(ctx, reference)), ''].join('\n'));
  }
  return parts.join('\n');
};

/** The same with the texts themselves, as far as they fit. */
const showAll = (req: Request, res: Response, ctx: PortalContext): Promise<void> =>
  sendMarkdown(req, res, ctx, '', async () => {
    let text = headOf(ctx);
    for (const { kind, product } of await listSitePages(ctx, ctx.portal, ctx.visitor, MAX_PAGES)) {
      if (kind !== 'product') continue;
      const next = `\n${await wholeProduct(ctx, product)}`;
      if (text.length + next.length > MAX_LENGTH) return `${text}\nThere is more than fits here: see /llms.txt\n`;
      text += next;
    }
    return text;
  });

export const llmsRoutes: readonly Route<PortalContext>[] = [
  { method: 'get', path: '/llms.txt', access: 'reader', audit: null, handler: showIndex },
  { method: 'get', path: '/llms-full.txt', access: 'reader', audit: null, handler: showAll },
];
