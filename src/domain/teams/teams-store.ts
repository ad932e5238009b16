import { type Selectable, sql } from 'kysely';
import { applyFilters, applyPage, applySort, type ListColumn } from '../../database/listing.ts';
import type { DeveloperTeamsTable } from '../../database/schema.ts';
import { fold } from '../../lib/text.ts';
import type { Context } from '../context.ts';
import type { DeveloperId, PortalId, TeamId } from '../ids.ts';
import type { Listed, ListQuery } from '../listing.ts';
import type { Team, TeamAddress, TeamCounts, TeamFilterField, TeamSortField } from './team.ts';

const fromRow = (row: Selectable<DeveloperTeamsTable>): Team => ({
  id: row.id as TeamId,
  portalId: row.portal_id as PortalId,
  name: row.name,
  description: row.description,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const mutable = (team: Team) => ({
  name: team.name,
  name_key: fold(team.name),
  description: team.description,
  updated_at: team.updatedAt,
});

export const findTeam = async (ctx: Context, { portalId, teamId }: TeamAddress): Promise<Team | undefined> => {
  const row = await ctx.db
    .selectFrom('developer_teams')
    .selectAll()
    .where('id', '=', teamId)
    .where('portal_id', '=', portalId)
    .executeTakeFirst();
  return row && fromRow(row);
};

export const insertTeam = async (ctx: Context, team: Team): Promise<void> => {
  await ctx.db
    .insertInto('developer_teams')
    .values({ ...mutable(team), id: team.id, portal_id: team.portalId, created_at: team.createdAt })
    .execute();
};

export const storeTeam = async (ctx: Context, team: Team): Promise<void> => {
  await ctx.db.updateTable('developer_teams').set(mutable(team)).where('id', '=', team.id).execute();
};

export const removeTeam = async (ctx: Context, id: TeamId): Promise<void> => {
  await ctx.db.deleteFrom('developer_teams').where('id', '=', id).execute();
};

const COLUMNS: Record<TeamFilterField | TeamSortField, ListColumn> = {
  name: { column: sql.ref('developer_teams.name_key'), type: 'key' },
  created_at: { column: sql.ref('developer_teams.created_at'), type: 'instant' },
};

/** One page of a portal's teams, of all or of those that a developer belongs to. */
export const selectTeams = async (
  ctx: Context,
  { portalId, developerId }: { portalId: PortalId; developerId?: DeveloperId },
  query: ListQuery<TeamFilterField, TeamSortField>,
): Promise<Listed<Team>> => {
  const teams = ctx.db
    .selectFrom('developer_teams')
    .where('portal_id', '=', portalId)
    .$if(developerId !== undefined, (all) =>
      all.where('id', 'in', ({ selectFrom }) =>
        selectFrom('developer_team_members')
          .select('team_id')
          .where('developer_id', '=', developerId as string),
      ),
    );
  const filtered = applyFilters(teams, query.filters, COLUMNS);
  const { total } = await filtered.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const sorted = applySort(filtered.selectAll(), query.sort, COLUMNS, sql.ref('developer_teams.id'));
  const rows = await applyPage(sorted, query.page).execute();
  return { items: rows.map(fromRow), total, page: query.page };
};

/** How many members and roles teams have; every team that is asked for has an entry. */
export const selectCounts = async (ctx: Context, ids: readonly TeamId[]): Promise<Map<TeamId, TeamCounts>> => {
  const counts = new Map(ids.map((id) => [id, { members: 0, products: 0 }]));
  if (ids.length === 0) return counts;
  const rows = await ctx.db
    .selectFrom('developer_teams as team')
    .select([
      'team.id',
      sql<number>`(select count(*) from developer_team_members where team_id = team.id)`.as('members'),
      sql<number>`(select count(distinct product_id) from developer_team_roles where team_id = team.id)`.as('products'),
    ])
    .where('team.id', 'in', ids)
    .execute();
  for (const { id, members, products } of rows) counts.set(id as TeamId, { members, products });
  return counts;
};
