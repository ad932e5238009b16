import type { DeveloperDetails } from '../../../domain/developers/index.ts';
import type { PortalAuthentication } from '../../../domain/portals/index.ts';

/** A developer as the management API shows them. */
export const presentDeveloper = (developer: DeveloperDetails) => ({
  id: developer.id,
  created_at: developer.createdAt,
  updated_at: developer.updatedAt,
  email: developer.email,
  full_name: developer.fullName,
  status: developer.status,
  application_count: developer.applicationCount,
});

/** A developer with what the contract has no field for. */
export const presentOwnDeveloper = (developer: DeveloperDetails) => ({
  ...presentDeveloper(developer),
  reason: developer.statusReason,
  email_verified_at: developer.emailVerifiedAt,
});

/** How developers log in, as the management API shows it; secrets are never shown. */
export const presentAuthentication = ({ oidc, ...settings }: PortalAuthentication) => ({
  basic_auth_enabled: settings.basicAuthEnabled,
  oidc_auth_enabled: settings.oidcAuthEnabled,
  saml_auth_enabled: settings.samlAuthEnabled,
  oidc_team_mapping_enabled: settings.idpMappingEnabled,
  idp_mapping_enabled: settings.idpMappingEnabled,
  konnect_mapping_enabled: settings.konnectMappingEnabled,
  ...(oidc && {
    oidc_config: {
      issuer: oidc.issuer,
      client_id: oidc.clientId,
      scopes: oidc.scopes,
      claim_mappings: oidc.claimMappings,
    },
  }),
});
