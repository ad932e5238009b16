import { type Actor, canAdminister } from '../../access/index.ts';

/** May this actor read products as their publishers see them, unpublished parts included? */
export const canReadProducts = (actor: Actor): boolean => canAdminister(actor);

/** May this actor create products? */
export const canCreateProducts = (actor: Actor): boolean => canAdminister(actor);

/** May this actor edit products, and their versions, documents and specifications? */
export const canEditProducts = (actor: Actor): boolean => canAdminister(actor);

/** May this actor delete products? */
export const canDeleteProducts = (actor: Actor): boolean => canAdminister(actor);
