import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { ContextWithPorts } from '../domain/context.ts';
import { listDueRenderings, renderSpecification } from '../domain/products/index.ts';
import type { RegionCode } from '../domain/regions/index.ts';

/**
 * Renders references in the background: of documents that were just accepted, and of those that an older version of the program
 * rendered. The databases know what is to be rendered; here is only the order in which this process does it.
 */
export interface ReferenceRenderer {
  /** Has a document rendered after those that came before. */
  schedule(region: RegionCode, contentHash: string): void;
  /** Has a document rendered before those that nobody waits for. Resolves when that is settled, or has taken too long to wait on. */
  hurry(region: RegionCode, contentHash: string): Promise<void>;
  /** Schedules whatever is to be rendered, now and from time to time: what was cut off, here or in other processes, is not forgotten. */
  start(): Promise<void>;
  /** Resolves when nothing is scheduled or underway. */
  idle(): Promise<void>;
  /** Begins nothing more, and keeps nobody waiting. What is underway ends with the pool that does it. */
  stop(): void;
}

export interface ReferenceRendererOptions {
  readonly regions: readonly RegionCode[];
  readonly contextOf: (region: RegionCode) => ContextWithPorts | undefined;
  readonly log: Logger;
  /** How long somebody waits for a document, in milliseconds. */
  readonly patienceMs?: number;
}

interface Rendering {
  readonly region: RegionCode;
  readonly contentHash: string;
  /** Answers whether waiting longer is of no use; false while another process is at it. */
  readonly over: Promise<boolean>;
  readonly end: (isOver: boolean) => void;
  wanted: boolean;
}

/** Documents that are rendered at the same time, all but one of them because somebody waits. */
const MAX_UNDERWAY = 2;
const PATIENCE_MS = 10_000;
/** How often somebody who waits for another process looks again. */
const POLL_MS = 200;
const SWEEP_MS = 60_000;

export const createReferenceRenderer = (options: ReferenceRendererOptions): ReferenceRenderer => {
  const { regions, contextOf, log, patienceMs = PATIENCE_MS } = options;
  const scheduled = new Map<string, Rendering>();
  const underway = new Map<string, Rendering>();
  /** Ends the waiting of everybody who waits. */
  const waiters = new Set<() => void>();
  let isStopped = false;
  let sweep: NodeJS.Timeout | undefined;
  const whenIdle: (() => void)[] = [];

  const next = (): [string, Rendering] | undefined =>
    [...scheduled].find(([, { wanted }]) => wanted) ?? (underway.size === 0 ? scheduled.entries().next().value : undefined);

  const proceed = (): void => {
    const found = isStopped || underway.size >= MAX_UNDERWAY ? undefined : next();
    if (found) {
      const [key, rendering] = found;
      scheduled.delete(key);
      underway.set(key, rendering);
      void run(key, rendering);
      proceed();
    } else if (scheduled.size + underway.size === 0) {
      for (const resolve of whenIdle.splice(0)) resolve();
    }
  };

  const run = async (key: string, { region, contentHash, end }: Rendering): Promise<void> => {
    let isOver = true;
    try {
      const ctx = contextOf(region);
      isOver = ctx === undefined || (await renderSpecification(ctx, contentHash));
    } catch (error) {
      if (!isStopped) log.error({ err: error, region, contentHash }, 'a reference could not be rendered');
    }
    underway.delete(key);
    end(isOver);
    proceed();
  };

  const add = (region: RegionCode, contentHash: string, wanted: boolean): Promise<boolean> => {
    if (isStopped) return Promise.resolve(true);
    const key = `${region} ${contentHash}`;
    let rendering = underway.get(key) ?? scheduled.get(key);
    if (!rendering) {
      let end: Rendering['end'] = () => undefined;
      const over = new Promise<boolean>((resolve) => {
        end = resolve;
      });
      rendering = { region, contentHash, over, end, wanted };
      scheduled.set(key, rendering);
    }
    rendering.wanted ||= wanted;
    proceed();
    return rendering.over;
  };

  const scheduleDue = async (): Promise<void> => {
    for (const region of regions) {
      const ctx = contextOf(region);
      for (const contentHash of ctx ? await listDueRenderings(ctx) : []) void add(region, contentHash, false);
    }
  };

  const trySchedule = (): Promise<void> =>
    scheduleDue().catch((error: unknown) => {
      if (!isStopped) log.error({ err: error }, 'what references are to be rendered could not be found out');
    });

  /** How long somebody waits: until it is over, they need it no longer, or everything stops. */
  const startPatience = (): { over: Promise<true>; end: () => void } => {
    let end: () => void = () => undefined;
    const over = new Promise<true>((resolve) => {
      const timer = setTimeout(() => end(), patienceMs);
      end = () => {
        clearTimeout(timer);
        waiters.delete(end);
        resolve(true);
      };
      waiters.add(end);
    });
    return { over, end };
  };

  return {
    schedule: (region, contentHash) => void add(region, contentHash, false),
    hurry: async (region, contentHash) => {
      const { over, end } = startPatience();
      while (!(await Promise.race([over, add(region, contentHash, true)])))
        await Promise.race([over, delay(POLL_MS, undefined, { ref: false })]);
      end();
    },
    start: async () => {
      clearInterval(sweep);
      sweep = setInterval(() => void trySchedule(), SWEEP_MS).unref();
      await trySchedule();
    },
    idle: () =>
      new Promise((resolve) => {
        whenIdle.push(resolve);
        proceed();
      }),
    stop: () => {
      isStopped = true;
      clearInterval(sweep);
      for (const end of waiters) end();
      for (const { end } of scheduled.values()) end(true);
      scheduled.clear();
      proceed();
    },
  };
};
