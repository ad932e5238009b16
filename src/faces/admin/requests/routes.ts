import type { Request, Response } from 'express';
import { require } from '../../../domain/access/index.ts';
import { decideRequests, mayDecideAny, type Outcome, readRef, undoRequests } from '../../../domain/requests/index.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import type { Route } from '../../../http/routes.ts';
import type { AdminContext } from '../context.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { decisionForm, undoForm } from './forms.ts';
import { queuePage } from './pages.ts';
import { type QueueView, queueHref, readQueueView } from './query.ts';

const showQueue = async (req: Request, res: Response, ctx: AdminContext, form: FormState = emptyForm()): Promise<void> => {
  require(mayDecideAny(ctx));
  const page = await queuePage(ctx, readQueueView(req), form);
  await sendPage(req, res, ctx, 'admin/requests/requests.njk', { title: 'Requests' }, page);
};

/** Why some of several requests were not decided about. */
const refusalsOf = (outcomes: readonly Outcome[]): string =>
  [...new Set(outcomes.flatMap(({ refusal }) => (refusal ? [`${refusal.message}.`] : [])))].join(' ');

/** Leads back to the queue as it was shown when a form was sent; says what was refused. */
const goBack = (
  req: Request,
  res: Response,
  ctx: AdminContext,
  changes: Partial<QueueView>,
  outcomes: readonly Outcome[],
): void => {
  const href = queueHref(ctx.region, { ...readQueueView(req), ...changes });
  const refusals = refusalsOf(outcomes);
  if (refusals === '') res.redirect(303, href);
  else redirectWith(req, res, ctx, href, { kind: 'warning', text: refusals });
};

const decide = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  require(mayDecideAny(ctx));
  await handleForm(req, res, decisionForm, {
    act: async ({ request, verdict, reason, next = '' }) => {
      const outcomes = await decideRequests(ctx, request, { verdict, reason });
      const refs = outcomes.filter(({ refusal }) => refusal === undefined).map(({ ref }) => ref);
      goBack(req, res, ctx, { selected: readRef(next), decided: { verdict, refs } }, outcomes);
    },
    again: (form) => showQueue(req, res, ctx, form),
  });
};

const undo = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  require(mayDecideAny(ctx));
  await handleForm(req, res, undoForm, {
    act: async ({ request }) => {
      const outcomes = await undoRequests(ctx, request);
      goBack(req, res, ctx, { selected: request[0], decided: undefined }, outcomes);
    },
    again: (form) => showQueue(req, res, ctx, form),
  });
};

export const requestRoutes: readonly Route<AdminContext>[] = [
  {
    method: 'get',
    path: '/:region/requests',
    access: 'administrator',
    audit: null,
    handler: (req, res, ctx) => showQueue(req, res, ctx),
  },
  {
    method: 'post',
    path: '/:region/requests/decide',
    access: 'administrator',
    audit: 'registration.approved',
    handler: decide,
  },
  {
    method: 'post',
    path: '/:region/requests/undo',
    access: 'administrator',
    audit: 'registration.decision-undone',
    handler: undo,
  },
];
