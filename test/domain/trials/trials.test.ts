import { expect, it } from 'vitest';
import { createRateLimits } from '../../../src/connectors/rate-limits.ts';
import type { Trial, TrialOutcome } from '../../../src/domain/context.ts';
import { type DeveloperId, newId } from '../../../src/domain/ids.ts';
import { sendTrial } from '../../../src/domain/trials/index.ts';
import { START, testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

const TRIAL: Trial = { method: 'GET', url: 'https://api.example.com/', headers: [], body: undefined };
const OUTCOME: TrialOutcome = { answered: false, reason: 'name not found', message: 'api.example.com could not be resolved' };

onEachDatabase('trials', (open) => {
  const start = async () => {
    const connection = await open();
    const sent: Trial[] = [];
    const { ports, ...ctx } = testContext(connection);
    const sendTrialPort = (trial: Trial) => {
      sent.push(trial);
      return Promise.resolve(OUTCOME);
    };
    const rateLimits = createRateLimits(connection);
    return {
      sent,
      at: (address: string) => ({
        ...ctx,
        origin: { requestId: 'r', address },
        ports: { ...ports, rateLimits, sendTrial: sendTrialPort },
      }),
    };
  };

  it('go by way of the server where that is allowed, and nowhere else', async () => {
    const { at, sent } = await start();
    const who = { developerId: undefined };
    expect(await sendTrial(at('203.0.113.1'), { ...who, version: { consoleProxy: true } }, TRIAL)).toEqual(OUTCOME);
    const refused = sendTrial(at('203.0.113.1'), { ...who, version: { consoleProxy: false } }, TRIAL);
    await expect(refused).rejects.toMatchObject({ kind: 'forbidden' });
    expect(sent).toEqual([TRIAL]);
  });

  it('are counted for each developer, wherever they are, and for each address', async () => {
    const { at, sent } = await start();
    const version = { consoleProxy: true };
    const developerId = newId<DeveloperId>(START);
    for (let n = 0; n < 60; n++) await sendTrial(at(`203.0.113.${n % 2}`), { version, developerId }, TRIAL);
    const another = sendTrial(at('203.0.113.9'), { version, developerId }, TRIAL);
    await expect(another).rejects.toMatchObject({ kind: 'rate-limited', retryAfterSeconds: expect.any(Number) });
    for (let n = 0; n < 120; n++) await sendTrial(at(`2001:db8::${n.toString(16)}`), { version, developerId: undefined }, TRIAL);
    const more = sendTrial(at('2001:db8::ffff'), { version, developerId: undefined }, TRIAL);
    await expect(more).rejects.toMatchObject({ kind: 'rate-limited' });
    expect(sent).toHaveLength(180);
  });
});
