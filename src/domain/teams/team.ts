import type { RegionScope } from '../access/index.ts';
import type { DeveloperId, PortalId, ProductId, TeamId, TeamRoleId } from '../ids.ts';

/** Developers of a portal who are given the same roles. */
export interface Team {
  readonly id: TeamId;
  readonly portalId: PortalId;
  readonly name: string;
  readonly description: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** How much a team holds. */
export interface TeamCounts {
  readonly members: number;
  /** products on which it has a role */
  readonly products: number;
}

export interface NewTeam {
  readonly name: string;
  readonly description?: string | undefined;
}

/** Absent leaves as it is. */
export interface TeamChanges {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
}

/** Where a team is found: by its own id, in its portal. */
export interface TeamAddress {
  readonly portalId: PortalId;
  readonly teamId: TeamId;
}

/** What a team may be to a product: see it, or see it and register applications for it. In force while the portal has RBAC on. */
export const TEAM_ROLES = ['API Viewer', 'API Consumer'] as const;
export type TeamRoleName = (typeof TEAM_ROLES)[number];

/** A role of a team on a product. */
export interface TeamRole {
  readonly id: TeamRoleId;
  readonly role: TeamRoleName;
  readonly productId: ProductId;
  readonly productName: string;
  /** the region of the product, or all regions, as it was given */
  readonly region: RegionScope;
  readonly createdAt: string;
}

export interface NewTeamRole {
  readonly role: TeamRoleName;
  readonly productId: ProductId;
  readonly region?: RegionScope | undefined;
}

/** A developer as a member of a team. */
export interface TeamMember {
  readonly id: DeveloperId;
  readonly email: string;
  readonly fullName: string;
  /** whether the developer is approved */
  readonly isActive: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type TeamFilterField = 'name';
export type TeamSortField = 'name' | 'created_at';
export type TeamMemberFilterField = 'email' | 'full_name' | 'attributes' | 'active';
