import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ATTACK_HOLES, CRASH_HOLES, MATRIX_HOLES, PAYLOAD_HOLES, withHole } from '../support/holes.ts';
import { ROOT } from '../support/source.ts';

it.each(
  [...PAYLOAD_HOLES, ...ATTACK_HOLES, ...CRASH_HOLES]
    .map((hole) => ({ ...hole, file: `dist/${hole.file}` }))
    .concat(MATRIX_HOLES),
)('tools that look for errors can break $file', (hole) => {
  const code = readFileSync(path.join(ROOT, hole.file), 'utf8');
  expect(withHole(code, hole)).not.toBe(code);
});
