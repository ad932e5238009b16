import type { AdministratorId, DeveloperId, PortalId, SystemAccountId, TokenId } from '../ids.ts';
import type { Grant } from './roles.ts';

/** Somebody who runs the installation: a person or one of their machines, by session or by token. */
export interface AdministratorActor {
  readonly kind: 'administrator';
  /** the person or the system account; undefined: a token that belongs to nobody in particular */
  readonly id: AdministratorId | SystemAccountId | undefined;
  readonly tokenId: TokenId | undefined;
  /** the roles in force in the region of the request */
  readonly grants: readonly Grant[];
}

/** A person who is logged in to a portal. */
export interface DeveloperActor {
  readonly kind: 'developer';
  readonly id: DeveloperId;
  readonly portalId: PortalId;
}

/** Who acts. */
export type Actor = AdministratorActor | DeveloperActor | { readonly kind: 'visitor' } | { readonly kind: 'system' };

/** Whoever reads a portal without having logged in. */
export const VISITOR: Actor = { kind: 'visitor' };

/** The program itself: the command line, start-up, jobs. */
export const SYSTEM: Actor = { kind: 'system' };

/** The role that may do everything. */
export const ORGANISATION_ADMIN: Grant = { entityType: 'organisation', role: 'Organisation Admin', entityId: '*' };
