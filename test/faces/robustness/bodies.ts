import { base64, SPECIFICATION } from './installation.ts';

const VERSION = {
  name: 'v2',
  publish_status: 'unpublished',
  deprecated: false,
  labels: { env: 'test' },
  gateway_service: { id: '0190c5a0-0000-7000-8000-000000000001', control_plane_id: '0190c5a0-0000-7000-8000-000000000002' },
};
const DOCUMENT = {
  slug: 'second',
  title: 'Second',
  status: 'unpublished',
  content: '# Second',
  metadata: { owner: 'docs' },
  parent_document_id: '0190c5a0-0000-7000-8000-000000000003',
};
const SERVICE = {
  name: 'orders',
  host: 'orders.example.com',
  port: 443,
  path: '/v1',
  protocol: 'https',
  retries: 3,
  connect_timeout: 1000,
  enabled: true,
  tags: ['a'],
  client_certificate: { id: '0190c5a0-0000-7000-8000-000000000004' },
  ca_certificates: ['0190c5a0-0000-7000-8000-000000000005'],
  tls_verify: true,
  tls_verify_depth: 1,
  tls_sans: { dnsnames: ['a.example.com'], uris: ['https://a.example.com'] },
};
const ROUTE = {
  name: 'all-orders',
  protocols: ['https'],
  methods: ['GET'],
  hosts: ['example.com'],
  paths: ['/orders'],
  headers: { 'x-version': ['1'] },
  snis: ['example.com'],
  sources: [{ ip: '10.0.0.1', port: 80 }],
  https_redirect_status_code: 301,
  regex_priority: 1,
  path_handling: 'v1',
  strip_path: true,
  tags: ['a'],
  service: { id: '0190c5a0-0000-7000-8000-000000000006' },
};
const OPENID = {
  issuer: 'https://id.example.com',
  credential_claim: ['sub'],
  scopes: ['openid'],
  auth_methods: ['bearer'],
  labels: { a: 'b' },
};
const STRATEGY = {
  name: 'login',
  display_name: 'Log in',
  strategy_type: 'openid_connect',
  configs: { 'openid-connect': OPENID },
  dcr_provider_id: '0190c5a0-0000-7000-8000-000000000007',
  labels: { env: 'test' },
};
const PLANE = {
  name: 'second',
  description: 'Another',
  auth_type: 'pinned_client_certs',
  proxy_urls: [{ host: 'example.com', port: 443, protocol: 'https' }],
  labels: { env: 'test' },
};
const PORTAL = {
  name: 'second',
  display_name: 'Second',
  description: 'Another',
  is_public: true,
  rbac_enabled: false,
  auto_approve_applications: false,
  auto_approve_developers: false,
  custom_domain: 'docs.example.com',
  custom_client_domain: 'client.example.com',
  default_application_auth_strategy_id: '0190c5a0-0000-7000-8000-000000000008',
  labels: { env: 'test' },
};
const PRODUCT = {
  name: 'Ferries',
  description: 'They swim',
  labels: { env: 'test' },
  public_labels: { team: 'sea' },
  portal_ids: ['0190c5a0-0000-7000-8000-000000000009'],
};
const PUBLICATION = {
  publish_status: 'published',
  deprecated: false,
  application_registration_enabled: false,
  auto_approve_registration: false,
  auth_strategy_ids: ['0190c5a0-0000-7000-8000-00000000000a'],
};
const UPLOAD = { name: 'ferries.json', content: base64(SPECIFICATION) };
const APPEARANCE = {
  theme_name: 'custom',
  use_custom_fonts: true,
  custom_theme: { colors: { section: { header: { value: '#fff', description: 'x' } } } },
  custom_fonts: { base: 'Inter', code: 'Inter', headings: 'Inter' },
  text: { catalog: { welcome_message: 'Hello', primary_header: 'Welcome' } },
  images: { logo: { data: 'data:image/png;base64,AAAA', filename: 'a.png' }, favicon: null },
};

const AUTHENTICATION = {
  basic_auth_enabled: true,
  oidc_auth_enabled: false,
  saml_auth_enabled: false,
  oidc_team_mapping_enabled: false,
  konnect_mapping_enabled: true,
  idp_mapping_enabled: false,
  oidc_issuer: 'https://id.example.com',
  oidc_client_id: 'portal',
  oidc_client_secret: 'a secret',
  oidc_scopes: ['openid'],
  oidc_claim_mappings: { name: 'name', email: 'email', groups: 'groups' },
};
const TEAM = { name: 'pilots', description: 'They know the way' };
const DESTINATION = {
  name: 'second',
  endpoint: 'https://logs.example.com/second',
  authorization: 'Bearer x',
  log_format: 'cef',
  skip_ssl_verification: false,
};
const REPLAY = { start_at: '2026-01-30T00:00:00Z', end_at: '2026-01-31T00:00:00Z' };

const SERVICES = '/control-planes/:id/core-entities/services';
const ROUTES = '/control-planes/:id/core-entities/routes';
const VERSIONS = '/api-products/:productId/product-versions';
const STRATEGIES = '/application-auth-strategies';
const PUBLICATIONS = '/portals/:portalId/product-versions';

/** For every route that takes a body: one in which each field that it knows is given, by method and path. */
export const FULL_BODIES: Readonly<Record<string, object>> = {
  'post /api-products': PRODUCT,
  'patch /api-products/:productId': PRODUCT,
  [`post ${VERSIONS}`]: VERSION,
  [`patch ${VERSIONS}/:versionId`]: { ...VERSION, notify: false },
  'post /api-products/:productId/documents': DOCUMENT,
  'patch /api-products/:productId/documents/:documentId': DOCUMENT,
  [`post ${VERSIONS}/:versionId/specifications`]: UPLOAD,
  [`patch ${VERSIONS}/:versionId/specifications/:specificationId`]: UPLOAD,
  'post /control-planes': { ...PLANE, cluster_type: 'CLUSTER_TYPE_HYBRID', cloud_gateway: false },
  'patch /control-planes/:id': PLANE,
  [`post ${SERVICES}`]: SERVICE,
  [`put ${SERVICES}/:service`]: SERVICE,
  [`patch ${SERVICES}/:service`]: { url: 'https://example.com/v1' },
  [`post ${ROUTES}`]: ROUTE,
  [`put ${ROUTES}/:route`]: ROUTE,
  [`patch ${ROUTES}/:route`]: ROUTE,
  [`post ${STRATEGIES}`]: STRATEGY,
  [`put ${STRATEGIES}/:authStrategyId`]: STRATEGY,
  [`patch ${STRATEGIES}/:authStrategyId`]: { ...STRATEGY, strategy_type: undefined },
  'patch /portals/:portalId/appearance': APPEARANCE,
  'post /portals': PORTAL,
  'patch /portals/:portalId': PORTAL,
  'post /portals/:portalId/publish': {
    api_products: { '0190c5a0-0000-7000-8000-00000000000b': { publish_status: 'published' } },
  },
  [`post ${PUBLICATIONS}`]: { ...PUBLICATION, product_version_id: '0190c5a0-0000-7000-8000-00000000000c' },
  [`patch ${PUBLICATIONS}/:productVersionId`]: { ...PUBLICATION, notify_developers: false },
  [`put ${PUBLICATIONS}/:productVersionId`]: PUBLICATION,
  'patch /portals/:portalId/developers/:developerId': { status: 'revoked' },
  'patch /portals/:portalId/applications/:applicationId/registrations/:registrationId': { status: 'revoked' },
  'patch /portals/:portalId/authentication-settings': AUTHENTICATION,
  'post /portals/:portalId/teams': TEAM,
  'patch /portals/:portalId/teams/:teamId': TEAM,
  'post /portals/:portalId/teams/:teamId/developers': { id: '0190c5a0-0000-7000-8000-00000000000d' },
  'post /portals/:portalId/teams/:teamId/assigned-roles': {
    role_name: 'API Consumer',
    entity_id: '0190c5a0-0000-7000-8000-00000000000e',
    entity_type_name: 'Services',
    entity_region: 'us',
  },
  'post /audit-log-destinations': DESTINATION,
  'patch /audit-log-destinations/:auditLogDestinationId': DESTINATION,
  'patch /audit-log-webhook': { ...DESTINATION, name: undefined, enabled: false },
  'patch /portals/:portalId/audit-log-webhook': {
    enabled: false,
    audit_log_destination_id: '0190c5a0-0000-7000-8000-00000000000f',
  },
  'put /audit-log-replay-job': REPLAY,
  'put /portals/:portalId/audit-log-replay-job': REPLAY,
};

/** Routes that change something without being told anything. */
export const WITHOUT_BODY: readonly string[] = ['post /portals/:portalId/verify-domain'];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

const HUGE = 'x'.repeat(100_000);

/** Values of every type; each field is given those that are not of its own. */
const VALUES: readonly unknown[] = [null, 42, -0.5, {}, { a: { b: [] } }, [], Array(10_000).fill('x'), true, HUGE];

/** What a string may hold and no name should. */
const HOSTILE_STRINGS = [HUGE, 'a\0b', 'a\ud800b', '\udc00', '\u202egnp.exe', '__proto__', '<script>', '%00', "'; --", '\u0001'];

export interface Mutation {
  readonly what: string;
  readonly body: unknown;
}

/** A body with one thing in it changed: each field, however deep, given as each other type. */
export const mutations = function* (body: object): Generator<Mutation> {
  for (const path of pathsOf(body)) {
    const given = path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], body);
    const others = VALUES.filter((value) => kindOf(value) !== kindOf(given));
    for (const value of typeof given === 'string' ? [...others, ...HOSTILE_STRINGS] : others)
      yield { what: `${path.join('.')} = ${JSON.stringify(value).slice(0, 40)}`, body: withValue(body, path, value) };
  }
};

const pathsOf = (value: unknown, path: readonly string[] = []): string[][] =>
  isObject(value) || Array.isArray(value)
    ? Object.entries(value)
        .filter(([, child]) => child !== undefined)
        .flatMap(([key, child]) => [[...path, key], ...pathsOf(child, [...path, key])])
    : [];

const withValue = (body: unknown, [key = '', ...rest]: readonly string[], value: unknown): unknown => {
  const copy = Array.isArray(body) ? [...body] : { ...(body as object) };
  const child = (body as Record<string, unknown>)[key];
  Object.assign(copy, { [key]: rest.length === 0 ? value : withValue(child, rest, value) });
  return copy;
};
