export {
  type AuditLogPage,
  type AuditLogQuery,
  type AuditRecord,
  getAuditRecord,
  listAuditLog,
  mayReadAuditLog,
} from './audit-log.ts';
export { deliverNext } from './deliver.ts';
export {
  AUTHORIZATION,
  type AuditDestination,
  type AuditDestinationChanges,
  type AuditDestinationList,
  type AuditDestinationQuery,
  isEndpoint,
  LOG_FORMATS,
  type LogFormat,
  type NewAuditDestination,
} from './destination.ts';
export {
  createAuditDestination,
  deleteAuditDestination,
  getAuditDestination,
  listAuditDestinations,
  updateAuditDestination,
} from './destinations.ts';
export { type FailingWebhook, listFailingWebhooks } from './failing-webhooks.ts';
export { findMentions, type Mention } from './mentions.ts';
export {
  type AuditDestinationName,
  listAuditDestinationNames,
  listPortalWebhooks,
  type PortalWebhook,
} from './portal-webhooks.ts';
export { pruneAuditLog } from './prune.ts';
export { findAuditReplay, requestAuditReplay } from './replays.ts';
export { listPublicKeys, type PublicKey } from './signing-keys.ts';
export { sendTestEvent } from './test-delivery.ts';
export type { Trails } from './trail-queries.ts';
export type { AuditReplay, AuditWebhook, AuditWebhookStatus, WebhookScope } from './webhook.ts';
export {
  getAuditWebhook,
  getAuditWebhookStatus,
  updateOrganisationWebhook,
  updatePortalWebhook,
  type WebhookState,
} from './webhooks.ts';
