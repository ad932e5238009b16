/**
 * Kills the server again and again while developers sign up, confirm their addresses, create applications, register them (also both by one
 * form) and make keys, and an administrator approves (and undoes) in the queue: over HTTP, on both databases, with a real mail server. Afterwards everything that was acknowledged has to be there, once,
 * with its event and its mail. What it cannot show is that a disk keeps what it was told to keep: processes die here, not machines.
 *
 *     npm run crash [-- --kills N] [--engine sqlite|postgres] [--break]
 *
 * --kills    how often on each database (default 50)
 * --break    runs a build that is broken on purpose, which has to be noticed
 */
import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Engine } from '../../src/database/columns.ts';
import { connect } from '../../src/database/connect.ts';
import { breakBuild } from '../support/broken-build.ts';
import { CRASH_HOLES } from '../support/holes.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { startServerProcess } from '../support/server-process.ts';
import { type MailServer, startMailServer } from '../support/smtp.ts';
import { acknowledged, type Ledger, newLedger } from './crash/ledger.ts';
import { startLoad } from './crash/load.ts';
import { prepareScene, type Scene } from './crash/scene.ts';
import { type Findings, verify } from './crash/verify.ts';

const CLIENTS = 8;
/** How many acts a process acknowledges at least and at most before it is killed, and how long it may take. */
const LIFE_ACTS = [1, 60] as const;
const LIFE_MS = 20_000;
/** Decisions wait ten seconds, and a mail whose process died two minutes. */
const PATIENCE_MS = 240_000;
const SHOWN = 20;

const isDone = async ({ database }: Scene): Promise<boolean> => {
  const { db, close } = connect(database, { poolSize: 1 });
  const job = await db.selectFrom('outbox').select('id').executeTakeFirst();
  const mail = await db.selectFrom('mails').select('id').where('status', '=', 'queued').executeTakeFirst();
  await close();
  return !job && !mail;
};

/** Answers that nobody should get are no loss, but a failure. */
interface Result extends Findings {
  readonly surprises: readonly string[];
}

/** Lets a process that nobody kills do what is left. */
const settle = async (scene: Scene, program: string | undefined): Promise<void> => {
  const server = await startServerProcess(scene.env, [], program);
  for (let waited = 0; waited < PATIENCE_MS && !(await isDone(scene)); waited += 500) await pause(500);
  await server.stop();
};

/** Lets a process work for a while: until somewhere in the middle of an act. */
const live = async (ledger: Ledger): Promise<void> => {
  const [least, most] = LIFE_ACTS;
  const enough = acknowledged(ledger) + least + Math.random() * (most - least);
  for (const end = Date.now() + LIFE_MS; acknowledged(ledger) < enough && Date.now() < end; ) await pause(5);
  await pause(Math.random() * 20);
};

const crash = async (scene: Scene, kills: number, mails: MailServer, program: string | undefined): Promise<Result> => {
  const ledger = newLedger();
  const load = startLoad(scene, ledger, mails);
  for (let kill = 1; kill <= kills; kill++) {
    const server = await startServerProcess(scene.env, [], program);
    load.port = server.port;
    await live(ledger);
    server.signal('SIGKILL');
    await server.exited;
    load.port = undefined;
    if (kill % 10 === 0) process.stdout.write(`${scene.engine}: ${kill} kills, ${acknowledged(ledger)} acts acknowledged\n`);
  }
  await load.stop();
  await settle(scene, program);
  const findings = await verify(scene, ledger, mails.received);
  for (const surprise of ledger.surprises.slice(0, SHOWN)) process.stdout.write(`  not expected: ${surprise}\n`);
  for (const what of findings.lost.slice(0, SHOWN)) process.stdout.write(`  lost: ${what}\n`);
  for (const what of findings.doubled.slice(0, SHOWN)) process.stdout.write(`  doubled: ${what}\n`);
  const ids = new Set(mails.received.map(({ mail }) => mail.messageId));
  process.stdout.write(
    `${scene.engine}: ${acknowledged(ledger)} acts acknowledged, ${ids.size} mails (${mails.received.length - ids.size} handed over twice under the same Message-ID), lost ${findings.lost.length}, doubled ${findings.doubled.length}\n`,
  );
  return { ...findings, surprises: ledger.surprises };
};

const runOn = async (engine: Engine, kills: number, postgres: PostgresServer, program: string | undefined): Promise<Result> => {
  const mails = await startMailServer();
  const scene = await prepareScene(engine, postgres, mails.url, CLIENTS);
  try {
    return await crash(scene, kills, mails, program);
  } finally {
    await mails.close();
    rmSync(scene.env['DATA_DIR'] ?? '', { recursive: true, force: true });
  }
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '50' },
      engine: { type: 'string' },
      break: { type: 'boolean', default: false },
    },
  });
  const kills = Number(values.kills);
  const engines = (['sqlite', 'postgres'] as const).filter((engine) => values.engine === undefined || engine === values.engine);
  const program = values.break ? breakBuild(CRASH_HOLES) : undefined;
  const postgres = await startPostgres();
  let lost = 0;
  let doubled = 0;
  let surprises = 0;
  try {
    for (const engine of engines) {
      const findings = await runOn(engine, kills, postgres, program);
      lost += findings.lost.length;
      doubled += findings.doubled.length;
      surprises += findings.surprises.length;
    }
  } finally {
    await postgres.stop();
  }
  process.stdout.write(`kills ${kills * engines.length}, lost ${lost}, doubled ${doubled}\n`);
  return lost + doubled + surprises;
};

process.exitCode = (await main()) === 0 ? 0 : 1;
