import { type Context, type ContextWithPorts, inTransaction } from '../context.ts';
import { invalid, notFound } from '../errors.ts';
import { record } from '../events/index.ts';
import type { Portal } from '../portals/index.ts';
import { endSessions } from '../sessions/index.ts';
import type { Developer } from './developer.ts';
import * as store from './developers-store.ts';
import { accountKey, addressKey, isWithin } from './limits.ts';
import { consumeLink, dropLinks, getLink, type LinkPurpose } from './links.ts';
import { isTurnedAway, requireAccounts } from './sign-up.ts';

const PASSWORD_LINKS: readonly LinkPurpose[] = ['set-password', 'reset-password'];

/**
 * Has a mail sent by which to choose another password, if there is somebody with this address. Whoever asks learns nothing.
 * @throws not-found on a public portal; rate-limited
 */
export const requestPasswordReset = async (ctx: ContextWithPorts, portal: Portal, email: string): Promise<void> => {
  requireAccounts(portal);
  await ctx.ports.rateLimits.count('mail from an address', addressKey(ctx));
  const mayMail = await isWithin(ctx, 'mail to an account', accountKey(ctx, portal.id, email));
  await inTransaction(ctx, async (ctx) => {
    const developer = await store.findByEmail(ctx, portal.id, email);
    const action = developer && mayMail ? actionFor(developer) : 'developer.reset-ignored';
    await record(ctx, { action, subjectId: developer?.id ?? portal.id, portalId: portal.id });
  });
};

/** Who has not confirmed the address yet is sent the first mail again: it leads to a password too. */
const actionFor = (developer: Developer) => {
  if (isTurnedAway(developer)) return 'developer.reset-ignored';
  return developer.emailVerifiedAt === null ? 'developer.signed-up' : 'developer.password-forgotten';
};

/**
 * Sets the password by the token that confirming an address gave, or that a mail holds. Every session ends, and so do other such tokens.
 * @throws not-found, gone; invalid for a password that is too weak (the token can be used again); rate-limited
 */
export const setPassword = async (
  ctx: ContextWithPorts,
  portal: Portal,
  { token, password }: { readonly token: string; readonly password: string },
): Promise<Developer> => {
  requireAccounts(portal);
  await ctx.ports.rateLimits.count('link from an address', addressKey(ctx));
  const developer = await store.findById(ctx, await getLink(ctx, portal.id, token, PASSWORD_LINKS));
  if (!developer) throw notFound('Token');
  const passwordHash = await hashOf(ctx, developer, password);
  await inTransaction(ctx, async (ctx) => {
    await consumeLink(ctx, token);
    await store.updateDeveloper(ctx, developer.id, { passwordHash });
    await dropLinks(ctx, developer.id, PASSWORD_LINKS);
    await recordChange(ctx, developer);
    await endSessions(ctx, { portalId: portal.id, developerId: developer.id, reason: 'password changed' });
  });
  await ctx.ports.rateLimits.forget('log-in of an account', accountKey(ctx, portal.id, developer.email));
  return developer;
};

/** The hash of a new password. @throws invalid when it is too weak */
export const hashOf = async (ctx: ContextWithPorts, { email, fullName }: Developer, password: string): Promise<string> => {
  const weakness = await ctx.ports.passwords.weakness(password, [email, fullName]);
  if (weakness !== undefined) throw invalid({ field: 'password', rule: 'invalid', reason: weakness, source: 'body' });
  return ctx.ports.passwords.hash(password);
};

/** A first password is nothing to be warned of. */
export const recordChange = (ctx: Context, { id, portalId, passwordHash }: Developer & store.DeveloperSecret): Promise<void> =>
  record(ctx, {
    action: passwordHash === null ? 'developer.password-set' : 'developer.password-changed',
    subjectId: id,
    portalId,
  });
