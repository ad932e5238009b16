import type { Request, Response } from 'express';
import type { Route } from '../../../http/routes.ts';
import type { AdminContext } from '../context.ts';
import { inRegion } from '../layout.ts';
import { sendPage } from '../respond.ts';
import { changesSection } from './changes.ts';
import { firstSteps } from './first-steps.ts';
import { troublesSection } from './troubles.ts';
import { waitingSection } from './waiting.ts';

const showOverview = async (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  sendPage(
    req,
    res,
    ctx,
    'admin/overview/overview.njk',
    { title: 'Overview' },
    {
      region: ctx.deps.regions.length > 1 && inRegion(ctx.region),
      hasRoles: ctx.actor.kind === 'administrator' && ctx.actor.grants.length > 0,
      steps: await firstSteps(ctx),
      waiting: await waitingSection(ctx),
      troubles: await troublesSection(ctx),
      changes: await changesSection(ctx),
    },
  );

export const overviewRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: '/:region', access: 'administrator', audit: null, handler: showOverview },
];
