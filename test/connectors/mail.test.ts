import { createServer } from 'node:net';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { createMailDelivery } from '../../src/connectors/mail/index.ts';
import type { OutgoingMail } from '../../src/domain/mail/index.ts';
import { type MailServer, startMailServer } from '../support/smtp.ts';

const log = pino({ level: 'silent' });
const FROM = 'Portico <portico@example.com>';

const MAIL: OutgoingMail = {
  id: '019c0000-0000-7000-8000-000000000001',
  senderName: undefined,
  recipient: { name: 'Ada Lovelace', email: 'ada@example.com' },
  subject: 'Confirm your address',
  text: 'Please confirm: https://portal.example.com/login?token=1\n',
  html: '<p>Please confirm</p>',
};

let server: MailServer;
afterEach(() => server?.close());

const send = (mail: Partial<OutgoingMail> = {}, url = server.url) =>
  createMailDelivery({ smtpUrl: url, from: FROM, log })({ ...MAIL, ...mail });

const replying = (responseCode: number) =>
  startMailServer({ refuse: () => Object.assign(new Error('not now'), { responseCode }) });

describe('mails by SMTP', () => {
  it('arrive as text and HTML, from whom and to whom they are', async () => {
    server = await startMailServer();
    expect(await send()).toEqual({ outcome: 'sent' });
    const [received] = server.received;
    expect(received).toMatchObject({ from: 'portico@example.com', to: ['ada@example.com'] });
    expect(received?.mail).toMatchObject({
      subject: MAIL.subject,
      text: MAIL.text,
      html: MAIL.html,
      from: { value: [{ name: 'Portico', address: 'portico@example.com' }] },
      to: { value: [{ name: 'Ada Lovelace', address: 'ada@example.com' }] },
    });
    expect(received?.mail.headers.get('auto-submitted')).toBe('auto-generated');
  });

  it('have the same Message-ID each time they are tried', async () => {
    server = await startMailServer();
    await send();
    await send();
    expect(server.received.map(({ mail }) => mail.messageId)).toEqual(Array(2).fill(`<${MAIL.id}@example.com>`));
  });

  it('log in, and go over TLS where the server has it', async () => {
    server = await startMailServer({
      secure: true,
      authOptional: false,
      onAuth: ({ username, password }, _session, done) =>
        password === 'p@ss word' ? done(null, { user: username }) : done(new Error('Invalid login')),
    });
    const at = (password: string) => `smtps://mailer:${password}@127.0.0.1:${server.port}/?tls.rejectUnauthorized=false`;
    expect(await send({}, at('p%40ss%20word'))).toEqual({ outcome: 'sent' });
    expect(server.received[0]).toMatchObject({ isSecure: true, user: 'mailer' });
    // a wrong setting of ours: no mail may be lost by it
    expect(await send({}, at('wrong'))).toMatchObject({
      outcome: 'refused',
      isFinal: false,
      reason: expect.stringContaining('535'),
    });
  });

  it('go over TLS from STARTTLS on', async () => {
    server = await startMailServer({ onAuth: (_auth, _session, done) => done(null, { user: 'x' }) });
    expect(await send({}, `${server.url}/?tls.rejectUnauthorized=false`)).toEqual({ outcome: 'sent' });
    expect(server.received[0]?.isSecure).toBe(true);
  });

  it('do not go to a server whose certificate is not to be trusted', async () => {
    server = await startMailServer({ secure: true });
    expect(await send()).toMatchObject({ outcome: 'refused', isFinal: false });
    expect(server.received).toEqual([]);
  });

  it('are tried again when the server says later, is full, or is away', async () => {
    server = await replying(451);
    expect(await send()).toMatchObject({ outcome: 'refused', isFinal: false, reason: expect.stringContaining('not now') });
    const { port } = server;
    await server.close();
    expect(await send({}, `smtp://127.0.0.1:${port}`)).toMatchObject({ outcome: 'refused', isFinal: false });
  });

  it('are given up when the server refuses them', async () => {
    server = await replying(550);
    expect(await send()).toMatchObject({ outcome: 'refused', isFinal: true, reason: expect.stringContaining('not now') });
    await server.close();
    server = await startMailServer({
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error('nobody here'), { responseCode: 550 })),
    });
    expect(await send()).toMatchObject({ outcome: 'refused', isFinal: true, reason: expect.stringContaining('nobody here') });
  });

  it('are tried again when the server hangs up in the middle', async () => {
    const rude = createServer((socket) => socket.end('220 hello\r\n'));
    await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
    const address = rude.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    expect(await send({}, `smtp://127.0.0.1:${port}`)).toMatchObject({ outcome: 'refused', isFinal: false });
    rude.close();
  });

  it.each([
    ['a line break', 'Eve\r\nBcc: victim@example.com', 'Eve Bcc: victim@example.com'],
    ['a bare line feed', 'Eve\nX-Evil: 1', 'Eve X-Evil: 1'],
    ['a line separator', 'Eve\u2028Bcc: victim@example.com', 'Eve Bcc: victim@example.com'],
    ['a comma', 'Lovelace, Ada', 'Lovelace, Ada'],
    ['quotes and an address', '"Eve" <victim@example.com>, x', undefined],
    ['letters of the world', 'Ádá Łovelace 李', 'Ádá Łovelace 李'],
    ['something encoded', '=?utf-8?q?Eve=0D=0ABcc:_victim@example.com?=', undefined],
    ['nothing', '', ''],
  ])('make no header of a name with %s', async (_what, name, expected) => {
    server = await startMailServer();
    expect(await send({ recipient: { name, email: 'eve@example.com' }, senderName: name, subject: `Hello ${name}` })).toEqual({
      outcome: 'sent',
    });
    const [received] = server.received;
    expect(received?.to).toEqual(['eve@example.com']);
    const headers = received?.raw.slice(0, received.raw.indexOf('\r\n\r\n')) ?? '';
    const names = headers
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line) => line.slice(0, line.indexOf(':')).toLowerCase());
    expect(names).not.toContain('bcc');
    expect(names).not.toContain('x-evil');
    const { to, from } = received?.mail ?? {};
    expect([to].flat()[0]?.value.map(({ address }) => address)).toEqual(['eve@example.com']);
    expect(from?.value.map(({ address }) => address)).toEqual(['portico@example.com']);
    if (expected !== undefined) expect([to].flat()[0]?.value[0]?.name).toBe(expected);
  });

  it.each([
    'eve@example.com\r\nRCPT TO:<victim@example.com>',
    'eve@example.com>, <victim@example.com',
    'eve@example.com, victim@example.com',
  ])('do not go to more than one by the address %j', async (email) => {
    server = await startMailServer();
    const delivery = await send({ recipient: { name: 'Eve', email } });
    expect(server.received.flatMap(({ to }) => to)).not.toContain('victim@example.com');
    if (delivery.outcome !== 'sent') expect(delivery).toMatchObject({ isFinal: true });
  });
});

describe('mails without a server', () => {
  it('are kept, and their links are in the log', async () => {
    const lines: Record<string, unknown>[] = [];
    const keeping = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) });
    const deliver = createMailDelivery({ smtpUrl: undefined, from: FROM, log: keeping });
    expect(await deliver(MAIL)).toEqual({ outcome: 'kept' });
    expect(lines).toMatchObject([{ to: 'ada@example.com', links: ['https://portal.example.com/login?token=1'] }]);
  });
});
