import type { ErrorRequestHandler } from 'express';
import { failureOf, logFailure, requestIdOf } from '../../http/problems.ts';
import { sendUnkept } from '../../http/send-unkept.ts';
import { inChosenTheme } from '../../http/theme-choice.ts';
import { type AdminDeps, findAdminContext } from './context.ts';
import { bareLayout, layoutOf } from './layout.ts';
import { paths } from './paths.ts';

interface ErrorPage {
  readonly title: string;
  readonly text: string;
}

const FAILURE: ErrorPage = {
  title: 'Something went wrong',
  text: 'That was our mistake, not yours. It has been noted; trying again in a moment often helps.',
};

/** How an answer's status shows; whatever has no page of its own is the nearest thing that has one. */
const PAGES: Readonly<Record<number, ErrorPage>> = {
  400: { title: 'This cannot be understood', text: 'The address or the form holds something that cannot be understood.' },
  403: { title: 'You may not do this', text: 'None of your roles allows it. Whoever manages roles here can change that.' },
  404: { title: 'Page not found', text: 'There is nothing at this address, or nothing that your roles let you see.' },
  409: { title: 'This is not possible now', text: 'Something else stands in the way.' },
  413: { title: 'This is too large', text: 'What was sent is larger than what is taken here.' },
  500: FAILURE,
  503: { title: 'Not available at the moment', text: 'The database does not answer. Please try again in a moment.' },
};

/** Statuses whose reason is meant for whoever reads the page. */
const EXPLAINED = new Set([400, 403, 409, 413, 415, 429]);

/** Answers errors as pages, in the frame as far as it can be found out. */
export const errorPages =
  (deps: AdminDeps): ErrorRequestHandler =>
  async (error, req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const failure = failureOf(error, deps.classify);
    logFailure(deps.log, failure, req, res);
    const { status } = failure;
    const { title, text } = PAGES[status] ?? PAGES[status < 500 ? 400 : 500] ?? FAILURE;
    const ctx = findAdminContext(res);
    const bare = bareLayout({ title });
    // Where the database is away, nothing more is asked of it.
    const layout =
      ctx && status !== 503 ? await layoutOf(ctx, req.originalUrl.replace(/\?.*/, ''), { title }).catch(() => bare) : bare;
    const page = {
      status,
      text: EXPLAINED.has(status) ? (failure.issues[0]?.reason ?? failure.detail) : text,
      reference: status >= 500 ? requestIdOf(res) : false,
      home: paths.root(),
    };
    if (failure.retryAfterSeconds !== undefined) res.set('Retry-After', String(failure.retryAfterSeconds));
    const html = deps.views.render('admin/error.njk', { layout, page });
    await sendUnkept(req, res.status(status), inChosenTheme(req, html), () => ctx?.csrfToken ?? '');
  };
