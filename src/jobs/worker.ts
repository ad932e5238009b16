import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';

/** One kind of work in one place: the jobs of an outbox, the mails to be sent. Lanes do not wait for each other. */
export interface Lane {
  /** for the log */
  readonly name: string;
  /** Does one piece of what is due; answers false when nothing is. */
  readonly doNext: () => Promise<boolean>;
}

/** Does what follows from changes, after them. */
export interface Worker {
  /** Does everything that is due now, one after another. Answers how much that was. @throws the error of a lane */
  runDue(): Promise<number>;
  /** Works from now on, whenever something is due. */
  start(): void;
  /** Says that something may be due. */
  readonly wake: () => void;
  /** Finishes what has begun, begins nothing more. */
  stop(): Promise<void>;
}

export interface WorkerOptions {
  readonly lanes: readonly Lane[];
  readonly log: Logger;
  /** how often to look for what other processes left, and for what has become due, in milliseconds */
  readonly pollMs?: number;
}

/** A worker over lanes; other processes may work on the same databases. */
export const createWorker = ({ lanes, log, pollMs = 1000 }: WorkerOptions): Worker => {
  let running: Promise<unknown> | undefined;
  const stopping = new AbortController();
  const bells = new Map(lanes.map((lane) => [lane, createBell()]));
  const wake = (): void => {
    for (const bell of bells.values()) bell.ring();
  };

  /** Whether a lane did something; requests get their turn in between. */
  const step = async (lane: Lane): Promise<boolean> => {
    const done = await lane.doNext();
    if (done) await nextTurn();
    return done;
  };

  const work = async (lane: Lane, bell: Bell): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        // one lane's work may be what another waits for
        if (await step(lane)) wake();
        else await bell.wait(pollMs);
      } catch (error) {
        log.error({ err: error, lane: lane.name }, 'work could not be done and will be tried again');
        await pause(pollMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  };

  return {
    wake,
    runDue: async () => {
      let count = 0;
      for (let before = -1; before < count; ) {
        before = count;
        for (const lane of lanes) while (await step(lane)) count++;
      }
      return count;
    },
    start: () => {
      running ??= Promise.all([...bells].map(([lane, bell]) => work(lane, bell)));
    },
    stop: async () => {
      stopping.abort();
      wake();
      await running;
    },
  };
};

interface Bell {
  ring(): void;
  /** Until it rings, or has rung since the last wait, or the time is over. */
  wait(milliseconds: number): Promise<void>;
}

const createBell = (): Bell => {
  let hasRung = false;
  let answer: (() => void) | undefined;
  return {
    ring: () => {
      hasRung = true;
      answer?.();
    },
    wait: (milliseconds) =>
      new Promise((resolve) => {
        const end = (): void => {
          clearTimeout(timer);
          answer = undefined;
          hasRung = false;
          resolve();
        };
        const timer = setTimeout(end, milliseconds);
        if (hasRung) end();
        else answer = end;
      }),
  };
};
