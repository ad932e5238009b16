import type { AuditDestination, AuditReplay, AuditWebhookStatus, PublicKey, WebhookState } from '../../../domain/audit/index.ts';

/** What the contract answers for an instant that has not been. */
const NEVER = '0001-01-01T00:00:00Z';

/** A destination as the management API shows it: what it is authorised with stays unseen. */
export const presentDestination = (destination: AuditDestination) => ({
  id: destination.id,
  name: destination.name,
  endpoint: destination.endpoint,
  log_format: destination.logFormat,
  skip_ssl_verification: destination.skipSslVerification,
  created_at: destination.createdAt,
  updated_at: destination.updatedAt,
});

/** The organisation's webhook. */
export const presentWebhook = (webhook: WebhookState) => ({
  endpoint: webhook.endpoint ?? '',
  enabled: webhook.enabled,
  log_format: webhook.logFormat,
  skip_ssl_verification: webhook.skipSslVerification,
  updated_at: webhook.updatedAt ?? NEVER,
});

/** The webhook of a portal. */
export const presentPortalWebhook = ({ enabled, destinationId }: WebhookState) => ({
  enabled,
  ...(destinationId === null ? {} : { audit_log_destination_id: destinationId }),
});

/** How a webhook fares; what has not been is left out. */
export const presentStatus = (status: AuditWebhookStatus) => ({
  webhook_enabled: status.enabled,
  webhook_status: status.isActive ? 'active' : 'inactive',
  ...(status.lastAttemptAt === null ? {} : { last_attempt_at: status.lastAttemptAt }),
  ...(status.lastResponseCode === null ? {} : { last_response_code: status.lastResponseCode }),
  ...(status.lastResponseMessage === null ? {} : { last_response_message: status.lastResponseMessage }),
});

/** The last replay, or that there was none. */
export const presentReplay = (replay: AuditReplay | undefined) => ({
  start_at: replay?.startAt ?? NEVER,
  end_at: replay?.endAt ?? NEVER,
  status: replay?.status ?? 'unconfigured',
  updated_at: replay?.updatedAt ?? NEVER,
});

/** A set of JSON Web Keys (RFC 7517, RFC 8037). */
export const presentKeys = (keys: readonly PublicKey[]) => ({
  keys: keys.map(({ kid, x }) => ({ kty: 'OKP', alg: 'EdDSA', kid, crv: 'Ed25519', x })),
});
