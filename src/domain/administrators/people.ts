import { sql } from 'kysely';
import { applyFilters, applyPage, applySort, type ListColumn } from '../../database/listing.ts';
import { type Actor, may, require } from '../access/index.ts';
import { inTransaction, type OrganisationContext } from '../context.ts';
import { conflict, notFound } from '../errors.ts';
import { recordForOrganisation } from '../events/index.ts';
import type { AdministratorId } from '../ids.ts';
import type { Listed, ListQuery } from '../listing.ts';
import { demandPowerOver, keepingAnAdmin, mayNameHolders } from '../roles/index.ts';
import { type Administrator, asName } from './administrator.ts';
import { createAdministrator, getAdministrator, type NewAdministrator } from './administrators.ts';
import { administratorRows, toAdministrator } from './administrators-store.ts';
import { removeSecondFactor } from './second-factor.ts';
import { endAdministratorSessions } from './sessions.ts';

/** May this actor invite people, and take them out again? */
export const mayManagePeople = (actor: Actor): boolean => may(actor, 'organisation.identify');

const COLUMNS: Record<'name' | 'email' | 'status', ListColumn> = {
  name: { column: sql.ref('administrators.name'), type: 'text' },
  email: { column: sql.ref('administrators.email_key'), type: 'key' },
  status: { column: sql.ref('administrators.status'), type: 'enum' },
};

/** One page of the people. @throws forbidden to all who never have to name one */
export const listAdministrators = async (
  ctx: OrganisationContext,
  query: ListQuery<'name' | 'email' | 'status', 'name' | 'email'>,
): Promise<Listed<Administrator>> => {
  require(mayNameHolders(ctx.actor));
  const filtered = applyFilters(administratorRows(ctx), query.filters, COLUMNS);
  const { total } = await filtered
    .clearSelect()
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await applyPage(applySort(filtered, query.sort, COLUMNS, sql.ref('administrators.id')), query.page).execute();
  return { items: rows.map(toAdministrator), total, page: query.page };
};

/** Somebody as others see them. @throws forbidden to all but themselves and those who have to name people; not-found */
export const viewAdministrator = async (ctx: OrganisationContext, id: AdministratorId): Promise<Administrator> => {
  require((ctx.actor.kind === 'administrator' && ctx.actor.id === id) || mayNameHolders(ctx.actor));
  return getAdministrator(ctx, id);
};

/**
 * Invites somebody: they are sent a link with which they choose a password.
 * @throws forbidden; invalid for the address or the name; conflict when the address is taken
 */
export const inviteAdministrator = (ctx: OrganisationContext, input: NewAdministrator): Promise<Administrator> =>
  inTransaction(ctx, async (ctx) => {
    require(mayManagePeople(ctx.actor));
    const administrator = await createAdministrator(ctx, input);
    await recordForOrganisation(ctx, { action: 'administrator.invited', subjectId: administrator.id });
    return administrator;
  });

/** Sends an invitation once more. @throws forbidden; not-found; conflict when it was accepted already */
export const inviteAgain = (ctx: OrganisationContext, id: AdministratorId): Promise<Administrator> =>
  inTransaction(ctx, async (ctx) => {
    require(mayManagePeople(ctx.actor));
    const administrator = await getAdministrator(ctx, id);
    if (administrator.status !== 'invited') throw conflict('This invitation was accepted already');
    await recordForOrganisation(ctx, { action: 'administrator.invited', subjectId: id });
    return administrator;
  });

/** Changes somebody's name: their own, or by whoever manages people. @throws forbidden; not-found; invalid for an empty name */
export const renameAdministrator = (ctx: OrganisationContext, id: AdministratorId, name: string): Promise<Administrator> =>
  inTransaction(ctx, async (ctx) => {
    require((ctx.actor.kind === 'administrator' && ctx.actor.id === id) || mayManagePeople(ctx.actor));
    const before = await getAdministrator(ctx, id);
    const after = { ...before, name: asName(name) };
    if (after.name === before.name) return before;
    await ctx.db.updateTable('administrators').set({ name: after.name }).where('id', '=', id).execute();
    await recordForOrganisation(ctx, { action: 'administrator.updated', subjectId: id });
    return after;
  });

/** What whoever manages people does to others, but never to themselves. @throws forbidden; not-found; conflict */
const actOnOther = <T>(
  ctx: OrganisationContext,
  id: AdministratorId,
  act: (ctx: OrganisationContext, administrator: Administrator) => Promise<T>,
): Promise<T> =>
  keepingAnAdmin(ctx, async (ctx) => {
    require(mayManagePeople(ctx.actor));
    await demandPowerOver(ctx, { kind: 'administrator', id });
    if (ctx.actor.kind === 'administrator' && ctx.actor.id === id)
      throw conflict('Nobody can do this to themselves: ask another administrator');
    return act(ctx, await getAdministrator(ctx, id));
  });

/** Keeps somebody from logging in and ends their sessions; their tokens stop. @throws forbidden; not-found; conflict */
export const deactivateAdministrator = (ctx: OrganisationContext, id: AdministratorId): Promise<void> =>
  actOnOther(ctx, id, async (ctx, { status }) => {
    if (status === 'deactivated') return;
    await ctx.db.updateTable('administrators').set({ status: 'deactivated' }).where('id', '=', id).execute();
    await endAdministratorSessions(ctx, id);
    await recordForOrganisation(ctx, { action: 'administrator.deactivated', subjectId: id });
  });

/** Lets somebody log in again; whoever never chose a password is invited again. @throws forbidden; not-found */
export const reactivateAdministrator = (ctx: OrganisationContext, id: AdministratorId): Promise<void> =>
  actOnOther(ctx, id, async (ctx, { status }) => {
    if (status !== 'deactivated') return;
    const row = await ctx.db.selectFrom('administrators').select('password_hash').where('id', '=', id).executeTakeFirst();
    const next = row?.password_hash === null ? 'invited' : 'active';
    await ctx.db.updateTable('administrators').set({ status: next }).where('id', '=', id).execute();
    await recordForOrganisation(ctx, { action: 'administrator.reactivated', subjectId: id });
  });

/** Takes the second factor from somebody who has lost it. @throws forbidden; not-found; conflict when they have none */
export const resetSecondFactor = (ctx: OrganisationContext, id: AdministratorId): Promise<void> =>
  actOnOther(ctx, id, async (ctx, { hasSecondFactor }) => {
    if (!hasSecondFactor) throw conflict('There is no second factor');
    await removeSecondFactor(ctx, id);
  });

/** Deletes somebody, with their sessions, tokens and roles; the audit trail keeps their id. @throws forbidden; not-found; conflict */
export const deleteAdministrator = (ctx: OrganisationContext, id: AdministratorId): Promise<void> =>
  actOnOther(ctx, id, async (ctx) => {
    const deleted = await ctx.db.deleteFrom('administrators').where('id', '=', id).executeTakeFirst();
    if (deleted.numDeletedRows === 0n) throw notFound('Administrator');
    await recordForOrganisation(ctx, { action: 'administrator.deleted', subjectId: id });
  });
