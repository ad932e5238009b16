import { isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { REGION_CODES, type RegionCode } from './domain/regions/index.ts';

/** The one description of every setting: the README's table is tested against it. Values are texts of the environment. */
const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`));

const url = z
  .string()
  .refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), 'must be an http(s) address');

const database = z.string().min(1, 'must be a postgres:// address or the path of a SQLite file');

const hostname = z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i, 'must be a host name');

const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

/** An address, or a network with the length of its prefix. */
const isNetwork = (text: string): boolean => {
  const [, network = '', prefix = '0'] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  return isIP(network) !== 0 && Number(prefix) <= (isIP(network) === 4 ? 32 : 128);
};

const region = z.enum(REGION_CODES, `must be one of ${REGION_CODES.join(', ')}`);

const regionDatabases = Object.fromEntries(
  REGION_CODES.map((code) => [`DATABASE_URL_${code.toUpperCase()}`, database.optional()]),
);

const SETTINGS = z.object({
  NODE_ENV: z.string().default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: integer(0, 65_535).default(3000),
  BASE_URL: url.optional(),
  PORTAL_DOMAIN: hostname.default('localhost'),
  DEFAULT_PORTAL: z.string().optional(),
  DATA_DIR: z.string().default('data'),
  DATABASE_URL: database.optional(),
  ...regionDatabases,
  DATABASE_POOL_SIZE: integer(2, 500).default(10),
  DATABASE_TIMEOUT_SECONDS: integer(1, 3600).default(15),
  REGIONS: list.pipe(z.array(region).min(1)).default(['us']),
  DEFAULT_REGION: region.optional(),
  SECRET_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  PASSWORD_MEMORY_KIB: integer(8, 4_194_304).default(19_456),
  PASSWORD_PASSES: integer(1, 100).default(2),
  RATE_LIMIT_FACTOR: integer(0, 1_000_000).default(1),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://')
    .optional(),
  MAIL_FROM: z.string().min(3).default('Portico <portico@localhost>'),
  AUDIT_DAYS: integer(7, 36_500).default(90),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  TRUST_PROXY: z.string().default('false'),
  DNS_SERVERS: list.default([]),
  CONSOLE_NETWORKS: list
    .refine((names) => names.every(isNetwork), 'must be addresses or networks such as 10.1.0.0/16, comma-separated')
    .default([]),
  CONSOLE_TIMEOUT_SECONDS: integer(1, 300).default(15),
  CONSOLE_MAX_BYTES: integer(1024, 100_000_000).default(1_000_000),
  MAX_SPECIFICATION_BYTES: integer(1024, 200_000_000).default(20_000_000),
  MAX_BODY_BYTES: integer(1024, 100_000_000).default(1_000_000),
  MAX_DOCUMENT_BYTES: integer(1024, 100_000_000).default(5_000_000),
  MAX_IMAGES_BYTES: integer(1024, 100_000_000).default(10_000_000),
  MAX_DOCUMENT_IMAGE_BYTES: integer(1024, 100_000_000).default(5_000_000),
  MAX_UPLOAD_BYTES: integer(1024, 500_000_000).default(30_000_000),
  INGEST_DEADLINE_SECONDS: integer(1, 600).default(20),
  RENDERING_PROCESSES: integer(1, 64).default(3),
  SHUTDOWN_SECONDS: integer(0, 3600).default(30),
});

/** Names of all settings, as the README lists them. */
export const SETTING_NAMES: readonly string[] = Object.keys(SETTINGS.shape);

/** What the installation is told from outside; read once, never changed. */
export interface Config {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly portalDomain: string;
  readonly defaultPortal: string | undefined;
  readonly dataDir: string;
  /** Address of the organisation's database. */
  readonly database: string;
  /** Address of each served region's database; the first region may share the organisation's. */
  readonly regions: ReadonlyMap<RegionCode, string>;
  readonly defaultRegion: RegionCode;
  readonly databasePoolSize: number;
  readonly databaseTimeoutMs: number;
  readonly secretKey: string | undefined;
  readonly passwordCost: { readonly memory: number; readonly passes: number };
  /** Multiplies the limits on attempts per account and address; 0: none. */
  readonly rateLimitFactor: number;
  /** Undefined: mails are kept, to be read in the administration. */
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  /** How long the audit log is kept. */
  readonly auditDays: number;
  readonly logLevel: string;
  /** As Express takes it: a number of proxies, their addresses, or none. */
  readonly trustProxy: number | boolean | string;
  readonly dnsServers: readonly string[];
  /** Of the console's requests that go by way of the server: what they may take, and which private networks they may reach. */
  readonly console: { readonly networks: readonly string[]; readonly timeoutMs: number; readonly maxBytes: number };
  readonly bodyLimits: {
    readonly default: number;
    readonly document: number;
    readonly images: number;
    readonly documentImage: number;
    /** of many files at once */
    readonly upload: number;
    readonly specification: number;
  };
  readonly maxSpecificationBytes: number;
  readonly ingestDeadlineMs: number;
  readonly renderingProcesses: number;
  readonly shutdownMs: number;
}

/** The environment cannot be used; `message` lists every reason. */
export class ConfigError extends Error {}

/**
 * Reads the settings.
 * @throws ConfigError naming every setting that is wrong or missing
 */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = SETTINGS.safeParse(given);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`).join('\n'));
  const settings = parsed.data;
  const databases = settings as unknown as Record<string, string | undefined>;
  const defaultRegion = settings.DEFAULT_REGION ?? settings.REGIONS[0] ?? 'us';
  const primary = settings.DATABASE_URL ?? path.join(settings.DATA_DIR, 'portico.sqlite');
  const databaseOf = (code: RegionCode): string =>
    databases[`DATABASE_URL_${code.toUpperCase()}`] ??
    (code === defaultRegion ? primary : path.join(settings.DATA_DIR, `portico-${code}.sqlite`));
  const config: Config = {
    production: settings.NODE_ENV === 'production',
    host: settings.HOST,
    port: settings.PORT,
    baseUrl: (settings.BASE_URL ?? `http://localhost:${settings.PORT}`).replace(/\/+$/, ''),
    portalDomain: settings.PORTAL_DOMAIN.toLowerCase(),
    defaultPortal: settings.DEFAULT_PORTAL,
    dataDir: settings.DATA_DIR,
    database: primary,
    regions: new Map(settings.REGIONS.map((code) => [code, databaseOf(code)])),
    defaultRegion,
    databasePoolSize: settings.DATABASE_POOL_SIZE,
    databaseTimeoutMs: settings.DATABASE_TIMEOUT_SECONDS * 1000,
    secretKey: settings.SECRET_KEY,
    passwordCost: { memory: settings.PASSWORD_MEMORY_KIB, passes: settings.PASSWORD_PASSES },
    rateLimitFactor: settings.RATE_LIMIT_FACTOR,
    smtpUrl: settings.SMTP_URL,
    mailFrom: settings.MAIL_FROM,
    auditDays: settings.AUDIT_DAYS,
    logLevel: settings.LOG_LEVEL,
    trustProxy: trustProxy(settings.TRUST_PROXY),
    dnsServers: settings.DNS_SERVERS,
    console: {
      networks: settings.CONSOLE_NETWORKS,
      timeoutMs: settings.CONSOLE_TIMEOUT_SECONDS * 1000,
      maxBytes: settings.CONSOLE_MAX_BYTES,
    },
    bodyLimits: {
      default: settings.MAX_BODY_BYTES,
      document: settings.MAX_DOCUMENT_BYTES,
      images: settings.MAX_IMAGES_BYTES,
      documentImage: settings.MAX_DOCUMENT_IMAGE_BYTES,
      upload: settings.MAX_UPLOAD_BYTES,
      specification: Math.ceil(settings.MAX_SPECIFICATION_BYTES / 3) * 4 + 10_000, // base64 inside JSON
    },
    maxSpecificationBytes: settings.MAX_SPECIFICATION_BYTES,
    ingestDeadlineMs: settings.INGEST_DEADLINE_SECONDS * 1000,
    renderingProcesses: settings.RENDERING_PROCESSES,
    shutdownMs: settings.SHUTDOWN_SECONDS * 1000,
  };
  refuseUnsafe(config);
  return Object.freeze(config);
};

const trustProxy = (value: string): number | boolean | string =>
  value === 'true' ? true : value === 'false' ? false : /^\d+$/.test(value) ? Number(value) : value;

/** Several processes must share their secrets, so none may make up its own. */
const refuseUnsafe = (config: Config): void => {
  const problems: string[] = [];
  if (!config.regions.has(config.defaultRegion)) problems.push('DEFAULT_REGION: must be one of REGIONS');
  const addresses = [...config.regions.values()];
  if (new Set(addresses).size < addresses.length) problems.push('DATABASE_URL_…: each region needs a database of its own');
  if (
    config.production &&
    [config.database, ...addresses].some((address) => /^postgres/.test(address)) &&
    config.secretKey === undefined
  )
    problems.push('SECRET_KEY: must be given in production with PostgreSQL, the same to every process');
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
};
