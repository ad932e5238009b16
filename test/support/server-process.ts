import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from './source.ts';

const PROGRAM = path.join(ROOT, 'dist/cli/portico.js');

/** The built program, running as a process of its own on throw-away data. */
export interface ServerProcess {
  readonly port: number;
  readonly pid: number;
  readonly dataDir: string;
  /** Lines of its log that are errors, parsed. */
  readonly errors: readonly Record<string, unknown>[];
  /** What it has written to stderr. */
  readonly stderr: () => string;
  /** Runs another command of the program on the same data. */
  run(...args: string[]): string;
  /** Sends SIGTERM and answers the exit code. */
  stop(): Promise<number | null>;
  /** Sends a signal without waiting. */
  signal(name: NodeJS.Signals): void;
  readonly exited: Promise<number | null>;
}

/** Starts `portico serve` and waits until it listens. `program`: another build than that of `npm run build`. */
export const startServerProcess = async (
  env: Record<string, string> = {},
  args: readonly string[] = [],
  program: string = PROGRAM,
): Promise<ServerProcess> => {
  const dataDir = env['DATA_DIR'] ?? mkdtempSync(path.join(tmpdir(), 'portico-server-'));
  const environment = { ...process.env, PORT: '0', BASE_URL: 'http://localhost', DATA_DIR: dataDir, LOG_LEVEL: 'info', ...env };
  const child = spawn(process.execPath, [program, 'serve', ...args], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const errors: Record<string, unknown>[] = [];
  let stderr = '';
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const entry = JSON.parse(line) as Record<string, unknown>;
    if (Number(entry['level']) >= 50) errors.push(entry);
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString('utf8');
      const listening = /listens on \S+, port (\d+)/.exec(stderr)?.[1];
      if (listening !== undefined) resolve(Number(listening));
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${stderr}`)));
  });
  return {
    port,
    pid: child.pid ?? 0,
    dataDir,
    errors,
    stderr: () => stderr,
    run: (...command) => execFileSync(process.execPath, [program, ...command], { env: environment, encoding: 'utf8' }),
    signal: (name) => {
      child.kill(name);
    },
    exited,
    stop: async () => {
      child.kill('SIGTERM');
      const code = await exited;
      if (env['DATA_DIR'] === undefined) rmSync(dataDir, { recursive: true, force: true });
      return code;
    },
  };
};

/** Peak resident memory of a process in megabytes; undefined where the system does not tell. */
export const peakMemoryMb = (pid: number): number | undefined => {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
  } catch {
    return undefined;
  }
};

/** Ids of the processes that a process has started and that still run; empty where the system does not tell. */
export const childrenOf = (pid: number): number[] => {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number);
  } catch {
    return [];
  }
};
