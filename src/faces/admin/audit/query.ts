import type { Request } from 'express';
import type { AuditLogQuery } from '../../../domain/audit/index.ts';
import { asId, type PortalId } from '../../../domain/ids.ts';
import { type Query, queryString } from '../../../http/addresses.ts';
import { queryChoice, queryText } from '../../../http/page-query.ts';

/** What of the audit log is shown: all of it stands in the address. */
export interface AuditView {
  readonly log: AuditLogQuery['of'];
  /** a type of subject, or an action */
  readonly what: string;
  readonly portalId: PortalId | undefined;
  readonly actorId: string | undefined;
  readonly subjectId: string | undefined;
  /** days, the last one included */
  readonly from: string;
  readonly until: string;
  /** older than this event */
  readonly before: string | undefined;
}

const DAY = /^\d{4}-\d\d-\d\d$/;

const queryDay = (req: Request, name: string): string => {
  const text = queryText(req, name);
  return DAY.test(text) && !text.startsWith('0000') && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) ? text : '';
};

/** @throws invalid for what cannot be understood */
export const readAuditView = (req: Request): AuditView => ({
  log: queryChoice(req, 'log', ['region', 'organisation']),
  what: queryText(req, 'what'),
  portalId: asId<PortalId>(queryText(req, 'portal')),
  actorId: asId<never>(queryText(req, 'actor')),
  subjectId: asId<never>(queryText(req, 'subject')),
  from: queryDay(req, 'from'),
  until: queryDay(req, 'until'),
  before: asId<never>(queryText(req, 'before')),
});

/** A view as it stands in an address; what is as usual is left out. */
export const auditQuery = ({ log, what, portalId, actorId, subjectId, from, until, before }: AuditView): Query => ({
  log: log === 'region' ? undefined : log,
  what,
  portal: portalId,
  actor: actorId,
  subject: subjectId,
  from,
  until,
  before,
});

const DAY_MS = 86_400_000;

/** A view as the domain takes it. */
export const conditionsOf = (view: AuditView, size: number): AuditLogQuery => {
  const { log: of, what, portalId, actorId, subjectId, from, until, before } = view;
  const startOf = (day: string, days = 0): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString();
  return {
    of,
    action: what === '' ? undefined : what,
    portalId,
    actorId,
    subjectId,
    from: from === '' ? undefined : startOf(from),
    until: until === '' ? undefined : startOf(until, 1),
    before,
    size,
  };
};

/** Whether everything is shown, from the youngest on, as opposed to an answer to a question. */
export const isWhole = (view: AuditView): boolean => queryString(auditQuery({ ...view, log: 'region' })) === '';
