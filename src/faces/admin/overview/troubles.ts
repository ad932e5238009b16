import { may } from '../../../domain/access/index.ts';
import { listFailingWebhooks } from '../../../domain/audit/index.ts';
import type { OrganisationContext } from '../../../domain/context.ts';
import { listMails } from '../../../domain/mail/index.ts';
import { listFailingJobs, type OutboxName } from '../../../domain/outbox/index.ts';
import { counted } from '../../../http/pagination.ts';
import { answerOf } from '../audit-webhooks/pages.ts';
import { auditWebhookPaths } from '../audit-webhooks/paths.ts';
import type { AdminContext } from '../context.ts';
import { regionName } from '../layout.ts';
import { mailPaths } from '../mail/paths.ts';

const SHOWN = 5;

const failing = async (ctx: OrganisationContext, outbox: OutboxName, whose: string) =>
  (await listFailingJobs(ctx, outbox, SHOWN)).map(({ kind, error, attempts, createdAt, notBefore }) => ({
    title: `Work of ${whose}: ${kind}`,
    text: error,
    attempts: counted(attempts, 'time', 'times'),
    since: createdAt,
    next: notBefore,
  }));

/** Mails that were given up, in each box. */
const failedMails = async (ctx: AdminContext) => {
  const query = { status: 'failed', search: '', page: { number: 1, size: 1 } } as const;
  const counts = [
    { box: 'portals', total: (await listMails(ctx, 'mails', query)).total },
    { box: 'administration', total: (await listMails(ctx.organisation, 'organisation_mails', query)).total },
  ] as const;
  return counts
    .filter(({ total }) => total > 0)
    .map(({ box, total }) => ({
      text: `${counted(total, 'mail', 'mails')} could not be sent`,
      href: mailPaths.list(ctx.region, box, { status: 'failed' }),
    }));
};

/** Receivers of the audit log that do not take it. */
const failingWebhooks = async (ctx: AdminContext) =>
  (await listFailingWebhooks(ctx, SHOWN)).map(({ scope, portalName, status }) => ({
    title: portalName === undefined ? 'The audit log is not taken' : `The audit log of ${portalName} is not taken`,
    href: auditWebhookPaths.webhook(ctx.region, scope),
    text: answerOf(status),
  }));

/** What does not work at the moment, for who may do everything; false for all others. */
export const troublesSection = async (ctx: AdminContext) => {
  if (!may(ctx.actor, 'organisation.administer')) return false;
  const jobs = [
    ...(await failing(ctx, 'outbox', regionName(ctx.region))),
    ...(await failing(ctx.organisation, 'organisation_outbox', 'the organisation')),
  ];
  return { jobs, webhooks: await failingWebhooks(ctx), mails: await failedMails(ctx) };
};
