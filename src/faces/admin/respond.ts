import type { Request, Response } from 'express';
import { setFlash, takeFlash } from '../../http/flash.ts';
import type { Flash } from '../../http/layout-model.ts';
import { sendUnkept } from '../../http/send-unkept.ts';
import { slotText } from '../../http/slots.ts';
import { inChosenTheme } from '../../http/theme-choice.ts';
import type { AdminContext, EntranceContext } from './context.ts';
import { bareLayout, layoutOf, type PageHead } from './layout.ts';

/** Where a path of the face begins: that of the request, without its query. */
const pathOf = (req: Request): string => `${req.baseUrl}${req.path}`.replace(/(?<=.)\/$/, '');

/** Answers with a page in the administration's layout; the status is 200 unless it is set already. Templates get `page`, and `csrfToken` for forms. */
export const sendPage = async (
  req: Request,
  res: Response,
  ctx: AdminContext,
  template: string,
  head: PageHead,
  page: object,
): Promise<void> => {
  const layout = await layoutOf(ctx, pathOf(req), head, takeFlash(req, res, ctx));
  const html = ctx.deps.views.render(template, { layout, page, csrfToken: slotText('csrf') });
  await sendUnkept(req, res, inChosenTheme(req, html), () => ctx.csrfToken);
};

/** Answers with a page for who is not logged in. */
export const sendEntrancePage = (
  req: Request,
  res: Response,
  ctx: EntranceContext,
  template: string,
  head: PageHead,
  page: object,
): Promise<void> => {
  const layout = bareLayout(head, takeFlash(req, res, ctx.organisation));
  const html = ctx.deps.views.render(template, { layout, page, csrfToken: slotText('csrf') });
  return sendUnkept(req, res, inChosenTheme(req, html), () => ctx.csrfToken);
};

/** Leads on to a page after something was done, which says so. */
export const redirectWith = (req: Request, res: Response, ctx: AdminContext, path: string, notice: string | Flash): void => {
  setFlash(req, res, ctx, typeof notice === 'string' ? { kind: 'success', text: notice } : notice);
  res.redirect(303, path);
};
