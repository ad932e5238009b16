import type { StrategySummary } from '../../../domain/auth-strategies/index.ts';
import type { Portal } from '../../../domain/portals/index.ts';
import type { VisibleVersion } from '../../../domain/visibility/index.ts';

/** What an application shows under a strategy, in the words of the API. */
const credentialsOf = ({ config }: StrategySummary) =>
  config.type === 'key_auth'
    ? { credential_type: 'key_auth' }
    : { credential_type: 'self_managed_client_credentials', auth_methods: config.authMethods };

/** A version as portal clients see it, with how applications register for it: in one way at most. */
export const presentVersion = (portal: Portal, version: VisibleVersion) => ({
  id: version.id,
  name: version.name,
  deprecated: version.deprecated,
  registration_configs: version.authStrategies.map((strategy) => ({
    id: strategy.id,
    name: strategy.displayName,
    ...credentialsOf(strategy),
    registration_enabled: version.applicationRegistrationEnabled,
    registration_auto_approve: version.autoApproveRegistration || portal.autoApproveApplications,
  })),
  created_at: version.createdAt,
  updated_at: version.updatedAt,
});
