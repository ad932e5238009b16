import type { Request, Response } from 'express';
import { audienceOf } from '../../domain/visibility/index.ts';
import { csrfToken } from '../../http/csrf.ts';
import { dropFlash } from '../../http/flash.ts';
import type { Page } from '../../http/page-cache.ts';
import { sendUnkept } from '../../http/send-unkept.ts';
import { type Fill, slotText } from '../../http/slots.ts';
import { chosenTheme, inChosenTheme } from '../../http/theme-choice.ts';
import type { PortalContext } from './context.ts';
import { asFirstPage, comesFromElsewhere } from './first-page.ts';
import { layoutOf, type PageHead } from './layout.ts';

/** What differs from person to person on a page that is else the same. */
export const fillFor =
  (req: Request, res: Response, ctx: PortalContext): Fill =>
  (slot) => {
    if (slot === 'name') return ctx.developer?.fullName ?? '';
    return slot === 'registered' ? (ctx.registered ?? '') : csrfToken(req, res, ctx, ctx.developer?.sessionId);
  };

/**
 * Answers with a page that everybody of an audience sees alike, kept for as long as the region's data stays as it is. One that holds nobody's
 * session goes without `Cross-Origin-Opener-Policy`: there is nothing to part from the page it was opened by, and browsers start a process
 * anew for it before they show anything.
 * @param query what of the request's query the page depends on, in one spelling
 */
export const sendPage = (
  req: Request,
  res: Response,
  ctx: PortalContext,
  query: string,
  make: () => Promise<Page>,
): Promise<void> => {
  if (!ctx.developer) res.removeHeader('Cross-Origin-Opener-Policy');
  if (ctx.flash) return make().then((page) => sendOwnPage(req, res, ctx, page));
  const isFirst = comesFromElsewhere(req);
  const form = `${isFirst ? 'first' : 'usual'} ${chosenTheme(req) ?? ''}`;
  const makeForm = async (): Promise<Page> => {
    const page = await make();
    const shown = typeof page.body === 'string' ? { ...page, body: inChosenTheme(req, page.body) } : page;
    return isFirst ? asFirstPage(shown, ctx.deps.assets) : shown;
  };
  const key = `${ctx.portal.id} ${audienceOf(ctx.portal, ctx.visitor)} ${form} ${req.path}${query}`;
  return ctx.deps.pageCache.send(req, res, key, ctx.revision, makeForm, fillFor(req, res, ctx));
};

/** Answers with a page that is for whoever asked alone, and kept nowhere. The status may have been set before. */
export const sendOwnPage = (
  req: Request,
  res: Response,
  ctx: PortalContext,
  { status, body, headers = {} }: Page,
): Promise<void> => {
  if (ctx.flash) dropFlash(req, res);
  if (status !== undefined) res.status(status);
  return sendUnkept(req, res.set(headers), inChosenTheme(req, String(body)), fillFor(req, res, ctx));
};

/** A page in the portal's layout. Templates get `page`, and `csrfToken` for forms. */
export const renderPage = async (ctx: PortalContext, template: string, head: PageHead, page: object): Promise<Page> => ({
  body: ctx.deps.views.render(template, { layout: await layoutOf(ctx, head), page, csrfToken: slotText('csrf') }),
});
