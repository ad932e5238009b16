import { z } from 'zod';
import { DEVELOPER_STATUSES } from '../../../domain/developers/index.ts';
import type { DeveloperId } from '../../../domain/ids.ts';
import { text, uuid } from '../../../http/schemas.ts';

export const updateDeveloperSchema = z.strictObject({ status: z.enum(DEVELOPER_STATUSES).optional() });

const decision = {
  status: z.enum(DEVELOPER_STATUSES),
  reason: text({ max: 1000 })
    .nullish()
    .transform((reason) => reason || undefined),
  expected: z.enum(DEVELOPER_STATUSES).optional(),
};

export const decideSchema = z.strictObject(decision);

export const decideManySchema = z.strictObject({
  ...decision,
  ids: z
    .array(uuid().transform((id) => id as DeveloperId))
    .min(1)
    .max(100),
});

const claim = () => text({ max: 255 }).optional();

/** The body of a change, as the domain takes it. */
export const updateAuthenticationSchema = z
  .strictObject({
    basic_auth_enabled: z.boolean().optional(),
    oidc_auth_enabled: z.boolean().optional(),
    saml_auth_enabled: z.boolean().optional(),
    oidc_team_mapping_enabled: z.boolean().optional(),
    konnect_mapping_enabled: z.boolean().optional(),
    idp_mapping_enabled: z.boolean().optional(),
    oidc_issuer: text({ max: 2048 }).optional(),
    oidc_client_id: text({ max: 255 }).optional(),
    oidc_client_secret: text({ max: 1024 }).optional(),
    oidc_scopes: z
      .array(text({ min: 1, max: 255 }))
      .max(50)
      .optional(),
    oidc_claim_mappings: z.strictObject({ name: claim(), email: claim(), groups: claim() }).optional(),
  })
  .transform((body) => ({
    basicAuthEnabled: body.basic_auth_enabled,
    oidcAuthEnabled: body.oidc_auth_enabled,
    samlAuthEnabled: body.saml_auth_enabled,
    // two names of one setting; the newer one counts
    idpMappingEnabled: body.idp_mapping_enabled ?? body.oidc_team_mapping_enabled,
    konnectMappingEnabled: body.konnect_mapping_enabled,
    issuer: body.oidc_issuer,
    clientId: body.oidc_client_id,
    clientSecret: body.oidc_client_secret,
    scopes: body.oidc_scopes,
    claimMappings: body.oidc_claim_mappings,
  }));
