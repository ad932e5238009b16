import { toInstant } from '../../database/codec.ts';
import { lockRow } from '../../database/lock.ts';
import { type Context, type ContextWithPorts, inTransaction } from '../context.ts';
import { notFound } from '../errors.ts';
import { record } from '../events/index.ts';
import { type DeveloperId, newId } from '../ids.ts';
import type { Portal } from '../portals/index.ts';
import type { Developer, DeveloperStatus } from './developer.ts';
import * as store from './developers-store.ts';
import { accountKey, addressKey, isWithin } from './limits.ts';
import { consumeLink, createDeveloperLink, getLink } from './links.ts';

export interface SignUp {
  readonly email: string;
  readonly fullName: string;
}

/**
 * Signs somebody up, who then gets a mail by which to confirm the address. Whoever asks learns nothing: an address that is known
 * already, or that was turned away, looks the same and takes the same work.
 * @throws not-found on a public portal; rate-limited
 */
export const signUp = async (ctx: ContextWithPorts, portal: Portal, { email, fullName }: SignUp): Promise<void> => {
  requireAccounts(portal);
  await ctx.ports.rateLimits.count('sign-up from an address', addressKey(ctx));
  const mayMail = await isWithin(ctx, 'mail to an account', accountKey(ctx, portal.id, email));
  await inTransaction(ctx, async (ctx) => {
    const known = await store.findByEmail(ctx, portal.id, email);
    if (known) await store.keepDeveloper(ctx, known.id); // as much work as to insert one
    const subjectId = known?.id ?? (await insert(ctx, portal, { email, fullName }));
    const action = mayMail ? actionFor(known) : 'developer.sign-up-ignored';
    await record(ctx, { action, subjectId, portalId: portal.id });
  });
};

/** There is nobody to be on a public portal, nor a password to have where log-in is elsewhere. @throws not-found */
export const requireAccounts = (portal: Portal): void => {
  if (portal.isPublic || !portal.basicAuthEnabled) throw notFound('Page');
};

const insert = async (ctx: Context, portal: Portal, { email, fullName }: SignUp): Promise<DeveloperId> => {
  const now = ctx.now();
  const id = newId<DeveloperId>(now);
  await store.insertDeveloper(ctx, {
    id,
    portalId: portal.id,
    email,
    fullName,
    status: 'pending',
    statusReason: null,
    emailVerifiedAt: null,
    createdAt: toInstant(now),
    updatedAt: toInstant(now),
  });
  return id;
};

/** Who has no password yet is sent the first mail again; who has one is reminded of it; who was turned away hears nothing. */
const actionFor = (known: (Developer & store.DeveloperSecret) | undefined) => {
  if (known && isTurnedAway(known)) return 'developer.sign-up-ignored';
  return known?.passwordHash ? 'developer.signed-up-again' : 'developer.signed-up';
};

/** Whether a developer is neither approved nor may hope to be. */
export const isTurnedAway = ({ status }: Developer): boolean => status === 'rejected' || status === 'revoked';

/** What confirming an address leads to. */
export interface ConfirmedAddress {
  readonly email: string;
  readonly status: DeveloperStatus;
  /** sets the first password, once */
  readonly token: string;
}

/**
 * Confirms an address by the token of its mail, and gives the token that sets the password. Where the portal approves by itself, the
 * developer is approved now; else they wait for an administrator.
 * @throws not-found, gone; rate-limited
 */
export const confirmAddress = async (ctx: ContextWithPorts, portal: Portal, token: string): Promise<ConfirmedAddress> => {
  requireAccounts(portal);
  await ctx.ports.rateLimits.count('link from an address', addressKey(ctx));
  return inTransaction(ctx, async (ctx) => {
    const id = await getLink(ctx, portal.id, token, ['confirm-address']);
    await consumeLink(ctx, token);
    await lockRow(ctx.db, ctx.engine, 'developers', id);
    const developer = await store.findById(ctx, id);
    if (!developer) throw notFound('Token');
    const status = developer.status === 'pending' && portal.autoApproveDevelopers ? 'approved' : developer.status;
    await store.updateDeveloper(ctx, id, { status, emailVerifiedAt: developer.emailVerifiedAt ?? toInstant(ctx.now()) });
    await record(ctx, { action: 'developer.verified', subjectId: id, portalId: portal.id, details: { status } });
    return {
      email: developer.email,
      status,
      token: await createDeveloperLink(ctx, { developerId: id, purpose: 'set-password' }),
    };
  });
};
