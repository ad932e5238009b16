import { inTransaction, type OrganisationContext, type OrganisationContextWithPorts } from '../context.ts';
import { invalid, notFound } from '../errors.ts';
import { recordForOrganisation } from '../events/index.ts';
import type { AdministratorId, SessionId } from '../ids.ts';
import { type Administrator, actingAs } from './administrator.ts';
import { getAdministrator } from './administrators.ts';
import { findAdministratorLink, useLink } from './links.ts';
import { endAdministratorSessions } from './sessions.ts';

/** A password that was judged good enough, hashed. */
export interface HashedPassword {
  readonly hash: string;
}

/** Judges and hashes a password that somebody chose; slow, and before any transaction. @throws invalid, saying why it is not good enough */
export const hashNewPassword = async (
  { ports }: OrganisationContextWithPorts,
  password: string,
  personal: readonly string[],
): Promise<HashedPassword> => {
  const weakness = await ports.passwords.weakness(password, personal);
  if (weakness !== undefined) throw invalid({ field: 'password', rule: 'invalid', reason: weakness });
  return { hash: await ports.passwords.hash(password) };
};

/** Keeps a password; whoever was invited is active from then on. Call it inside a transaction. */
export const keepPassword = async (ctx: OrganisationContext, id: AdministratorId, { hash }: HashedPassword): Promise<void> => {
  const before = await ctx.db
    .selectFrom('administrators')
    .select(['status', 'password_hash'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!before) throw notFound('Administrator');
  const isFirst = before.password_hash === null;
  await ctx.db
    .updateTable('administrators')
    .set({ password_hash: hash, ...(before.status === 'invited' ? { status: 'active' } : {}) })
    .where('id', '=', id)
    .execute();
  const action = isFirst ? 'administrator.activated' : 'administrator.password-changed';
  await recordForOrganisation(ctx, { action, subjectId: id });
};

/**
 * Gives somebody a password, without asking for another one: for the command line.
 * @throws not-found; invalid when it is too weak
 */
export const setPassword = async (ctx: OrganisationContextWithPorts, id: AdministratorId, password: string): Promise<void> => {
  const { name, email } = await getAdministrator(ctx, id);
  const hashed = await hashNewPassword(ctx, password, [name, email]);
  await inTransaction(ctx, async (ctx) => {
    await keepPassword(ctx, id, hashed);
    await endAdministratorSessions(ctx, id);
  });
};

/**
 * Sets the password of whoever was sent a link, invited or forgetful, and ends their sessions.
 * @throws not-found when the link does not work any more; invalid when the password is too weak
 */
export const choosePassword = async (
  ctx: OrganisationContextWithPorts,
  { secret, password }: { readonly secret: string; readonly password: string },
): Promise<Administrator> => {
  const { administratorId, name = '', email = '' } = (await findAdministratorLink(ctx, secret)) ?? {};
  if (administratorId === undefined) throw notFound('Link');
  const hashed = await hashNewPassword(ctx, password, [name, email]);
  return inTransaction(actingAs(ctx, administratorId), async (ctx) => {
    await useLink(ctx, secret);
    await keepPassword(ctx, administratorId, hashed);
    await endAdministratorSessions(ctx, administratorId);
    return getAdministrator(ctx, administratorId);
  });
};

/**
 * Asks for somebody's password before something that only they may do.
 * @throws invalid when it is wrong; rate-limited after too many wrong ones
 */
export const demandPassword = async (
  { db, ports }: OrganisationContextWithPorts,
  id: AdministratorId,
  password: string,
  field = 'password',
): Promise<void> => {
  const key = `administrator ${id}`;
  await ports.rateLimits.count('log-in of an account', key);
  const row = await db.selectFrom('administrators').select('password_hash').where('id', '=', id).executeTakeFirst();
  if (!(await ports.passwords.verify(row?.password_hash, password)))
    throw invalid({ field, rule: 'invalid', reason: 'This is not your password' });
  await ports.rateLimits.forget('log-in of an account', key);
};

/**
 * Changes somebody's password, and ends all their other sessions.
 * @throws invalid when the current one is wrong, or the new one too weak; rate-limited
 */
export const changePassword = async (
  ctx: OrganisationContextWithPorts,
  { id, sessionId }: { readonly id: AdministratorId; readonly sessionId: SessionId },
  { current, password }: { readonly current: string; readonly password: string },
): Promise<void> => {
  await demandPassword(ctx, id, current, 'current');
  const { name, email } = await getAdministrator(ctx, id);
  const hashed = await hashNewPassword(ctx, password, [name, email]);
  await inTransaction(ctx, async (ctx) => {
    await keepPassword(ctx, id, hashed);
    await endAdministratorSessions(ctx, id, sessionId);
  });
};
