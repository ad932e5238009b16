import { type SqlBool, sql } from 'kysely';
import { toInstant } from '../../database/codec.ts';
import { applyFilters, applyPage, applySort, type ListColumn } from '../../database/listing.ts';
import type { Context } from '../context.ts';
import type { DeveloperId, PortalId, TeamId } from '../ids.ts';
import type { Listed, ListQuery } from '../listing.ts';
import type { TeamMember, TeamMemberFilterField } from './team.ts';

/** Whether a portal has a developer with this id. */
export const isDeveloper = async (ctx: Context, portalId: PortalId, id: DeveloperId): Promise<boolean> => {
  const row = await ctx.db
    .selectFrom('developers')
    .select('id')
    .where('id', '=', id)
    .where('portal_id', '=', portalId)
    .executeTakeFirst();
  return row !== undefined;
};

/** Makes a developer a member of a team; answers false when they are one already. */
export const insertMember = async (ctx: Context, teamId: TeamId, developerId: DeveloperId): Promise<boolean> => {
  const row = await ctx.db
    .insertInto('developer_team_members')
    .values({ team_id: teamId, developer_id: developerId, created_at: toInstant(ctx.now()) })
    .onConflict((existing) => existing.doNothing())
    .returning('developer_id')
    .executeTakeFirst();
  return row !== undefined;
};

/** Takes a developer out of a team; answers whether they were in it. */
export const removeMember = async (ctx: Context, teamId: TeamId, developerId: DeveloperId): Promise<boolean> => {
  const { numDeletedRows } = await ctx.db
    .deleteFrom('developer_team_members')
    .where('team_id', '=', teamId)
    .where('developer_id', '=', developerId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
};

const IS_ACTIVE = sql<SqlBool>`(developers.status = 'approved')`;

/** Developers have no further attributes, so whatever these are compared with differs. */
const COLUMNS: Record<TeamMemberFilterField, ListColumn> = {
  email: { column: sql.ref('developers.email_key'), type: 'key' },
  full_name: { column: sql.ref('developers.name_key'), type: 'key' },
  attributes: { column: sql`cast(null as text)`, type: 'text' },
  active: { column: IS_ACTIVE, type: 'boolean' },
};

/** One page of a team's members, in the order in which they came. */
export const selectMembers = async (
  ctx: Context,
  teamId: TeamId,
  query: ListQuery<TeamMemberFilterField, never>,
): Promise<Listed<TeamMember>> => {
  const members = applyFilters(
    ctx.db
      .selectFrom('developer_team_members as member')
      .innerJoin('developers', 'developers.id', 'member.developer_id')
      .where('member.team_id', '=', teamId),
    query.filters,
    COLUMNS,
  );
  const { total } = await members.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const shown = members
    .select(['developers.id', 'developers.email', 'developers.full_name', 'developers.status'])
    .select(['developers.created_at', 'developers.updated_at'])
    .orderBy('member.created_at');
  const rows = await applyPage(applySort(shown, [], COLUMNS, sql.ref('developers.id')), query.page).execute();
  return {
    items: rows.map((row) => ({
      id: row.id as DeveloperId,
      email: row.email,
      fullName: row.full_name,
      isActive: row.status === 'approved',
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    })),
    total,
    page: query.page,
  };
};
