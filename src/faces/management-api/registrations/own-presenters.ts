import type { Outcome, RegistrationDetails } from '../../../domain/registrations/index.ts';

/** A registration with what the contract has no field for. */
export const presentOwnRegistration = (registration: RegistrationDetails) => ({
  id: registration.id,
  status: registration.status,
  reason: registration.statusReason,
  decided_at: registration.decidedAt,
  decided_by: registration.decidedBy,
  portal: { id: registration.portalId, name: registration.portalName },
  product: { id: registration.productId, name: registration.productName },
  product_version: { id: registration.versionId, name: registration.versionName },
  application: { id: registration.applicationId, name: registration.applicationName },
  developer: { id: registration.developerId, name: registration.developerName, email: registration.developerEmail },
  created_at: registration.createdAt,
  updated_at: registration.updatedAt,
});

/** What became of one of several decisions. */
export const presentOutcome = (outcome: Outcome) =>
  'refusal' in outcome
    ? { id: outcome.registrationId, decided: false, registration: null, refusal: outcome.refusal.message }
    : { id: outcome.registrationId, decided: true, registration: presentOwnRegistration(outcome.registration), refusal: null };
