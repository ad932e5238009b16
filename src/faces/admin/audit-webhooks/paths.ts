import type { WebhookScope } from '../../../domain/audit/index.ts';
import type { AuditDestinationId } from '../../../domain/ids.ts';
import type { RegionCode } from '../../../domain/regions/index.ts';
import { type Query, queryString } from '../../../http/addresses.ts';
import { paths } from '../paths.ts';

const webhooks = (region: RegionCode): string => `${paths.overview(region)}/audit-webhooks`;
const destinations = (region: RegionCode): string => `${webhooks(region)}/destinations`;
const webhook = (region: RegionCode, scope: WebhookScope): string =>
  scope === 'organisation' ? `${webhooks(region)}/organisation` : `${webhooks(region)}/portals/${scope}`;

/** Addresses of what sends the audit log on. */
export const auditWebhookPaths = {
  list: (region: RegionCode, query: Query = {}): string => `${webhooks(region)}${queryString(query)}`,
  signatures: (region: RegionCode): string => `${webhooks(region)}/signatures`,
  webhook,
  act: (region: RegionCode, scope: WebhookScope, act: 'edit' | 'test' | 'replay'): string => `${webhook(region, scope)}/${act}`,
  newDestination: (region: RegionCode): string => `${destinations(region)}/new`,
  destination: (region: RegionCode, id: AuditDestinationId): string => `${destinations(region)}/${id}`,
  deleteDestination: (region: RegionCode, id: AuditDestinationId): string => `${destinations(region)}/${id}/delete`,
} as const;
