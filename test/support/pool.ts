import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { inject } from 'vitest';
import { DEFAULT_INGEST_LIMITS } from '../../src/rendering/openapi/ingest/index.ts';
import { createRenderingPool, RenderingError, type RenderingPool, type RenderingPoolOptions } from '../../src/rendering/pool.ts';
import { ROOT } from './source.ts';

/**
 * Makes few files of what rendering processes run, as the source is now: from many, a process takes a second to start. What only some
 * tasks need stays in files of its own, so that no process loads more than it uses.
 */
export const bundleRenderingProgram = async (): Promise<{ readonly file: string; remove(): Promise<void> }> => {
  const parent = path.join(ROOT, 'node_modules/.cache/portico-tests');
  await mkdir(parent, { recursive: true });
  const outdir = await mkdtemp(path.join(parent, 'rendering-'));
  await build({
    entryPoints: [path.join(ROOT, 'src/rendering/pool-child.ts')],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  });
  return { file: path.join(outdir, 'pool-child.mjs'), remove: () => rm(outdir, { recursive: true, force: true }) };
};

/** The file that rendering processes of tests run; the tools run the source. */
export const renderingProgram = (): string | undefined => (process.env['VITEST'] ? inject('renderingProgram') : undefined);

interface Shared {
  readonly pool: RenderingPool;
  readonly users: Set<{ readonly onFailure: RenderingPoolOptions['onFailure'] }>;
}

/** By their options, until the worker of the test run ends. */
const pools = new Map<string, Shared>();

/**
 * A pool as {@link createRenderingPool} makes it, whose processes others use before and after: each that starts costs a second until it
 * is warm. Closing rejects one's own jobs, and leaves the processes to those who come.
 */
export const sharedPool = ({ onFailure, ...options }: RenderingPoolOptions = {}): RenderingPool => {
  const kind = JSON.stringify(options);
  const { pool, users } = pools.get(kind) ?? startShared(options);
  pools.set(kind, { pool, users });
  const user = { onFailure };
  users.add(user);
  let isClosed = false;
  const closing = new Set<() => void>();
  const unlessClosed = <Result>(job: () => Promise<Result>): Promise<Result> =>
    new Promise((resolve, reject) => {
      const refuse = (): void => reject(new RenderingError('closed', 'The rendering pool is closed.'));
      if (isClosed) return refuse();
      closing.add(refuse);
      job()
        .then(resolve, reject)
        .finally(() => closing.delete(refuse));
    });
  return {
    run: (task, input, body) => unlessClosed(() => pool.run(task, input, body)),
    examine: (source, name) => unlessClosed(() => pool.examine(source, name)),
    render: (source, name) => unlessClosed(() => pool.render(source, name)),
    close: async () => {
      isClosed = true;
      users.delete(user);
      for (const refuse of closing) refuse();
    },
  };
};

const startShared = (options: RenderingPoolOptions): Shared => {
  const users: Shared['users'] = new Set();
  const onFailure: RenderingPoolOptions['onFailure'] = (...failure) => {
    for (const user of users) user.onFailure?.(...failure);
  };
  return { pool: createRenderingPool({ program: renderingProgram(), ...options, onFailure }), users };
};

/** A pool of one process with a deadline that passes on no machine, however busy. */
export const patientPool = (): RenderingPool =>
  sharedPool({ size: 1, limits: { ...DEFAULT_INGEST_LIMITS, deadlineMs: 120_000 } });
