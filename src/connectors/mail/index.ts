import type { Logger } from 'pino';
import type { DeliverMail } from '../../domain/mail/index.ts';
import { keepMails } from './keep.ts';
import { sendBySmtp } from './smtp.ts';

export interface MailOptions {
  /** an `smtp://` or `smtps://` address; undefined: there is no mail server */
  readonly smtpUrl: string | undefined;
  /** from whom mails come: `Portico <portico@example.com>` */
  readonly from: string;
  readonly log: Logger;
}

/** How mails leave the installation: by a mail server, or not at all. */
export const createMailDelivery = ({ smtpUrl, from, log }: MailOptions): DeliverMail =>
  smtpUrl === undefined ? keepMails(log) : sendBySmtp({ url: smtpUrl, from });
