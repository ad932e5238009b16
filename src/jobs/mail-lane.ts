import type { OrganisationContext } from '../domain/context.ts';
import { type DeliverMail, deliverNextMail, type MailboxName } from '../domain/mail/index.ts';
import type { Lane } from './worker.ts';

/** The mails of a mailbox that wait to be sent, one at a time; several such lanes send several at a time. */
export const mailLane = (name: string, ctx: OrganisationContext, mailbox: MailboxName, deliver: DeliverMail): Lane => ({
  name,
  doNext: () => deliverNextMail(ctx, mailbox, deliver),
});
