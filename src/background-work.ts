import type { Logger } from 'pino';
import { deleteExpiredAdministratorLinks, deleteExpiredAdministratorSessions } from './domain/administrators/index.ts';
import { deliverNext, pruneAuditLog } from './domain/audit/index.ts';
import type { ContextWithPorts, OrganisationContextWithPorts } from './domain/context.ts';
import { forgetExpiredCredentials, warnOfExpiringCredentials } from './domain/credentials/index.ts';
import { outboxLane } from './jobs/outbox-lane.ts';
import { type Task, taskLane } from './jobs/task-lane.ts';
import type { Lane } from './jobs/worker.ts';

export interface BackgroundWorkOptions {
  readonly organisation: OrganisationContextWithPorts;
  readonly regions: readonly ContextWithPorts[];
  /** how long the audit log is kept */
  readonly auditDays: number;
  readonly log: Logger;
}

const HOUR_MS = 3_600_000;

/** What is done every now and then for the organisation. */
const organisationTasks = (ctx: OrganisationContextWithPorts, auditDays: number): Task[] => [
  { name: 'forget sessions of administrators', everyMs: HOUR_MS, run: () => deleteExpiredAdministratorSessions(ctx) },
  { name: 'forget links of administrators', everyMs: HOUR_MS, run: () => deleteExpiredAdministratorLinks(ctx) },
  { name: 'prune the audit log', everyMs: HOUR_MS, run: () => pruneAuditLog(ctx, 'organisation', auditDays) },
];

/** What is done every now and then in a region. */
const regionTasks = (ctx: ContextWithPorts, auditDays: number): Task[] => [
  { name: 'prune the audit log', everyMs: HOUR_MS, run: () => pruneAuditLog(ctx, 'region', auditDays) },
  { name: 'warn of expiring API keys', everyMs: HOUR_MS, run: () => warnOfExpiringCredentials(ctx) },
  { name: 'forget expired API keys', everyMs: 24 * HOUR_MS, run: () => forgetExpiredCredentials(ctx) },
];

/** Everything that an installation does without being asked, beside answering requests. */
export const backgroundWork = ({ organisation, regions, auditDays, log }: BackgroundWorkOptions): Lane[] => {
  const tasks = [...organisationTasks(organisation, auditDays), ...regions.flatMap((ctx) => regionTasks(ctx, auditDays))];
  return [
    taskLane('tasks', tasks, organisation.now, log),
    outboxLane({ name: 'organisation outbox', outbox: 'organisation_outbox', ctx: organisation, handlers: {}, log }),
    ...regions.map((ctx) => outboxLane({ name: `${ctx.region} outbox`, outbox: 'outbox', ctx, handlers: {}, log })),
    ...regions.map((ctx) => ({ name: `${ctx.region} audit log`, doNext: () => deliverNext(ctx, organisation) })),
  ];
};
