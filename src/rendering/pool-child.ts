/** What the child processes of the rendering pool run: one job after the other, as told over the channel to the parent. */
import { setFlagsFromString } from 'node:v8';
import type { FromChild, ToChild } from './pool-protocol.ts';
import type { Task, TaskName } from './task-types.ts';
import { tasks } from './tasks.ts';

/** Texts come one after the other: functions that render them are worth optimising as soon as V8 thinks so. */
const TEXT_TASKS: ReadonlySet<TaskName> = new Set<TaskName>(['renderDocument', 'documentNodes', 'documentSections']);

/**
 * How long functions run before V8 optimises them. Most documents are read once, and V8 would spend as long on optimising for that as on
 * running: here they have to run several times longer before it does. For texts it is V8's own value.
 */
const interruptBudget = (task: TaskName): number => (TEXT_TASKS.has(task) ? 67_584 : 1_000_000);

/** Fills up with what comes through the standard input; answers when it is full. */
const readBody = (length: number): Promise<Uint8Array> =>
  new Promise((resolve) => {
    const body = Buffer.allocUnsafe(length);
    let at = 0;
    const take = (chunk: Buffer): void => {
      at += chunk.copy(body, at);
      if (at === length) finish();
    };
    const finish = (): void => {
      // What comes next is of the next job, and waits for it.
      process.stdin.off('data', take).pause();
      resolve(body);
    };
    if (length === 0) finish();
    else process.stdin.on('data', take).resume();
  });

const send = (message: FromChild): Promise<void> =>
  new Promise((resolve, reject) => {
    process.send?.(message, undefined, undefined, (error) => (error ? reject(error) : resolve()));
  });

const run = async (name: TaskName, input: unknown, bytes: Uint8Array): Promise<void> => {
  setFlagsFromString(`--interrupt-budget=${interruptBudget(name)}`);
  try {
    // The parent's types vouch for the pair of task and input.
    const task = (await tasks[name]()) as Task<TaskName>;
    const result = await task(input as Parameters<typeof task>[0], bytes, (part) => send({ type: 'part', part }));
    await send({ type: 'result', result });
  } catch (error) {
    await send({ type: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
};

process.on('message', ({ task, input, bodyBytes }: ToChild) => {
  void readBody(bodyBytes).then((body) => run(task, input, body));
});

// The parent decides when this process ends, also when a terminal interrupts the whole group.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', () => process.exit(0));
