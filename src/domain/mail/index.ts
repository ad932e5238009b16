export { type DeliverMail, type Delivery, deliverNextMail, type OutgoingMail } from './delivery.ts';
export { followEvents, followOrganisationEvents, type MailSettings } from './follow-events.ts';
export { deleteMailsBefore, type MailboxName } from './mails-store.ts';
