import type { AdministratorActor, Grant } from '../../src/domain/access/index.ts';
import { createAdministrator } from '../../src/domain/administrators/index.ts';
import type { Context, OrganisationContext } from '../../src/domain/context.ts';
import type { AdministratorId, SystemAccountId } from '../../src/domain/ids.ts';
import { type Account, grantsOf } from '../../src/domain/roles/index.ts';
import { createSystemAccount } from '../../src/domain/system-accounts/index.ts';

type Person = { readonly kind: 'administrator'; readonly id: AdministratorId };
type Machine = { readonly kind: 'system-account'; readonly id: SystemAccountId };

/** A person who can log in, and may do nothing yet. */
export const newPerson = async (organisation: OrganisationContext, name: string): Promise<Person> => {
  const { id } = await createAdministrator(organisation, { email: `${name.toLowerCase()}@example.org`, name });
  await organisation.db.updateTable('administrators').set({ status: 'active' }).where('id', '=', id).execute();
  return { kind: 'administrator', id };
};

/** A machine that may do nothing yet. */
export const newMachine = async (organisation: OrganisationContext, name: string): Promise<Machine> => {
  const { id } = await createSystemAccount(organisation, { name });
  return { kind: 'system-account', id };
};

/** Somebody who acts with these roles, and nothing else. */
export const acting = (id: Account['id'] | undefined, ...grants: readonly Grant[]): AdministratorActor => ({
  kind: 'administrator',
  id,
  tokenId: undefined,
  grants,
});

/** The context of a region in which an account acts, with all roles that are in force for it there. */
export const as = async <C extends Context>(organisation: OrganisationContext, ctx: C, account: Account): Promise<C> => ({
  ...ctx,
  actor: acting(account.id, ...(await grantsOf(organisation, ctx, account))),
});

/** The organisation's context in which an account acts. */
export const asInOrganisation = async <C extends OrganisationContext>(
  organisation: C,
  ctx: Context,
  account: Account,
): Promise<C> => ({ ...organisation, actor: acting(account.id, ...(await grantsOf(organisation, ctx, account))) });
