import { pino } from 'pino';
import { expect, it } from 'vitest';
import type { Connection } from '../../src/database/connect.ts';
import { type Context, inTransaction } from '../../src/domain/context.ts';
import { record } from '../../src/domain/events/index.ts';
import { newId } from '../../src/domain/ids.ts';
import { enqueue, enqueueForOrganisation, listFailingJobs, withdraw } from '../../src/domain/outbox/index.ts';
import { type JobHandler, outboxLane } from '../../src/jobs/outbox-lane.ts';
import { createWorker } from '../../src/jobs/worker.ts';
import { organisationContext, START, testClock, testContext } from '../support/context.ts';
import { onEachDatabase } from '../support/database.ts';

const log = pino({ level: 'silent' });
const A = newId(START);
const B = newId(START);

/** A worker whose jobs leave a trace in the database: an event each, about their subject. */
const workerOf = (ctx: Context, handle?: JobHandler<Context>) => {
  const write: JobHandler<Context> = async (_ctx, job) => async (inside) => {
    await record(inside, { action: 'portal.created', subjectId: job.subjectId, details: job.payload });
  };
  return createWorker({
    lanes: [outboxLane({ name: 'us', outbox: 'outbox', ctx, handlers: { note: handle ?? write }, log })],
    log,
  });
};

const traces = async ({ db }: Connection): Promise<unknown[]> =>
  (await db.selectFrom('audit_events').select('details').orderBy('id').execute()).map(({ details }) => JSON.parse(details).n);

const note = (ctx: Context, subjectId: string, n: number, delayMs?: number) =>
  enqueue(ctx, { kind: 'note', subjectId, payload: { n }, delayMs });

onEachDatabase('jobs', (open, engine) => {
  it('are done once each, in the order of their subject', async () => {
    const connection = await open();
    const ctx = testContext(connection);
    for (let n = 1; n <= 60; n++) await note(ctx, n % 2 === 0 ? A : B, n);
    expect(await workerOf(ctx).runDue()).toBe(60);
    const done = (await traces(connection)) as number[];
    expect([...done].sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    for (const parity of [0, 1]) {
      const ofSubject = done.filter((n) => n % 2 === parity);
      expect(ofSubject).toEqual([...ofSubject].sort((a, b) => a - b));
    }
    expect(await workerOf(ctx).runDue()).toBe(0);
  });

  it('wait for their time, and hold back what comes after them', async () => {
    const connection = await open();
    const clock = testClock();
    const ctx = testContext(connection, { now: clock.now });
    await note(ctx, A, 1, 10_000);
    clock.advance(1);
    await note(ctx, A, 2);
    await note(ctx, B, 3);
    await workerOf(ctx).runDue();
    expect(await traces(connection)).toEqual([3]);
    clock.advance(10_000);
    await workerOf(ctx).runDue();
    expect(await traces(connection)).toEqual([3, 1, 2]);
  });

  it('can be withdrawn while they wait, and only then', async () => {
    const connection = await open();
    const clock = testClock();
    const ctx = testContext(connection, { now: clock.now });
    await note(ctx, A, 1);
    clock.advance(1);
    await note(ctx, A, 2, 10_000);
    expect(await withdraw(ctx, A, 'note')).toBeDefined();
    expect(await withdraw(ctx, A, 'note')).toBeUndefined();
    await workerOf(ctx).runDue();
    expect(await traces(connection)).toEqual([1]);
  });

  it('that fail leave nothing behind, are tried again later and later, and block their subject only', async () => {
    const connection = await open();
    const clock = testClock();
    const ctx = testContext(connection, { now: clock.now });
    let broken = true;
    const worker = workerOf(ctx, async (_ctx, job) => async (inside) => {
      await record(inside, { action: 'portal.created', subjectId: job.subjectId, details: job.payload });
      if (broken && job.payload['n'] === 1) throw new Error('cannot be done');
    });
    await note(ctx, A, 1);
    clock.advance(1);
    await note(ctx, A, 2);
    await note(ctx, B, 3);
    await worker.runDue();
    expect(await traces(connection)).toEqual([3]);
    expect(await listFailingJobs(ctx, 'outbox', 10)).toMatchObject([{ subjectId: A, attempts: 1, error: 'cannot be done' }]);
    clock.advance(2000);
    await worker.runDue();
    expect(await listFailingJobs(ctx, 'outbox', 10)).toMatchObject([{ attempts: 2 }]);
    broken = false;
    clock.advance(3000);
    expect(await worker.runDue()).toBe(0);
    clock.advance(1000);
    await worker.runDue();
    expect(await traces(connection)).toEqual([3, 1, 2]);
    expect(await listFailingJobs(ctx, 'outbox', 10)).toEqual([]);
  });

  it('of a kind that nobody knows are kept', async () => {
    const connection = await open();
    const ctx = testContext(connection);
    await enqueue(ctx, { kind: 'strange', subjectId: A, payload: {} });
    await workerOf(ctx).runDue();
    expect(await listFailingJobs(ctx, 'outbox', 10)).toMatchObject([
      { kind: 'strange', error: expect.stringContaining('strange') },
    ]);
  });

  it('are done once each by several processes, in the order of their subject', async () => {
    const connection = await open();
    const ctx = testContext(connection);
    for (let n = 1; n <= 120; n++) await note(ctx, n % 2 === 0 ? A : B, n);
    const workers = Array.from({ length: engine === 'postgres' ? 3 : 1 }, () => workerOf(ctx));
    const runs = await Promise.all(workers.map((worker) => worker.runDue()));
    // whoever found everything in other hands has stopped looking
    expect(runs.reduce((sum, count) => sum + count, 0) + (await workerOf(ctx).runDue())).toBe(120);
    const done = (await traces(connection)) as number[];
    expect(new Set(done).size).toBe(120);
    expect(done).toHaveLength(120);
  });

  it('of the organisation have an outbox of their own', async () => {
    const connection = await open();
    const ctx = organisationContext(connection);
    await enqueueForOrganisation(ctx, { kind: 'note', subjectId: A, payload: {} });
    const done: string[] = [];
    const lane = outboxLane({
      name: 'organisation',
      outbox: 'organisation_outbox',
      ctx,
      handlers: { note: async (_ctx, job) => async () => void done.push(job.subjectId) },
      log,
    });
    await createWorker({ lanes: [lane], log }).runDue();
    expect(done).toEqual([A]);
    expect(await connection.db.selectFrom('organisation_outbox').selectAll().execute()).toEqual([]);
  });

  it('wake the worker once their transaction is over, and not when it failed', async () => {
    const connection = await open();
    let woken = 0;
    const ctx = testContext(connection, { wakeWorker: () => woken++ });
    await inTransaction(ctx, async (ctx) => {
      await note(ctx, A, 1);
      await note(ctx, A, 2);
      expect(woken).toBe(0);
    });
    expect(woken).toBe(1);
    const failing = inTransaction(ctx, async (ctx) => {
      await note(ctx, A, 3);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(woken).toBe(1);
    await inTransaction(ctx, async () => undefined);
    expect(woken).toBe(1);
  });
});
