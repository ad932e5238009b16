import type { Transporter } from 'nodemailer';
import type { DeliverMail, Delivery } from '../../domain/mail/index.ts';

export interface SmtpOptions {
  readonly url: string;
  readonly from: string;
}

/** Nothing takes longer than a mail is leased for (see `domain/mail`). */
const TIMEOUTS = { dnsTimeout: 10_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/** Control characters, so that no name makes a header of its own. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

const oneLine = (text: string): string => text.replace(CONTROL, ' ').trim();

/** What is before the address of `Portico <portico@example.com>`, and the address. */
const partsOf = (from: string): { name: string; address: string } => {
  const parts = /^\s*"?([^"<]*?)"?\s*<([^<>]+)>\s*$/.exec(from);
  return parts ? { name: parts[1] ?? '', address: parts[2] ?? '' } : { name: '', address: from.trim() };
};

/** Hands mails to an SMTP server (RFC 5321), each over a connection of its own, with TLS where the server offers it. */
export const sendBySmtp = ({ url, from }: SmtpOptions): DeliverMail => {
  const sender = partsOf(from);
  let transport: Transporter | undefined;
  const connected = async (): Promise<Transporter> => {
    const { createTransport } = await import('nodemailer');
    transport ??= createTransport({ url, ...TIMEOUTS, disableFileAccess: true, disableUrlAccess: true });
    return transport;
  };
  const domain = sender.address.slice(sender.address.lastIndexOf('@') + 1);
  return async ({ id, senderName, recipient, subject, text, html }) => {
    try {
      await (await connected()).sendMail({
        from: { name: oneLine(senderName ?? sender.name), address: sender.address },
        to: { name: oneLine(recipient.name), address: recipient.email },
        subject: oneLine(subject),
        text,
        html,
        messageId: `<${id}@${domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      });
      return { outcome: 'sent' };
    } catch (error) {
      return refusalOf(error);
    }
  };
};

/** Errors about this very mail, as opposed to the server, the way there, or our account on it. */
const ABOUT_THE_MAIL = new Set(['EENVELOPE', 'EMESSAGE']);

/** A reply of 5yz to a mail is final (RFC 5321, section 4.2.1); everything else may be better another time. */
const refusalOf = (error: unknown): Delivery => {
  const { code, responseCode, message } = error as { code?: string; responseCode?: number; message?: string };
  const isAboutTheMail = ABOUT_THE_MAIL.has(code ?? '');
  const isFinal = isAboutTheMail && (responseCode === undefined || responseCode >= 500);
  return { outcome: 'refused', isFinal, reason: oneLine(message ?? String(error)) };
};
