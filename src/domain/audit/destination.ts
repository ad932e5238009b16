import type { AuditDestinationId } from '../ids.ts';

/** What an entry of the audit log looks like when it is sent. */
export const LOG_FORMATS = ['cef', 'json'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** Whether an address can be sent to: an absolute one of the web, without a password in it. */
export const isEndpoint = (text: string): boolean => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
};

/** What can stand in the header `Authorization`: visible characters of ASCII, with spaces between them. */
export const AUTHORIZATION = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/** Somewhere that audit logs can be sent. What it is authorised with can be set, and is never shown. */
export interface AuditDestination {
  readonly id: AuditDestinationId;
  readonly name: string;
  readonly endpoint: string;
  readonly logFormat: LogFormat;
  readonly skipSslVerification: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface NewAuditDestination {
  readonly name: string;
  readonly endpoint: string;
  readonly authorization?: string | undefined;
  readonly logFormat: LogFormat;
  readonly skipSslVerification?: boolean | undefined;
}

/** Absent leaves as it is. */
export type AuditDestinationChanges = { readonly [Field in keyof NewAuditDestination]?: NewAuditDestination[Field] | undefined };

/** A part of the list, beside an id: destinations are listed in the order in which they were made. */
export interface AuditDestinationQuery {
  readonly name?: { readonly op: 'eq' | 'contains'; readonly value: string } | undefined;
  readonly after?: AuditDestinationId | undefined;
  readonly before?: AuditDestinationId | undefined;
  readonly size: number;
}

/** A part of a list that is read forth and back. */
export interface AuditDestinationList {
  readonly items: readonly AuditDestination[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}
