import { z } from 'zod';
import { LOG_FORMATS } from '../../../domain/audit/index.ts';
import type { AuditDestinationId } from '../../../domain/ids.ts';
import { text, uuid } from '../../../http/schemas.ts';

const name = () => text({ min: 1, max: 250 });

/** An absolute address of the web, without a password in it. */
const endpoint = () =>
  text({ min: 1, max: 2000 }).refine((value) => {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    return url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  }, 'endpoint must be an http or https URL');

/** What can stand in a header: visible characters of ASCII, with spaces between them. */
const authorization = () => text({ min: 1, max: 4000 }).regex(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/);

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
