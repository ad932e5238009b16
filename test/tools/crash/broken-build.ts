import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../../support/source.ts';

const FILE = 'dist/domain/outbox/work.js';
const WHOLE = 'await act(inside);';
const BROKEN = 'setTimeout(() => { inTransaction(ctx, act).catch(() => undefined); }, 100);';

/** A build in which a job is taken in one transaction and done in another one after it. Answers its program. */
export const breakBuild = (): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'portico-broken-'));
  for (const name of ['node_modules', 'src', 'views', 'static', 'data'])
    symlinkSync(path.join(ROOT, name), path.join(folder, name));
  cpSync(path.join(ROOT, 'package.json'), path.join(folder, 'package.json'));
  cpSync(path.join(ROOT, 'dist'), path.join(folder, 'dist'), { recursive: true });
  const file = path.join(folder, FILE);
  const code = readFileSync(file, 'utf8');
  if (!code.includes(WHOLE)) throw new Error(`${FILE} has changed: this tool no longer knows how to break it`);
  writeFileSync(file, code.replace(WHOLE, BROKEN));
  return path.join(folder, 'dist/cli/portico.js');
};
