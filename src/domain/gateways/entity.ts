import { invalid } from '../errors.ts';
import type { ControlPlaneId, GatewayRouteId, GatewayServiceId } from '../ids.ts';

/**
 * Services and routes of a gateway, in the gateway's own words: fields keep the names and defaults of Kong's Admin API, so that
 * what is sent to us, stored, answered, and sent on to a gateway is one and the same thing.
 */

export const PROTOCOLS = ['grpc', 'grpcs', 'http', 'https', 'tcp', 'tls', 'tls_passthrough', 'udp', 'ws', 'wss'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

export const REDIRECT_STATUSES = [301, 302, 307, 308, 426] as const;

interface Reference {
  readonly id: string;
}

/** What a service is made of, but its identity. */
export interface ServiceFields {
  readonly name: string | null;
  readonly host: string;
  readonly port: number;
  readonly path: string | null;
  readonly protocol: Protocol;
  readonly retries: number;
  readonly connect_timeout: number;
  readonly read_timeout: number;
  readonly write_timeout: number;
  readonly enabled: boolean;
  readonly tags: readonly string[] | null;
  readonly client_certificate: Reference | null;
  readonly ca_certificates: readonly string[] | null;
  readonly tls_verify: boolean | null;
  readonly tls_verify_depth: number | null;
  readonly tls_sans: { readonly dnsnames?: readonly string[] | undefined; readonly uris?: readonly string[] | undefined } | null;
}

interface Address {
  readonly ip?: string | undefined;
  readonly port?: number | undefined;
}

/** What a route is made of, but its identity. */
export interface RouteFields {
  readonly name: string | null;
  readonly protocols: readonly Protocol[];
  readonly methods: readonly string[] | null;
  readonly hosts: readonly string[] | null;
  readonly paths: readonly string[] | null;
  readonly headers: Readonly<Record<string, readonly string[]>> | null;
  readonly snis: readonly string[] | null;
  readonly sources: readonly Address[] | null;
  readonly destinations: readonly Address[] | null;
  readonly https_redirect_status_code: number;
  readonly regex_priority: number;
  readonly path_handling: 'v0' | 'v1';
  readonly strip_path: boolean;
  readonly preserve_host: boolean;
  readonly request_buffering: boolean;
  readonly response_buffering: boolean;
  readonly tags: readonly string[] | null;
  readonly service: { readonly id: string } | null;
}

/** Fields as sent: absent leaves as it is (or takes the default), null takes the default. */
export type Sent<Fields> = { readonly [Key in keyof Fields]?: Fields[Key] | null | undefined };

/** `url` stands for `protocol`, `host`, `port` and `path` in one. */
export type SentService = Sent<ServiceFields> & { readonly url?: string | null | undefined };
export type SentRoute = Sent<RouteFields>;

interface Identity<Id> {
  readonly id: Id;
  readonly controlPlaneId: ControlPlaneId;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** An upstream API inside a control plane. */
export type GatewayService = Identity<GatewayServiceId> & { readonly fields: ServiceFields };

/** Which requests reach a service. */
export type GatewayRoute = Identity<GatewayRouteId> & { readonly fields: RouteFields };

const SERVICE_DEFAULTS: Omit<ServiceFields, 'host'> = {
  name: null,
  port: 80,
  path: null,
  protocol: 'http',
  retries: 5,
  connect_timeout: 60_000,
  read_timeout: 60_000,
  write_timeout: 60_000,
  enabled: true,
  tags: null,
  client_certificate: null,
  ca_certificates: null,
  tls_verify: null,
  tls_verify_depth: null,
  tls_sans: null,
};

const ROUTE_DEFAULTS: RouteFields = {
  name: null,
  protocols: ['https'],
  methods: null,
  hosts: null,
  paths: null,
  headers: null,
  snis: null,
  sources: null,
  destinations: null,
  https_redirect_status_code: 426,
  regex_priority: 0,
  path_handling: 'v0',
  strip_path: true,
  preserve_host: false,
  request_buffering: true,
  response_buffering: true,
  tags: null,
  service: null,
};

/** Fields after a change: what is absent stays, null becomes the default again. */
const change = <Fields extends object>(fields: Fields, sent: Sent<Fields>, defaults: Partial<Fields>): Fields => {
  const changed: Fields = { ...fields };
  for (const key of Object.keys(sent) as (keyof Fields)[]) {
    const value = sent[key];
    if (value === null) changed[key] = defaults[key] ?? (null as Fields[typeof key]);
    else if (value !== undefined) changed[key] = value as Fields[typeof key];
  }
  return changed;
};

/**
 * A service after a change, or a new one when there was none.
 * @throws invalid when it has no host, or `url` cannot be read
 */
export const changeService = (before: ServiceFields | undefined, { url, ...sent }: SentService): ServiceFields => {
  const merged = { ...(url ? partsOf(url) : {}), ...sent };
  if ((merged.host ?? (merged.host === null ? undefined : before?.host)) === undefined)
    throw invalid({ field: 'host', rule: 'required', reason: 'host is required (or url, which stands for it)', source: 'body' });
  return change(before ?? { ...SERVICE_DEFAULTS, host: '' }, merged, SERVICE_DEFAULTS);
};

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, grpc: 80, grpcs: 443, ws: 80, wss: 443 };

const partsOf = (url: string): Pick<ServiceFields, 'protocol' | 'host' | 'port' | 'path'> => {
  const match = /^([a-z_]+):\/\/(\[[\da-f:.]+\]|[^/?#:@\s]+)(?::(\d{1,5}))?(\/[^?#\s]*)?$/i.exec(url);
  const protocol = PROTOCOLS.find((name) => name === match?.[1]?.toLowerCase());
  const port = match?.[3] === undefined ? DEFAULT_PORTS[protocol ?? ''] : Number(match[3]);
  if (!match || protocol === undefined || port === undefined || port > 65_535)
    throw invalid({
      field: 'url',
      rule: 'invalid',
      reason: 'url must be made of protocol, host, optionally port, and path, such as https://api.example.com:8443/v1',
      source: 'body',
    });
  return { protocol, host: match[2] ?? '', port, path: match[4] === '/' ? null : (match[4] ?? null) };
};

const STREAM: readonly Protocol[] = ['tcp', 'tls', 'tls_passthrough', 'udp'];

/**
 * A route after a change, or a new one when there was none.
 * @throws invalid when nothing says which requests it is for
 */
export const changeRoute = (before: RouteFields | undefined, sent: SentRoute): RouteFields => {
  const after = change(before ?? ROUTE_DEFAULTS, sent, ROUTE_DEFAULTS);
  const given = (key: keyof RouteFields): boolean => {
    const value = after[key];
    return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  };
  const criteria: readonly (keyof RouteFields)[] = after.protocols.some((protocol) => STREAM.includes(protocol))
    ? ['snis', 'sources', 'destinations']
    : ['methods', 'hosts', 'headers', 'paths', 'snis'];
  if (!criteria.some(given))
    throw invalid({
      field: criteria[0] ?? 'paths',
      rule: 'required',
      reason: `a route for ${after.protocols.join(', ')} needs at least one of: ${criteria.join(', ')}`,
      source: 'body',
    });
  return after;
};
