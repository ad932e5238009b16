import type { Request } from 'express';
import { demand } from '../../../domain/access/index.ts';
import type { TeamId } from '../../../domain/ids.ts';
import { getPortal, type PortalDetails } from '../../../domain/portals/index.ts';
import { countTeams, getTeam, type Team, type TeamAddress, type TeamCounts } from '../../../domain/teams/index.ts';
import { pathId } from '../../../http/input.ts';
import type { Breadcrumb } from '../../../http/layout-model.ts';
import type { AdminContext } from '../context.ts';
import { portalIdOf, portalTrail } from '../portals/frame.ts';
import { teamPaths } from './paths.ts';

/** The team that an address names, in the portal that it names. */
export const teamAddressOf = (req: Request): TeamAddress => ({
  portalId: portalIdOf(req),
  teamId: pathId<TeamId>(req, 'teamId', 'Team'),
});

/** A team with its portal, and how much it holds. */
export interface ShownTeam {
  readonly address: TeamAddress;
  readonly portal: PortalDetails;
  readonly team: Team;
  readonly counts: TeamCounts;
}

/** @throws not-found */
export const shownTeamOf = async (req: Request, ctx: AdminContext): Promise<ShownTeam> => {
  const address = teamAddressOf(req);
  const portal = await getPortal(ctx, address.portalId);
  const team = await getTeam(ctx, address);
  const counts = await countTeams(ctx, portal.id, [team.id]);
  return { address, portal, team, counts: counts.get(team.id) ?? { members: 0, products: 0 } };
};

/** {@link shownTeamOf} for who may change it. @throws not-found; forbidden */
export const changeableTeamOf = async (req: Request, ctx: AdminContext): Promise<ShownTeam> => {
  const shown = await shownTeamOf(req, ctx);
  demand(ctx.actor, 'portal.administer', shown.portal.id, 'Portal');
  return shown;
};

/** The way to what is below the teams of a portal. */
export const teamTrail = (ctx: AdminContext, portal: PortalDetails, team?: Team): Breadcrumb[] => [
  ...portalTrail(ctx, portal),
  { label: 'Teams', href: teamPaths.list(ctx.region, portal.id) },
  ...(team ? [{ label: team.name, href: teamPaths.members(ctx.region, { portalId: portal.id, teamId: team.id }) }] : []),
];
