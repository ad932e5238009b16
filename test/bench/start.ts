import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { send } from '../support/app.ts';
import { startServerProcess } from '../support/server-process.ts';
import { median, printTable, round } from './measure.ts';

const RUNS = 5;

/** From starting the program on an existing database to the first byte of a page, and what it holds in memory when idle. */
export const benchStart = async (): Promise<void> => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'portico-bench-'));
  const env = { DATA_DIR: dataDir, LOG_LEVEL: 'info', NODE_ENV: 'production' };
  try {
    await (await startServerProcess(env, ['--demo'])).stop();
    const seconds: number[] = [];
    const memory: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const started = performance.now();
      const server = await startServerProcess(env);
      await send(server.port, 'GET', '/');
      seconds.push((performance.now() - started) / 1000);
      memory.push(Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
      await server.stop();
    }
    printTable(
      ['start', ''],
      [
        ['first byte', `${round(median(seconds))} s`],
        ['resident memory', `${Math.round(median(memory))} MB`],
      ],
    );
    console.log(JSON.stringify({ bench: 'start', seconds: round(median(seconds)), residentMb: Math.round(median(memory)) }));
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
};
