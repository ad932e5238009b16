import type { Request, Response } from 'express';
import type { Application } from '../../../domain/applications/index.ts';
import { setFlash } from '../../../http/flash.ts';
import type { Breadcrumb } from '../../../http/layout-model.ts';
import type { PortalContext } from '../context.ts';
import type { PageHead } from '../layout.ts';
import { paths } from '../paths.ts';
import { renderPage, sendOwnPage } from '../respond.ts';

/** The way to a page of an application; the last step is the page itself. */
export const trailOf = (
  application: Pick<Application, 'id' | 'name'> | undefined,
  ...steps: readonly Breadcrumb[]
): Breadcrumb[] => [
  { label: 'My applications', href: paths.applications() },
  ...(application === undefined
    ? []
    : [steps.length === 0 ? { label: application.name } : { label: application.name, href: paths.application(application.id) }]),
  ...steps,
];

/** Answers with a page about what is somebody's own. The status may have been set before. */
export const send = async (
  req: Request,
  res: Response,
  ctx: PortalContext,
  template: string,
  head: PageHead,
  page: object,
): Promise<void> => {
  const rendered = await renderPage(ctx, `portal/applications/${template}.njk`, head, { title: head.title, ...page });
  await sendOwnPage(req, res, ctx, rendered);
};

/** Leads on to a page, which says what happened. */
export const leadTo = (req: Request, res: Response, ctx: PortalContext, path: string, text: string): void => {
  setFlash(req, res, ctx, { kind: 'success', text });
  res.redirect(303, path);
};
