import type { AdministratorId, DeveloperId, PortalId } from '../ids.ts';

/** `kept`: there is no mail server; `failed`: given up. */
export type MailStatus = 'queued' | 'sent' | 'kept' | 'failed';

/** Who gets a mail. */
export interface Recipient {
  readonly name: string;
  readonly email: string;
}

/** What a mail says: its subject, and its words as text and as HTML. */
export interface Composed {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A mail that has been composed and is to be sent. */
export interface NewMail extends Composed {
  /** the same for what must be sent once only: the event and what is said about it to whom */
  readonly dedupeKey: string;
  readonly template: string;
  readonly recipient: Recipient;
  /** in whose name it comes, where that is not the installation's */
  readonly senderName: string | undefined;
}

/** A mail of a region's: to developers, and to administrators about developers. */
export interface NewRegionMail extends NewMail {
  readonly portalId: PortalId;
  /** to whom or about whom it is: it is deleted with them */
  readonly developerId: DeveloperId | undefined;
}

/** A mail to somebody about their being an administrator. */
export interface NewOrganisationMail extends NewMail {
  readonly administratorId: AdministratorId;
}

/** A mail as the log of mails lists it. */
export interface LoggedMail {
  readonly id: string;
  readonly template: string;
  readonly recipient: Recipient;
  readonly subject: string;
  readonly status: MailStatus;
  /** how often sending it was tried */
  readonly attempts: number;
  readonly error: string | undefined;
  readonly createdAt: string;
  readonly sentAt: string | undefined;
  /** when it is tried next, while it is queued */
  readonly notBefore: string;
  readonly portalId: PortalId | undefined;
}

/** A mail with what it says; nothing once it is sent, because it may hold links. */
export interface MailContent extends LoggedMail {
  readonly text: string | undefined;
  readonly html: string | undefined;
}
