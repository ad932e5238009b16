import type { Application } from '../../../domain/applications/index.ts';
import type { StrategySummary } from '../../../domain/auth-strategies/index.ts';
import type { ApplicationOfVersion } from '../../../domain/registrations/index.ts';

/** What an application shows under a strategy, in the words of the API. */
export const credentialTypeOf = ({ config }: StrategySummary) =>
  config.type === 'key_auth' ? 'key_auth' : 'self_managed_client_credentials';

/** A strategy as portal clients see it. */
export const presentStrategy = (strategy: StrategySummary) => ({
  id: strategy.id,
  name: strategy.displayName,
  credential_type: credentialTypeOf(strategy),
  ...(strategy.config.type === 'key_auth'
    ? { key_names: strategy.config.keyNames }
    : { auth_methods: strategy.config.authMethods }),
});

const strategyOf = (authStrategy: StrategySummary | undefined) =>
  authStrategy ? { auth_strategy: presentStrategy(authStrategy) } : {};

/** An application as its developer's client sees it. */
export const presentApplication = (application: Application) => ({
  id: application.id,
  name: application.name,
  reference_id: application.referenceId,
  description: application.description,
  redirect_uri: application.redirectUri,
  ...strategyOf(application.authStrategy),
  created_at: application.createdAt,
  updated_at: application.updatedAt,
});

/** An application, and how it stands to a version. */
export const presentApplicationOfVersion = (application: ApplicationOfVersion) => ({
  id: application.id,
  name: application.name,
  registration_id: application.registration?.id ?? null,
  registration_status: application.registration?.status ?? null,
  ...strategyOf(application.authStrategy),
  created_at: application.createdAt,
  updated_at: application.updatedAt,
});
