import type { Request, Response } from 'express';
import type { Route } from '../../../http/routes.ts';
import type { AdminContext } from '../context.ts';
import { regionName } from '../layout.ts';
import { sendPage } from '../respond.ts';

const showOverview = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  sendPage(req, res, ctx, 'admin/overview/overview.njk', { title: 'Overview' }, { region: regionName(ctx.region) });

export const overviewRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: '/:region', access: 'administrator', audit: null, handler: showOverview },
];
