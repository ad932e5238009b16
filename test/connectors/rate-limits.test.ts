import { expect, it } from 'vitest';
import { createRateLimits } from '../../src/connectors/rate-limits.ts';
import { onEachDatabase } from '../support/database.ts';

const LIMIT = 'log-in of an account';

onEachDatabase('rate limits', (open) => {
  it('let ten attempts pass, then say when to come back', async () => {
    const limits = createRateLimits(await open());
    for (let attempt = 0; attempt < 10; attempt++) await limits.count(LIMIT, 'ada');
    await expect(limits.count(LIMIT, 'ada')).rejects.toMatchObject({
      kind: 'rate-limited',
      message: expect.stringMatching(/try again in \d+ minutes/),
      retryAfterSeconds: expect.any(Number),
    });
    await limits.count(LIMIT, 'bert');
    await limits.count('mail to an account', 'ada');
  });

  it('hold across processes, until they are forgotten', async () => {
    const connection = await open();
    const [one, other] = [createRateLimits(connection), createRateLimits(connection)];
    for (let attempt = 0; attempt < 5; attempt++) {
      await one.count(LIMIT, 'ada');
      await other.count(LIMIT, 'ada');
    }
    await expect(other.count(LIMIT, 'ada')).rejects.toMatchObject({ kind: 'rate-limited' });
    await one.forget(LIMIT, 'ada');
    await other.count(LIMIT, 'ada');
  });

  it('can be turned off', async () => {
    const limits = createRateLimits(await open(), 0);
    for (let attempt = 0; attempt < 50; attempt++) await limits.count(LIMIT, 'ada');
  });
});
