import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createRenderingPool } from '../../src/rendering/pool.ts';
import { childrenOf, peakMemoryMb } from '../support/server-process.ts';
import { ROOT } from '../support/source.ts';
import { largeSpecification } from './material.ts';
import { median, printTable, round } from './measure.ts';

const LARGEST = 6;
const RUNS = 3;

/** What one reading of a document took, in milliseconds; memory in megabytes. */
interface Run {
  readonly peer: number;
  readonly accepted: number;
  readonly whole: number;
  readonly loopP99: number;
  readonly memory: number;
}

/**
 * Reading the largest documents, until they are accepted and until all of their HTML is there, against parsing and one bundle of the same
 * document by openapi-core; and how the event loop fares meanwhile.
 */
export const benchIngest = async (): Promise<void> => {
  const work = mkdtempSync(path.join(tmpdir(), 'portico-bench-'));
  const rows: (string | number)[][] = [];
  const ratios: Record<string, number> = {};
  const whole: Record<string, number> = {};
  const loopP99: Record<string, number> = {};
  try {
    for (const file of documents(work)) {
      const name = path.basename(file).replace(/\.\w+$/, '');
      const runs: Run[] = [];
      for (let run = 0; run < RUNS; run++) runs.push(await readOnce(file));
      const of = (key: keyof Run): number => median(runs.map((run) => run[key]));
      ratios[name] = round(of('accepted') / of('peer'));
      whole[name] = round(of('whole') / of('peer'));
      loopP99[name] = round(of('loopP99'), 1);
      const memory = Math.max(...runs.map((run) => run.memory));
      rows.push([
        name,
        `${round(statSync(file).size / 1e6, 1)} MB`,
        `${Math.round(of('peer'))} ms`,
        `${Math.round(of('accepted'))} ms`,
        ratios[name],
        `${Math.round(of('whole'))} ms`,
        whole[name],
        `${loopP99[name]} ms`,
        memory > 0 ? `${memory} MB` : '-',
      ]);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  printTable(
    ['document', 'size', 'parse + bundle', 'accepted', 'ratio', 'whole reference', 'ratio', 'loop delay p99', 'child peak'],
    rows,
  );
  console.log(
    JSON.stringify({ bench: 'ingest', ratios: { ...ratios, worst: Math.max(...Object.values(ratios)) }, whole, loopP99 }),
  );
};

const readOnce = async (file: string): Promise<Run> => {
  const bytes = readFileSync(file);
  const name = path.basename(file);
  const peer = Number(
    execFileSync(process.execPath, ['--import', 'tsx', path.join(ROOT, 'test/bench/bundle-once.ts'), file], { encoding: 'utf8' }),
  );
  const pool = createRenderingPool({ size: 1 });
  await pool.render(Buffer.from('openapi: 3.1.0\ninfo: {title: warm, version: "1"}\npaths: {}\n'), 'warm.yaml');
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const started = performance.now();
  const examined = await pool.examine(bytes, name);
  const accepted = performance.now() - started;
  await pool.render(bytes, name);
  const whole = performance.now() - started;
  delay.disable();
  const memory = Math.max(0, ...childrenOf(process.pid).map((pid) => peakMemoryMb(pid) ?? 0));
  await pool.close();
  if (!examined.accepted) throw new Error(`${name} was refused: ${examined.findings[0]?.message}`);
  return { peer, accepted, whole, loopP99: delay.percentile(99) / 1e6, memory };
};

const documents = (work: string): string[] => {
  const corpus = path.join(process.env['SHARED_DIR'] ?? path.join(ROOT, '../shared'), 'corpus');
  if (existsSync(corpus))
    return readdirSync(corpus)
      .map((name) => path.join(corpus, name))
      .sort((a, b) => statSync(b).size - statSync(a).size)
      .slice(0, LARGEST);
  const file = path.join(work, 'generated.json');
  writeFileSync(file, largeSpecification(3000));
  return [file];
};
