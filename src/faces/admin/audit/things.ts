import { type EntityType, may, maySee } from '../../../domain/access/index.ts';
import type { Mention } from '../../../domain/audit/index.ts';
import { mayNameHolders } from '../../../domain/roles/index.ts';
import { html, type SafeHtml } from '../../../lib/html.ts';
import { auditWebhookPaths } from '../audit-webhooks/paths.ts';
import { strategyPaths } from '../auth-strategies/paths.ts';
import type { AdminContext } from '../context.ts';
import { controlPlanePaths } from '../control-planes/paths.ts';
import { organisationPaths } from '../organisation/paths.ts';
import { applicationPaths, developerPaths, portalPaths } from '../portals/paths.ts';
import { documentPaths, productPaths, versionPaths } from '../products/paths.ts';
import { teamPaths } from '../teams/paths.ts';

/** An id of a type that the mention's own type has told. */
const idOf = ({ id }: Mention) => id as never;

type Place = (ctx: AdminContext, mention: Mention, parent: never) => string | false;

const ifSeen =
  (type: EntityType, hrefOf: (region: AdminContext['region'], id: never) => string): Place =>
  ({ actor, region }, mention) =>
    maySee(actor, type, mention.id) && hrefOf(region, idOf(mention));

/** Something inside a portal or a product, which has to be readable. */
const inside =
  (
    permission: 'portal.read' | 'product.read',
    hrefOf: (region: AdminContext['region'], id: never, parent: never) => string,
  ): Place =>
  ({ actor, region }, mention, parent) =>
    may(actor, permission, parent) && hrefOf(region, idOf(mention), parent);

const holder =
  (kind: 'administrator' | 'system-account' | 'team'): Place =>
  ({ actor, region }, mention) =>
    mayNameHolders(actor) && organisationPaths.one(region, { kind, id: idOf(mention) });

const webhook: Place = ({ actor, region }, _mention, scope) =>
  (scope === 'organisation' ? may(actor, 'organisation.administer') : may(actor, 'portal.administer', scope)) &&
  auditWebhookPaths.webhook(region, scope);

/** Where each type of thing has its page. */
const PLACES: Readonly<Record<string, Place>> = {
  application: inside('portal.read', (region, applicationId, portalId) =>
    applicationPaths.application(region, { portalId, applicationId }),
  ),
  administrator: holder('administrator'),
  'administrator-team': holder('team'),
  'audit-destination': ({ actor, region }, mention) =>
    may(actor, 'organisation.administer') && auditWebhookPaths.destination(region, idOf(mention)),
  'audit-replay': webhook,
  'audit-webhook': webhook,
  'auth-strategy': ifSeen('auth-strategy', strategyPaths.strategy),
  'control-plane': ifSeen('control-plane', controlPlanePaths.controlPlane),
  developer: inside('portal.read', (region, developerId, portalId) =>
    developerPaths.developer(region, { portalId, developerId }),
  ),
  document: inside('product.read', (region, documentId, productId) => documentPaths.document(region, { productId, documentId })),
  portal: ifSeen('portal', portalPaths.portal),
  product: ifSeen('product', productPaths.product),
  'system-account': holder('system-account'),
  team: inside('portal.read', (region, teamId, portalId) => teamPaths.members(region, { portalId, teamId })),
  version: inside('product.read', (region, versionId, productId) => versionPaths.version(region, { productId, versionId })),
};

/** The page of something that an event names; false where there is none, or none for this administrator. */
export const placeOf = (ctx: AdminContext, mention: Mention | undefined): string | false =>
  mention === undefined ? false : (PLACES[mention.type]?.(ctx, mention, (mention.parent ?? '') as never) ?? false);

/** Something by its name, with a link to its page where there is one. */
export const mentionHtml = (ctx: AdminContext, mention: Mention): SafeHtml => {
  const href = placeOf(ctx, mention);
  return href === false ? html`${mention.name}` : html`<a href="${href}">${mention.name}</a>`;
};
