import path from 'node:path';
import { build } from 'esbuild';
import { inject } from 'vitest';
import { DEFAULT_INGEST_LIMITS } from '../../src/rendering/openapi/ingest/index.ts';
import { createRenderingPool, type RenderingPool } from '../../src/rendering/pool.ts';
import { ROOT } from './source.ts';

/** Makes one file of what rendering processes run, as the source is now: from many, a process takes a second to start. Answers where. */
export const bundleRenderingProgram = async (): Promise<string> => {
  const outfile = path.join(ROOT, 'node_modules/.cache/portico-tests/pool-child.mjs');
  const entry = path.join(ROOT, 'src/rendering/pool-child.ts');
  await build({ entryPoints: [entry], outfile, bundle: true, packages: 'external', platform: 'node', format: 'esm' });
  return outfile;
};

/** The file that rendering processes of tests run; the tools run the source. */
export const renderingProgram = (): string | undefined => (process.env['VITEST'] ? inject('renderingProgram') : undefined);

/** A pool of one process with a deadline that passes on no machine, however busy. */
export const patientPool = (): RenderingPool =>
  createRenderingPool({ size: 1, program: renderingProgram(), limits: { ...DEFAULT_INGEST_LIMITS, deadlineMs: 120_000 } });
