import type { DeveloperId, PortalId } from '../ids.ts';

export const DEVELOPER_STATUSES = ['approved', 'pending', 'revoked', 'rejected'] as const;

/** Only approved developers log in. An administrator may set any status from any other. */
export type DeveloperStatus = (typeof DEVELOPER_STATUSES)[number];

/** A person who has signed up in a portal. */
export interface Developer {
  readonly id: DeveloperId;
  readonly portalId: PortalId;
  readonly email: string;
  readonly fullName: string;
  readonly status: DeveloperStatus;
  /** why they were rejected or revoked, in the words of who did it */
  readonly statusReason: string | null;
  /** when they showed that the address is theirs; null: not yet */
  readonly emailVerifiedAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A developer as administrators see them. */
export interface DeveloperDetails extends Developer {
  readonly applicationCount: number;
}

/** What names a developer: the portal they belong to, and their id. */
export interface DeveloperAddress {
  readonly portalId: PortalId;
  readonly developerId: DeveloperId;
}

export type DeveloperFilterField = 'name' | 'email' | 'status';
export type DeveloperSortField = 'created_at' | 'updated_at' | 'email' | 'name' | 'status';
