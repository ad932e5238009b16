import { listSitePages, type SitePage } from '../../../domain/visibility/index.ts';
import { escapeHtml } from '../../../lib/html.ts';
import type { PortalContext } from '../context.ts';
import { paths } from '../paths.ts';

/** As many addresses as one site map may hold (sitemaps.org). */
const MAX_PAGES = 50_000;

const pathOf = (page: SitePage): string => {
  switch (page.kind) {
    case 'product':
      return paths.product(page.product);
    case 'version':
      return paths.reference(page.product, page.version);
    case 'document':
      return paths.document(page.product, page.document);
  }
};

const entry = (address: string, changed?: string): string =>
  `<url><loc>${escapeHtml(address)}</loc>${changed === undefined ? '' : `<lastmod>${changed}</lastmod>`}</url>\n`;

/** The pages of a portal, for search engines. */
export const sitemapOf = async (ctx: PortalContext, origin: string): Promise<string> => {
  const pages = await listSitePages(ctx, ctx.portal, ctx.visitor, MAX_PAGES);
  const entries = [
    entry(`${origin}${paths.catalogue()}`),
    ...pages.slice(0, MAX_PAGES - 1).map((page) => entry(`${origin}${pathOf(page)}`, page.updatedAt)),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('')}</urlset>\n`;
};
