import type { Request, Response } from 'express';
import { DomainError } from '../../../domain/errors.ts';
import { sendTrial } from '../../../domain/trials/index.ts';
import { queryText } from '../../../http/page-query.ts';
import type { Route } from '../../../http/routes.ts';
import { type FieldFile, formRefusal } from '../../../http/uploads.ts';
import { inBytes } from '../../../lib/text.ts';
import { buildRequest } from '../../../rendering/openapi/console/request.ts';
import type { ConsoleAnswers } from '../../../rendering/openapi/console/types.ts';
import type { PortalContext } from '../context.ts';
import { withRegistered } from '../registering.ts';
import { sendOwnPage } from '../respond.ts';
import { answersOf, initialAnswers } from './answers.ts';
import { type Asked, askedOf } from './asked.ts';
import type { Filled } from './form.ts';
import { consolePage, shownOutcome } from './pages.ts';
import { originsOf } from './reachable.ts';
import { trialOf } from './trial.ts';

/** Requests go by way of the portal where somebody allows that, to servers that the specification names. */
const isProxied = ({ reference, console }: Asked): boolean => reference.version.consoleProxy && console.servers.length > 0;

const send = async (
  req: Request,
  res: Response,
  ctx: PortalContext,
  asked: Asked,
  filled: Pick<Filled, 'answers' | 'problems'>,
  answer?: Parameters<typeof consolePage>[3],
): Promise<void> => {
  const registered = await withRegistered(ctx, String(req.params['product']), String(req.params['version']));
  const page = await consolePage(registered, asked, { ...filled, isProxied: isProxied(asked) }, answer);
  await sendOwnPage(req, res, registered, page);
};

const show = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const asked = await askedOf(req, ctx);
  const media = Number(queryText(req, 'media')) || 0;
  await send(req, res, ctx, asked, { answers: initialAnswers(asked.console, media), problems: [] });
};

const CHANGED = { field: 'form', text: 'The specification has changed meanwhile: please look through the form again' };

/** What was typed, and what stands in the way of sending it. */
const read = (asked: Asked, typed: ConsoleAnswers<FieldFile>) => {
  // Names of fields are places, which another specification has for something else.
  if (typed.text('of') !== asked.reference.content.contentHash)
    return { answers: initialAnswers(asked.console, 0), problems: [CHANGED] };
  return { answers: typed, problems: buildRequest(asked.console, typed).problems };
};

/** Sends what was typed by way of the portal. @throws as `sendTrial`; too-large */
const tried = async (ctx: PortalContext, { reference, console }: Asked, answers: ConsoleAnswers<FieldFile>) => {
  const trial = trialOf(buildRequest(console, answers).request);
  const isNamed = URL.canParse(trial.url) && originsOf(console).includes(new URL(trial.url).origin);
  if (!isNamed)
    return shownOutcome({ answered: false, reason: 'address not allowed', message: 'The specification names no such server' });
  const limit = ctx.deps.consoleMaxBytes;
  if ((trial.body?.length ?? 0) > limit)
    throw new DomainError(
      'too-large',
      `The request has ${inBytes(trial.body?.length ?? 0, 'up')}: it may have ${inBytes(limit, 'down')} at most`,
    );
  return shownOutcome(await sendTrial(ctx, { version: reference.version, developerId: ctx.developer?.id }, trial));
};

/** Refusals that the form is shown again with. */
const SHOWN: Partial<Record<DomainError['kind'], number>> = { 'rate-limited': 429, 'too-large': 413 };

/** Shows the form with why it was refused. @throws the error where that is not for the form to say */
const sendRefused = async (
  req: Request,
  res: Response,
  ctx: PortalContext,
  asked: Asked,
  answers: ConsoleAnswers<FieldFile>,
  error: unknown,
): Promise<void> => {
  const status = error instanceof DomainError ? SHOWN[error.kind] : undefined;
  if (status === undefined || !(error instanceof DomainError)) throw error;
  if (error.retryAfterSeconds !== undefined) res.set('Retry-After', String(error.retryAfterSeconds));
  res.status(status);
  await send(req, res, ctx, asked, { answers, problems: [{ field: 'form', text: error.issues[0]?.reason ?? error.message }] });
};

/** Sends the request, where that goes by way of the portal; else shows it as code. */
const submit = async (req: Request, res: Response, ctx: PortalContext): Promise<void> => {
  const asked = await askedOf(req, ctx);
  const { answers, problems } = read(asked, answersOf(req));
  const refusal = formRefusal(req);
  if (refusal) return sendRefused(req, res, ctx, asked, answers, refusal);
  if (problems.length > 0) res.status(422);
  if (problems.length > 0 || !isProxied(asked)) return send(req, res, ctx, asked, { answers, problems });
  try {
    const answer = await tried(ctx, asked, answers);
    await send(req, res, ctx, asked, { answers, problems }, answer);
  } catch (error) {
    await sendRefused(req, res, ctx, asked, answers, error);
  }
};

const access = 'reader';
const CONSOLE = '/spec/:product/:version/operations/:address/try';

export const consoleRoutes: readonly Route<PortalContext>[] = [
  { method: 'get', path: CONSOLE, access, audit: null, handler: show },
  { method: 'post', path: CONSOLE, access, audit: null, described: true, handler: submit },
];
