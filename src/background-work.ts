import type { Logger } from 'pino';
import { deleteExpiredAdministratorLinks, deleteExpiredAdministratorSessions } from './domain/administrators/index.ts';
import type { ContextWithPorts, OrganisationContextWithPorts } from './domain/context.ts';
import { forgetExpiredCredentials, warnOfExpiringCredentials } from './domain/credentials/index.ts';
import { outboxLane } from './jobs/outbox-lane.ts';
import { type Task, taskLane } from './jobs/task-lane.ts';
import type { Lane } from './jobs/worker.ts';

export interface BackgroundWorkOptions {
  readonly organisation: OrganisationContextWithPorts;
  readonly regions: readonly ContextWithPorts[];
  readonly log: Logger;
}

const HOUR_MS = 3_600_000;

/** What is done every now and then for the organisation. */
const organisationTasks = (ctx: OrganisationContextWithPorts): Task[] => [
  { name: 'forget sessions of administrators', everyMs: HOUR_MS, run: () => deleteExpiredAdministratorSessions(ctx) },
  { name: 'forget links of administrators', everyMs: HOUR_MS, run: () => deleteExpiredAdministratorLinks(ctx) },
];

/** What is done every now and then in a region. */
const regionTasks = (ctx: ContextWithPorts): Task[] => [
  { name: 'warn of expiring API keys', everyMs: HOUR_MS, run: () => warnOfExpiringCredentials(ctx) },
  { name: 'forget expired API keys', everyMs: 24 * HOUR_MS, run: () => forgetExpiredCredentials(ctx) },
];

/** Everything that an installation does without being asked, beside answering requests. */
export const backgroundWork = ({ organisation, regions, log }: BackgroundWorkOptions): Lane[] => {
  const tasks = [...organisationTasks(organisation), ...regions.flatMap(regionTasks)];
  return [
    taskLane('tasks', tasks, organisation.now, log),
    outboxLane({ name: 'organisation outbox', outbox: 'organisation_outbox', ctx: organisation, handlers: {}, log }),
    ...regions.map((ctx) => outboxLane({ name: `${ctx.region} outbox`, outbox: 'outbox', ctx, handlers: {}, log })),
  ];
};
