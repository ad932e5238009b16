import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as a server got it. */
export interface ReceivedMail {
  /** addresses of the envelope */
  readonly from: string;
  readonly to: readonly string[];
  /** whether it came over TLS */
  readonly isSecure: boolean;
  readonly user: string | undefined;
  readonly raw: string;
  readonly mail: ParsedMail;
}

export interface MailServer {
  readonly port: number;
  /** `smtp://127.0.0.1:port` */
  readonly url: string;
  readonly received: readonly ReceivedMail[];
  /** The first mail that arrived, or will arrive, for which this holds. */
  arrival(isWanted: (received: ReceivedMail) => boolean): Promise<ReceivedMail>;
  close(): Promise<void>;
}

/** A real SMTP server on a free port of the loopback. `refuse` answers an error instead of taking a mail. */
export const startMailServer = async (
  options: SMTPServerOptions & { refuse?: (mail: ReceivedMail) => (Error & { responseCode: number }) | undefined } = {},
): Promise<MailServer> => {
  const { refuse, ...serverOptions } = options;
  const received: ReceivedMail[] = [];
  const waiting = new Set<{ isWanted: (received: ReceivedMail) => boolean; resolve: (received: ReceivedMail) => void }>();
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: options.secure || options.onAuth ? [] : ['STARTTLS'],
    logger: false,
    ...serverOptions,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', async () => {
        const raw = Buffer.concat(chunks);
        const { mailFrom, rcptTo } = session.envelope;
        const item: ReceivedMail = {
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          isSecure: session.secure,
          user: session.user,
          raw: raw.toString('utf8'),
          mail: await simpleParser(raw),
        };
        const refusal = refuse?.(item);
        if (refusal) {
          done(refusal);
          return;
        }
        received.push(item);
        for (const waiter of waiting)
          if (waiter.isWanted(item)) {
            waiting.delete(waiter);
            waiter.resolve(item);
          }
        done();
      });
    },
  });
  server.on('error', () => undefined); // connections that break off
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    url: `smtp${options.secure ? 's' : ''}://127.0.0.1:${port}`,
    received,
    arrival: (isWanted) => {
      const there = received.find(isWanted);
      if (there) return Promise.resolve(there);
      return new Promise((resolve) => waiting.add({ isWanted, resolve }));
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};

/** The links that a mail's text holds. */
export const linksOf = ({ mail }: ReceivedMail): string[] => mail.text?.match(/https?:\/\/\S+/g) ?? [];
