import { networkOf } from '../../lib/network.ts';
import { fold } from '../../lib/text.ts';
import type { ContextWithPorts, RateLimit } from '../context.ts';
import { DomainError } from '../errors.ts';
import type { PortalId } from '../ids.ts';
import { hashSecret } from '../secrets/index.ts';

/** What attempts from a client's address are counted under: changing it within one's own network changes nothing. */
export const addressKey = (ctx: ContextWithPorts): string => networkOf(ctx.origin?.address ?? 'unknown');

/** What attempts on an account are counted under, whether it is there or not; no table holds the address itself. */
export const accountKey = (ctx: ContextWithPorts, portalId: PortalId, email: string): string =>
  hashSecret(ctx, 'attempts', `${portalId} ${fold(email)}`);

/** Counts an attempt that is not to be refused for the asker to see. Answers whether it is within the limit. */
export const isWithin = async (ctx: ContextWithPorts, limit: RateLimit, key: string): Promise<boolean> => {
  try {
    await ctx.ports.rateLimits.count(limit, key);
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.kind === 'rate-limited') return false;
    throw error;
  }
};
