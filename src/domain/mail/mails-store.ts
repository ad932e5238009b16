import { toInstant } from '../../database/codec.ts';
import type { Context, OrganisationContext } from '../context.ts';
import { newId, type PortalId } from '../ids.ts';
import type { LoggedMail, NewMail, NewOrganisationMail, NewRegionMail } from './mail.ts';

/** Where mails are: those of a region, or the organisation's. */
export type MailboxName = 'mails' | 'organisation_mails';

/** Both have the same columns, as far as sending them goes. */
export const tableOf = (name: MailboxName): 'mails' => name as 'mails';

const rowOf = (now: Date, mail: NewMail) => ({
  id: newId(now),
  dedupe_key: mail.dedupeKey,
  template: mail.template,
  sender_name: mail.senderName ?? null,
  recipient: mail.recipient.email,
  recipient_name: mail.recipient.name,
  subject: mail.subject,
  text: mail.text,
  html: mail.html,
  status: 'queued' as const,
  attempts: 0,
  not_before: toInstant(now),
  error: null,
  created_at: toInstant(now),
  sent_at: null,
});

/** Has a mail sent, unless that was done already. */
export const insertMail = async (ctx: Context, mail: NewRegionMail): Promise<void> => {
  await ctx.db
    .insertInto('mails')
    .values({ ...rowOf(ctx.now(), mail), portal_id: mail.portalId, developer_id: mail.developerId ?? null })
    .onConflict((conflict) => conflict.column('dedupe_key').doNothing())
    .execute();
};

/** {@link insertMail} for the organisation. */
export const insertOrganisationMail = async (ctx: OrganisationContext, mail: NewOrganisationMail): Promise<void> => {
  await ctx.db
    .insertInto('organisation_mails')
    .values({ ...rowOf(ctx.now(), mail), administrator_id: mail.administratorId })
    .onConflict((conflict) => conflict.column('dedupe_key').doNothing())
    .execute();
};

export const LOGGED_COLUMNS = [
  'id',
  'template',
  'recipient',
  'recipient_name',
  'subject',
  'status',
  'attempts',
  'error',
  'created_at',
  'sent_at',
  'not_before',
] as const;

interface LoggedRow {
  readonly id: string;
  readonly template: string;
  readonly recipient: string;
  readonly recipient_name: string;
  readonly subject: string;
  readonly status: LoggedMail['status'];
  readonly attempts: number;
  readonly error: string | null;
  readonly created_at: string;
  readonly sent_at: string | null;
  readonly not_before: string;
  readonly portal_id?: string | null;
}

export const toLoggedMail = (row: LoggedRow): LoggedMail => ({
  id: row.id,
  template: row.template,
  recipient: { name: row.recipient_name, email: row.recipient },
  subject: row.subject,
  status: row.status,
  attempts: row.attempts,
  error: row.error ?? undefined,
  createdAt: row.created_at,
  sentAt: row.sent_at ?? undefined,
  notBefore: row.not_before,
  portalId: (row.portal_id ?? undefined) as PortalId | undefined,
});

/** Deletes mails from before an instant, whatever became of them. */
export const deleteMailsBefore = async ({ db }: OrganisationContext, mailbox: MailboxName, instant: Date): Promise<void> => {
  await db.deleteFrom(tableOf(mailbox)).where('created_at', '<', toInstant(instant)).execute();
};
