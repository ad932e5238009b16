import type { PortalDetails } from '../../../domain/portals/index.ts';

/** A portal as the management API shows it. */
export const presentPortal = (portal: PortalDetails) => ({
  id: portal.id,
  created_at: portal.createdAt,
  updated_at: portal.updatedAt,
  name: portal.name,
  display_name: portal.displayName,
  description: portal.description,
  default_domain: portal.defaultDomain,
  is_public: portal.isPublic,
  rbac_enabled: portal.rbacEnabled,
  auto_approve_applications: portal.autoApproveApplications,
  auto_approve_developers: portal.autoApproveDevelopers,
  custom_domain: portal.customDomain,
  custom_client_domain: portal.customClientDomain,
  default_application_auth_strategy_id: portal.defaultAuthStrategyId,
  labels: portal.labels,
  application_count: portal.applicationCount,
  developer_count: portal.developerCount,
  published_product_count: portal.productCount,
});
