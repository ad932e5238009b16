export { type DeliverMail, type Delivery, deliverNextMail, type OutgoingMail } from './delivery.ts';
export { followEvents, followOrganisationEvents, type MailSettings } from './follow-events.ts';
export type { LoggedMail, MailContent, MailStatus } from './mail.ts';
export { canRetry, getMail, listMails, type MailQuery, maySeeMails, retryMail, retryOrganisationMail } from './mail-log.ts';
export { deleteMailsBefore, type MailboxName } from './mails-store.ts';
