import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../support/source.ts';

/** Starts the bare server on a folder of answers and the data of an installation. */
export const startPeer = async (folder: string, dataDir: string): Promise<{ port: number; stop(): void }> => {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(ROOT, 'test/bench/bare-server.ts'), folder], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve((JSON.parse(line) as { port: number }).port));
    child.once('exit', (code) => reject(new Error(`the peer ended with ${code}`)));
  });
  return { port, stop: () => void child.kill() };
};
