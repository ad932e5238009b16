import { networkOf } from '../../lib/network.ts';
import type { ContextWithPorts, Trial, TrialOutcome } from '../context.ts';
import { forbidden } from '../errors.ts';
import type { DeveloperId } from '../ids.ts';
import type { VisibleVersion } from '../visibility/index.ts';

/** Who tries an API, and which: a version that they see. */
export interface TrialSender {
  readonly version: Pick<VisibleVersion, 'consoleProxy'>;
  /** undefined: nobody who is known */
  readonly developerId: DeveloperId | undefined;
}

/**
 * Sends a request of the console by way of the server. What is sent and answered is noted nowhere.
 * @throws forbidden where the version's requests do not go that way; rate-limited
 */
export const sendTrial = async (
  ctx: ContextWithPorts,
  { version, developerId }: TrialSender,
  trial: Trial,
): Promise<TrialOutcome> => {
  if (!version.consoleProxy) throw forbidden('Requests to this API are not sent by way of the portal');
  await ctx.ports.rateLimits.count('console from an address', networkOf(ctx.origin?.address ?? ''));
  if (developerId) await ctx.ports.rateLimits.count('console of a developer', developerId);
  return ctx.ports.sendTrial(trial);
};
