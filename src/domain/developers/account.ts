import { type Context, type ContextWithPorts, inTransaction } from '../context.ts';
import { invalid, notFound } from '../errors.ts';
import { record } from '../events/index.ts';
import type { SessionId } from '../ids.ts';
import { endSessions } from '../sessions/index.ts';
import type { Developer, DeveloperAddress } from './developer.ts';
import { erase } from './developers.ts';
import * as store from './developers-store.ts';
import { hashOf, recordChange } from './passwords.ts';

/** A developer, for themselves. @throws not-found */
export const getAccount = async (ctx: Context, address: DeveloperAddress): Promise<Developer> => {
  const developer = await store.findDeveloper(ctx, address);
  if (!developer) throw notFound('Developer');
  return developer;
};

/** Changes what a developer is called. @throws not-found */
export const updateAccount = (
  ctx: Context,
  address: DeveloperAddress,
  { fullName }: { readonly fullName: string },
): Promise<Developer> =>
  inTransaction(ctx, async (ctx) => {
    const before = await getAccount(ctx, address);
    if (before.fullName === fullName) return before;
    await store.updateDeveloper(ctx, before.id, { fullName });
    await record(ctx, {
      action: 'developer.updated',
      subjectId: before.id,
      portalId: before.portalId,
      details: { fields: ['fullName'] },
    });
    return getAccount(ctx, address);
  });

/**
 * Changes the password of who is signed in, and knows the old one; all their other sessions end.
 * @throws invalid for a wrong old or a weak new password; rate-limited
 */
export const changePassword = async (
  ctx: ContextWithPorts,
  address: DeveloperAddress,
  { current, next, session }: { readonly current: string; readonly next: string; readonly session: SessionId },
): Promise<void> => {
  const developer = await provePassword(ctx, address, current);
  const passwordHash = await hashOf(ctx, developer, next);
  await inTransaction(ctx, async (ctx) => {
    await store.updateDeveloper(ctx, developer.id, { passwordHash });
    await recordChange(ctx, developer);
    await endSessions(ctx, { ...address, except: session, reason: 'password changed' });
  });
};

/** Deletes the account of who is signed in, with all that is theirs. @throws invalid for a wrong password; rate-limited */
export const deleteAccount = async (ctx: ContextWithPorts, address: DeveloperAddress, password: string): Promise<void> => {
  const developer = await provePassword(ctx, address, password);
  await inTransaction(ctx, (ctx) => erase(ctx, developer));
};

/** The developer, if this is their password. */
const provePassword = async (
  ctx: ContextWithPorts,
  { developerId }: DeveloperAddress,
  password: string,
): Promise<Developer & store.DeveloperSecret> => {
  await ctx.ports.rateLimits.count('log-in of an account', developerId);
  const developer = await store.findById(ctx, developerId);
  if (!developer) throw notFound('Developer');
  if (!(await ctx.ports.passwords.verify(developer.passwordHash, password)))
    throw invalid({ field: 'current_password', rule: 'invalid', reason: 'this is not your password', source: 'body' });
  await ctx.ports.rateLimits.forget('log-in of an account', developerId);
  return developer;
};
