import { once } from 'node:events';
import type { Request, Response } from 'express';
import { findMentions, getAuditRecord, listAuditLog, mayReadAuditLog, type Trails } from '../../../domain/audit/index.ts';
import { notFound } from '../../../domain/errors.ts';
import { asId } from '../../../domain/ids.ts';
import { pathText } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import type { AdminContext } from '../context.ts';
import { readablePortals } from '../products/portals.ts';
import { sendPage } from '../respond.ts';
import { CSV_HEAD, csvLines } from './csv.ts';
import { listModel, recordModel } from './pages.ts';
import { auditPaths } from './paths.ts';
import { type AuditView, auditQuery, conditionsOf, readAuditView } from './query.ts';
import { actionText } from './words.ts';

const PAGE_SIZE = 50;

const trailsOf = (ctx: AdminContext): Trails => ({ region: ctx, organisation: ctx.organisation });

/** What was asked for; who reads one of the logs only is shown that one. */
const viewOf = (req: Request, { actor }: AdminContext): AuditView => {
  const view = readAuditView(req);
  return mayReadAuditLog(actor) ? view : { ...view, log: 'organisation' };
};

const showList = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const view = viewOf(req, ctx);
  const page = await listAuditLog(trailsOf(ctx), conditionsOf(view, PAGE_SIZE));
  await sendPage(
    req,
    res,
    ctx,
    'admin/audit/list.njk',
    { title: 'Audit log' },
    listModel(ctx, view, page, await readablePortals(ctx)),
  );
};

const EXPORT_PAGE = 500;
const MAX_EXPORTED = 100_000;

/** Writes page by page, as fast as the client reads. */
const exportCsv = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  let view = viewOf(req, ctx);
  let page = await listAuditLog(trailsOf(ctx), conditionsOf(view, EXPORT_PAGE));
  res.attachment('audit-log.csv').type('text/csv');
  res.write(CSV_HEAD);
  for (let written = 0; !res.closed; written += page.items.length) {
    if (!res.write(csvLines(page.items))) await Promise.race([once(res, 'drain'), once(res, 'close')]);
    if (!page.hasMore || written >= MAX_EXPORTED) break;
    view = { ...view, before: page.items.at(-1)?.id };
    page = await listAuditLog(trailsOf(ctx), conditionsOf(view, EXPORT_PAGE));
  }
  res.end();
};

const showRecord = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const view = viewOf(req, ctx);
  const id = asId<never>(pathText(req, 'eventId'));
  if (id === undefined) throw notFound('Event');
  const record = await getAuditRecord(trailsOf(ctx), view.log, id);
  const breadcrumbs = [{ label: 'Audit log', href: auditPaths.list(ctx.region, { log: auditQuery(view)['log'] }) }];
  await sendPage(
    req,
    res,
    ctx,
    'admin/audit/record.njk',
    { title: actionText(record.action), breadcrumbs },
    recordModel(ctx, record, view, await findMentions(trailsOf(ctx), record)),
  );
};

const access = 'administrator';

export const auditRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: '/:region/audit', access, audit: null, handler: showList },
  { method: 'get', path: '/:region/audit/export.csv', access, audit: null, handler: exportCsv },
  { method: 'get', path: '/:region/audit/:eventId', access, audit: null, handler: showRecord },
];
