import { z } from 'zod';
import {
  type ControlPlane,
  type GatewayRoute,
  type GatewayService,
  PROTOCOLS,
  type Protocol,
  type SentRoute,
  type SentService,
} from '../../../domain/gateways/index.ts';
import { isUuid } from '../../../domain/ids.ts';
import type { FieldSpec } from '../../../http/form-fields.ts';
import { labelLines, labelsField, labelsSpec } from '../labels.ts';
import { linesField, linesOf } from '../lines.ts';

export const controlPlaneForm = z.object({
  name: z.string().trim().min(1, 'Enter a name').max(255, 'A name has at most 255 characters'),
  description: z.string().trim().default(''),
  labels: labelsField(),
});

export const CONTROL_PLANE_FIELDS: readonly FieldSpec[] = [
  { name: 'name', label: 'Name', required: true, hint: 'Such as “Production”; unique in the region.', autocomplete: 'off' },
  { name: 'description', label: 'Description', type: 'textarea', rows: 3, optional: true },
  labelsSpec({ name: 'labels', label: 'Labels', hint: 'One a line, such as zone: north.' }),
];

export const controlPlaneValues = ({ name, description, labels }: ControlPlane) => ({
  ...{ name, description: description ?? '', labels: labelLines(labels) },
});

const entityName = () =>
  z
    .string()
    .trim()
    .max(128, 'A name has at most 128 characters')
    .regex(/^[\p{L}\p{N}._~-]*$/u, 'A name consists of letters, digits, and . _ ~ -')
    .transform((name) => (name === '' ? null : name));

const words = () => linesField({ maxLength: 256 }).transform((items) => (items.length === 0 ? null : items));

const NAME: FieldSpec = {
  name: 'name',
  label: 'Name',
  optional: true,
  hint: 'Letters, digits, and . _ ~ -',
  autocomplete: 'off',
};
const TAGS: FieldSpec = { name: 'tags', label: 'Tags', type: 'textarea', rows: 2, optional: true, hint: 'One a line.' };

export const serviceForm = z
  .object({
    name: entityName(),
    url: z.string().trim().min(1, 'Enter the address of the API').max(2048, 'An address has at most 2,048 characters'),
    enabled: z.literal('on').optional(),
    tags: words(),
  })
  .transform(({ enabled, ...rest }): SentService => ({ ...rest, enabled: enabled !== undefined }));

export const SERVICE_FIELDS: readonly FieldSpec[] = [
  NAME,
  { name: 'url', label: 'Address', required: true, hint: 'Where the API itself is, such as https://api.example.com:8443/v1' },
  { name: 'enabled', label: 'Enabled', type: 'checkbox', value: 'on' },
  TAGS,
];

export const serviceValues = ({ fields: { name, protocol, host, port, path, enabled, tags } }: GatewayService) => ({
  ...{ name: name ?? '', url: `${protocol}://${host}:${port}${path ?? ''}`, enabled, tags: linesOf(tags) },
});

const list = (name: string, label: string, hint: string): FieldSpec => ({
  ...{ name, label, hint, type: 'textarea', rows: 2, optional: true },
  attributes: { spellcheck: 'false' },
});

const upper = /^[A-Z]+$/;
const path = /^(\/|~\/)/;
const protocol = { pattern: new RegExp(`^(${PROTOCOLS.join('|')})$`), message: `protocols are ${PROTOCOLS.join(', ')}` };

export const routeForm = z
  .object({
    name: entityName(),
    service: z
      .string()
      .default('')
      .transform((id) => (isUuid(id) ? { id } : null)),
    paths: linesField({ maxLength: 2048, each: { pattern: path, message: 'a path begins with /, a pattern with ~/' } }),
    methods: linesField({ maxLength: 32, each: { pattern: upper, message: 'a method consists of capital letters' } }),
    hosts: linesField({ maxLength: 256 }),
    protocols: linesField({ maxLength: 32, each: protocol })
      .refine((items) => items.length > 0, 'Enter at least one protocol')
      .transform((items) => items as Protocol[]),
    stripPath: z.literal('on').optional(),
    preserveHost: z.literal('on').optional(),
    tags: words(),
  })
  .transform(({ paths, methods, hosts, stripPath, preserveHost, ...rest }): SentRoute => {
    const orNull = (items: string[]) => (items.length === 0 ? null : items);
    return {
      ...rest,
      ...{ paths: orNull(paths), methods: orNull(methods), hosts: orNull(hosts) },
      ...{ strip_path: stripPath !== undefined, preserve_host: preserveHost !== undefined },
    };
  });

export const routeFields = (services: NonNullable<FieldSpec['options']>): readonly FieldSpec[] => [
  NAME,
  { name: 'service', label: 'Service', type: 'select', options: [{ value: '', text: 'None' }, ...services] },
  list('paths', 'Paths', 'One a line, such as /sailings. A route needs paths, methods or hosts.'),
  list('methods', 'Methods', 'One a line, such as GET; all when empty.'),
  list('hosts', 'Hosts', 'One a line; all when empty.'),
  list('protocols', 'Protocols', 'One a line, such as https.'),
  { name: 'stripPath', label: 'Leave the matched path out', type: 'checkbox', value: 'on', hint: 'When calling the service.' },
  { name: 'preserveHost', label: 'Keep the host of the request', type: 'checkbox', value: 'on' },
  TAGS,
];

export const routeValues = ({ fields }: GatewayRoute) => ({
  ...{ name: fields.name ?? '', service: fields.service?.id ?? '', tags: linesOf(fields.tags) },
  ...{ paths: linesOf(fields.paths), methods: linesOf(fields.methods), hosts: linesOf(fields.hosts) },
  ...{ protocols: linesOf(fields.protocols), stripPath: fields.strip_path, preserveHost: fields.preserve_host },
});

/** What a new route begins with. */
export const NEW_ROUTE = { protocols: 'http\nhttps', stripPath: true };
