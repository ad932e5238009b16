import { toInstant } from '../../database/codec.ts';
import type { OrganisationContext } from '../context.ts';
import type { Composed, Recipient } from './mail.ts';
import { type MailboxName, tableOf } from './mails-store.ts';

/** A mail on its way out. */
export interface OutgoingMail extends Composed {
  /** the same each time it is tried */
  readonly id: string;
  readonly senderName: string | undefined;
  readonly recipient: Recipient;
}

/** What became of a mail; `refused`: by the other side, or on the way there. */
export type Delivery =
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'kept' }
  | { readonly outcome: 'refused'; readonly isFinal: boolean; readonly reason: string };

/** Hands a mail over, and does not fail. */
export type DeliverMail = (mail: OutgoingMail) => Promise<Delivery>;

/** For how long a mail is in one process's hands; longer than delivering one ever takes. */
const LEASE_MS = 120_000;

const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 4 * 3_600_000;
/** How often sending is tried before it is given up: for about four days. */
const MAX_ATTEMPTS = 31;

interface ClaimedMail extends OutgoingMail {
  readonly attempts: number;
}

/** The mail that waits longest, for this process only until its lease is over. */
const claimMail = async ({ db, engine, now }: OrganisationContext, mailbox: MailboxName): Promise<ClaimedMail | undefined> => {
  const at = now();
  const table = tableOf(mailbox);
  const row = await db
    .updateTable(table)
    .set(({ eb }) => ({
      not_before: toInstant(new Date(at.getTime() + LEASE_MS)),
      attempts: eb('attempts', '+', 1),
    }))
    .where('id', '=', ({ selectFrom }) =>
      selectFrom(table)
        .select('id')
        .where('status', '=', 'queued')
        .where('not_before', '<=', toInstant(at))
        .orderBy('not_before')
        .orderBy('id')
        .limit(1)
        .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked()),
    )
    .returning(['id', 'sender_name', 'recipient', 'recipient_name', 'subject', 'text', 'html', 'attempts'])
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      senderName: row.sender_name ?? undefined,
      recipient: { name: row.recipient_name, email: row.recipient },
      subject: row.subject,
      text: row.text ?? '',
      html: row.html ?? '',
      attempts: row.attempts,
    }
  );
};

/** Notes what became of a mail. What it said is dropped once it is sent. */
const noteDelivery = async (
  { db, now }: OrganisationContext,
  mailbox: MailboxName,
  mail: ClaimedMail,
  delivery: Delivery,
): Promise<void> => {
  const at = now();
  const change = (): object => {
    if (delivery.outcome === 'sent') return { status: 'sent', sent_at: toInstant(at), error: null, text: null, html: null };
    if (delivery.outcome === 'kept') return { status: 'kept', error: null };
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (mail.attempts - 1), LONGEST_PAUSE_MS);
    const isGivenUp = delivery.isFinal || mail.attempts >= MAX_ATTEMPTS;
    return {
      error: delivery.reason,
      not_before: toInstant(new Date(at.getTime() + pause)),
      ...(isGivenUp ? { status: 'failed' } : {}),
    };
  };
  await db.updateTable(tableOf(mailbox)).set(change()).where('id', '=', mail.id).execute();
};

/** Sends the mail that waits longest; answers false when none does. */
export const deliverNextMail = async (ctx: OrganisationContext, mailbox: MailboxName, deliver: DeliverMail): Promise<boolean> => {
  const mail = await claimMail(ctx, mailbox);
  if (!mail) return false;
  await noteDelivery(ctx, mailbox, mail, await deliver(mail));
  return true;
};
