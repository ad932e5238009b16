import { afterAll, expect, it } from 'vitest';
import { documentNodes } from '../../src/adapters/document-nodes.ts';
import { markdownToAst } from '../../src/rendering/markdown/index.ts';
import { RenderingError, type RenderingPool } from '../../src/rendering/pool.ts';
import { patientPool } from '../support/pool.ts';

const pool = patientPool();
afterAll(() => pool.close());

const LONG = '# Title\n\nSome *text* with [a link](to), ünïcode and more of it.\n\n'.repeat(20_000);

/** A pool that counts its jobs, or fails them. */
const counting = (failure?: RenderingError) => {
  const jobs: string[] = [];
  const run: RenderingPool['run'] = (task, ...rest) => {
    jobs.push(task);
    return failure ? Promise.reject(failure) : pool.run(task, ...rest);
  };
  return { run, jobs };
};

it('a short document becomes a tree of nodes at once, a long one in the pool, both alike', async () => {
  const { run, jobs } = counting();
  const nodesOf = documentNodes({ run });
  expect(JSON.parse(String(await nodesOf('# Title')))).toEqual(markdownToAst('# Title'));
  expect(jobs).toEqual([]);
  expect(JSON.parse(String(await nodesOf(LONG)))).toEqual(markdownToAst(LONG));
  expect(jobs).toEqual(['documentNodes']);
});

it('a pool in which too much is waiting keeps nobody from it; one that fails does', async () => {
  const busy = counting(new RenderingError('busy', 'busy'));
  expect(JSON.parse(String(await documentNodes(busy)(LONG)))).toEqual(markdownToAst(LONG));
  const slow = counting(new RenderingError('deadline', 'slow'));
  await expect(documentNodes(slow)(LONG)).rejects.toMatchObject({ kind: 'unavailable' });
});
