import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Hole, withHole } from './holes.ts';
import { ROOT } from './source.ts';

/** A copy of the build with holes in it: tools that look for errors have to find them there. Answers its program. */
export const breakBuild = (holes: readonly Hole[]): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'portico-broken-'));
  for (const name of ['node_modules', 'src', 'views', 'static', 'data'])
    symlinkSync(path.join(ROOT, name), path.join(folder, name));
  cpSync(path.join(ROOT, 'package.json'), path.join(folder, 'package.json'));
  cpSync(path.join(ROOT, 'dist'), path.join(folder, 'dist'), { recursive: true });
  for (const hole of holes) {
    const place = path.join(folder, 'dist', hole.file);
    writeFileSync(place, withHole(readFileSync(place, 'utf8'), hole));
  }
  return path.join(folder, 'dist/cli/portico.js');
};
