import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MATRIX_HOLES, withHole } from '../../support/holes.ts';
import { ROOT } from '../../support/source.ts';

/** Runs the matrix against a copy of the program with holes in it. Answers its exit code: 0 would mean that it sees none of them. */
export const breakAndRun = (): number => {
  const copy = mkdtempSync(path.join(tmpdir(), 'portico-broken-'));
  try {
    for (const name of ['src', 'views', 'static', 'data/seed', 'test', 'package.json', 'tsconfig.json'])
      cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true });
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
    for (const hole of MATRIX_HOLES) {
      const place = path.join(copy, hole.file);
      writeFileSync(place, withHole(readFileSync(place, 'utf8'), hole));
    }
    const args = ['--import', 'tsx', path.join(copy, 'test/tools/matrix.ts')];
    return spawnSync(process.execPath, args, { cwd: copy, stdio: 'inherit' }).status ?? 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
};
