import { ORGANISATION_ADMIN, SYSTEM } from '../access/index.ts';
import { inTransaction, type OrganisationContext, type OrganisationContextWithPorts } from '../context.ts';
import { conflict, notFound } from '../errors.ts';
import { assignRole } from '../roles/index.ts';
import { type Administrator, actingAs } from './administrator.ts';
import { createAdministrator, getAdministrator, type NewAdministrator } from './administrators.ts';
import { createAdministratorLink, findAdministratorLink, useLink } from './links.ts';
import { type HashedPassword, hashNewPassword, keepPassword } from './passwords.ts';

const isAnybodyThere = async (ctx: OrganisationContext): Promise<boolean> =>
  (await ctx.db.selectFrom('administrators').select('id').limit(1).executeTakeFirst()) !== undefined;

const ADMIN = { ...ORGANISATION_ADMIN, region: '*' } as const;

/** Adds somebody who may do everything; without a password they are invited only. Call it inside a transaction. */
const addOrganisationAdmin = async (
  ctx: OrganisationContext,
  person: NewAdministrator,
  password: HashedPassword | undefined,
): Promise<Administrator> => {
  const { id } = await createAdministrator(ctx, person);
  await assignRole({ ...ctx, actor: SYSTEM }, { holder: { kind: 'administrator', id }, ...ADMIN });
  if (password) await keepPassword(actingAs(ctx, id), id, password);
  return getAdministrator(ctx, id);
};

/**
 * Adds somebody who may do everything, for the command line; without a password they are invited only.
 * @throws invalid for the address, the name or a weak password; conflict when the address is taken
 */
export const createOrganisationAdmin = async (
  ctx: OrganisationContextWithPorts,
  { password, ...person }: NewAdministrator & { readonly password?: string | undefined },
): Promise<Administrator> => {
  const hashed = password === undefined ? undefined : await hashNewPassword(ctx, password, [person.name, person.email]);
  return inTransaction(ctx, (ctx) => addOrganisationAdmin(ctx, person, hashed));
};

/** The secret of a link with which the first administrator makes themselves; undefined when there is one already. */
export const offerSetUp = async (ctx: OrganisationContext): Promise<string | undefined> =>
  (await isAnybodyThere(ctx)) ? undefined : createAdministratorLink(ctx, { purpose: 'set-up' });

/**
 * Makes the first administrator, who may do everything.
 * @throws not-found when the link does not work any more; invalid for the address, the name or a weak password; conflict when somebody was faster
 */
export const setUpFirstAdministrator = async (
  ctx: OrganisationContextWithPorts,
  { secret, password, ...person }: NewAdministrator & { readonly secret: string; readonly password: string },
): Promise<Administrator> => {
  if ((await findAdministratorLink(ctx, secret))?.purpose !== 'set-up') throw notFound('Link');
  const hashed = await hashNewPassword(ctx, password, [person.name, person.email]);
  return inTransaction(ctx, async (ctx) => {
    await useLink(ctx, secret);
    if (await isAnybodyThere(ctx)) throw conflict('There is an administrator already: ask them for an invitation');
    return addOrganisationAdmin(ctx, person, hashed);
  });
};
