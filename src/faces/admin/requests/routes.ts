import type { Request, Response } from 'express';
import { require } from '../../../domain/access/index.ts';
import {
  decideRequests,
  mayDecideAny,
  type Outcome,
  type RequestDecision,
  type RequestRef,
  readRef,
  undoRequests,
} from '../../../domain/requests/index.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import type { Flash } from '../../../http/layout-model.ts';
import type { Route } from '../../../http/routes.ts';
import type { AdminContext } from '../context.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { decisionForm, undoForm } from './forms.ts';
import { queuePage } from './pages.ts';
import { queueHref, readQueueView } from './query.ts';

const showQueue = async (req: Request, res: Response, ctx: AdminContext, form: FormState = emptyForm()): Promise<void> => {
  require(mayDecideAny(ctx));
  const page = await queuePage(ctx, readQueueView(req), form);
  await sendPage(req, res, ctx, 'admin/requests/requests.njk', { title: 'Requests' }, page);
};

/** The queue as it was shown when a form was sent, at what comes next, with what can be undone. */
const back = (req: Request, ctx: AdminContext, next: RequestRef | undefined, done: readonly Outcome[] = []): string =>
  queueHref(ctx.region, { ...readQueueView(req), selected: next, undo: done.map(({ ref }) => ref) });

const split = (outcomes: readonly Outcome[]) => ({
  done: outcomes.filter(({ refusal }) => refusal === undefined),
  refused: outcomes.flatMap(({ refusal }) => (refusal ? [refusal.message] : [])),
});

const counted = (count: number, what: string): string => (count === 1 ? `One request ${what}` : `${count} requests ${what}`);

/** What became of the requests, as one notice. */
const noticeOf = (what: string, outcomes: readonly Outcome[]): Flash => {
  const { done, refused } = split(outcomes);
  const sentences = [
    ...(done.length > 0 ? [`${counted(done.length, what)}.`] : []),
    ...new Set(refused.map((text) => `${text}.`)),
  ];
  return { kind: refused.length > 0 ? 'warning' : 'success', text: sentences.join(' ') };
};

const VERDICTS: Record<RequestDecision['verdict'], string> = { approve: 'approved', reject: 'rejected' };

const decide = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, decisionForm, {
    act: async ({ request, verdict, reason, next = '' }) => {
      const outcomes = await decideRequests(ctx, request, { verdict, reason });
      const { done } = split(outcomes);
      redirectWith(req, res, ctx, back(req, ctx, readRef(next), done), noticeOf(VERDICTS[verdict], outcomes));
    },
    again: (form) => showQueue(req, res, ctx, form),
  });

const undo = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, undoForm, {
    act: async ({ request }) => {
      const outcomes = await undoRequests(ctx, request);
      redirectWith(req, res, ctx, back(req, ctx, request[0]), noticeOf('put back', outcomes));
    },
    again: (form) => showQueue(req, res, ctx, form),
  });

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
