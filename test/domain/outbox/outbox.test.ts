import { expect, it } from 'vitest';
import { inTransaction } from '../../../src/domain/context.ts';
import { newId } from '../../../src/domain/ids.ts';
import {
  enqueue,
  enqueueForOrganisation,
  listDueJobs,
  listFailingJobs,
  postponeJob,
  takeJob,
  withdraw,
} from '../../../src/domain/outbox/index.ts';
import { organisationContext, START, testClock, testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

const [A, B] = [newId(START), newId(START)];

onEachDatabase('the outbox', (open) => {
  const start = async () => {
    const connection = await open();
    const clock = testClock();
    const ctx = testContext(connection, { now: clock.now });
    /** Adds a job a millisecond after the one before. */
    const add = async (subjectId: string, n: number, delayMs?: number): Promise<void> => {
      clock.advance(1);
      await enqueue(ctx, { kind: 'note', subjectId, payload: { n }, delayMs });
    };
    const due = async (limit = 10) => listDueJobs(ctx, 'outbox', limit);
    const numbers = async (limit?: number) => (await due(limit)).map(({ payload }) => payload['n']);
    return { connection, clock, ctx, add, due, numbers };
  };

  it('offers of each subject the earliest job, those first that have waited longest', async () => {
    const { add, numbers } = await start();
    await add(A, 1);
    await add(A, 2);
    await add(B, 3);
    expect(await numbers()).toEqual([1, 3]);
    expect(await numbers(1)).toEqual([1]);
  });

  it('keeps what a change adds only if the change is kept, and wakes the worker', async () => {
    const { ctx, numbers } = await start();
    let woken = 0;
    const waking = { ...ctx, wakeWorker: () => void woken++ };
    const fail = inTransaction(waking, async (inside) => {
      await enqueue(inside, { kind: 'note', subjectId: A, payload: {} });
      throw new Error('no');
    });
    await expect(fail).rejects.toThrow('no');
    expect(await numbers()).toEqual([]);
    await inTransaction(waking, (inside) => enqueue(inside, { kind: 'note', subjectId: A, payload: { n: 1 } }));
    expect(await numbers()).toEqual([1]);
    expect(woken).toBeGreaterThan(0);
  });

  it('gives a job away together with what is done about it, or not at all, and once', async () => {
    const { ctx, add, due, numbers } = await start();
    await add(A, 1);
    const [job] = await due();
    if (!job) throw new Error('nothing is due');
    const refuse = takeJob(ctx, 'outbox', job, () => Promise.reject(new Error('not now')));
    await expect(refuse).rejects.toThrow('not now');
    expect(await numbers()).toEqual([1]);
    expect(
      await takeJob(ctx, 'outbox', job, (inside) => enqueue(inside, { kind: 'note', subjectId: B, payload: { n: 2 } })),
    ).toBe(true);
    expect(await takeJob(ctx, 'outbox', job, () => Promise.reject(new Error('it is gone')))).toBe(false);
    expect(await numbers()).toEqual([2]);
  });

  it('puts a job off that fails, each time for twice as long, an hour at most, and holds its subject back', async () => {
    const { ctx, clock, add, due, numbers } = await start();
    await add(A, 1);
    await add(A, 2);
    for (const pause of [2_000, 4_000, 8_000]) {
      const [job] = await due();
      if (!job) throw new Error('nothing is due');
      await postponeJob(ctx, 'outbox', job, 'the line is down');
      await postponeJob(ctx, 'outbox', job, 'said by another process that had it too');
      clock.advance(pause - 1);
      expect(await takeJob(ctx, 'outbox', job, () => Promise.resolve())).toBe(false);
      expect(await numbers()).toEqual([]);
      clock.advance(1);
      expect(await numbers()).toEqual([1]);
    }
    const [failing] = await listFailingJobs(ctx, 'outbox', 10);
    expect(failing).toMatchObject({ attempts: 3, error: 'the line is down', payload: { n: 1 } });
    await postponeJob(ctx, 'outbox', { id: failing?.id ?? '', attempts: 3 }, 'again');
    await postponeJob(ctx, 'outbox', { id: failing?.id ?? '', attempts: 4 }, 'again');
    for (let attempts = 5; attempts < 20; attempts++) {
      clock.advance(3_600_000);
      expect(await numbers()).toEqual([1]);
      await postponeJob(ctx, 'outbox', { id: failing?.id ?? '', attempts }, 'again');
    }
  });

  it('gives back the last job of its kind about a subject, as long as it was not begun', async () => {
    const { ctx, clock, add, due } = await start();
    await add(A, 1, 10_000);
    await add(A, 2, 10_000);
    await add(B, 3, 10_000);
    expect(await withdraw(ctx, A, 'other')).toBeUndefined();
    expect(await withdraw(ctx, A, 'note')).toEqual({ n: 2 });
    clock.advance(10_000);
    const [job] = await due();
    if (!job) throw new Error('nothing is due');
    await postponeJob(ctx, 'outbox', job, 'tried');
    expect(await withdraw(ctx, A, 'note')).toBeUndefined();
    expect(await withdraw(ctx, B, 'note')).toBeUndefined();
  });

  it('of the organisation is one of its own', async () => {
    const { connection, ctx, clock, numbers } = await start();
    const organisation = organisationContext(connection, { now: clock.now });
    await enqueueForOrganisation(organisation, { kind: 'note', subjectId: A, payload: { n: 1 } });
    expect(await numbers()).toEqual([]);
    const [job] = await listDueJobs(organisation, 'organisation_outbox', 10);
    expect(job).toMatchObject({ kind: 'note', subjectId: A, payload: { n: 1 }, attempts: 0 });
    expect(await takeJob(ctx, 'outbox', { id: job?.id ?? '' }, () => Promise.resolve())).toBe(false);
    expect(await takeJob(organisation, 'organisation_outbox', { id: job?.id ?? '' }, () => Promise.resolve())).toBe(true);
  });
});
