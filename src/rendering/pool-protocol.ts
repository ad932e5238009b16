import type { TaskName } from './task-types.ts';

/** From the pool to its child: a job, whose body comes as so many bytes through the standard input. */
export interface ToChild {
  task: TaskName;
  input: unknown;
  bodyBytes: number;
}

/** From the child: parts of the result, then the result, or why there is none. */
export type FromChild =
  | { type: 'part'; part: unknown }
  | { type: 'result'; result: unknown }
  | { type: 'failed'; message: string };
