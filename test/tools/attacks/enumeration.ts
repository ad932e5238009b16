import type { Answer } from '../../support/app.ts';
import { type Attack, attack } from './attempt.ts';
import { entranceForm, portalForm } from './forms.ts';
import type { Target } from './target.ts';

/** A way to ask about an address. */
interface Question {
  readonly name: string;
  readonly ask: (email: string) => Promise<Answer>;
}

const WRONG = 'not the password at all';

const questionsOf = (target: Target): { developers: Question[]; administrators: Question[] } => {
  const api = (path: string, json: unknown) =>
    target.request('POST', `/api/v2/developer${path}`, { host: target.mallory.host, json });
  return {
    developers: [
      { name: 'log-in, API', ask: (email) => api('/authenticate', { username: email, password: WRONG }) },
      { name: 'forgotten password, API', ask: (email) => api('/forgot-password', { email }) },
      { name: 'sign-up, API', ask: (email) => api('', { email, full_name: 'Somebody' }) },
      { name: 'log-in, page', ask: (email) => portalForm(target, '/login', { email, password: WRONG }) },
      { name: 'forgotten password, page', ask: (email) => portalForm(target, '/forgot-password', { email }) },
      { name: 'sign-up, page', ask: (email) => portalForm(target, '/register', { email, fullName: 'Somebody' }) },
    ],
    administrators: [
      { name: 'log-in, administration', ask: (email) => entranceForm(target, '/admin/log-in', { email, password: WRONG }) },
      {
        name: 'forgotten password, administration',
        ask: (email) => entranceForm(target, '/admin/forgotten-password', { email }),
      },
    ],
  };
};

/** An answer without what differs every time, and without the address that was asked about. */
const essence = ({ status, headers, text }: Answer, email: string): string => {
  const { date: _date, 'x-request-id': _id, etag: _etag, 'content-length': _length, ...rest } = headers;
  const body = text
    .replaceAll(email, '<address>')
    .replace(/name="_csrf" value="[^"]+"/g, '')
    .replace(/"(instance|trace_id)":"[^"]*"/g, '');
  return JSON.stringify([status, rest, body]).replace(/portico_(browser|device)=[^;"]+|Expires=[^;"]+/g, '');
};

const DEVELOPERS = [
  'consumer@example.com',
  'pending@example.com',
  'rejected@example.com',
  'revoked@example.com',
  'CONSUMER@example.com',
];

const byAnswers = async (target: Target): Promise<Attack> => {
  const result = attack('addresses told apart by answers');
  const { developers, administrators } = questionsOf(target);
  const compare = async ({ name, ask }: Question, known: readonly string[], unknown: string): Promise<void> => {
    const usual = essence(await ask(unknown), unknown);
    for (const email of known) {
      const answer = essence(await ask(email), email);
      result.try(`${name}: ${email} is answered ${answer.slice(0, 90)}, ${unknown} ${usual.slice(0, 90)}`, answer !== usual);
    }
  };
  for (const question of developers) await compare(question, DEVELOPERS, 'nobody@example.com');
  for (const question of administrators)
    await compare(question, ['master@example.org', 'person@example.org'], 'nobody@example.org');
  return result;
};

const ROUNDS = 60;
const LAPS = 3;
const WARM = 5;
/** Medians that differ by less than this can be told from the machine's own unrest by nobody who is far away. */
const RATIO = 1.5;
const LEAST_MS = 2;

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await act();
  return performance.now() - started;
};

type Ask = (n: number) => Promise<unknown>;

/** Asks about both in turn. Answers the medians of how long it takes, in milliseconds. */
const lap = async (known: Ask, unknown: Ask, from: number): Promise<readonly [number, number]> => {
  const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] };
  for (let n = from; n < from + ROUNDS; n++) {
    const turn = [
      async () => times.known.push(await timed(() => known(n))),
      async () => times.unknown.push(await timed(() => unknown(n))),
    ];
    for (const act of n % 2 === 0 ? turn : turn.reverse()) await act();
  }
  return [median(times.known.slice(WARM)), median(times.unknown.slice(WARM))];
};

/** What tells somebody apart does so every time: a difference that does not come again was the machine's. */
const race = async (name: string, known: Ask, unknown: Ask): Promise<Attack> => {
  const result = attack(`timing: ${name}`);
  const told: string[] = [];
  for (let n = 0; n < LAPS && told.length === n; n++) {
    const [a, b] = await lap(known, unknown, n * ROUNDS);
    const ratio = Math.max(a, b) / Math.min(a, b);
    result.tried += 2 * ROUNDS;
    result.note = `medians ${a.toFixed(2)} : ${b.toFixed(2)} ms, ratio ${(a / b).toFixed(2)}`;
    if (ratio > RATIO && Math.abs(a - b) > LEAST_MS) told.push(result.note);
  }
  if (told.length === LAPS) result.successes.push(...told);
  return result;
};

const byTime = async (target: Target): Promise<Attack[]> => {
  const { developers, administrators } = questionsOf(target);
  const results: Attack[] = [];
  for (const { name, ask } of developers)
    for (const known of name.startsWith('log-in') ? DEVELOPERS.slice(0, 2) : DEVELOPERS.slice(0, 1))
      results.push(
        await race(
          `${name}, ${known.split('@')[0]} and nobody`,
          () => ask(known),
          (n) => ask(`nobody-${name.replace(/\W/g, '')}-${n}@example.com`),
        ),
      );
  for (const { name, ask } of administrators)
    results.push(
      await race(
        `${name}, known and unknown`,
        () => ask('master@example.org'),
        (n) => ask(`nobody-${n}@example.org`),
      ),
    );
  const { master, request } = target;
  const bearer = (token: string) => request('GET', '/v2/portals/x', { token });
  const real = String(master.token);
  results.push(
    await race(
      'bearer tokens, the first half right and all wrong',
      () => bearer(`${real.slice(0, real.length >> 1)}${'x'.repeat(real.length - (real.length >> 1))}`),
      () => bearer(`kpat_${'x'.repeat(real.length - 5)}`),
    ),
  );
  return results;
};

/** Whether anybody can tell which addresses have an account. */
export const enumeration = async (target: Target): Promise<Attack[]> => [await byAnswers(target), ...(await byTime(target))];
