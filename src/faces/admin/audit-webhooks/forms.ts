import { z } from 'zod';
import {
  AUTHORIZATION,
  type AuditDestination,
  type AuditDestinationName,
  isEndpoint,
  LOG_FORMATS,
  type LogFormat,
  type WebhookState,
} from '../../../domain/audit/index.ts';
import type { AuditDestinationId } from '../../../domain/ids.ts';
import type { FieldSpec } from '../../../http/form-fields.ts';

const box = z
  .string()
  .optional()
  .transform((value) => value !== undefined);

const orNothing = (text: string): string | undefined => (text === '' ? undefined : text);

const ENDPOINT = 'Enter an address such as https://siem.example.com/portico, without a password in it';

const endpoint = z.string().trim().max(2000, 'An address has at most 2000 characters');

/** How entries are sent, wherever they go. */
const sending = {
  authorization: z
    .string()
    .trim()
    .max(4000, 'Enter at most 4000 characters')
    .refine((text) => text === '' || AUTHORIZATION.test(text), 'Use letters, digits and signs of ASCII only')
    .transform(orNothing),
  logFormat: z.enum(LOG_FORMATS, 'Choose a format'),
  skipSslVerification: box,
};

export const destinationForm = z.object({
  ...sending,
  name: z.string().trim().min(1, 'Enter a name').max(250, 'A name has at most 250 characters'),
  endpoint: endpoint.refine(isEndpoint, ENDPOINT),
});

export const organisationWebhookForm = z.object({
  ...sending,
  enabled: box,
  endpoint: endpoint.refine((text) => text === '' || isEndpoint(text), ENDPOINT).transform(orNothing),
});

export const portalWebhookForm = z.object({
  enabled: box,
  destinationId: z.string().transform((id) => (id === '' ? undefined : (id as AuditDestinationId))),
});

/** Names of the forms' fields for those of the domain. */
export const WEBHOOK_NAMES = {
  audit_log_destination_id: 'destinationId',
  start_at: 'startAt',
  end_at: 'endAt',
} as const;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?$/;

const instant = z
  .string()
  .trim()
  .refine((text) => INSTANT.test(text) && !Number.isNaN(Date.parse(`${text}Z`)), 'Enter a day and a time')
  .transform((text) => new Date(`${text}Z`));

export const replayForm = z.object({ startAt: instant, endAt: instant });

const DAY_MS = 86_400_000;

/** An instant as a form shows it: to the minute. */
const minuteOf = (at: Date): string => at.toISOString().slice(0, 16);

/** What a replay begins with: the last day. */
export const replayValues = (now: Date) => ({
  startAt: minuteOf(new Date(now.getTime() - DAY_MS)),
  endAt: minuteOf(now),
});

export const REPLAY_FIELDS: readonly FieldSpec[] = [
  { name: 'startAt', label: 'From (UTC)', type: 'datetime-local', required: true },
  { name: 'endAt', label: 'Until (UTC)', type: 'datetime-local', required: true },
];

/** What formats are called. */
export const FORMAT_NAMES: Record<LogFormat, string> = { cef: 'CEF (ArcSight Common Event Format)', json: 'JSON' };

const ENABLED: FieldSpec = {
  ...{ name: 'enabled', label: 'Send the audit log', type: 'checkbox' },
  hint: 'What happens from now on is sent, every entry at least once. What happened before can be sent by a replay.',
};

const ENDPOINT_FIELD: FieldSpec = {
  ...{ name: 'endpoint', label: 'Address', type: 'url', autocomplete: 'off' },
  hint: 'Where entries are posted to, such as https://siem.example.com/portico.',
};

const SENDING_FIELDS: readonly FieldSpec[] = [
  {
    ...{ name: 'authorization', label: 'Authorization header', type: 'password', optional: true, autocomplete: 'off' },
    hint: 'What the receiver wants to see, such as Bearer and a token. It is never shown again; empty keeps what is set.',
  },
  {
    ...{ name: 'logFormat', label: 'Format', type: 'select' },
    options: LOG_FORMATS.map((format) => ({ value: format, text: FORMAT_NAMES[format] })),
  },
  {
    ...{ name: 'skipSslVerification', label: 'Accept any certificate', type: 'checkbox' },
    hint: 'For receivers inside your own network. Anybody between here and there could read the log.',
  },
];

export const DESTINATION_FIELDS: readonly FieldSpec[] = [
  { name: 'name', label: 'Name', required: true, autocomplete: 'off' },
  { ...ENDPOINT_FIELD, required: true },
  ...SENDING_FIELDS,
];

export const ORGANISATION_WEBHOOK_FIELDS: readonly FieldSpec[] = [ENABLED, ENDPOINT_FIELD, ...SENDING_FIELDS];

/** The fields of a portal's webhook, which goes to one of these. */
export const portalWebhookFields = (destinations: readonly AuditDestinationName[]): readonly FieldSpec[] => [
  ENABLED,
  {
    ...{ name: 'destinationId', label: 'Destination', type: 'select' },
    hint: 'Organisation Admins say which destinations there are.',
    options: [{ value: '', text: 'Choose a destination' }, ...destinations.map(({ id, name }) => ({ value: id, text: name }))],
  },
];

/** A destination as its form shows it. */
export const destinationValues = ({ name, endpoint, logFormat, skipSslVerification }: AuditDestination) => ({
  ...{ name, endpoint, logFormat, skipSslVerification },
});

/** A webhook as its form shows it. */
export const webhookValues = ({ enabled, endpoint, logFormat, skipSslVerification, destinationId }: WebhookState) => ({
  ...{ enabled, logFormat, skipSslVerification },
  endpoint: endpoint ?? '',
  destinationId: destinationId ?? '',
});
