import type { Logger } from 'pino';
import { deleteExpiredAdministratorLinks, deleteExpiredAdministratorSessions } from '../domain/administrators/index.ts';
import { deliverNext, pruneAuditLog } from '../domain/audit/index.ts';
import type { ContextWithPorts, OrganisationContext, OrganisationContextWithPorts } from '../domain/context.ts';
import { forgetExpiredCredentials, warnOfExpiringCredentials } from '../domain/credentials/index.ts';
import { pruneDeveloperLinks } from '../domain/developers/index.ts';
import { EVENT_JOB, INDEX_JOB } from '../domain/events/index.ts';
import {
  type DeliverMail,
  deleteMailsBefore,
  followEvents,
  followOrganisationEvents,
  type MailboxName,
  type MailSettings,
} from '../domain/mail/index.ts';
import { deleteUnusedDiagrams, drawNextDiagram, forgetDrafts, forgetUnusedImages } from '../domain/products/index.ts';
import { followChanges, indexNext, indexTidier } from '../domain/search/index.ts';
import { pruneSessions } from '../domain/sessions/index.ts';
import { mailLane } from '../jobs/mail-lane.ts';
import { outboxLane } from '../jobs/outbox-lane.ts';
import { type Task, taskLane } from '../jobs/task-lane.ts';
import type { Lane } from '../jobs/worker.ts';

export interface BackgroundWorkOptions {
  readonly organisation: OrganisationContextWithPorts;
  readonly regions: readonly ContextWithPorts[];
  /** how long the audit log is kept */
  readonly auditDays: number;
  readonly mail: MailSettings & { readonly deliver: DeliverMail };
  readonly log: Logger;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** For how many days the log of mails goes back. */
const MAIL_DAYS = 90;

/** For how many days drafts of documents are kept that nobody goes on with, and images that nothing shows. */
const DRAFT_DAYS = 90;
const UNUSED_IMAGE_DAYS = 30;

/** How many mails are sent at a time. */
const SENDERS = 3;

/** To how many destinations the audit log of a region is sent at a time: one that is slow makes no other wait. */
const AUDIT_SENDERS = 4;

const forgetMails = (ctx: OrganisationContext, mailbox: MailboxName): Task => ({
  name: `forget old ${mailbox}`,
  everyMs: DAY_MS,
  run: () => deleteMailsBefore(ctx, mailbox, new Date(ctx.now().getTime() - MAIL_DAYS * DAY_MS)),
});

/** What is done every now and then for the organisation. */
const organisationTasks = (ctx: OrganisationContextWithPorts, auditDays: number): Task[] => [
  forgetMails(ctx, 'organisation_mails'),
  { name: 'forget sessions of administrators', everyMs: HOUR_MS, run: () => deleteExpiredAdministratorSessions(ctx) },
  { name: 'forget links of administrators', everyMs: HOUR_MS, run: () => deleteExpiredAdministratorLinks(ctx) },
  { name: 'prune the audit log', everyMs: HOUR_MS, run: () => pruneAuditLog(ctx, 'organisation', auditDays) },
];

/** What is done every now and then in a region. */
const regionTasks = (ctx: ContextWithPorts, auditDays: number): Task[] => [
  { name: 'prune the audit log', everyMs: HOUR_MS, run: () => pruneAuditLog(ctx, 'region', auditDays) },
  forgetMails(ctx, 'mails'),
  { name: 'forget drafts of documents', everyMs: DAY_MS, run: () => forgetDrafts(ctx, DRAFT_DAYS) },
  { name: 'forget unused images of documents', everyMs: DAY_MS, run: () => forgetUnusedImages(ctx, UNUSED_IMAGE_DAYS) },
  { name: 'forget diagrams that no document holds', everyMs: DAY_MS, run: () => deleteUnusedDiagrams(ctx) },
  { name: 'forget sessions of developers', everyMs: HOUR_MS, run: () => pruneSessions(ctx) },
  { name: 'forget links of developers', everyMs: HOUR_MS, run: () => pruneDeveloperLinks(ctx) },
  { name: 'warn of expiring API keys', everyMs: HOUR_MS, run: () => warnOfExpiringCredentials(ctx) },
  { name: 'forget expired API keys', everyMs: 24 * HOUR_MS, run: () => forgetExpiredCredentials(ctx) },
];

/** Everything that an installation does without being asked, beside answering requests. */
export const backgroundWork = ({ organisation, regions, auditDays, mail, log }: BackgroundWorkOptions): Lane[] => {
  const tasks = [...organisationTasks(organisation, auditDays), ...regions.flatMap((ctx) => regionTasks(ctx, auditDays))];
  return [
    taskLane('tasks', tasks, organisation.now, log),
    outboxLane({
      ...{ name: 'organisation outbox', outbox: 'organisation_outbox', ctx: organisation, log },
      handlers: { [EVENT_JOB]: followOrganisationEvents(mail) },
    }),
    ...regions.map((ctx) =>
      outboxLane({
        ...{ name: `${ctx.region} outbox`, outbox: 'outbox', ctx, log },
        handlers: { [EVENT_JOB]: followEvents(mail, organisation), [INDEX_JOB]: followChanges },
      }),
    ),
    ...Array.from({ length: SENDERS }, () => [
      mailLane('organisation mails', organisation, 'organisation_mails', mail.deliver),
      ...regions.map((ctx) => mailLane(`${ctx.region} mails`, ctx, 'mails', mail.deliver)),
    ]).flat(),
    ...regions.map((ctx) => ({ name: `${ctx.region} diagrams`, doNext: () => drawNextDiagram(ctx) })),
    ...regions.map((ctx) => ({ name: `${ctx.region} search index`, doNext: () => indexNext(ctx) })),
    ...regions.map((ctx) => ({ name: `${ctx.region} search index, tidied`, doNext: indexTidier(ctx) })),
    ...regions.flatMap((ctx) =>
      Array.from({ length: AUDIT_SENDERS }, () => ({
        name: `${ctx.region} audit log`,
        doNext: () => deliverNext(ctx, organisation),
      })),
    ),
  ];
};
