import type { OwnRegistration } from '../../../domain/registrations/index.ts';

/** A registration as its developer's client sees it. */
export const presentRegistration = (registration: OwnRegistration) => ({
  id: registration.id,
  status: registration.status,
  application_id: registration.applicationId,
  product_id: registration.productId,
  product_name: registration.productName,
  product_version_id: registration.versionId,
  product_version_name: registration.versionName,
  created_at: registration.createdAt,
  updated_at: registration.updatedAt,
});

/** A registration with what the contract has no field for. */
export const presentOwnRegistration = (registration: OwnRegistration) => ({
  ...presentRegistration(registration),
  reason: registration.statusReason,
  decided_at: registration.decidedAt,
  deprecated: registration.deprecated,
  fits: registration.fits,
});
