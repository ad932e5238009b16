import { may } from '../../../domain/access/index.ts';
import type { OrganisationContext } from '../../../domain/context.ts';
import { listFailingJobs, type OutboxName } from '../../../domain/outbox/index.ts';
import type { AdminContext } from '../context.ts';
import { regionName } from '../layout.ts';

const SHOWN = 5;

const failing = async (ctx: OrganisationContext, outbox: OutboxName, whose: string) =>
  (await listFailingJobs(ctx, outbox, SHOWN)).map(({ kind, error, attempts, createdAt, notBefore }) => ({
    title: `Work of ${whose}: ${kind}`,
    text: error,
    attempts,
    since: createdAt,
    next: notBefore,
  }));

/** What does not work at the moment, for who may do everything; false for all others. */
export const troublesSection = async (ctx: AdminContext) => {
  if (!may(ctx.actor, 'organisation.administer')) return false;
  const jobs = [
    ...(await failing(ctx, 'outbox', regionName(ctx.region))),
    ...(await failing(ctx.organisation, 'organisation_outbox', 'the organisation')),
  ];
  return { jobs };
};
