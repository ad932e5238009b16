import type { Logger } from 'pino';
import type { Lane } from './worker.ts';

/** Something that is done every now and then, whoever asked: clearing away what has expired, say. Safe to do in several processes at once. */
export interface Task {
  /** for the log */
  readonly name: string;
  readonly everyMs: number;
  readonly run: () => Promise<unknown>;
}

/** Tasks in their turn, each for the first time as soon as work begins; one that fails has its next turn like the others. */
export const taskLane = (name: string, tasks: readonly Task[], now: () => Date, log: Logger): Lane => {
  const lastRuns = new Map<Task, number>();
  const isDue = (task: Task): boolean => now().getTime() - (lastRuns.get(task) ?? Number.NEGATIVE_INFINITY) >= task.everyMs;
  return {
    name,
    doNext: async () => {
      const task = tasks.find(isDue);
      if (!task) return false;
      lastRuns.set(task, now().getTime());
      try {
        await task.run();
      } catch (error) {
        log.error({ err: error, task: task.name }, 'a task failed');
      }
      return true;
    },
  };
};
