import type { Bit, Fixed } from '../schema-values.ts';

/** owner: audit; where audit logs can be sent */
export interface AuditDestinationsTable {
  id: Fixed<string>;
  name: string;
  name_key: string;
  endpoint: string;
  /** sealed */
  authorization: string | null;
  log_format: 'cef' | 'json';
  skip_ssl_verification: Bit;
  created_at: Fixed<string>;
  updated_at: string;
}

/** owner: audit; the organisation's of this region, and those of portals */
export interface AuditWebhooksTable {
  id: Fixed<string>;
  /** the portal's id, or `organisation` */
  scope: Fixed<string>;
  portal_id: Fixed<string | null>;
  enabled: Bit;
  /** of portals: where they send to */
  destination_id: string | null;
  /** of the organisation: where it sends to */
  endpoint: string | null;
  /** sealed */
  authorization: string | null;
  log_format: 'cef' | 'json';
  skip_ssl_verification: Bit;
  updated_at: string;
  /** since when everything is sent */
  started_at: string | null;
  /** the last numbers of events that were sent */
  region_cursor: number;
  organisation_cursor: number;
  /** while a process is sending */
  leased_until: string | null;
  failures: number;
  next_attempt_at: string | null;
  last_attempt_at: string | null;
  last_response_code: number | null;
  last_response_message: string | null;
}

/** owner: audit; the last replay of a webhook */
export interface AuditReplaysTable {
  webhook_id: string;
  start_at: string;
  end_at: string;
  status: 'accepted' | 'running' | 'completed' | 'failed';
  /** the last event that was sent */
  cursor_at: string | null;
  cursor_id: string | null;
  failures: number;
  updated_at: string;
}

/** owner: audit; Ed25519, newest last: the newest signs */
export interface AuditKeysTable {
  id: Fixed<string>;
  public_key: Fixed<string>;
  /** sealed */
  private_key: Fixed<string>;
  created_at: Fixed<string>;
}
