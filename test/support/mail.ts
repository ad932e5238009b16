import { pino } from 'pino';
import type { Context, OrganisationContext } from '../../src/domain/context.ts';
import { EVENT_JOB, INDEX_JOB } from '../../src/domain/events/index.ts';
import { followEvents, followOrganisationEvents, type MailSettings } from '../../src/domain/mail/index.ts';
import { followChanges } from '../../src/domain/search/index.ts';
import { outboxLane } from '../../src/jobs/outbox-lane.ts';
import { createWorker } from '../../src/jobs/worker.ts';
import { createMailComposer } from '../../src/rendering/mail/compose-mail.ts';
import { ROOT } from './source.ts';

const log = pino({ level: 'silent' });

export const MAIL_SETTINGS: MailSettings = {
  compose: createMailComposer(`${ROOT}/views/mail`),
  baseUrl: 'https://admin.example.com',
};

/** Has all mails written that follow from what has happened and whose time has come. */
export const writeMails = async (ctx: Context, organisation: OrganisationContext): Promise<void> => {
  const lanes = [
    outboxLane({
      ...{ name: 'us', outbox: 'outbox', ctx, log },
      handlers: { [EVENT_JOB]: followEvents(MAIL_SETTINGS, organisation), [INDEX_JOB]: followChanges },
    }),
    outboxLane({
      name: 'organisation',
      outbox: 'organisation_outbox',
      ctx: organisation,
      handlers: { [EVENT_JOB]: followOrganisationEvents(MAIL_SETTINGS) },
      log,
    }),
  ];
  await createWorker({ lanes, log }).runDue();
};

/** A mail that waits to be sent. */
export interface WrittenMail {
  readonly template: string;
  readonly recipient: string;
  readonly recipient_name: string;
  readonly sender_name: string | null;
  readonly subject: string;
  readonly text: string | null;
}

/** The mails that have been written in a region, or for the organisation, in the order of their writing. */
export const writtenMails = (
  ctx: OrganisationContext,
  mailbox: 'mails' | 'organisation_mails' = 'mails',
): Promise<WrittenMail[]> =>
  ctx.db
    .selectFrom(mailbox as 'mails')
    .select(['template', 'recipient', 'recipient_name', 'sender_name', 'subject', 'text'])
    .orderBy('id')
    .execute();
