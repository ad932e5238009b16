import { sql } from 'kysely';
import type { OrganisationContext } from '../context.ts';
import type { Account, Holder } from './assignment.ts';

/** In which column of the organisation's tables a holder stands. */
export const columnOf = ({ kind }: Holder) =>
  (({ administrator: 'administrator_id', 'system-account': 'system_account_id', team: 'team_id' }) as const)[kind];

/** In which column of a team's members an account stands. */
export const memberColumnOf = ({ kind }: Account) => (kind === 'administrator' ? 'administrator_id' : 'system_account_id');

/** A holder, and what it is called. */
export type NamedHolder = Holder & { readonly name: string };

/** Those of the given ids that somebody has, by id. */
export const findHolders = async (ctx: OrganisationContext, ids: readonly string[]): Promise<Map<string, NamedHolder>> => {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<NamedHolder>`
    select id, name, 'administrator' as kind from administrators where id in (${sql.join(ids)})
    union all select id, name, 'system-account' as kind from system_accounts where id in (${sql.join(ids)})
    union all select id, name, 'team' as kind from administrator_teams where id in (${sql.join(ids)})`.execute(ctx.db);
  return new Map(rows.map((holder) => [holder.id as string, holder]));
};

/** Whether there is such an administrator, system account or team. */
export const holderExists = async (ctx: OrganisationContext, holder: Holder): Promise<boolean> =>
  (await findHolders(ctx, [holder.id])).get(holder.id)?.kind === holder.kind;
