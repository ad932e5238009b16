import type { DeveloperId, PortalId, TeamRoleId } from '../../../domain/ids.ts';
import type { RegionCode } from '../../../domain/regions/index.ts';
import type { TeamAddress } from '../../../domain/teams/index.ts';
import { type Query, queryString } from '../../../http/addresses.ts';
import { portalPaths } from '../portals/paths.ts';

const teams = (region: RegionCode, portalId: PortalId): string => `${portalPaths.portal(region, portalId)}/teams`;
const team = (region: RegionCode, { portalId, teamId }: TeamAddress): string => `${teams(region, portalId)}/${teamId}`;

/** Addresses of the teams of a portal's developers. */
export const teamPaths = {
  list: (region: RegionCode, portalId: PortalId, query: Query = {}): string => `${teams(region, portalId)}${queryString(query)}`,
  create: (region: RegionCode, portalId: PortalId): string => `${teams(region, portalId)}/create`,
  members: (region: RegionCode, address: TeamAddress, query: Query = {}): string =>
    `${team(region, address)}${queryString(query)}`,
  removeMember: (region: RegionCode, address: TeamAddress, id: DeveloperId): string =>
    `${team(region, address)}/members/${id}/remove`,
  roles: (region: RegionCode, address: TeamAddress, query: Query = {}): string =>
    `${team(region, address)}/roles${queryString(query)}`,
  removeRole: (region: RegionCode, address: TeamAddress, id: TeamRoleId): string => `${team(region, address)}/roles/${id}/remove`,
  edit: (region: RegionCode, address: TeamAddress): string => `${team(region, address)}/edit`,
  delete: (region: RegionCode, address: TeamAddress): string => `${team(region, address)}/delete`,
} as const;
