import type { Fixed } from '../schema-values.ts';

/** A mail, to whomever it goes. */
interface MailColumns {
  id: Fixed<string>;
  /** the same for what must be sent once only */
  dedupe_key: string;
  template: string;
  sender_name: string | null;
  recipient: string;
  recipient_name: string;
  subject: string;
  /** null once it is sent: it may hold links */
  text: string | null;
  html: string | null;
  status: 'queued' | 'sent' | 'kept' | 'failed';
  attempts: number;
  not_before: string;
  error: string | null;
  created_at: Fixed<string>;
  sent_at: string | null;
}

/** owner: mail; to developers, and to administrators about a region's matters */
export interface MailsTable extends MailColumns {
  portal_id: string | null;
  /** to whom or about whom it is: deleted with them */
  developer_id: string | null;
}

/** owner: mail; to people who run the installation */
export interface OrganisationMailsTable extends MailColumns {
  /** to whom it is: deleted with them */
  administrator_id: string | null;
}
