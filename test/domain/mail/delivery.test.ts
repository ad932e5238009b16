import { expect, it } from 'vitest';
import { type Delivery, deleteMailsBefore, deliverNextMail, type OutgoingMail } from '../../../src/domain/mail/index.ts';
import { insertMail } from '../../../src/domain/mail/mails-store.ts';
import { createPortal } from '../../../src/domain/portals/index.ts';
import { testClock, testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

onEachDatabase('delivery of mails', (open) => {
  const scene = async () => {
    const connection = await open();
    const clock = testClock();
    const ctx = testContext(connection, { now: clock.now });
    const portal = await createPortal(ctx, { name: 'Partners' }, HOSTS);
    const post = (dedupeKey: string) =>
      insertMail(ctx, {
        dedupeKey,
        template: 'developer-approved',
        senderName: 'Partners',
        recipient: { name: 'Ada', email: 'ada@example.com' },
        subject: dedupeKey,
        text: 'text',
        html: '<p>html</p>',
        portalId: portal.id,
        developerId: undefined,
      });
    const sent: OutgoingMail[] = [];
    const deliver = (delivery: Delivery = { outcome: 'sent' }) =>
      deliverNextMail(ctx, 'mails', async (mail) => {
        sent.push(mail);
        return delivery;
      });
    const only = () => connection.db.selectFrom('mails').selectAll().executeTakeFirstOrThrow();
    return { connection, clock, ctx, post, deliver, sent, only };
  };

  it('sends what waits, the oldest first, and drops what it said', async () => {
    const { post, deliver, sent, only, clock } = await scene();
    await post('one');
    clock.advance(1);
    await post('two');
    expect([await deliver(), await deliver(), await deliver()]).toEqual([true, true, false]);
    expect(sent.map(({ subject }) => subject)).toEqual(['one', 'two']);
    expect(sent[0]).toMatchObject({ senderName: 'Partners', recipient: { name: 'Ada', email: 'ada@example.com' }, text: 'text' });
    expect(await only()).toMatchObject({
      status: 'sent',
      text: null,
      html: null,
      attempts: 1,
      sent_at: clock.now().toISOString(),
    });
  });

  it('takes the same mail once only', async () => {
    const { post, deliver } = await scene();
    await post('one');
    await post('one');
    expect([await deliver(), await deliver()]).toEqual([true, false]);
    await post('one');
    expect(await deliver()).toBe(false);
  });

  it('keeps mails, with what they say, where there is no server', async () => {
    const { post, deliver, only } = await scene();
    await post('one');
    await deliver({ outcome: 'kept' });
    expect(await only()).toMatchObject({ status: 'kept', text: 'text', html: '<p>html</p>' });
    expect(await deliver()).toBe(false);
  });

  it('tries again, later and later, with the same id', async () => {
    const { post, deliver, only, sent, clock } = await scene();
    await post('one');
    const refused = { outcome: 'refused', isFinal: false, reason: '451 later' } as const;
    for (const pause of [MINUTE, 2 * MINUTE, 4 * MINUTE]) {
      expect(await deliver(refused)).toBe(true);
      expect(await only()).toMatchObject({ status: 'queued', error: '451 later' });
      clock.advance(pause - 1);
      expect(await deliver()).toBe(false);
      clock.advance(1);
    }
    expect(await deliver()).toBe(true);
    expect(await only()).toMatchObject({ status: 'sent', error: null, attempts: 4 });
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
  });

  it('gives up what was refused for good, and what was refused for days', async () => {
    const { post, deliver, only, clock, connection } = await scene();
    await post('one');
    await deliver({ outcome: 'refused', isFinal: true, reason: '550 nobody here' });
    expect(await only()).toMatchObject({ status: 'failed', error: '550 nobody here', text: 'text' });
    await connection.db.deleteFrom('mails').execute();
    await post('two');
    let tries = 0;
    for (; (await only()).status === 'queued'; clock.advance(4 * HOUR)) {
      await deliver({ outcome: 'refused', isFinal: false, reason: 'away' });
      tries++;
    }
    expect(await only()).toMatchObject({ status: 'failed', error: 'away' });
    expect(tries).toBe(31);
  });

  it('is in one process’s hands at a time, until its lease is over', async () => {
    const { post, deliver, ctx, clock, only } = await scene();
    await post('one');
    const rivals: boolean[] = [];
    await deliverNextMail(ctx, 'mails', async () => {
      rivals.push(await deliver());
      return { outcome: 'sent' };
    });
    expect(rivals).toEqual([false]);
    await post('two');
    await expect(deliverNextMail(ctx, 'mails', () => Promise.reject(new Error('killed')))).rejects.toThrow('killed');
    expect(await deliver()).toBe(false);
    clock.advance(2 * MINUTE);
    expect(await deliver()).toBe(true);
    expect((await only()).status).toBe('sent');
  });

  it('forgets old mails', async () => {
    const { post, clock, ctx, connection } = await scene();
    await post('one');
    clock.advance(HOUR);
    await post('two');
    await deleteMailsBefore(ctx, 'mails', clock.now());
    expect(await connection.db.selectFrom('mails').select('subject').execute()).toEqual([{ subject: 'two' }]);
  });
});
