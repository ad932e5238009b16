import type { StrategySummary } from '../../../domain/auth-strategies/index.ts';
import type { AssignedProduct, Publication } from '../../../domain/publications/index.ts';

const presentStrategy = ({ id, name, config }: StrategySummary) =>
  config.type === 'key_auth'
    ? { id, name, credential_type: 'key_auth', key_names: config.keyNames }
    : { id, name, credential_type: 'self_managed_client_credentials', auth_methods: config.authMethods };

/** How a version stands in a portal, as the management API shows it. */
export const presentPublication = (publication: Publication) => ({
  id: publication.id,
  publish_status: publication.publishStatus,
  product_version_id: publication.versionId,
  auth_strategies: publication.authStrategies.map(presentStrategy),
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
