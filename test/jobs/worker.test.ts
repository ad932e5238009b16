import { type Logger, pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { taskLane } from '../../src/jobs/task-lane.ts';
import { createWorker, type Lane, type Worker } from '../../src/jobs/worker.ts';
import { testClock } from '../support/context.ts';

const log = pino({ level: 'silent' });

/** A lane with a number of things to do; `emptied` resolves whenever it has run out of them. */
const countingLane = (onNothing: () => void = () => undefined) => {
  const lane = { name: 'counting', left: 0, done: 0, doNext: async () => false };
  lane.doNext = async () => {
    if (lane.left === 0) {
      onNothing();
      return false;
    }
    lane.left--;
    lane.done++;
    return true;
  };
  return lane satisfies Lane;
};

describe('the worker', () => {
  it('does everything that is due, also what its own work leads to', async () => {
    const follower = countingLane();
    const leader = countingLane();
    const leading: Lane = {
      name: 'leading',
      doNext: async () => {
        const done = await leader.doNext();
        if (done) follower.left++;
        return done;
      },
    };
    leader.left = 3;
    const worker = createWorker({ lanes: [follower, leading], log });
    expect(await worker.runDue()).toBe(6);
    expect(follower.done).toBe(3);
    expect(await worker.runDue()).toBe(0);
  });

  it('works when it is woken, without waiting for the next look', async () => {
    let sawNothing: () => void = () => undefined;
    const nothing = () => new Promise<void>((resolve) => (sawNothing = resolve));
    const lane = countingLane(() => sawNothing());
    const worker = createWorker({ lanes: [lane], log, pollMs: 3_600_000 });
    let looked = nothing();
    worker.start();
    await looked;
    for (let round = 1; round <= 3; round++) {
      looked = nothing();
      lane.left = 2;
      worker.wake();
      await looked;
      expect(lane.done).toBe(2 * round);
    }
    await worker.stop();
  });

  it('looks by itself for what others left', async () => {
    let looks = 0;
    const worker = await new Promise<ReturnType<typeof createWorker>>((resolve) => {
      const lane: Lane = {
        name: 'looking',
        doNext: async () => {
          if (++looks === 3) resolve(started);
          return false;
        },
      };
      const started = createWorker({ lanes: [lane], log, pollMs: 1 });
      started.start();
    });
    await worker.stop();
    expect(looks).toBeGreaterThanOrEqual(3);
  });

  it('goes on after an error, and others do not notice', async () => {
    let failures = 0;
    const counting = { error: () => failures++ } as unknown as Logger;
    const other = countingLane();
    other.left = 5;
    let worker: Worker | undefined;
    await new Promise<void>((resolve) => {
      const failing: Lane = {
        name: 'failing',
        doNext: async () => {
          if (failures >= 3 && other.done === 5) resolve();
          throw new Error('the database is away');
        },
      };
      worker = createWorker({ lanes: [failing, other], log: counting, pollMs: 1 });
      worker.start();
    });
    await worker?.stop();
    expect(failures).toBeGreaterThanOrEqual(3);
  });

  it('finishes what has begun before it stops', async () => {
    let begin: () => void = () => undefined;
    let finish: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    let finished = false;
    const lane: Lane = {
      name: 'slow',
      doNext: async () => {
        begin();
        await new Promise<void>((resolve) => (finish = resolve));
        finished = true;
        return true;
      },
    };
    const worker = createWorker({ lanes: [lane], log });
    worker.start();
    await begun;
    const stopped = worker.stop();
    finish();
    await stopped;
    expect(finished).toBe(true);
  });
});

describe('tasks', () => {
  it('are done at first, then after their time, whether they fail or not', async () => {
    const clock = testClock();
    let sweeps = 0;
    let failures = 0;
    const sweep = { name: 'sweep', everyMs: 60_000, run: async () => sweeps++ };
    const fail = {
      name: 'fail',
      everyMs: 1000,
      run: async () => {
        failures++;
        throw new Error('no');
      },
    };
    const worker = createWorker({ lanes: [taskLane('tasks', [fail, sweep], clock.now, log)], log });
    await worker.runDue();
    await worker.runDue();
    expect([sweeps, failures]).toEqual([1, 1]);
    clock.advance(1000);
    await worker.runDue();
    expect([sweeps, failures]).toEqual([1, 2]);
    clock.advance(59_000);
    await worker.runDue();
    expect([sweeps, failures]).toEqual([2, 3]);
  });
});
