import type { StoredFragment } from './openapi/ingest/index.ts';
import { DEFAULT_INGEST_LIMITS, tooLarge } from './openapi/ingest/index.ts';
import type { Finding, IngestLimits, OperationEntry, ReferenceIndex, SpecFormat } from './openapi/types.ts';
import type { Job, JobResult, PoolWorker, RenderingFailure, WorkerOptions } from './pool-worker.ts';
import { RenderingError, renderingError, startWorker } from './pool-worker.ts';
import type { TaskName, TaskTypes } from './task-types.ts';

export type { RenderingFailure } from './pool-worker.ts';
export { RenderingError } from './pool-worker.ts';

export interface RenderingPoolOptions {
  /** Child processes at a time; from two on, one of them is kept free of specifications. */
  size?: number;
  /** Jobs that may wait; more are rejected as `busy`. */
  queueLimit?: number;
  /** Heap of a child, in megabytes. */
  memoryMb?: number;
  /** How long a child without a job is kept, in milliseconds. */
  idleMs?: number;
  /** The bounds of specifications; their deadline is that of every job that somebody waits for. */
  limits?: Readonly<IngestLimits>;
  /** The file that a child runs, where it is not the usual one. */
  program?: string | undefined;
  /** Told of every job that failed in its child, for the log. */
  onFailure?: (error: RenderingError, task: TaskName) => void;
}

type Refused = { accepted: false; findings: Finding[] };

/** What a specification describes, or why it is refused. */
export type ExaminedSpecification =
  | { accepted: true; format: SpecFormat; reference: ReferenceIndex; findings: Finding[] }
  | Refused;

/** The same with its HTML: the overview, every operation, every schema. */
export type RenderedSpecification =
  | (Extract<ExaminedSpecification, { accepted: true }> & { fragments: StoredFragment[] })
  | Refused;

export interface RenderingPool {
  /**
   * Makes of the bytes of a specification its index, or says why not.
   * @param name file name, for messages
   * @throws RenderingError `busy` or `closed`: what the document does to its child is a refusal, not an error
   */
  examine(source: Uint8Array, name: string): Promise<ExaminedSpecification>;
  /** As {@link RenderingPool.examine}, and makes its HTML fragments. */
  render(source: Uint8Array, name: string): Promise<RenderedSpecification>;
  /**
   * Runs a task in a child.
   * @throws RenderingError
   */
  run<Name extends TaskName>(
    task: Name,
    input: TaskTypes[Name]['input'],
    body?: Uint8Array,
  ): Promise<{ parts: TaskTypes[Name]['part'][]; result: TaskTypes[Name]['result'] }>;
  /** Ends all children and rejects all jobs. */
  close(): Promise<void>;
}

interface Waiting {
  job: Job;
  resolve(result: JobResult): void;
  reject(error: RenderingError): void;
}

/** Creates a pool of child processes, started when there is work and ended some time after it. It never keeps the process alive. */
export const createRenderingPool = (options: RenderingPoolOptions = {}): RenderingPool => {
  const {
    size = 2,
    queueLimit = 100,
    memoryMb = 768,
    idleMs = 30_000,
    limits = DEFAULT_INGEST_LIMITS,
    program,
    onFailure,
  } = options;
  const workerOptions: WorkerOptions = { memoryMb, program };
  const deadlineOf = (task: TaskName): number => limits.deadlineMs * (BACKGROUND_TASKS.has(task) ? BACKGROUND_PATIENCE : 1);
  const refusal = (reason: RenderingFailure, task: TaskName, detail?: string): RenderingError =>
    renderingError(reason, { memoryMb, deadlineMs: deadlineOf(task) }, detail);
  const queue: Waiting[] = [];
  const idle = new Map<PoolWorker, NodeJS.Timeout>();
  const workers = new Set<PoolWorker>();
  /** those whose last job nobody waited for */
  const background = new WeakSet<PoolWorker>();
  let specifications = 0;
  let closed = false;

  const endAll = (): Promise<void>[] => [...workers].map((worker) => worker.end('closed'));
  process.once('exit', endAll);

  /**
   * A worker without a job, if there is or may be one. What somebody waits for is done where such was done last, by code that is warm;
   * what nobody waits for leaves that one free, even at the price of another.
   */
  const takeWorker = (isBackground: boolean): PoolWorker | undefined => {
    for (const worker of idle.keys()) if (!worker.alive) forget(worker);
    const free = [...idle.keys()].reverse();
    const mayStart = workers.size < size;
    const worker =
      free.find((each) => background.has(each) === isBackground) ??
      (isBackground && mayStart ? undefined : free[0]) ??
      (mayStart ? startWorker(workerOptions) : undefined);
    if (!worker) return undefined;
    clearTimeout(idle.get(worker));
    idle.delete(worker);
    workers.add(worker);
    if (isBackground) background.add(worker);
    else background.delete(worker);
    return worker;
  };

  const forget = (worker: PoolWorker): void => {
    clearTimeout(idle.get(worker));
    idle.delete(worker);
    workers.delete(worker);
  };

  const giveBack = (worker: PoolWorker): void => {
    if (!worker.alive) {
      forget(worker);
      return;
    }
    const retire = (): void => {
      forget(worker);
      void worker.end('closed');
    };
    idle.set(worker, setTimeout(retire, idleMs).unref());
  };

  /** The first job that may start, those of the background last. Who waits to read finds a child free while specifications are dealt with. */
  const nextIndex = (): number => {
    const mayRun = ({ task }: Job): boolean => !SPECIFICATION_TASKS.has(task) || specifications < Math.max(size - 1, 1);
    const first = queue.findIndex(({ job }) => !BACKGROUND_TASKS.has(job.task) && mayRun(job));
    return first === -1 ? queue.findIndex(({ job }) => mayRun(job)) : first;
  };

  const dispatch = async (): Promise<void> => {
    const index = nextIndex();
    const waiting = queue[index];
    const worker = waiting && takeWorker(BACKGROUND_TASKS.has(waiting.job.task));
    if (!worker) return;
    queue.splice(index, 1);
    const isSpecification = SPECIFICATION_TASKS.has(waiting.job.task);
    if (isSpecification) specifications++;
    try {
      waiting.resolve(await worker.run(waiting.job));
    } catch (error) {
      const failure = error instanceof RenderingError ? error : refusal('crashed', waiting.job.task, String(error));
      if (failure.reason !== 'closed') onFailure?.(failure, waiting.job.task);
      waiting.reject(failure);
    }
    if (isSpecification) specifications--;
    giveBack(worker);
    void dispatch();
  };

  const submit = (job: Job): Promise<JobResult> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(refusal('closed', job.task));
      if (queue.length >= queueLimit) return reject(refusal('busy', job.task));
      queue.push({ job, resolve, reject });
      void dispatch();
    });

  const run: RenderingPool['run'] = async (task, input, body = new Uint8Array()) => {
    const { parts, result } = await submit({ task, input, body, deadlineMs: deadlineOf(task) });
    // The child runs the task of that name, so these are its types.
    return { parts: parts as TaskTypes[typeof task]['part'][], result: result as TaskTypes[typeof task]['result'] };
  };

  /** Runs a task on a specification. What the document does to its child is a refusal. */
  const read = async (task: SpecificationTask, source: Uint8Array, name: string): Promise<RenderedSpecification> => {
    // Not worth a journey.
    if (source.byteLength > limits.maxBytes) return { accepted: false, findings: [tooLarge(source.byteLength, limits).finding] };
    try {
      return assemble(await run(task, { name, limits }, source));
    } catch (error) {
      if (!(error instanceof RenderingError) || error.reason === 'busy' || error.reason === 'closed') throw error;
      return {
        accepted: false,
        findings: [{ severity: 'error', rule: error.reason, message: `The document could not be processed. ${error.message}` }],
      };
    }
  };

  return {
    run,
    examine: (source, name) => read('examineSpecification', source, name),
    render: (source, name) => read('renderSpecification', source, name),
    close: async () => {
      closed = true;
      process.off('exit', endAll);
      for (const timer of idle.values()) clearTimeout(timer);
      for (const { job, reject } of queue.splice(0)) reject(refusal('closed', job.task));
      await Promise.all(endAll());
    },
  };
};

type SpecificationTask = 'examineSpecification' | 'renderSpecification';

/** Those that read a specification: its child may need much memory. */
const SPECIFICATION_TASKS: ReadonlySet<TaskName> = new Set<TaskName>([
  'examineSpecification',
  'renderSpecification',
  'describeSchemas',
  'compareSpecifications',
]);

/** Those that hardly anybody waits for. */
const BACKGROUND_TASKS: ReadonlySet<TaskName> = new Set<TaskName>(['renderSpecification', 'describeSchemas', 'documentSections']);

/** They have so many times as long: on a machine that has much else to do, what was accepted is still rendered. */
const BACKGROUND_PATIENCE = 3;

const assemble = ({
  parts,
  result,
}: {
  parts: TaskTypes[SpecificationTask]['part'][];
  result: TaskTypes[SpecificationTask]['result'];
}): RenderedSpecification => {
  if (!result.accepted) return result;
  const operations: OperationEntry[] = [];
  const fragments: StoredFragment[] = [];
  for (const part of parts) {
    if ('operations' in part) operations.push(...part.operations);
    else fragments.push(...part.fragments);
  }
  return { ...result, reference: { ...result.reference, operations }, fragments };
};
