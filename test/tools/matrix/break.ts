import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../../support/source.ts';

/** Where the program decides, and what lets everybody through there. */
const HOLES: readonly { file: string; from: string; to: string }[] = [
  {
    file: 'src/domain/access/policy.ts',
    from: "  if (actor.kind !== 'administrator') return false;\n",
    to: "  if (actor.kind === 'administrator') return true;\n",
  },
  {
    file: 'src/domain/visibility/visitor.ts',
    from: "portal.isPublic || visitor.kind === 'developer';",
    to: 'true;',
  },
  {
    file: 'src/domain/visibility/visitor.ts',
    from: "  if (visitor.kind === 'anonymous' || !seesByRole(portal)) return assigned;\n",
    to: '  return assigned;\n',
  },
];

/** Runs the matrix against a copy of the program with holes in it. Answers its exit code: 0 would mean that it sees none of them. */
export const breakAndRun = (): number => {
  const copy = mkdtempSync(path.join(tmpdir(), 'portico-broken-'));
  try {
    for (const name of ['src', 'views', 'static', 'data/seed', 'test', 'package.json', 'tsconfig.json'])
      cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true });
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
    for (const { file, from, to } of HOLES) {
      const text = readFileSync(path.join(copy, file), 'utf8');
      if (!text.includes(from)) throw new Error(`${file} does not decide by ${from}`);
      writeFileSync(path.join(copy, file), text.replace(from, to));
    }
    const args = ['--import', 'tsx', path.join(copy, 'test/tools/matrix.ts')];
    return spawnSync(process.execPath, args, { cwd: copy, stdio: 'inherit' }).status ?? 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
};
