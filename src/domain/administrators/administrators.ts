import { toInstant } from '../../database/codec.ts';
import { isUniqueViolation } from '../../database/errors.ts';
import { fold } from '../../lib/text.ts';
import type { OrganisationContext } from '../context.ts';
import { conflict, invalid } from '../errors.ts';
import { type AdministratorId, newId } from '../ids.ts';

/** Somebody who runs the installation. Never a developer of a portal: the two share no accounts. */
export interface Administrator {
  readonly id: AdministratorId;
  readonly email: string;
  readonly name: string;
}

export interface NewAdministrator {
  readonly email: string;
  readonly name: string;
}

const EMAIL = /^[^\s@]+@[^\s@]+$/;
const MAX_LENGTH = 254; // RFC 5321, section 4.5.3.1.3

/**
 * Adds an administrator.
 * @throws invalid for something that is no e-mail address or an empty name; conflict when the address is taken
 */
export const createAdministrator = async (ctx: OrganisationContext, input: NewAdministrator): Promise<Administrator> => {
  const email = input.email.trim();
  const name = input.name.trim();
  if (!EMAIL.test(email) || email.length > MAX_LENGTH)
    throw invalid({ field: 'email', rule: 'invalid', reason: 'email must be an e-mail address' });
  if (name === '') throw invalid({ field: 'name', rule: 'required', reason: 'name is required' });
  const now = ctx.now();
  const id = newId<AdministratorId>(now);
  try {
    await ctx.db
      .insertInto('administrators')
      .values({ id, email, email_key: fold(email), name, created_at: toInstant(now) })
      .execute();
  } catch (error) {
    if (isUniqueViolation(error)) throw conflict(`There is an administrator with the address ${email} already`);
    throw error;
  }
  return { id, email, name };
};

/** The administrator with an e-mail address, in any case. */
export const findAdministratorByEmail = async (ctx: OrganisationContext, email: string): Promise<Administrator | undefined> => {
  const row = await ctx.db
    .selectFrom('administrators')
    .select(['id', 'email', 'name'])
    .where('email_key', '=', fold(email.trim()))
    .executeTakeFirst();
  return row && { id: row.id as AdministratorId, email: row.email, name: row.name };
};
