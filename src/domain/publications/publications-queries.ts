import { fromBit } from '../../database/codec.ts';
import { applyAllowed } from '../../database/listing.ts';
import { allowed } from '../access/index.ts';
import type { Context } from '../context.ts';
import type { AuthStrategyId, PortalId, ProductId, PublicationId, VersionId } from '../ids.ts';
import type { ProductPortal, VersionPublication } from './publication.ts';

/** The portals that the actor may read and products are assigned to, by product; every product that is asked for has an entry. */
export const listPortalsOfProducts = async (
  ctx: Context,
  productIds: readonly ProductId[],
): Promise<Map<ProductId, ProductPortal[]>> => {
  const portals = new Map<ProductId, ProductPortal[]>(productIds.map((id) => [id, []]));
  if (productIds.length === 0) return portals;
  const readable = allowed(ctx.actor, 'portal.read');
  const rows = await applyAllowed(ctx.db.selectFrom('product_assignments'), ctx.engine, 'portal_id', readable)
    .innerJoin('portals', 'portals.id', 'product_assignments.portal_id')
    .select(['product_assignments.product_id', 'portals.id', 'portals.name'])
    .where('product_assignments.product_id', 'in', productIds)
    .orderBy('portals.name_key')
    .execute();
  for (const { product_id, id, name } of rows)
    portals.get(product_id as ProductId)?.push({ portalId: id as PortalId, portalName: name });
  return portals;
};

/** How versions stand in the portals that the actor may read, by version; every version that is asked for has an entry. */
export const listPublicationsOfVersions = async (
  ctx: Context,
  versionIds: readonly VersionId[],
): Promise<Map<VersionId, VersionPublication[]>> => {
  const publications = new Map<VersionId, VersionPublication[]>(versionIds.map((id) => [id, []]));
  if (versionIds.length === 0) return publications;
  const readable = allowed(ctx.actor, 'portal.read');
  const rows = await applyAllowed(ctx.db.selectFrom('publications'), ctx.engine, 'publications.portal_id', readable)
    .innerJoin('portals', 'portals.id', 'publications.portal_id')
    .leftJoin('publication_auth_strategies as used', 'used.publication_id', 'publications.id')
    .leftJoin('auth_strategies', 'auth_strategies.id', 'used.auth_strategy_id')
    .select([
      'publications.id',
      'publications.version_id',
      'publications.portal_id',
      'portals.name as portal_name',
      'publications.publish_status',
      'publications.deprecated',
      'publications.application_registration_enabled',
      'publications.auto_approve_registration',
      'auth_strategies.id as strategy_id',
      'auth_strategies.name as strategy_name',
      'auth_strategies.display_name as strategy_display_name',
    ])
    .where('publications.version_id', 'in', versionIds)
    .orderBy('portals.name_key')
    .execute();
  for (const row of rows)
    publications.get(row.version_id as VersionId)?.push({
      portalId: row.portal_id as PortalId,
      portalName: row.portal_name,
      publicationId: row.id as PublicationId,
      publishStatus: row.publish_status,
      deprecated: fromBit(row.deprecated),
      applicationRegistrationEnabled: fromBit(row.application_registration_enabled),
      autoApproveRegistration: fromBit(row.auto_approve_registration),
      authStrategies:
        row.strategy_id === null || row.strategy_name === null || row.strategy_display_name === null
          ? []
          : [{ id: row.strategy_id as AuthStrategyId, name: row.strategy_name, displayName: row.strategy_display_name }],
    });
  return publications;
};
