import type { Request, Response } from 'express';
import type { Page } from '../../http/page-cache.ts';
import type { PortalContext } from './context.ts';
import { layoutOf, type PageHead } from './layout.ts';

/**
 * Answers with a page that every visitor sees alike, kept for as long as the region's data stays as it is.
 * @param query what of the request's query the page depends on, in one spelling
 */
export const sendPage = (
  req: Request,
  res: Response,
  ctx: PortalContext,
  query: string,
  make: () => Promise<Page>,
): Promise<void> => ctx.deps.pageCache.send(req, res, `${ctx.portal.id} ${req.path}${query}`, ctx.revision, make);

/** A page in the portal's layout. */
export const renderPage = async (ctx: PortalContext, template: string, head: PageHead, page: object): Promise<Page> => ({
  body: ctx.deps.views.render(template, { layout: await layoutOf(ctx, head), page }),
});
