import type { AuditDestinationId, AuditWebhookId, PortalId } from '../ids.ts';
import type { LogFormat } from './destination.ts';

/** Whose audit log is sent: that of everything in the region and the organisation, or that of one portal. */
export type WebhookScope = 'organisation' | PortalId;

interface WebhookSettings {
  readonly enabled: boolean;
  /** of a portal's webhook: where it sends to */
  readonly destinationId: AuditDestinationId | null;
  /** of the organisation's, which has no destination: where it sends to, and how */
  readonly endpoint: string | null;
  readonly logFormat: LogFormat;
  readonly skipSslVerification: boolean;
}

/** What sends an audit log on. */
export interface AuditWebhook extends WebhookSettings {
  readonly id: AuditWebhookId;
  readonly scope: WebhookScope;
  readonly updatedAt: string;
}

/** A webhook that nobody has set up yet. */
export const UNCONFIGURED: WebhookSettings & { readonly updatedAt: null } = {
  enabled: false,
  destinationId: null,
  endpoint: null,
  logFormat: 'cef',
  skipSslVerification: false,
  updatedAt: null,
};

/** Changes of the organisation's webhook; absent leaves as it is. */
export interface OrganisationWebhookChanges {
  readonly enabled?: boolean | undefined;
  readonly endpoint?: string | undefined;
  readonly authorization?: string | undefined;
  readonly logFormat?: LogFormat | undefined;
  readonly skipSslVerification?: boolean | undefined;
}

/** Changes of a portal's webhook; absent leaves as it is. */
export interface PortalWebhookChanges {
  readonly enabled?: boolean | undefined;
  readonly destinationId?: AuditDestinationId | undefined;
}

/** How sending goes. */
export interface AuditWebhookStatus {
  readonly enabled: boolean;
  /** whether it is set up, and the last attempt went well, if there was one */
  readonly isActive: boolean;
  readonly lastAttemptAt: string | null;
  /** null: nothing was answered */
  readonly lastResponseCode: number | null;
  readonly lastResponseMessage: string | null;
  /** when what was not taken is sent again; null where nothing waits */
  readonly nextAttemptAt: string | null;
}

/** Sending a part of the log again. `accepted`: waiting for its turn. */
export interface AuditReplay {
  readonly startAt: string;
  readonly endAt: string;
  /** when what was sent last has happened; null before anything was */
  readonly reachedAt: string | null;
  readonly status: 'accepted' | 'running' | 'completed' | 'failed';
  readonly updatedAt: string;
}
