import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from './source.ts';

/** A place of the built program, and what stands there in a broken one. */
export interface Hole {
  /** below `dist` */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** A copy of the build with holes in it: tools that look for errors have to find them there. Answers its program. */
export const breakBuild = (holes: readonly Hole[]): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'portico-broken-'));
  for (const name of ['node_modules', 'src', 'views', 'static', 'data'])
    symlinkSync(path.join(ROOT, name), path.join(folder, name));
  cpSync(path.join(ROOT, 'package.json'), path.join(folder, 'package.json'));
  cpSync(path.join(ROOT, 'dist'), path.join(folder, 'dist'), { recursive: true });
  for (const { file, from, to } of holes) {
    const place = path.join(folder, 'dist', file);
    const code = readFileSync(place, 'utf8');
    if (!code.includes(from)) throw new Error(`${file} has changed: nobody knows any more how to break it`);
    writeFileSync(place, code.replace(from, to));
  }
  return path.join(folder, 'dist/cli/portico.js');
};
