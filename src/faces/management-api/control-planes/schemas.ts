import { z } from 'zod';
import { AUTH_TYPES, CLUSTER_TYPES, PROTOCOLS, REDIRECT_STATUSES } from '../../../domain/gateways/index.ts';
import { labelChanges, labels, text, uuid } from '../../../http/schemas.ts';

const proxyUrls = () =>
  z
    .array(
      z.strictObject({ host: text({ min: 1, max: 255 }), port: z.int().min(0).max(65_535), protocol: text({ min: 1, max: 64 }) }),
    )
    .refine(
      (urls) => new Set(urls.map(({ host, port, protocol }) => JSON.stringify([host, port, protocol]))).size === urls.length,
      'proxy_urls must not hold a URL more than once',
    );

const name = () => text({ min: 1, max: 255 });

export const createControlPlaneSchema = z.strictObject({
  name: name(),
  description: text().optional(),
  cluster_type: z.enum(CLUSTER_TYPES).optional(),
  auth_type: z.enum(AUTH_TYPES).optional(),
  cloud_gateway: z.boolean().optional(),
  proxy_urls: proxyUrls().optional(),
  labels: labels().optional(),
});

export const updateControlPlaneSchema = z.strictObject({
  name: name().optional(),
  description: text().optional(),
  auth_type: z.enum(AUTH_TYPES).optional(),
  proxy_urls: proxyUrls().optional(),
  labels: labelChanges().optional(),
});

// --- the entities of a gateway: every field may be left out or null, which stands for its default -----------------------------------

const words = (max = 256) => z.array(text({ min: 1, max })).nullish();
const milliseconds = () => z.int().min(1).max(2_147_483_646).nullish();
const flag = () => z.boolean().nullish();
const protocol = () => z.enum(PROTOCOLS);

/** Names stand in addresses, so they are made of what needs no escaping there. */
export const entityNameSchema = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\p{L}\p{N}._~-]+$/u);

/** What only the answer decides; taken and left aside, so that an answer can be sent back. */
const answered = { created_at: z.int().nullish(), updated_at: z.int().nullish() };

export const serviceSchema = z.strictObject({
  ...answered,
  id: uuid().nullish(),
  name: entityNameSchema.nullish(),
  url: text({ max: 2048 }).nullish(),
  host: text({ min: 1, max: 255 }).nullish(),
  port: z.int().min(0).max(65_535).nullish(),
  path: text({ max: 2048 }).regex(/^\//).nullish(),
  protocol: protocol().nullish(),
  retries: z.int().min(0).max(32_767).nullish(),
  connect_timeout: milliseconds(),
  read_timeout: milliseconds(),
  write_timeout: milliseconds(),
  enabled: flag(),
  tags: words(),
  client_certificate: z.strictObject({ id: uuid() }).nullish(),
  ca_certificates: z.array(uuid()).nullish(),
  tls_verify: flag(),
  tls_verify_depth: z.int().min(0).max(64).nullish(),
  tls_sans: z
    .strictObject({
      dnsnames: z.array(text({ min: 1, max: 253 })).optional(),
      uris: z.array(text({ min: 1, max: 2048 })).optional(),
    })
    .nullish(),
});

const addresses = () =>
  z.array(z.strictObject({ ip: text({ min: 1, max: 64 }).optional(), port: z.int().min(0).max(65_535).optional() })).nullish();

export const routeSchema = z.strictObject({
  ...answered,
  id: uuid().nullish(),
  name: entityNameSchema.nullish(),
  protocols: z.array(protocol()).min(1).nullish(),
  methods: z
    .array(
      z
        .string()
        .max(32)
        .regex(/^[A-Z]+$/),
    )
    .nullish(),
  hosts: words(),
  paths: z
    .array(
      z
        .string()
        .max(2048)
        .regex(/^(\/|~\/)/),
    )
    .nullish(),
  headers: z.record(z.string().min(1), z.array(text({ max: 1024 }))).nullish(),
  snis: words(),
  sources: addresses(),
  destinations: addresses(),
  https_redirect_status_code: z.literal(REDIRECT_STATUSES).nullish(),
  regex_priority: z.int().nullish(),
  path_handling: z.enum(['v0', 'v1']).nullish(),
  strip_path: flag(),
  preserve_host: flag(),
  request_buffering: flag(),
  response_buffering: flag(),
  tags: words(),
  service: z.strictObject({ id: uuid() }).nullish(),
});
