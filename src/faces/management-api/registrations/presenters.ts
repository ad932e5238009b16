import type { RegistrationDetails } from '../../../domain/registrations/index.ts';

/** A registration as the management API shows it. */
export const presentRegistration = (registration: RegistrationDetails) => ({
  id: registration.id,
  created_at: registration.createdAt,
  updated_at: registration.updatedAt,
  status: registration.status,
  product: { id: registration.productId, name: registration.productName },
  product_version: { id: registration.versionId, name: registration.versionName },
  application: { id: registration.applicationId, name: registration.applicationName },
  developer: { id: registration.developerId, name: registration.developerName },
  granted_scopes: null,
});
