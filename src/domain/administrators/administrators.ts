import { toInstant } from '../../database/codec.ts';
import { isUniqueViolation } from '../../database/errors.ts';
import { fold } from '../../lib/text.ts';
import { inTransaction, type OrganisationContext } from '../context.ts';
import { conflict, notFound } from '../errors.ts';
import { recordForOrganisation } from '../events/index.ts';
import { type AdministratorId, newId } from '../ids.ts';
import { type Administrator, asEmail, asName } from './administrator.ts';
import { administratorRows, toAdministrator } from './administrators-store.ts';

export interface NewAdministrator {
  readonly email: string;
  readonly name: string;
}

/**
 * Adds somebody who has no password yet, and no role.
 * @throws invalid for something that is no e-mail address or an empty name; conflict when the address is taken
 */
export const createAdministrator = async (ctx: OrganisationContext, input: NewAdministrator): Promise<Administrator> => {
  const email = asEmail(input.email);
  const name = asName(input.name);
  const now = ctx.now();
  const id = newId<AdministratorId>(now);
  return inTransaction(ctx, async (ctx) => {
    try {
      await ctx.db
        .insertInto('administrators')
        .values({ id, email, email_key: fold(email), name, status: 'invited', created_at: toInstant(now) })
        .execute();
    } catch (error) {
      if (isUniqueViolation(error)) throw conflict(`There is an administrator with the address ${email} already`);
      throw error;
    }
    await recordForOrganisation(ctx, { action: 'administrator.created', subjectId: id });
    return getAdministrator(ctx, id);
  });
};

/** The administrator with an e-mail address, in any case. */
export const findAdministratorByEmail = async (ctx: OrganisationContext, email: string): Promise<Administrator | undefined> => {
  const row = await administratorRows(ctx).where('email_key', '=', fold(email.trim())).executeTakeFirst();
  return row && toAdministrator(row);
};

/** @throws not-found */
export const getAdministrator = async (ctx: OrganisationContext, id: AdministratorId): Promise<Administrator> => {
  const row = await administratorRows(ctx).where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('Administrator');
  return toAdministrator(row);
};

/** What administrators are called, by id; those who are gone are left out. */
export const findAdministratorNames = async (ctx: OrganisationContext, ids: readonly string[]): Promise<Map<string, string>> => {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.selectFrom('administrators').select(['id', 'name']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
};
