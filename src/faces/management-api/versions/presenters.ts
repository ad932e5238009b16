import type { Version } from '../../../domain/products/index.ts';
import type { VersionPublication } from '../../../domain/publications/index.ts';

/** A version as the management API shows it, with how it stands in each portal. */
export const presentVersion = (version: Version, publications: readonly VersionPublication[]) => ({
  id: version.id,
  name: version.name,
  gateway_service: version.gatewayService && {
    id: version.gatewayService.id,
    runtime_group_id: version.gatewayService.controlPlaneId,
    control_plane_id: version.gatewayService.controlPlaneId,
  },
  publish_status: publications.some(({ publishStatus }) => publishStatus === 'published') ? 'published' : 'unpublished',
  deprecated: publications.some(({ deprecated }) => deprecated),
  labels: version.labels,
  portals: publications.map(presentPublication),
  created_at: version.createdAt,
  updated_at: version.updatedAt,
});

const presentPublication = (publication: VersionPublication) => ({
  portal_id: publication.portalId,
  portal_name: publication.portalName,
  portal_product_version_id: publication.publicationId,
  publish_status: publication.publishStatus,
  deprecated: publication.deprecated,
  application_registration_enabled: publication.applicationRegistrationEnabled,
  auto_approve_registration: publication.autoApproveRegistration,
  auth_strategies: publication.authStrategies.map(({ id, name }) => ({ id, name })),
});
