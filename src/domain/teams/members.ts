import { demand } from '../access/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { conflict, invalid, notFound } from '../errors.ts';
import { record } from '../events/index.ts';
import type { DeveloperId, PortalId } from '../ids.ts';
import type { Listed, ListQuery } from '../listing.ts';
import * as store from './members-store.ts';
import type { Team, TeamAddress, TeamFilterField, TeamMember, TeamMemberFilterField, TeamSortField } from './team.ts';
import { getTeam, lockTeam } from './teams.ts';
import { selectTeams } from './teams-store.ts';

/** One page of a team's members. @throws not-found for the team */
export const listTeamMembers = async (
  ctx: Context,
  address: TeamAddress,
  query: ListQuery<TeamMemberFilterField, never>,
): Promise<Listed<TeamMember>> => {
  const { id } = await getTeam(ctx, address);
  return store.selectMembers(ctx, id, query);
};

/** One page of the teams that a developer belongs to. @throws not-found for the developer */
export const listTeamsOfDeveloper = async (
  ctx: Context,
  { portalId, developerId }: { readonly portalId: PortalId; readonly developerId: DeveloperId },
  query: ListQuery<TeamFilterField, TeamSortField>,
): Promise<Listed<Team>> => {
  demand(ctx.actor, 'portal.read', portalId, 'Portal');
  if (!(await store.isDeveloper(ctx, portalId, developerId))) throw notFound('Developer');
  return selectTeams(ctx, { portalId, developerId }, query);
};

/** @throws not-found for the team; invalid when its portal has no such developer; conflict for one who is a member already */
export const addTeamMember = (ctx: Context, address: TeamAddress, developerId: DeveloperId): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    const { id, portalId } = await lockTeam(ctx, address);
    if (!(await store.isDeveloper(ctx, portalId, developerId)))
      throw invalid({
        field: 'id',
        rule: 'missing_reference',
        reason: 'id must name a developer of this portal',
        source: 'body',
      });
    if (!(await store.insertMember(ctx, id, developerId))) throw conflict('The developer is a member of this team already');
    await record(ctx, { action: 'team.member-added', subjectId: id, portalId, details: { developerId } });
  });

/** @throws not-found for the team, or when the developer is no member of it */
export const removeTeamMember = (ctx: Context, address: TeamAddress, developerId: DeveloperId): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    const { id, portalId } = await lockTeam(ctx, address);
    if (!(await store.removeMember(ctx, id, developerId))) throw notFound('Developer');
    await record(ctx, { action: 'team.member-removed', subjectId: id, portalId, details: { developerId } });
  });
