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

/** Reading the largest documents, against parsing and one bundle of the same document by openapi-core; and how the event loop fares meanwhile. */
export const benchIngest = async (): Promise<void> => {
  const work = mkdtempSync(path.join(tmpdir(), 'portico-bench-'));
  const rows: (string | number)[][] = [];
  const ratios: Record<string, number> = {};
  const loopP99: Record<string, number> = {};
  try {
    for (const file of documents(work)) {
      const bytes = readFileSync(file);
      const name = path.basename(file).replace(/\.\w+$/, '');
      const ours: number[] = [];
      const peers: number[] = [];
      const delays: number[] = [];
      let memory = 0;
      for (let run = 0; run < RUNS; run++) {
        peers.push(
          Number(
            execFileSync(process.execPath, ['--import', 'tsx', path.join(ROOT, 'test/bench/bundle-once.ts'), file], {
              encoding: 'utf8',
            }),
          ),
        );
        const pool = createRenderingPool({ size: 1 });
        await pool.ingest(Buffer.from('openapi: 3.1.0\ninfo: {title: warm, version: "1"}\npaths: {}\n'), 'warm.yaml');
        const delay = monitorEventLoopDelay({ resolution: 5 });
        delay.enable();
        const started = performance.now();
        const outcome = await pool.ingest(bytes, path.basename(file));
        ours.push(performance.now() - started);
        delay.disable();
        delays.push(delay.percentile(99) / 1e6);
        memory = Math.max(memory, ...childrenOf(process.pid).map((pid) => peakMemoryMb(pid) ?? 0));
        await pool.close();
        if (!outcome.accepted) throw new Error(`${name} was refused: ${outcome.findings[0]?.message}`);
      }
      ratios[name] = round(median(ours) / median(peers));
      loopP99[name] = round(median(delays), 1);
      rows.push([
        name,
        `${round(bytes.length / 1e6, 1)} MB`,
        `${Math.round(median(ours))} ms`,
        `${Math.round(median(peers))} ms`,
        ratios[name] ?? 0,
        `${loopP99[name]} ms`,
        memory > 0 ? `${memory} MB` : '-',
      ]);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  printTable(['document', 'size', 'ingestion', 'parse + bundle', 'ratio', 'loop delay p99', 'child peak'], rows);
  console.log(JSON.stringify({ bench: 'ingest', ratios: { ...ratios, worst: Math.max(...Object.values(ratios)) }, loopP99 }));
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
