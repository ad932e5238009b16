import { type Actor, may, require } from '../access/index.ts';
import type { PortalId, ProductId } from '../ids.ts';
import type { PublicationSettings } from './publication.ts';

/** A product in a portal. */
export interface Place {
  readonly portalId: PortalId;
  readonly productId: ProductId;
}

/** May this actor assign, publish and deprecate there? From the product's side or from the portal's, who sees the other side too. */
export const mayPublish = (actor: Actor, { portalId, productId }: Place): boolean =>
  (may(actor, 'product.publish', productId) && may(actor, 'portal.read', portalId)) ||
  (may(actor, 'portal.publish', portalId) && may(actor, 'product.read', productId));

/** May this actor choose the strategy there, open it for registration, and let the console send requests by way of the server? */
export const mayOpen = (actor: Actor, { portalId, productId }: Place): boolean =>
  (may(actor, 'product.open', productId) && may(actor, 'portal.read', portalId)) ||
  (may(actor, 'portal.administer', portalId) && may(actor, 'product.read', productId));

const OPENING: ReadonlySet<keyof PublicationSettings> = new Set([
  'applicationRegistrationEnabled',
  'autoApproveRegistration',
  'consoleProxy',
  'authStrategyIds',
]);

/**
 * Lets an actor decide these things about a version in a portal that they can see; where nothing changes, whoever may decide any.
 * @throws forbidden
 */
export const demandDeciding = (actor: Actor, place: Place, changed: readonly (keyof PublicationSettings)[]): void => {
  const [publishing, opening] = [mayPublish(actor, place), mayOpen(actor, place)];
  require(changed.length === 0 ? publishing || opening : changed.every((field) => (OPENING.has(field) ? opening : publishing)));
};
