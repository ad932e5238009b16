import { type ContextWithPorts, inTransaction } from '../context.ts';
import { unauthenticated } from '../errors.ts';
import { record } from '../events/index.ts';
import { type DeveloperId, NOBODY, newId, type PortalId, type SessionId } from '../ids.ts';
import type { Portal } from '../portals/index.ts';
import { type Device, isKnownDevice, openSession, type SessionTokens } from '../sessions/index.ts';
import * as store from './developers-store.ts';
import { accountKey, addressKey } from './limits.ts';
import { requireAccounts } from './sign-up.ts';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/**
 * Opens a session for whoever shows the password of an approved developer. Who has a right password but no approval is told so; a
 * wrong password and an address that nobody has look the same and take the same work.
 * @throws not-found on a public portal; unauthenticated; rate-limited
 */
export const logIn = async (
  ctx: ContextWithPorts,
  portal: Portal,
  { email, password }: Credentials,
  device: Device,
): Promise<SessionTokens> => {
  requireAccounts(portal);
  const developer = await store.findByEmail(ctx, portal.id, email);
  // a browser that they have used before is not locked out by what others try
  const isKnown = await isKnownDevice(ctx, (developer?.id ?? NOBODY) as DeveloperId, device);
  const account = accountKey(ctx, portal.id, isKnown ? `${email} ${device.id}` : email);
  await ctx.ports.rateLimits.count('log-in from an address', addressKey(ctx));
  await ctx.ports.rateLimits.count('log-in of an account', account);
  const matches = await ctx.ports.passwords.verify(developer?.passwordHash, password);
  if (!developer || !matches) {
    await recordFailure(ctx, portal.id, { reason: 'wrong password', developerId: developer?.id });
    throw unauthenticated('You have entered an invalid email or password.', 'Invalid Credentials');
  }
  await ctx.ports.rateLimits.forget('log-in of an account', account);
  if (developer.status !== 'approved') {
    await recordFailure(ctx, portal.id, { reason: developer.status, developerId: developer.id });
    throw unauthenticated('Your account is pending approval for access.', 'Approval Required');
  }
  return inTransaction(ctx, (ctx) => openSession(ctx, { portalId: portal.id, developerId: developer.id }, device));
};

/** A log-in that failed, in the audit trail: who it was meant for only as far as they are known here. */
const recordFailure = (ctx: ContextWithPorts, portalId: PortalId, details: Record<string, unknown>): Promise<void> =>
  inTransaction(ctx, (ctx) =>
    record(ctx, { action: 'session.failed', subjectId: newId<SessionId>(ctx.now()), portalId, details }),
  );
