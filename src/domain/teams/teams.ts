import { toInstant } from '../../database/codec.ts';
import { isUniqueViolation } from '../../database/errors.ts';
import { lockRow } from '../../database/lock.ts';
import { differences, isUnchanged } from '../../lib/differences.ts';
import { demand } from '../access/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { invalid, notFound } from '../errors.ts';
import { record } from '../events/index.ts';
import { newId, type PortalId, type TeamId } from '../ids.ts';
import type { Listed, ListQuery } from '../listing.ts';
import { getPortal } from '../portals/index.ts';
import type { NewTeam, Team, TeamAddress, TeamChanges, TeamCounts, TeamFilterField, TeamSortField } from './team.ts';
import * as store from './teams-store.ts';

/** One page of a portal's teams. @throws not-found for the portal */
export const listTeams = async (
  ctx: Context,
  portalId: PortalId,
  query: ListQuery<TeamFilterField, TeamSortField>,
): Promise<Listed<Team>> => {
  demand(ctx.actor, 'portal.read', portalId, 'Portal');
  await getPortal(ctx, portalId);
  return store.selectTeams(ctx, { portalId }, query);
};

/** How much teams of a portal hold, by team. @throws not-found for the portal */
export const countTeams = (ctx: Context, portalId: PortalId, ids: readonly TeamId[]): Promise<Map<TeamId, TeamCounts>> => {
  demand(ctx.actor, 'portal.read', portalId, 'Portal');
  return store.selectCounts(ctx, ids);
};

/** @throws not-found */
export const getTeam = async (ctx: Context, address: TeamAddress): Promise<Team> => {
  demand(ctx.actor, 'portal.read', address.portalId, 'Portal');
  const team = await store.findTeam(ctx, address);
  if (!team) throw notFound('Team');
  return team;
};

/** A team that the actor may change, held until the transaction ends. @throws not-found; forbidden */
export const lockTeam = async (ctx: Context, address: TeamAddress): Promise<Team> => {
  demand(ctx.actor, 'portal.administer', address.portalId, 'Portal');
  await lockRow(ctx.db, ctx.engine, 'developer_teams', address.teamId);
  return getTeam(ctx, address);
};

/** @throws not-found for the portal; invalid when it has a team of this name */
export const createTeam = (ctx: Context, portalId: PortalId, { name, description = '' }: NewTeam): Promise<Team> =>
  uniquely(name, () =>
    inTransaction(ctx, async (ctx) => {
      demand(ctx.actor, 'portal.administer', portalId, 'Portal');
      await getPortal(ctx, portalId);
      const now = ctx.now();
      const id = newId<TeamId>(now);
      const team = { id, portalId, name, description, createdAt: toInstant(now), updatedAt: toInstant(now) };
      await store.insertTeam(ctx, team);
      await record(ctx, { action: 'team.created', subjectId: id, portalId, details: { name, description } });
      return team;
    }),
  );

/** @throws not-found; invalid when the portal has another team of this name */
export const updateTeam = (ctx: Context, address: TeamAddress, { name, description }: TeamChanges): Promise<Team> =>
  uniquely(name, () =>
    inTransaction(ctx, async (ctx) => {
      const before = await lockTeam(ctx, address);
      const after = {
        ...before,
        name: name ?? before.name,
        description: description ?? before.description,
        updatedAt: toInstant(ctx.now()),
      };
      const details = differences(before, after, ['name', 'description']);
      if (isUnchanged(details)) return before;
      await store.storeTeam(ctx, after);
      await record(ctx, { action: 'team.updated', subjectId: after.id, portalId: after.portalId, details });
      return after;
    }),
  );

/** Deletes a team with its roles; its members stay, without what they had through it. @throws not-found */
export const deleteTeam = (ctx: Context, address: TeamAddress): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    const { id, portalId, name } = await lockTeam(ctx, address);
    await store.removeTeam(ctx, id);
    await record(ctx, { action: 'team.deleted', subjectId: id, portalId, details: { name } });
  });

/** The contract knows no conflict here. */
const uniquely = async <T>(name: string | undefined, act: () => Promise<T>): Promise<T> => {
  try {
    return await act();
  } catch (error) {
    if (isUniqueViolation(error))
      throw invalid({
        field: 'name',
        rule: 'invalid',
        reason: `name must be unique in the portal: it has a team "${name}" already`,
        source: 'body',
      });
    throw error;
  }
};
