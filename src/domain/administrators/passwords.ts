import { inTransaction, type OrganisationContext, type OrganisationContextWithPorts } from '../context.ts';
import { invalid } from '../errors.ts';
import type { AdministratorId } from '../ids.ts';
import { getAdministrator } from './administrators.ts';

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
  const weakness = ports.passwords.weakness(password, personal);
  if (weakness !== undefined) throw invalid({ field: 'password', rule: 'invalid', reason: weakness });
  return { hash: await ports.passwords.hash(password) };
};

/** Keeps a password; whoever has one is no longer invited only. Call it inside a transaction. */
export const keepPassword = async (ctx: OrganisationContext, id: AdministratorId, { hash }: HashedPassword): Promise<void> => {
  await ctx.db.updateTable('administrators').set({ password_hash: hash, status: 'active' }).where('id', '=', id).execute();
};

/**
 * Gives somebody a password, without asking for another one: for the command line.
 * @throws not-found; invalid when it is too weak
 */
export const setPassword = async (ctx: OrganisationContextWithPorts, id: AdministratorId, password: string): Promise<void> => {
  const { name, email } = await getAdministrator(ctx, id);
  const hashed = await hashNewPassword(ctx, password, [name, email]);
  await inTransaction(ctx, (ctx) => keepPassword(ctx, id, hashed));
};
