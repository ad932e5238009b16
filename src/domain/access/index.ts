import { forbidden } from '../errors.ts';
import type { AdministratorId, TokenId } from '../ids.ts';

/** Who acts. Portals know visitors; the management API and the command line know administrators. */
export type Actor =
  | { readonly kind: 'administrator'; readonly id: AdministratorId | undefined; readonly tokenId: TokenId | undefined }
  | { readonly kind: 'visitor' }
  | { readonly kind: 'system' };

/** Whoever reads a portal without having logged in. */
export const VISITOR: Actor = { kind: 'visitor' };

/** The program itself: the command line, start-up, jobs. */
export const SYSTEM: Actor = { kind: 'system' };

/** May this actor see what administrators see? */
export const canAdminister = (actor: Actor): boolean => actor.kind === 'administrator' || actor.kind === 'system';

/** @throws forbidden unless the policy holds */
export const require = (holds: boolean): void => {
  if (!holds) throw forbidden();
};
