import type { ErrorRequestHandler, Response } from 'express';
import { type Failure, failureOf, logFailure, requestIdOf } from '../../http/problems.ts';
import { sendUnkept } from '../../http/send-unkept.ts';
import { inChosenTheme } from '../../http/theme-choice.ts';
import { findPortalContext, type PortalDeps } from './context.ts';
import { bareLayout, layoutOf } from './layout.ts';
import { fillFor } from './respond.ts';

/** How an answer's status shows. */
const PAGES: Readonly<Record<number, { template: string; title: string }>> = {
  400: { template: 'errors/bad-request.njk', title: 'This address holds something odd' },
  403: { template: 'errors/forbidden.njk', title: 'You may not see this' },
  404: { template: 'errors/not-found.njk', title: 'Page not found' },
  405: { template: 'errors/method-not-allowed.njk', title: 'This cannot be done here' },
  500: { template: 'errors/failure.njk', title: 'Something went wrong' },
  503: { template: 'errors/unavailable.njk', title: 'Not available at the moment' },
};
const FAILURE = { template: 'errors/failure.njk', title: 'Something went wrong' };

/** What is shown for a status; whatever has no page of its own is the nearest thing that has one. */
const pageFor = (status: number): { status: number; template: string; title: string } => {
  const exact = PAGES[status];
  if (exact) return { status, ...exact };
  return status < 500 ? { status: 400, ...(PAGES[400] ?? FAILURE) } : { status: 500, ...FAILURE };
};

/** Answers with the page of a status, in the portal's look as far as it can be found out. */
export const sendErrorPage = async (deps: PortalDeps, res: Response, status: number, detail?: string): Promise<void> => {
  const { template, title, status: shown } = pageFor(status);
  const ctx = findPortalContext(res);
  const bare = bareLayout(deps, title, ctx?.portal);
  // Where the database is away, nothing more is asked of it.
  const layout = ctx && shown !== 503 ? await layoutOf(ctx, { title }).catch(() => bare) : bare;
  const page = { detail: detail ?? false, reference: shown >= 500 && detail === undefined ? requestIdOf(res) : false };
  const html = inChosenTheme(res.req, deps.views.render(template, { layout, page }));
  if (shown === 503) res.set('Retry-After', '5');
  res.status(shown).set('X-Robots-Tag', 'noindex');
  await sendUnkept(res.req, res, html, ctx ? fillFor(res.req, res, ctx) : () => '');
};

/** What was typed wrongly, or why there is nothing yet: never what failed on our side. */
const explanationOf = ({ status, detail, issues, cause }: Failure): string | undefined => {
  if (status === 400) return issues[0]?.reason;
  return status === 503 && cause === undefined ? `${detail}.` : undefined;
};

/** Answers errors as pages. Only what was typed is explained; nothing tells whether something hidden is there. */
export const errorPages =
  (deps: PortalDeps): ErrorRequestHandler =>
  async (error, req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const failure = failureOf(error, deps.classify);
    logFailure(deps.log, failure, req, res);
    await sendErrorPage(deps, res, failure.status, explanationOf(failure));
  };
