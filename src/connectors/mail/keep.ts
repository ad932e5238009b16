import type { Logger } from 'pino';
import type { DeliverMail } from '../../domain/mail/index.ts';

/** Without a mail server: mails stay where they are, to be read in the administration, and their links are in the log. */
export const keepMails =
  (log: Logger): DeliverMail =>
  async ({ id, recipient, subject, text }) => {
    const links = text.match(/https?:\/\/\S+/g) ?? [];
    log.info({ mail: id, to: recipient.email, subject, links }, 'there is no mail server (SMTP_URL): a mail is kept');
    return { outcome: 'kept' };
  };
