import { type Actor, may, mayAny } from '../access/index.ts';

/** May this actor know who there is: people, system accounts, teams? Whoever manages them, or has to name one to give a role to. */
export const mayNameHolders = (actor: Actor): boolean =>
  may(actor, 'organisation.identify') ||
  mayAny(actor, 'product.share') ||
  mayAny(actor, 'portal.share') ||
  mayAny(actor, 'control-plane.share');
