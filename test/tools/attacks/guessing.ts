import { TOTP } from 'otpauth';
import type { Answer } from '../../support/app.ts';
import { PASSWORD } from '../../support/developers.ts';
import { type Attack, attack, told } from './attempt.ts';
import { entranceForm, portalForm } from './forms.ts';
import type { Target } from './target.ts';

/** A way in by a password: what it answers to an attempt that comes, as it says, from an address. */
interface Entrance {
  readonly name: string;
  /** somebody whose password is right */
  readonly email: string;
  readonly attempt: (email: string, password: string, address: string) => Promise<Answer>;
  readonly isOpened: (answer: Answer) => boolean;
}

const entrancesOf = (target: Target): Entrance[] => {
  const { mallory, victim, master } = target;
  return [
    {
      name: 'the API of a portal',
      email: victim.email,
      attempt: (email, password, address) =>
        target.request('POST', '/api/v2/developer/authenticate', {
          host: mallory.host,
          headers: { 'x-forwarded-for': address },
          json: { username: email, password },
        }),
      isOpened: ({ status }) => status === 204,
    },
    {
      name: 'the log-in page of a portal',
      email: mallory.email,
      attempt: (email, password, address) => portalForm(target, '/login', { email, password }, { 'x-forwarded-for': address }),
      isOpened: ({ status }) => status === 303,
    },
    {
      name: 'the administration',
      email: master.email,
      attempt: (email, password, address) =>
        entranceForm(target, '/admin/log-in', { email, password }, '', { 'x-forwarded-for': address }),
      isOpened: ({ status }) => status === 303,
    },
  ];
};

/** What is let through before somebody is told to wait: attempts on an account, and attempts from one place. */
const PER_ACCOUNT = 10;
const PER_ADDRESS = 100;

/** Counts how many attempts are judged; the last one has the right password. Succeeds where more are judged, or that one gets in. */
const stuff = async (
  result: Attack,
  { name, email, attempt, isOpened }: Entrance,
  what: string,
  attempts: readonly (readonly [email: string, password: string, address: string])[],
  limit: number,
): Promise<void> => {
  let judged = 0;
  for (const [email, password, address] of attempts) {
    const answer = await attempt(email, password, address);
    if (answer.status === 401) judged++;
    result.try(`${name}, ${what}: ${told(answer)}`, isOpened(answer));
  }
  result.try(`${name}, ${what}: ${judged} of ${attempts.length} passwords were judged`, judged > limit);
  const last = await attempt(email, PASSWORD, attempts.at(-1)?.[2] ?? '');
  result.try(`${name}, ${what}: the right password after ${attempts.length} wrong ones: ${told(last)}`, isOpened(last));
};

const WRONG = ['123456', 'password', 'qwertyuiop', 'letmein', 'correct horse battery'];
const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

/** Many passwords for one account, many accounts from one place, from one address and from what only looks like many. */
export const credentialStuffing = async (target: Target): Promise<Attack[]> => {
  const results: Attack[] = [];
  for (const [n, entrance] of entrancesOf(target).entries()) {
    const result = attack(`credential stuffing: ${entrance.name}`);
    const { email } = entrance;
    const word = (k: number): string => `${WRONG[k % WRONG.length]}${k}`;
    await stuff(
      result,
      entrance,
      'one account, one address',
      times(30, (k) => [email, word(k), `192.0.2.${n}`] as const),
      PER_ACCOUNT,
    );
    await stuff(
      result,
      entrance,
      'one account, many addresses',
      times(60, (k) => [email, word(k), `198.51.100.${k}`] as const),
      PER_ACCOUNT,
    );
    const spelt = (k: number): string => [email.toUpperCase(), ` ${email}`, `${email} `][k % 3] ?? email;
    await stuff(
      result,
      entrance,
      'one account, spelt differently',
      times(40, (k) => [spelt(k), word(k), `203.0.113.${k}`] as const),
      PER_ACCOUNT,
    );
    const many = (k: number): string => `somebody-${n}-${k}@example.com`;
    await stuff(
      result,
      entrance,
      'many accounts, one address',
      times(130, (k) => [many(k), word(k), `192.0.2.${100 + n}`] as const),
      PER_ADDRESS,
    );
    await stuff(
      result,
      entrance,
      'many accounts, one IPv6 network',
      times(130, (k) => [many(k), word(k), `2001:db8:0:${n}::${k.toString(16)}`] as const),
      PER_ADDRESS,
    );
    await stuff(
      result,
      entrance,
      'many accounts, one address that names others before it',
      times(130, (k) => [many(k), word(k), `10.0.0.${k}, 192.0.2.${200 + n}`] as const),
      PER_ADDRESS,
    );
    results.push(result);
  }
  return results;
};

/** Codes of a second factor: guessed, and shown once more. */
export const secondFactor = async (target: Target): Promise<Attack[]> => {
  const result = attack('second factor: guessed, replayed, left out');
  const { master } = target;
  const account = '/admin/us/account/second-factor';
  await target.form(master, account, { password: PASSWORD });
  const page = await target.as(master, 'GET', account);
  const secret =
    /secret=([A-Z2-7]+)/.exec(page.text)?.[1] ?? /\b((?:[A-Z2-7]{4} ?){8})/.exec(page.text)?.[1]?.replaceAll(' ', '') ?? '';
  const totp = new TOTP({ secret });
  const confirmed = await target.form(master, `${account}/confirm`, { code: totp.generate({ timestamp: Date.now() - 30_000 }) });
  result.try(`no second factor could be set up: ${told(confirmed)}`, confirmed.status >= 400);

  const half = async (): Promise<string> => {
    const answer = await entranceForm(target, '/admin/log-in', { email: master.email, password: PASSWORD });
    return (answer.headers['set-cookie'] ?? [])
      .map((line) => line.split(';')[0] ?? '')
      .filter((pair) => pair.startsWith('portico_admin='))
      .join('; ');
  };
  const show = async (cookie: string, code: string): Promise<Answer> =>
    entranceForm(target, '/admin/log-in/second-factor', { code }, cookie);
  const isOpen = (answer: Answer): boolean => answer.status === 303 && !answer.headers.location?.includes('log-in');

  const waiting = await half();
  for (const path of ['/admin/us', '/admin/us/account', '/admin/us/products', '/admin/us/organisation/people']) {
    const answer = await target.request('GET', path, { headers: { cookie: waiting } });
    result.try(`${path} without a second factor: ${told(answer)}`, answer.status === 200);
  }
  const code = totp.generate();
  result.try('the right code was refused', !isOpen(await show(waiting, code)));
  result.try('the same code in the same session', isOpen(await show(waiting, code)));
  const again = await half();
  for (const spelt of [
    code,
    ` ${code}`,
    `${code.slice(0, 3)} ${code.slice(3)}`,
    totp.generate({ timestamp: Date.now() - 30_000 }),
  ])
    result.try(`the code "${spelt}" once more`, isOpen(await show(again, spelt)));
  let judged = 0;
  for (let guess = 0; guess < 40; guess++) {
    const session = guess % 10 === 0 ? await half() : again;
    const answer = await show(session, String(guess * 24_391).padStart(6, '0'));
    if (answer.status !== 429) judged++;
    result.try(`a guessed code: ${told(answer)}`, isOpen(answer));
  }
  result.try(`${judged} guesses were judged`, judged > PER_ACCOUNT);
  return [result];
};
