import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FromChild, ToChild } from './pool-protocol.ts';
import type { TaskName } from './task-types.ts';

/** Why a job has no result. */
export type RenderingFailure = 'busy' | 'closed' | 'deadline' | 'memory' | 'crashed' | 'failed';

/** Rejects a job; `detail` is for the log. */
export class RenderingError extends Error {
  readonly reason: RenderingFailure;
  readonly detail: string;

  constructor(reason: RenderingFailure, message: string, detail = '') {
    super(message);
    this.name = 'RenderingError';
    this.reason = reason;
    this.detail = detail;
  }
}

export interface Job {
  task: TaskName;
  input: unknown;
  body: Uint8Array;
  /** how long it may take */
  deadlineMs: number;
}

export interface JobResult {
  parts: unknown[];
  result: unknown;
}

/** One child process, which does one job at a time. */
export interface PoolWorker {
  /** @throws RenderingError; afterwards the worker is gone unless the reason is `failed` */
  run(job: Job): Promise<JobResult>;
  readonly alive: boolean;
  /** Ends the process; a running job is rejected with the given reason. Resolves when the process is gone. */
  end(reason: RenderingFailure): Promise<void>;
}

export interface WorkerOptions {
  memoryMb: number;
  /** the file that the process runs; `pool-child` beside this one unless told otherwise */
  program?: string | undefined;
}

const MAX_ERROR_OUTPUT = 4_096;

type Bounds = Pick<WorkerOptions, 'memoryMb'> & Pick<Job, 'deadlineMs'>;

const MESSAGES: Record<RenderingFailure, (bounds: Bounds) => string> = {
  busy: () => 'Too many documents are being processed.',
  closed: () => 'The rendering pool is closed.',
  deadline: ({ deadlineMs }) => `Processing took longer than ${deadlineMs / 1_000} seconds.`,
  memory: ({ memoryMb }) => `Processing needed more than ${memoryMb} MB of memory.`,
  crashed: () => 'The rendering process ended unexpectedly.',
  failed: () => 'Rendering failed.',
};

/** The error for a reason. @param bounds those that the job was given */
export const renderingError = (reason: RenderingFailure, bounds: Bounds, detail?: string): RenderingError =>
  new RenderingError(reason, MESSAGES[reason](bounds), detail);

/** Starts a child process. It keeps this one alive only while it has a job. */
export const startWorker = (options: WorkerOptions): PoolWorker => {
  const child = forkChild(options);
  let errorOutput = '';
  let alive = true;
  let endReason: RenderingFailure | undefined;
  let current:
    | {
        resolve(value: JobResult): void;
        reject(reason: RenderingFailure, detail?: string): void;
        parts: unknown[];
        timer: NodeJS.Timeout;
      }
    | undefined;

  const settle = (): typeof current => {
    const job = current;
    if (job) clearTimeout(job.timer);
    current = undefined;
    child.unref();
    child.channel?.unref();
    return job;
  };
  const gone = new Promise<void>((resolve) => {
    const leave = (reason: RenderingFailure): void => {
      alive = false;
      settle()?.reject(endReason ?? reason, errorOutput);
      resolve();
    };
    child.once('exit', (_code, signal) =>
      leave(signal === 'SIGABRT' || errorOutput.includes('heap limit') ? 'memory' : 'crashed'),
    );
    child.once('error', (error) => {
      errorOutput += error.message;
      child.kill('SIGKILL');
      leave('crashed');
    });
  });
  const end = (reason: RenderingFailure): Promise<void> => {
    endReason ??= reason;
    if (alive) child.ref(); // whoever waits for its end must live to see it
    alive = false;
    child.kill('SIGKILL');
    return gone;
  };

  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errorOutput = (errorOutput + text).slice(-MAX_ERROR_OUTPUT);
  });
  child.on('message', (message) => {
    const received = message as FromChild;
    if (received.type === 'part') current?.parts.push(received.part);
    else if (received.type === 'result') {
      const job = settle();
      job?.resolve({ parts: job.parts, result: received.result });
    } else settle()?.reject('failed', received.message);
  });

  return {
    get alive() {
      return alive;
    },
    end,
    run: (job) =>
      new Promise((resolve, reject) => {
        child.ref();
        child.channel?.ref();
        const timer = setTimeout(() => void end('deadline'), job.deadlineMs);
        const bounds = { ...options, ...job };
        current = { resolve, reject: (reason, detail) => reject(renderingError(reason, bounds, detail)), parts: [], timer };
        const message: ToChild = { task: job.task, input: job.input, bodyBytes: job.body.byteLength };
        // A failing channel means that the process is gone, which `exit` reports.
        child.send(message, (error) => error && void end('crashed'));
        child.stdin?.write(job.body);
      }),
  };
};

const ownProgram = (): string =>
  fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './pool-child.ts' : './pool-child.js', import.meta.url));

const forkChild = ({ memoryMb, program = ownProgram() }: WorkerOptions): ReturnType<typeof fork> => {
  const runsFromSource = program.endsWith('.ts');
  const loader = runsFromSource ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] : [];
  const child = fork(program, [], {
    execArgv: [...loader, `--max-old-space-size=${memoryMb}`, '--max-semi-space-size=32'],
    serialization: 'advanced',
    stdio: ['pipe', 'ignore', 'pipe', 'ipc'],
    // Nothing of the server's configuration is any business of the process that reads foreign documents.
    env: {},
  });
  child.unref();
  child.channel?.unref();
  // A body that cannot be written: the process is gone, which `exit` reports.
  child.stdin?.on('error', () => {});
  for (const stream of [child.stdin, child.stderr]) if (stream instanceof Socket) stream.unref();
  return child;
};
