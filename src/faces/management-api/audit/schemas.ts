import { z } from 'zod';
import { AUTHORIZATION, isEndpoint, LOG_FORMATS } from '../../../domain/audit/index.ts';
import type { AuditDestinationId } from '../../../domain/ids.ts';
import { text, uuid } from '../../../http/schemas.ts';

const name = () => text({ min: 1, max: 250 });

const endpoint = () => text({ min: 1, max: 2000 }).refine(isEndpoint, 'endpoint must be an http or https URL');

const authorization = () => text({ min: 1, max: 4000 }).regex(AUTHORIZATION);

const logFormat = () => z.enum(LOG_FORMATS);

export const createDestinationSchema = z.strictObject({
  name: name(),
  endpoint: endpoint(),
  authorization: authorization().optional(),
  log_format: logFormat(),
  skip_ssl_verification: z.boolean().optional(),
});

export const updateDestinationSchema = createDestinationSchema.partial();

export const updateWebhookSchema = updateDestinationSchema.omit({ name: true }).extend({ enabled: z.boolean().optional() });

export const updatePortalWebhookSchema = z.strictObject({
  enabled: z.boolean().optional(),
  audit_log_destination_id: uuid()
    .transform((id) => id as AuditDestinationId)
    .optional(),
});

const instant = () => z.iso.datetime({ offset: true }).transform((value) => new Date(value));

export const replaySchema = z
  .strictObject({ start_at: instant(), end_at: instant() })
  .transform(({ start_at: startAt, end_at: endAt }) => ({ startAt, endAt }));
