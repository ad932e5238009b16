import type { Request, Response } from 'express';
import { may } from '../../../domain/access/index.ts';
import type { OrganisationContext } from '../../../domain/context.ts';
import { notFound } from '../../../domain/errors.ts';
import { asId } from '../../../domain/ids.ts';
import {
  getMail,
  listMails,
  type MailboxName,
  type MailContent,
  type MailQuery,
  retryMail,
  retryOrganisationMail,
} from '../../../domain/mail/index.ts';
import { type FailingJob, listFailingJobs } from '../../../domain/outbox/index.ts';
import { pathText } from '../../../http/input.ts';
import { queryChoice, queryPage, queryText } from '../../../http/page-query.ts';
import type { Route } from '../../../http/routes.ts';
import type { AdminContext } from '../context.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { listModel, mailModel, STATUSES } from './pages.ts';
import { BOXES, type Box, mailPaths } from './paths.ts';

const PAGE_SIZE = 50;

const sourceOf = (ctx: AdminContext, box: Box): [OrganisationContext, MailboxName] =>
  box === 'portals' ? [ctx, 'mails'] : [ctx.organisation, 'organisation_mails'];

const SHOWN_JOBS = 5;

/** What could not be written about yet, for whoever can do something about it. */
const failingJobs = async (ctx: AdminContext, box: Box): Promise<FailingJob[]> => {
  if (!may(ctx.actor, 'organisation.administer')) return [];
  const [source, mailbox] = sourceOf(ctx, box);
  return listFailingJobs(source, mailbox === 'mails' ? 'outbox' : 'organisation_outbox', SHOWN_JOBS);
};

const showListOf =
  (box: Box) =>
  async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
    const query: MailQuery = {
      status: queryChoice(req, 'status', STATUSES) || undefined,
      search: queryText(req, 'q'),
      page: { number: queryPage(req), size: PAGE_SIZE },
    };
    const found = await listMails(...sourceOf(ctx, box), query);
    if (found.items.length === 0 && query.page.number > 1) throw notFound('Page');
    const model = listModel(ctx, box, query, found, await failingJobs(ctx, box));
    await sendPage(req, res, ctx, 'admin/mail/list.njk', { title: 'Mail' }, model);
  };

/** The mail that an address names. @throws not-found */
const mailOf = async (req: Request, ctx: AdminContext): Promise<{ box: Box; mail: MailContent }> => {
  const box = BOXES.find((name) => name === pathText(req, 'box'));
  const id = asId(pathText(req, 'mailId'));
  if (!box || id === undefined) throw notFound('Mail');
  return { box, mail: await getMail(...sourceOf(ctx, box), id) };
};

const showMail = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { box, mail } = await mailOf(req, ctx);
  const breadcrumbs = [{ label: 'Mail', href: mailPaths.list(ctx.region, box) }];
  await sendPage(req, res, ctx, 'admin/mail/mail.njk', { title: mail.subject, breadcrumbs }, mailModel(ctx, box, mail));
};

/** A mail as its reader sees it: a page that can do nothing, and whose links lead nowhere from here. */
const INERT = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

const showHtml = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { mail } = await mailOf(req, ctx);
  if (mail.html === undefined) throw notFound('Mail');
  res.set({ 'Content-Security-Policy': INERT, 'Referrer-Policy': 'no-referrer' }).type('text/html').send(mail.html);
};

const retry = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { box, mail } = await mailOf(req, ctx);
  if (box === 'portals') await retryMail(ctx, mail.id);
  else await retryOrganisationMail(ctx.organisation, mail.id);
  redirectWith(req, res, ctx, mailPaths.mail(ctx.region, box, mail.id), 'The mail is about to be sent.');
};

const access = 'administrator';

export const mailRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: '/:region/mail', access, audit: null, handler: showListOf('portals') },
  { method: 'get', path: '/:region/mail/administration', access, audit: null, handler: showListOf('administration') },
  { method: 'get', path: '/:region/mail/:box/:mailId', access, audit: null, handler: showMail },
  { method: 'get', path: '/:region/mail/:box/:mailId/html', access, audit: null, handler: showHtml },
  { method: 'post', path: '/:region/mail/:box/:mailId/retry', access, audit: 'mail.retried', handler: retry },
];
