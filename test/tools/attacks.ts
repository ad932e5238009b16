/**
 * Attacks a running installation over HTTP, by everything that is known to work against programs like it, and prints what came of each
 * attack. Every row was really tried.
 *
 *     npm run attacks [-- --only NAME] [--break]
 *
 * --only     the kinds whose names match this expression
 * --break    attacks a build that is broken on purpose, which has to be noticed
 */
import { parseArgs } from 'node:util';
import { breakBuild } from '../support/broken-build.ts';
import { ATTACK_HOLES } from '../support/holes.ts';
import { type Attack, attack } from './attacks/attempt.ts';
import { enumeration } from './attacks/enumeration.ts';
import { forgedRequests } from './attacks/forged-requests.ts';
import { credentialStuffing, secondFactor } from './attacks/guessing.ts';
import { hostAttacks } from './attacks/hosts.ts';
import { hostileImages } from './attacks/images.ts';
import { headerInjection } from './attacks/injection.ts';
import { massAssignment } from './attacks/mass-assignment.ts';
import { oddities } from './attacks/oddities.ts';
import { openRedirects } from './attacks/redirects.ts';
import { sessionAttacks } from './attacks/sessions.ts';
import { tamperedIds } from './attacks/tampered-ids.ts';
import { startTarget, type Target } from './attacks/target.ts';

interface Kind {
  readonly name: string;
  readonly run: (target: Target) => Promise<Attack[]>;
  /** settings of the program, beside the usual ones */
  readonly env?: Record<string, string>;
}

/** Limits as they are usually, behind one proxy that is trusted. */
const LIMITED = { RATE_LIMIT_FACTOR: '1', TRUST_PROXY: '1' };

/** Those come last that leave the world changed. */
const KINDS: readonly Kind[] = [
  { name: 'forged requests', run: forgedRequests },
  { name: 'tampered ids', run: tamperedIds },
  { name: 'sessions', run: sessionAttacks },
  { name: 'redirects', run: openRedirects },
  { name: 'hosts', run: hostAttacks },
  { name: 'enumeration', run: enumeration },
  { name: 'images', run: hostileImages },
  { name: 'oddities', run: oddities },
  { name: 'injection', run: headerInjection },
  { name: 'mass assignment', run: massAssignment },
  { name: 'second factor', run: secondFactor, env: LIMITED },
  { name: 'stuffing', run: credentialStuffing, env: LIMITED },
];

const SHOWN = 25;
const WIDTH = 56;

const show = ({ name, tried, successes, note }: Attack): void => {
  const result = successes.length === 0 ? 'nothing succeeded' : `${successes.length} SUCCEEDED`;
  console.log(`${name.padEnd(WIDTH)} ${String(tried).padStart(6)}  ${result}${note === '' ? '' : `  (${note})`}`);
  for (const success of successes.slice(0, SHOWN)) console.log(`    ${success.slice(0, 240)}`);
  if (successes.length > SHOWN) console.log(`    … and ${successes.length - SHOWN} more`);
};

/** Nobody is logged out by what others send; and whoever is not logged in any more, tries nothing any more. */
const endedSessions = async (before: string, { as, victim, mallory, master, warden }: Target): Promise<Attack> => {
  const result = attack(`sessions ended by others before ${before}`);
  for (const person of [victim, mallory, master, warden]) {
    const { status } = await as(person, 'GET', person.token === null ? '/my-apps' : '/admin/us');
    result.try(`${person.email} is not logged in any more`, status !== 200);
  }
  return result;
};

/** Nothing that is sent may have the program fail. */
const failures = (kind: string, log: readonly Record<string, unknown>[]): Attack => {
  const result = attack(`errors of the program under ${kind}`);
  for (const { msg, err } of log) result.try(`${String(msg)}: ${String((err as Error | undefined)?.message)}`, true);
  return result;
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: { only: { type: 'string', default: '' }, break: { type: 'boolean', default: false } },
  });
  const target = await startTarget(values.break ? breakBuild(ATTACK_HOLES) : undefined);
  let tried = 0;
  let succeeded = 0;
  try {
    console.log(`${'attack'.padEnd(WIDTH)}  tried  result`);
    for (const { name, run, env = {} } of KINDS.filter(({ name }) => new RegExp(values.only).test(name))) {
      await target.restart(env);
      const ended = await endedSessions(name, target);
      const attacks = await run(target);
      const failure: Attack[] = target.log().length === 0 ? [] : [failures(name, target.log())];
      for (const done of [...(ended.successes.length === 0 ? [] : [ended]), ...attacks, ...failure]) {
        show(done);
        tried += done.tried;
        succeeded += done.successes.length;
      }
    }
  } finally {
    await target.close();
  }
  console.log(`attacks ${tried}, succeeded ${succeeded}`);
  return succeeded === 0 ? 0 : 1;
};

process.exitCode = await main();
