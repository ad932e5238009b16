import type { TaskName } from './task-types.ts';

/** From the pool to its child: the body of a job in chunks, then the job. */
export type ToChild = { type: 'body'; chunk: Uint8Array } | { type: 'run'; task: TaskName; input: unknown };

/** From the child: parts of the result, then the result, or why there is none. */
export type FromChild =
  | { type: 'part'; part: unknown }
  | { type: 'result'; result: unknown }
  | { type: 'failed'; message: string };
