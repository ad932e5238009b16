import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../../support/source.ts';

const MANIFEST = path.join(ROOT, 'test/bench/peers');
const FILES = ['package.json', 'package-lock.json'] as const;

/**
 * The folder with the packages of the peers. Installs them the first time, in the system's folder for temporary files, where the next run
 * finds them: they are no dependencies of the project. Nothing of theirs is run but in the browser.
 */
export const installPeers = (): string => {
  const lock = readFileSync(path.join(MANIFEST, 'package-lock.json'));
  const folder = path.join(tmpdir(), `portico-peers-${createHash('sha256').update(lock).digest('hex').slice(0, 12)}`);
  if (!existsSync(folder)) {
    const making = mkdtempSync(`${folder}-`);
    try {
      for (const file of FILES) copyFileSync(path.join(MANIFEST, file), path.join(making, file));
      execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: making, stdio: ['ignore', 2, 2] });
      renameSync(making, folder);
    } finally {
      rmSync(making, { recursive: true, force: true });
    }
  }
  return path.join(folder, 'node_modules');
};
