import { type Actor, may } from '../access/index.ts';
import { inTransaction, type OrganisationContext } from '../context.ts';
import { conflict, forbidden } from '../errors.ts';
import type { Holder } from './assignment.ts';
import { columnOf, memberColumnOf } from './holders.ts';

/** The role that may do everything, as it is stored. */
const ADMIN = { entity_type: 'organisation', role: 'Organisation Admin' } as const;

const selectAdmins = (ctx: OrganisationContext) =>
  ctx.db.selectFrom('role_assignments').where('entity_type', '=', ADMIN.entity_type).where('role', '=', ADMIN.role);

/** Whether a holder is Organisation Admin, of its own or through a team. */
export const isOrganisationAdmin = async (ctx: OrganisationContext, holder: Holder): Promise<boolean> => {
  const row = await selectAdmins(ctx)
    .select('id')
    .where(({ eb, or, selectFrom }) => {
      const own = eb(columnOf(holder), '=', holder.id);
      if (holder.kind === 'team') return own;
      const teams = selectFrom('administrator_team_members').select('team_id').where(memberColumnOf(holder), '=', holder.id);
      return or([own, eb('team_id', 'in', teams)]);
    })
    .executeTakeFirst();
  return row !== undefined;
};

/** May this actor do everything, and so give and take the role that may? */
export const mayDoEverything = (actor: Actor): boolean => may(actor, 'organisation.administer');

/**
 * Keeps whoever manages people from growing beyond themselves: only an Organisation Admin touches what belongs to one.
 * @throws forbidden
 */
export const demandPowerOver = async (ctx: OrganisationContext, holder: Holder): Promise<void> => {
  if (mayDoEverything(ctx.actor)) return;
  if (await isOrganisationAdmin(ctx, holder)) throw forbidden('Only an Organisation Admin may do this to an Organisation Admin');
};

/** How many people who can log in are Organisation Admin, of their own or through a team. */
const countAdmins = async (ctx: OrganisationContext): Promise<number> => {
  const { count } = await ctx.db
    .selectFrom('administrators')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('status', '=', 'active')
    .where(({ or, exists, selectFrom }) => {
      const held = selectFrom('role_assignments')
        .select('role_assignments.id')
        .where('entity_type', '=', ADMIN.entity_type)
        .where('role', '=', ADMIN.role);
      return or([
        exists(held.whereRef('role_assignments.administrator_id', '=', 'administrators.id')),
        exists(
          held
            .innerJoin('administrator_team_members as member', 'member.team_id', 'role_assignments.team_id')
            .whereRef('member.administrator_id', '=', 'administrators.id'),
        ),
      ]);
    })
    .executeTakeFirstOrThrow();
  return count;
};

/**
 * Runs an act that may take Organisation Admin from somebody, in a transaction, one such act at a time.
 * @throws conflict when it would leave nobody who may do everything, where there was somebody
 */
export const keepingAnAdmin = <C extends OrganisationContext, T>(
  ctx: C,
  act: (ctx: Omit<C, 'ports'>) => Promise<T>,
): Promise<T> =>
  inTransaction(ctx, async (ctx) => {
    await selectAdmins(ctx)
      .select('id')
      .orderBy('id')
      .$if(ctx.engine === 'postgres', (query) => query.forUpdate())
      .execute();
    const before = await countAdmins(ctx);
    const done = await act(ctx);
    if (before > 0 && (await countAdmins(ctx)) === 0)
      throw conflict('Somebody has to stay Organisation Admin: make another person one first');
    return done;
  });
