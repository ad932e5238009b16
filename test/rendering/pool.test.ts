import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { DEFAULT_INGEST_LIMITS, decodeFragment } from '../../src/rendering/openapi/ingest/index.ts';
import type { RenderingPool, RenderingPoolOptions } from '../../src/rendering/pool.ts';
import { createRenderingPool, RenderingError } from '../../src/rendering/pool.ts';
import { renderingProgram } from '../support/pool.ts';

const pools: RenderingPool[] = [];
const startPool = (options: RenderingPoolOptions = {}): RenderingPool => {
  const pool = createRenderingPool({ size: 1, program: renderingProgram(), ...options });
  pools.push(pool);
  return pool;
};
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

const HEAD = 'openapi: 3.0.0\ninfo: {title: Pets, version: "1"}\n';
const small = Buffer.from(`${HEAD}paths: {/pets: {get: {operationId: listPets, responses: {200: {description: ok}}}}}`);

const render = async (pool: RenderingPool, markdown: string) =>
  (await pool.run('renderDocument', { base: '/docs', images: undefined }, Buffer.from(markdown))).result;

/** A valid document with many operations. */
const large = (operations: number): Buffer => {
  const description = 'All that there is to be said about it. '.repeat(20);
  const paths = Array.from({ length: operations }, (_, index) => [
    `/things/${index}`,
    { get: { operationId: `get${index}`, description, responses: { 200: { description: 'ok' } } } },
  ]);
  return Buffer.from(
    JSON.stringify({ openapi: '3.1.0', info: { title: 'Things', version: '1' }, paths: Object.fromEntries(paths) }),
  );
};

/** Process ids of the children of this process that run the pool's entry (Linux), but for those of the tests before these. */
const childPids = (): number[] => runningPids().filter((pid) => !others.has(pid));

const runningPids = (): number[] =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        return (
          readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(process.pid) &&
          readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('pool-child')
        );
      } catch {
        return false;
      }
    })
    .map(Number);
const others = new Set(runningPids());

describe('ingestion through the pool', () => {
  test('an accepted document comes back as index and fragments', async () => {
    const outcome = await startPool().render(small, 'pets.yaml');
    expect(outcome).toMatchObject({
      accepted: true,
      format: 'yaml',
      findings: [],
      reference: { title: 'Pets', specVersion: '3.0.0', operations: [{ address: 'listPets', method: 'get', path: '/pets' }] },
    });
    if (!outcome.accepted) return;
    expect(outcome.fragments.map(({ kind, key }) => [kind, key])).toEqual([
      ['overview', ''],
      ['operation', 'listPets'],
      ['schemas', ''],
    ]);
    expect(decodeFragment(outcome.fragments[1]?.html ?? new Uint8Array())).toContain('/pets');
  });

  test('an examined document comes back as the same index', async () => {
    const pool = startPool();
    const rendered = await pool.render(small, 'pets.yaml');
    if (!rendered.accepted) throw new Error(rendered.findings[0]?.message);
    expect(await pool.examine(small, 'pets.yaml')).toEqual({ ...rendered, fragments: [] });
  });

  test('a large result arrives whole and in order', async () => {
    const outcome = await startPool().render(large(2_000), 'things.json');
    if (!outcome.accepted) throw new Error(outcome.findings[0]?.message);
    const addresses = Array.from({ length: 2_000 }, (_, index) => `get${index}`);
    expect(outcome.reference.operations.map(({ address }) => address)).toEqual(addresses);
    expect(outcome.fragments.filter(({ kind }) => kind === 'operation').map(({ key }) => key)).toEqual(addresses);
  });

  test('a refused document says why', async () => {
    await expect(startPool().render(Buffer.from('openapi: 3.0.0\n\tx'), 'a.yaml')).resolves.toMatchObject({
      accepted: false,
      findings: [{ rule: 'yaml-syntax', line: 2, column: 1 }],
    });
  });

  test('a document over the size limit is refused without a child', async () => {
    const pool = startPool({ limits: { ...DEFAULT_INGEST_LIMITS, maxBytes: 10 } });
    await expect(pool.render(small, 'a.yaml')).resolves.toMatchObject({ accepted: false, findings: [{ rule: 'size' }] });
    expect(childPids()).toEqual([]);
  });
});

describe('a document that harms its process', () => {
  test('is refused when the deadline passes, and the next one gets a new process', async () => {
    const failures: RenderingError[] = [];
    const pool = startPool({ limits: { ...DEFAULT_INGEST_LIMITS, deadlineMs: 1 }, onFailure: (error) => failures.push(error) });
    const tookLonger = (seconds: number) => ({
      accepted: false,
      findings: [
        {
          severity: 'error',
          rule: 'deadline',
          message: `The document could not be processed. Processing took longer than ${seconds} seconds.`,
        },
      ],
    });
    await expect(pool.examine(small, 'a.yaml')).resolves.toEqual(tookLonger(0.001));
    // Nobody waits for it.
    await expect(pool.render(small, 'a.yaml')).resolves.toEqual(tookLonger(0.003));
    expect(failures.map(({ reason }) => reason)).toEqual(['deadline', 'deadline']);
    expect(childPids()).toEqual([]);
  });

  test('is refused when memory runs out, and the next one is served', async () => {
    const pool = startPool({ memoryMb: 120, limits: { ...DEFAULT_INGEST_LIMITS, maxNodes: 50_000_000 } });
    // Millions of empty lists are few bytes in the source and many in memory.
    const bomb = Buffer.from(`${HEAD}paths: {}\nx-a: [${'[],'.repeat(4_000_000)}]`);
    await expect(pool.render(bomb, 'bomb.yaml')).resolves.toMatchObject({
      accepted: false,
      findings: [
        { rule: 'memory', message: 'The document could not be processed. Processing needed more than 120 MB of memory.' },
      ],
    });
    await expect(pool.render(small, 'a.yaml')).resolves.toMatchObject({ accepted: true });
  });

  test('is refused when its process is killed from outside', async () => {
    const pool = startPool();
    const outcome = pool.render(large(5_000), 'things.json');
    const [pid] = childPids();
    if (!pid) throw new Error('no child has been started');
    process.kill(pid, 'SIGKILL');
    await expect(outcome).resolves.toMatchObject({ accepted: false, findings: [{ rule: 'crashed' }] });
    await expect(pool.render(small, 'a.yaml')).resolves.toMatchObject({ accepted: true });
  });
});

describe('Markdown through the pool', () => {
  test('a document comes back as HTML and outline', async () => {
    const { html, outline } = await render(startPool(), '# Pets\n\n[Keys](./keys.md)');
    expect(html).toContain('href="/docs/keys"');
    expect(outline).toMatchObject([{ text: 'Pets' }]);
  });

  test('specifications are examined before others are rendered', async () => {
    const pool = startPool({ size: 2 });
    const done: string[] = [];
    const note = (name: string) => () => void done.push(name);
    await Promise.all([
      pool.render(large(500), 'a.json').then(note('first rendered')),
      pool.render(large(500), 'b.json').then(note('second rendered')),
      pool.examine(large(500), 'c.json').then(note('examined')),
    ]);
    expect(done).toEqual(['first rendered', 'examined', 'second rendered']);
  });

  test('does not wait until all specifications are ingested', async () => {
    const pool = startPool({ size: 2 });
    const done: string[] = [];
    const note = (name: string) => () => void done.push(name);
    await Promise.all([
      pool.render(large(2_000), 'a.json').then(note('first specification')),
      pool.render(large(2_000), 'b.json').then(note('second specification')),
      render(pool, '# Pets').then(note('document')),
    ]);
    expect(done.indexOf('document')).toBeLessThan(done.indexOf('second specification'));
  });
});

describe('processes', () => {
  test('there are at most as many as the pool may have, and they are kept for the next job', async () => {
    const pool = startPool({ size: 2 });
    expect(childPids()).toEqual([]);
    await Promise.all(
      Array.from({ length: 6 }, (_, index) => (index % 2 ? pool.render(small, 'a.yaml') : render(pool, '# Pets'))),
    );
    const pids = childPids();
    expect(pids).toHaveLength(2);
    await pool.render(small, 'a.yaml');
    expect(childPids()).toEqual(pids);
  });

  test('what nobody waits for is done in one of its own, and what somebody waits for where that was done before', async () => {
    const pool = startPool({ size: 2 });
    await render(pool, '# Pets');
    const first = childPids();
    expect(first).toHaveLength(1);
    await pool.render(small, 'a.yaml');
    const both = childPids();
    expect(both).toHaveLength(2);
    await pool.render(small, 'a.yaml');
    await render(pool, '# Pets');
    expect(childPids()).toEqual(both);
    process.kill(Number(first[0]), 'SIGKILL');
    await expect(render(pool, '# Pets')).rejects.toMatchObject({ reason: 'crashed' });
  });

  test('they are ended when they have had nothing to do for a while', async () => {
    const pool = startPool({ idleMs: 1 });
    await pool.render(small, 'a.yaml');
    await expect.poll(childPids).toEqual([]);
    await expect(pool.render(small, 'a.yaml')).resolves.toMatchObject({ accepted: true });
  });

  test('closing ends them, rejects what waits and what comes', async () => {
    const pool = startPool();
    const jobs = Promise.allSettled([pool.render(large(3_000), 'a.json'), pool.render(small, 'b.yaml')]);
    await pool.close();
    expect(childPids()).toEqual([]);
    expect(
      (await jobs).map((job) => job.status === 'rejected' && job.reason instanceof RenderingError && job.reason.reason),
    ).toEqual(['closed', 'closed']);
    await expect(pool.render(small, 'a.yaml')).rejects.toMatchObject({ reason: 'closed' });
  });

  test('more jobs than may wait are rejected', async () => {
    const pool = startPool({ queueLimit: 1 });
    const [first, second, third] = await Promise.allSettled([
      pool.render(small, 'a'),
      pool.render(small, 'b'),
      pool.render(small, 'c'),
    ]);
    expect([first?.status, second?.status]).toEqual(['fulfilled', 'fulfilled']);
    expect(third).toMatchObject({ status: 'rejected', reason: { reason: 'busy' } });
  });

  test('an idle pool does not keep its process alive', async () => {
    const source = `
      const { createRenderingPool } = await import(${JSON.stringify(new URL('../../src/rendering/pool.ts', import.meta.url).href)});
      const outcome = await createRenderingPool().render(Buffer.from(${JSON.stringify(small.toString())}), 'a.yaml');
      console.log(outcome.accepted);`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', source], {
      timeout: 15_000,
    });
    expect(stdout.trim()).toBe('true');
  });
});
