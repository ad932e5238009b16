import { expect, it } from 'vitest';
import { inTransaction } from '../../../src/domain/context.ts';
import { record } from '../../../src/domain/events/index.ts';
import { type AdministratorId, newId } from '../../../src/domain/ids.ts';
import { START, testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

onEachDatabase('events', (open) => {
  it('say who did what to what, and when', async () => {
    const connection = await open();
    const id = newId<AdministratorId>(START);
    const ctx = testContext(connection, {
      actor: { kind: 'administrator', id, tokenId: undefined, grants: [] },
      origin: { requestId: 'abc', address: '192.0.2.1' },
      now: () => START,
    });
    await record(ctx, { action: 'product.created', subjectId: id, details: { name: 'x' } });
    expect(await connection.db.selectFrom('audit_events').selectAll().execute()).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
        at: START.toISOString(),
        actor_kind: 'administrator',
        actor_id: id,
        address: '192.0.2.1',
        portal_id: null,
        request_id: 'abc',
        sequence: null,
        action: 'product.created',
        subject_type: 'product',
        subject_id: id,
        details: expect.stringMatching(/^\{"name": ?"x"\}$/),
      },
    ]);
  });

  it('count the revision up, with the change or not at all', async () => {
    const connection = await open();
    const ctx = testContext(connection);
    const event = { action: 'product.created', subjectId: newId(START) } as const;
    const before = await connection.revision();
    await inTransaction(ctx, (ctx) => record(ctx, event));
    expect(await connection.revision()).toBe(before + 1);
    const failing = inTransaction(ctx, async (ctx) => {
      await record(ctx, event);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await connection.revision()).toBe(before + 1);
  });
});
