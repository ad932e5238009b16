import type { AssignedProduct, Publication } from '../../../domain/publications/index.ts';
import { presentUsedStrategy } from '../auth-strategies/presenters.ts';

/** How a version stands in a portal, as the management API shows it. */
export const presentPublication = (publication: Publication) => ({
  id: publication.id,
  publish_status: publication.publishStatus,
  product_version_id: publication.versionId,
  auth_strategies: publication.authStrategies.map(presentUsedStrategy),
  application_registration_enabled: publication.applicationRegistrationEnabled,
  auto_approve_registration: publication.autoApproveRegistration,
  deprecated: publication.deprecated,
  created_at: publication.createdAt,
  updated_at: publication.updatedAt,
});

/** A product of a portal, as the management API shows it. */
export const presentAssignedProduct = (product: AssignedProduct) => ({
  id: product.id,
  name: product.name,
  description: product.description,
  portal_ids: product.portalIds,
  version_count: product.versionCount,
  labels: product.labels,
  created_at: product.createdAt,
  updated_at: product.updatedAt,
});
