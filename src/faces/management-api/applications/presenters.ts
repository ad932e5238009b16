import type { ApplicationDetails } from '../../../domain/applications/index.ts';
import { presentUsedStrategy } from '../auth-strategies/presenters.ts';

/** An application as the management API shows it. */
export const presentApplication = (application: ApplicationDetails) => ({
  id: application.id,
  created_at: application.createdAt,
  updated_at: application.updatedAt,
  name: application.name,
  description: application.description,
  labels: null,
  reference_id: application.referenceId,
  registration_count: application.registrationCount,
  dcr_provider: null,
  portal: { id: application.portalId },
  developer: { id: application.developerId, name: application.developerName, email: application.developerEmail },
  ...(application.authStrategy ? { auth_strategy: presentUsedStrategy(application.authStrategy) } : {}),
  granted_scopes: null,
});
