import { type Selectable, sql } from 'kysely';
import { toInstant } from '../../database/codec.ts';
import { applyFilters, applyPage, applySort, type ListColumn } from '../../database/listing.ts';
import type { SystemAccountsTable } from '../../database/schema.ts';
import { differences, isUnchanged } from '../../lib/differences.ts';
import { fold } from '../../lib/text.ts';
import { may, require } from '../access/index.ts';
import { inTransaction, type OrganisationContext } from '../context.ts';
import { invalid, notFound } from '../errors.ts';
import { recordForOrganisation } from '../events/index.ts';
import { newId, type SystemAccountId } from '../ids.ts';
import type { Listed, ListQuery } from '../listing.ts';
import { demandPowerOver, mayNameHolders } from '../roles/index.ts';
import { uniquely } from '../unique.ts';

/** A machine that acts for the installation, with tokens and roles of its own. */
export interface SystemAccount {
  readonly id: SystemAccountId;
  readonly name: string;
  readonly description: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface NewSystemAccount {
  readonly name: string;
  readonly description?: string | undefined;
}

/** Absent leaves as it is. */
export type SystemAccountChanges = { readonly [Key in keyof NewSystemAccount]?: NewSystemAccount[Key] | undefined };

const fromRow = (row: Selectable<SystemAccountsTable>): SystemAccount => ({
  id: row.id as SystemAccountId,
  name: row.name,
  description: row.description,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const COLUMNS: Record<'name' | 'created_at', ListColumn> = {
  name: { column: sql.ref('system_accounts.name_key'), type: 'key' },
  created_at: { column: sql.ref('system_accounts.created_at'), type: 'instant' },
};

/** One page of the system accounts. @throws forbidden to all who never have to name one */
export const listSystemAccounts = async (
  ctx: OrganisationContext,
  query: ListQuery<'name', 'name' | 'created_at'>,
): Promise<Listed<SystemAccount>> => {
  require(mayNameHolders(ctx.actor));
  const filtered = applyFilters(ctx.db.selectFrom('system_accounts'), query.filters, COLUMNS);
  const { total } = await filtered.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const sorted = applySort(filtered.selectAll('system_accounts'), query.sort, COLUMNS, sql.ref('system_accounts.id'));
  const rows = await applyPage(sorted, query.page).execute();
  return { items: rows.map(fromRow), total, page: query.page };
};

/** @throws forbidden; not-found */
export const getSystemAccount = async (ctx: OrganisationContext, id: SystemAccountId): Promise<SystemAccount> => {
  require(mayNameHolders(ctx.actor));
  const row = await ctx.db.selectFrom('system_accounts').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('System account');
  return fromRow(row);
};

/** The system account of this name, in any case. */
export const findSystemAccountByName = async (ctx: OrganisationContext, name: string): Promise<SystemAccount | undefined> => {
  const row = await ctx.db.selectFrom('system_accounts').selectAll().where('name_key', '=', fold(name.trim())).executeTakeFirst();
  return row && fromRow(row);
};

/** Creates a system account, which may do nothing yet. @throws forbidden; invalid for an empty name; conflict when the name is taken */
export const createSystemAccount = async (ctx: OrganisationContext, input: NewSystemAccount): Promise<SystemAccount> => {
  require(may(ctx.actor, 'organisation.identify'));
  const now = ctx.now();
  const account: SystemAccount = {
    id: newId<SystemAccountId>(now),
    name: checkedName(input.name),
    description: input.description ?? '',
    createdAt: toInstant(now),
    updatedAt: toInstant(now),
  };
  await uniquely(taken(account.name), () =>
    inTransaction(ctx, async (ctx) => {
      const { id, createdAt } = account;
      await ctx.db
        .insertInto('system_accounts')
        .values({ ...mutable(account), id, created_at: createdAt })
        .execute();
      await recordForOrganisation(ctx, { action: 'system-account.created', subjectId: id, details: { name: account.name } });
    }),
  );
  return account;
};

/** @throws forbidden; not-found; invalid for an empty name; conflict when the name is taken */
export const updateSystemAccount = (
  ctx: OrganisationContext,
  id: SystemAccountId,
  changes: SystemAccountChanges,
): Promise<SystemAccount> =>
  uniquely(taken(changes.name), () =>
    inTransaction(ctx, async (ctx) => {
      require(may(ctx.actor, 'organisation.identify'));
      const before = await getSystemAccount(ctx, id);
      const after: SystemAccount = {
        ...before,
        name: changes.name === undefined ? before.name : checkedName(changes.name),
        description: changes.description ?? before.description,
        updatedAt: toInstant(ctx.now()),
      };
      const details = differences(before, after, ['name', 'description']);
      if (isUnchanged(details)) return before;
      await ctx.db.updateTable('system_accounts').set(mutable(after)).where('id', '=', id).execute();
      await recordForOrganisation(ctx, { action: 'system-account.updated', subjectId: id, details });
      return after;
    }),
  );

/** Deletes a system account with its tokens and roles. @throws forbidden; not-found */
export const deleteSystemAccount = (ctx: OrganisationContext, id: SystemAccountId): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    require(may(ctx.actor, 'organisation.identify'));
    await demandPowerOver(ctx, { kind: 'system-account', id });
    const { name } = await getSystemAccount(ctx, id);
    await ctx.db.deleteFrom('system_accounts').where('id', '=', id).execute();
    await recordForOrganisation(ctx, { action: 'system-account.deleted', subjectId: id, details: { name } });
  });

const mutable = ({ name, description, updatedAt }: SystemAccount) => ({
  name,
  name_key: fold(name),
  description,
  updated_at: updatedAt,
});

const checkedName = (name: string): string => {
  const trimmed = name.trim();
  if (trimmed === '') throw invalid({ field: 'name', rule: 'min_length', minimum: 1, reason: 'name must not be empty' });
  return trimmed;
};

const taken = (name: string | undefined): string => `A system account with the name "${name}" exists already`;
